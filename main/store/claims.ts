/** Claims as rows: written here, decided elsewhere. */
import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Claim, ClaimOrigin, ClaimStatus } from '../contract/claim.ts';
import { AppError } from '../contract/errors.ts';
import type { MemoryScope } from '../contract/memory.ts';
import { keptColumns, toKeptIn, type KeptRow } from './memoryList.ts';
import { prepared } from './prepared.ts';

export type NewClaim = {
  memoryId: string;
  /** "you" for the owner, else a relation ("sister"), with a name where one of several is meant ("sister Ana"). */
  subject: string;
  slot: string;
  value: string;
  valueKey: string;
  text: string;
  /** Exactly as it stands in the text, from `start` to `end`. */
  quote: string;
  start: number;
  end: number;
  /** Only one value holds at a time: a later one takes its place. */
  single: boolean;
  /** It is said not to hold (any more). */
  ended: boolean;
  /** It speaks of a change ("moved", "no longer", "now"): what was said before was right until then. */
  change: boolean;
  /** Since when, Unix milliseconds. */
  since: number | null;
  assertedAt: number;
  origin: ClaimOrigin;
  status: ClaimStatus;
};

/** A claim with what decides between it and its rivals. */
export type ClaimRow = Omit<Claim, 'mergedFrom' | 'keptIn'> & KeptRow & { seq: number; valueKey: string; single: boolean; change: boolean; settled: boolean; merged: Said | null };

/** What a claim says, apart from what it rests on. */
export type Said = Pick<NewClaim, 'subject' | 'slot' | 'value' | 'valueKey' | 'text' | 'single'>;

/** Whose claims compete with each other: those of one scope, kept to the same conversation or to none. */
export type ClaimScope = { scope: MemoryScope; personaId: string | null; keptId: string | null };

export const scopeOfClaim = ({ scope, personaId, keptId }: ClaimScope): ClaimScope => ({ scope, personaId, keptId });

type Flag = 'ended' | 'pinned' | 'single' | 'change' | 'settled';
type Raw = Omit<ClaimRow, Flag | 'merged'> & Record<Flag, number> & { merged: string | null };

export const claimColumns = `
  claim.seq, claim.id, claim.memory_id AS memoryId, memory.message_id AS messageId, memory.conversation_id AS conversationId,
  conversation.title AS conversationTitle, message.speaker, claim.subject, claim.slot,
  claim.value, claim.value_key AS valueKey, claim.text, claim.quote, claim.single, claim.ended, claim.change, claim.since, claim.asserted_at AS assertedAt,
  claim.origin, claim.status, claim.superseded_by AS supersededBy, claim.conflict_with AS conflictWith, claim.settled, claim.pinned,
  claim.merged_from AS merged, memory.scope, memory.persona_id AS personaId, ${keptColumns}`;

/** Without those of conversations that are being deleted. */
export const claimTables = `
  claim JOIN memory ON memory.id = claim.memory_id
    LEFT JOIN conversation ON conversation.id = memory.conversation_id
    LEFT JOIN message ON message.id = memory.message_id`;
export const notDeleted = 'conversation.deleted_at IS NULL';

const inScope = `memory.scope = @scope AND (memory.scope = 'shared' OR memory.persona_id = @personaId) AND memory.kept_in IS @keptId`;

export const toClaimRow = (raw: unknown): ClaimRow => {
  const row = raw as Raw;
  return { ...row, ended: row.ended === 1, pinned: row.pinned === 1, single: row.single === 1, change: row.change === 1, settled: row.settled === 1, merged: mergedOf(row) };
};

/** A back-up that was cleaned may hold an emptied one. */
const mergedOf = ({ merged }: Raw): Said | null => (merged?.startsWith('{') ? (JSON.parse(merged) as Said) : null);

export function toClaim(row: ClaimRow): Claim {
  const { seq: _seq, valueKey: _key, single: _single, change: _change, settled: _settled, merged, keptId, keptTitle, ...claim } = row;
  return { ...claim, keptIn: toKeptIn({ keptId, keptTitle }), mergedFrom: merged?.text ?? null };
}

/** Fails with `not-found`. */
export function getClaim(db: Database, id: string): ClaimRow {
  const row = prepared(db, `SELECT ${claimColumns} FROM ${claimTables} WHERE claim.id = ? AND ${notDeleted}`).get(id);
  if (row === undefined) throw new AppError('not-found', 'That claim is not here any more.');
  return toClaimRow(row);
}

export const claimsOfMemory = (db: Database, memoryId: string): ClaimRow[] =>
  prepared(db, `SELECT ${claimColumns} FROM ${claimTables} WHERE claim.memory_id = ? ORDER BY claim.seq`).all(memoryId).map(toClaimRow);

/** What counts of a subject in these slots, oldest first; of one value, or (null) of any. */
export const rivals = (db: Database, scope: ClaimScope, { subject, slots, valueKey }: { subject: string; slots: readonly string[]; valueKey: string | null }): ClaimRow[] =>
  prepared(
    db,
    `SELECT ${claimColumns} FROM ${claimTables}
     WHERE claim.subject = @subject AND claim.slot IN (SELECT value FROM json_each(@slots)) ${valueKey === null ? '' : 'AND claim.value_key = @valueKey'}
       AND claim.status IN ('active', 'superseded') AND ${inScope} AND ${notDeleted}
     ORDER BY claim.asserted_at, claim.seq`,
  )
    .all({ ...scope, subject, slots: JSON.stringify(slots), ...(valueKey === null ? {} : { valueKey }) })
    .map(toClaimRow);

/** Every claim that says just what this one says, oldest first, itself among them. */
export const sameClaims = (db: Database, claim: ClaimRow, statuses: readonly ClaimStatus[]): ClaimRow[] =>
  prepared(
    db,
    `SELECT ${claimColumns} FROM ${claimTables}
     WHERE claim.subject = @subject AND claim.slot = @slot AND claim.value_key = @valueKey AND claim.ended = @ended
       AND claim.status IN (SELECT value FROM json_each(@statuses)) AND ${inScope} AND ${notDeleted} ORDER BY claim.asserted_at, claim.seq`,
  )
    .all({
      subject: claim.subject, slot: claim.slot, valueKey: claim.valueKey, ended: Number(claim.ended), statuses: JSON.stringify(statuses),
      ...scopeOfClaim(claim),
    })
    .map(toClaimRow);

/** Whatever says this, or that it is over, whether it counts or not. */
export const claimsSaying = (db: Database, scope: ClaimScope, { subject, slot, valueKey }: Pick<Said, 'subject' | 'slot' | 'valueKey'>): ClaimRow[] =>
  prepared(db, `SELECT ${claimColumns} FROM ${claimTables} WHERE claim.subject = @subject AND claim.slot = @slot AND claim.value_key = @valueKey AND ${inScope}`)
    .all({ ...scope, subject, slot, valueKey })
    .map(toClaimRow);

export const claimsAbout = (db: Database, scope: ClaimScope, subject: string): ClaimRow[] =>
  prepared(db, `SELECT ${claimColumns} FROM ${claimTables} WHERE claim.subject = @subject AND ${inScope}`)
    .all({ ...scope, subject })
    .map(toClaimRow);

/** Subjects of whom something is claimed, that are this or begin or end with it as a word. */
export const subjectsLike = (db: Database, scope: ClaimScope, word: string): string[] =>
  prepared(
    db,
    `SELECT DISTINCT claim.subject FROM ${claimTables}
     WHERE (claim.subject = @word OR claim.subject GLOB @begins OR claim.subject GLOB @ends) AND claim.status IN ('active', 'superseded') AND ${inScope} AND ${notDeleted}`,
  )
    .pluck()
    .all({ ...scope, word, begins: `${escapeGlob(word)} *`, ends: `* ${escapeGlob(word)}` }) as string[];

const escapeGlob = (text: string) => text.replace(/[[\]*?]/gu, '[$&]');

/** Subjects that are called this. */
export const subjectsCalled = (db: Database, scope: ClaimScope, name: string): string[] =>
  prepared(
    db,
    `SELECT DISTINCT claim.subject FROM ${claimTables}
     WHERE claim.slot = 'name' AND claim.value = @name AND claim.ended = 0 AND claim.status = 'active' AND claim.subject <> 'you' AND ${inScope} AND ${notDeleted}`,
  )
    .pluck()
    .all({ ...scope, name }) as string[];

export function insertClaim(db: Database, claim: NewClaim): string {
  const id = randomUUID();
  const { start, end, single, ended, change, ...rest } = claim;
  prepared(
    db,
    `INSERT INTO claim (id, memory_id, subject, slot, value, value_key, text, quote, quote_start, quote_end, single, ended, change, since, asserted_at, origin, status)
     VALUES (@id, @memoryId, @subject, @slot, @value, @valueKey, @text, @quote, @start, @end, @single, @ended, @change, @since, @assertedAt, @origin, @status)`,
  ).run({ ...rest, id, start, end, single: Number(single), ended: Number(ended), change: Number(change) });
  return id;
}

export const moveQuote = (db: Database, id: string, { start, end }: { start: number; end: number }): void =>
  void prepared(db, 'UPDATE claim SET quote_start = ?, quote_end = ? WHERE id = ?').run(start, end, id);

export const removeClaim = (db: Database, id: string): void => void prepared(db, 'DELETE FROM claim WHERE id = ?').run(id);

export type Standing = Pick<Claim, 'status' | 'supersededBy' | 'conflictWith'>;

export const setStanding = (db: Database, id: string, { status, supersededBy, conflictWith }: Standing): void =>
  void prepared(db, 'UPDATE claim SET status = ?, superseded_by = ?, conflict_with = ? WHERE id = ?').run(status, supersededBy, conflictWith, id);

export const setStatus = (db: Database, id: string, status: ClaimStatus): void => setStanding(db, id, { status, supersededBy: null, conflictWith: null });

export const setSettled = (db: Database, id: string): void => void prepared(db, 'UPDATE claim SET settled = 1, conflict_with = NULL WHERE id = ?').run(id);

export const setPinned = (db: Database, id: string, pinned: boolean): void => void prepared(db, 'UPDATE claim SET pinned = ? WHERE id = ?').run(Number(pinned), id);

/** Whoever was only "sister" has turned out to be "sister Ana". */
export const renameSubject = (db: Database, id: string, { subject, text }: { subject: string; text: string }): void =>
  void prepared(db, 'UPDATE claim SET subject = ?, text = ? WHERE id = ?').run(subject, text, id);

/** It says something else from now on; `merged`: what it said, null when that is what it says. */
export const rewriteClaim = (db: Database, id: string, { said, merged }: { said: Said; merged: Said | null }): void =>
  void prepared(
    db,
    `UPDATE claim SET subject = @subject, slot = @slot, value = @value, value_key = @valueKey, text = @text, single = @single, merged_from = @merged, settled = 0
     WHERE id = @id`,
  ).run({ ...said, id, single: Number(said.single), merged: merged && JSON.stringify(merged) });

/** Rows that a forgetting emptied in a back-up which was restored since. */
export function removeEmptied(db: Database): void {
  prepared(db, `DELETE FROM claim WHERE quote = '' OR instr(quote || value || text, '[forgotten]') > 0`).run();
  prepared(db, `UPDATE claim SET merged_from = NULL WHERE merged_from IS NOT NULL AND (merged_from = '' OR instr(merged_from, '[forgotten]') > 0)`).run();
}

/** Claims of older versions of a message that was edited: what was said before is not said any more. */
export const removeOfOlderVersions = (db: Database, messageId: string): void =>
  void prepared(
    db,
    `DELETE FROM claim WHERE origin <> 'owner' AND memory_id IN (
       SELECT memory.id FROM message AS edited
         JOIN message AS rival ON rival.parent_id = edited.parent_id AND rival.role = edited.role AND rival.seq < edited.seq
         JOIN memory ON memory.message_id = rival.id WHERE edited.id = @messageId
       UNION ALL SELECT memory.id FROM message AS edited
         JOIN message AS rival ON rival.parent_id IS NULL AND rival.conversation_id = edited.conversation_id AND rival.role = edited.role AND rival.seq < edited.seq
         JOIN memory ON memory.message_id = rival.id WHERE edited.id = @messageId AND edited.parent_id IS NULL)`,
  ).run({ messageId });
