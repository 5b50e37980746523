import type { Database } from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import type { ForgetCheck, Forgetting } from '../contract/memory.ts';
import { keepAgain, type Moved } from './keeping.ts';
import { rememberMessage, removeMemory, rewriteMemory } from './memories.ts';
import { prepared } from './prepared.ts';

/** One column of one row, as it stood and as it was made to read. `after` null: the row went. */
export type AppliedChange = { table: string; id: string; column: string; before: string; after: string | null };

type SavedClaim = Record<string, unknown> & { id: string; memory_id: string };
/** Without `kept_in` where an older version wrote it. */
type SavedMemory = { row: Record<string, unknown> & { id: string; seq: number; kept_in?: string | null }; key: string | null };

/**
 * What a forgetting has to know, kept in its row. `changes`, `memories`, `claims` and `sentence` are what undo needs and go when
 * the erasing begins. `search` says what is looked for in other files, in a form that a search for it does not find; it
 * goes when the erasing ends.
 */
export type Plan = {
  places: number;
  sentence?: string;
  changes?: AppliedChange[];
  memories?: SavedMemory[];
  claims?: SavedClaim[];
  search?: string;
  keptBackups?: string[];
};

export const hidden = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');
export const shown = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64').toString());

type Row = {
  id: string;
  state: Forgetting['state'];
  requested_at: number;
  erases_at: number;
  erased_at: number | null;
  plan: string;
  result: string | null;
  failure: string | null;
};

const planOf = (row: Row): Plan => ({ places: 0, ...(JSON.parse(row.plan) as Partial<Plan>) });

const toForgetting = (row: Row): Forgetting => {
  const { sentence, places } = planOf(row);
  return {
    id: row.id,
    state: row.state,
    sentence: sentence ?? null,
    places,
    requestedAt: row.requested_at,
    erasesAt: row.erases_at,
    erasedAt: row.erased_at,
    check: row.result === null ? null : (JSON.parse(row.result) as ForgetCheck),
    failure: row.failure,
  };
};

function rowOf(db: Database, id: string): Row {
  const row = prepared<Row>(db, 'SELECT * FROM forgetting WHERE id = ?').get(id);
  if (!row) throw new AppError('not-found', 'There is no such forgetting.');
  return row;
}

export const getForgetting = (db: Database, id: string): Forgetting => toForgetting(rowOf(db, id));
export const getPlan = (db: Database, id: string): Plan => planOf(rowOf(db, id));

/** Newest first. */
export const listForgettings = (db: Database): Forgetting[] =>
  prepared<Row>(db, 'SELECT * FROM forgetting ORDER BY requested_at DESC, rowid DESC').all().map(toForgetting);

/** Those whose time has come, and those that a crash or a full disk interrupted; oldest first. */
export const dueForgettings = (db: Database, now: number): string[] =>
  prepared<{ id: string }>(
    db,
    `SELECT id FROM forgetting WHERE state IN ('erasing', 'failed') OR (state = 'pending' AND erases_at <= ?) ORDER BY requested_at, rowid`,
  )
    .all(now)
    .map(({ id }) => id);

export type Application = {
  id: string;
  requestedAt: number;
  erasesAt: number;
  plan: Plan;
  changes: AppliedChange[];
  /** Messages that say nothing any more: they stop being memories. */
  bare: string[];
};

/** Makes every change and writes the forgetting with all that undo needs, in one transaction. */
export function applyForgetting(db: Database, application: Application): void {
  const { changes, bare } = application;
  db.transaction(() => {
    const memories = savedMemories(db, changes);
    const claims = savedClaims(db, changes, memories);
    for (const change of changes) applyChange(db, change);
    for (const messageId of rewordedMessages(changes)) rememberMessage(db, messageId);
    for (const messageId of bare) {
      const memory = prepared<{ id: string }>(db, 'SELECT id FROM memory WHERE message_id = ?').get(messageId);
      if (memory) removeMemory(db, memory.id);
    }
    prepared(db, `INSERT INTO forgetting (id, state, requested_at, erases_at, plan) VALUES (?, 'pending', ?, ?, ?)`).run(
      application.id,
      application.requestedAt,
      application.erasesAt,
      JSON.stringify({ ...application.plan, changes, memories, claims } satisfies Plan),
    );
  }).immediate();
}

function applyChange(db: Database, { table, id, column, before, after }: AppliedChange): void {
  if (table === 'claim') prepared(db, 'DELETE FROM claim WHERE id = ?').run(id);
  else if (table !== 'memory') replaceText(db, { table, id, column, from: before, to: after ?? '' });
  else if (after === null) removeMemory(db, id);
  else rewriteMemory(db, { id, text: after });
}

/** Only a text that still reads as expected is changed: the owner may have written another meanwhile. */
function replaceText(db: Database, change: { table: string; id: string; column: string; from: string; to: string }): void {
  const { table, id, column, from, to } = change;
  prepared(db, `UPDATE ${table} SET ${column} = ? WHERE id = ? AND ${column} = ?`).run(to, id, from);
}

const rewordedMessages = (changes: readonly AppliedChange[]): string[] => [
  ...new Set(changes.filter(({ table, column }) => table === 'message' && (column === 'text' || column === 'caption')).map(({ id }) => id)),
];

/** The memories that the changes touch, and those that a removed one had replaced. */
function savedMemories(db: Database, changes: readonly AppliedChange[]): SavedMemory[] {
  const written = changes.filter(({ table }) => table === 'memory').map(({ id }) => id);
  const rows = prepared<SavedMemory['row']>(
    db,
    `SELECT * FROM memory WHERE message_id IN (SELECT value FROM json_each(@said)) OR id IN (SELECT value FROM json_each(@written))
       OR replaced_by IN (SELECT value FROM json_each(@written)) OR replaced_by IN (SELECT id FROM memory WHERE message_id IN (SELECT value FROM json_each(@said)))`,
  ).all({ said: JSON.stringify(rewordedMessages(changes)), written: JSON.stringify(written) });
  return rows.map((row) => ({ row, key: prepared<{ key: string }>(db, 'SELECT key FROM memory_words WHERE rowid = ?').get(row.seq)?.key ?? null }));
}

/** The claims that go, or rest on what changes, and those whose standing they decide. */
function savedClaims(db: Database, changes: readonly AppliedChange[], memories: readonly SavedMemory[]): SavedClaim[] {
  return prepared<SavedClaim>(
    db,
    `SELECT * FROM claim WHERE id IN (SELECT value FROM json_each(@gone)) OR superseded_by IN (SELECT value FROM json_each(@gone))
       OR conflict_with IN (SELECT value FROM json_each(@gone)) OR memory_id IN (SELECT value FROM json_each(@memories))`,
  ).all({
    gone: JSON.stringify([...new Set(changes.filter(({ table }) => table === 'claim').map(({ id }) => id))]),
    memories: JSON.stringify(memories.map(({ row }) => row.id)),
  });
}

/** As it stood; one whose memory has gone meanwhile stays gone. */
function restoreClaim(db: Database, claim: SavedClaim): void {
  if (prepared(db, 'SELECT 1 FROM memory WHERE id = ?').get(claim.memory_id) === undefined) return;
  const columns = Object.keys(claim);
  const isTaken = prepared(db, 'SELECT 1 FROM claim WHERE seq = ? AND id <> ?').get(claim.seq, claim.id) !== undefined;
  prepared(
    db,
    `INSERT INTO claim (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${columns.filter((column) => column !== 'seq').map((column) => `${column} = excluded.${column}`).join(', ')}`,
  ).run({ ...claim, seq: isTaken ? null : claim.seq });
}

/**
 * Puts everything back as it stood and ends the forgetting; only where it is kept is what holds by now. `moved`: as for
 * `keepConversation`, inside the transaction. Fails with `conflict` once the erasing has begun.
 */
export function undoForgetting(db: Database, id: string, moved: (memories: Moved[]) => void): Forgetting {
  db.transaction(() => {
    const row = rowOf(db, id);
    if (row.state !== 'pending') throw new AppError('conflict', refusals[row.state]);
    const plan = planOf(row);
    putBack(db, plan);
    moved(keepAgain(db, new Map((plan.memories ?? []).map(({ row: memory }) => [memory.id, memory.kept_in ?? null]))));
    setState(db, id, { state: 'undone', plan: { places: plan.places } });
  }).immediate();
  return getForgetting(db, id);
}

function putBack(db: Database, { changes = [], memories = [], claims = [] }: Plan): void {
  for (const { table, id, column, before, after } of changes.filter(isText)) replaceText(db, { table, id, column, from: after ?? '', to: before });
  for (const memory of memories) insertMemory(db, memory);
  for (const memory of memories) restoreMemory(db, memory);
  for (const claim of claims) restoreClaim(db, claim);
}

/** Memories and claims come back as whole rows. */
const isText = ({ table }: AppliedChange) => table !== 'memory' && table !== 'claim';

const refusals: Record<Exclude<Forgetting['state'], 'pending'>, string> = {
  erasing: 'It is being erased and cannot be brought back.',
  erased: 'It was erased and cannot be brought back.',
  undone: 'It was undone before. Everything stands as it did.',
  failed: 'Its erasing has begun and cannot be undone; it will be tried again.',
};

/** Without what it points to, which may come after it. A memory whose message, or the conversation it is kept to, has gone meanwhile stays gone. */
function insertMemory(db: Database, { row }: SavedMemory): void {
  const isThere = (table: string, id: unknown) => prepared(db, `SELECT 1 FROM ${table} WHERE id = ?`).get(id) !== undefined;
  if ((row.message_id !== null && !isThere('message', row.message_id)) || (row.kept_in && !isThere('conversation', row.kept_in)) || isThere('memory', row.id)) return;
  const columns = Object.keys(row);
  prepared(db, `INSERT INTO memory (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`).run({
    ...row,
    conversation_id: null,
    kept_in: null,
    replaced_by: null,
    embedded_by: null,
  });
}

/** Its vector may be gone: whatever reads differently is embedded anew. */
function restoreMemory(db: Database, { row, key }: SavedMemory): void {
  const present = prepared<{ seq: number; key: string | null }>(
    db,
    'SELECT memory.seq, memory_words.key FROM memory LEFT JOIN memory_words ON memory_words.rowid = memory.seq WHERE memory.id = ?',
  ).get(row.id);
  if (!present) return;
  const columns = Object.keys(row).filter((column) => !['seq', 'embedded_by', 'kept_in'].includes(column));
  // What it points to may be gone by now.
  const tables: Record<string, string> = { replaced_by: 'memory', conversation_id: 'conversation' };
  const value = (column: string) => (tables[column] ? `(SELECT id FROM ${tables[column]} WHERE id = @${column})` : `@${column}`);
  prepared(db, `UPDATE memory SET ${columns.map((column) => `${column} = ${value(column)}`).join(', ')} WHERE id = @id`).run(
    Object.fromEntries(columns.map((column) => [column, row[column]])),
  );
  if (present.key === key) return;
  prepared(db, 'DELETE FROM memory_words WHERE rowid = ?').run(present.seq);
  if (key !== null) prepared(db, 'INSERT INTO memory_words (rowid, key) VALUES (?, ?)').run(present.seq, key);
  prepared(db, 'UPDATE memory SET embedded_by = NULL WHERE id = ?').run(row.id);
  prepared(db, 'INSERT OR IGNORE INTO vector_removal (id) VALUES (?)').run(row.id);
}

type StateChange = { state: Forgetting['state']; plan: Plan; failure?: string | null; check?: ForgetCheck; erasedAt?: number };

export function setState(db: Database, id: string, change: StateChange): void {
  prepared(db, 'UPDATE forgetting SET state = ?, plan = ?, failure = ?, result = ?, erased_at = ? WHERE id = ?').run(
    change.state,
    JSON.stringify(change.plan),
    change.failure ?? null,
    change.check ? JSON.stringify(change.check) : null,
    change.erasedAt ?? null,
    id,
  );
}
