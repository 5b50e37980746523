/** Claims as the owner sees them: what several messages say is one thing. */
import type { Database } from 'better-sqlite3';
import type { ClaimStatus } from '../contract/claim.ts';
import { claimColumns, claimTables, notDeleted, toClaimRow, type ClaimRow } from './claims.ts';
import { prepared } from './prepared.ts';

/** The latest claim of those that say one thing: pinned when any of them is. */
export type KnownRow = ClaimRow & {
  /** All that say it, itself among them. */
  ids: string[];
  /** Since when it holds, as far as any of them says. */
  begun: number | null;
};

/** What is shared is one thing, whichever persona it was said to. */
const thing = "memory.kept_in, memory.scope, CASE memory.scope WHEN 'own' THEN memory.persona_id END, claim.subject, claim.slot, claim.value_key, claim.ended";

/** What is proposed and known already need not be asked about. */
const isNews = `NOT (claim.status = 'proposed' AND EXISTS (
  SELECT 1 FROM claim AS held JOIN memory AS its ON its.id = held.memory_id
  WHERE held.subject = claim.subject AND held.slot = claim.slot AND held.value_key = claim.value_key AND held.ended = claim.ended AND held.status = 'active'
    AND its.kept_in IS memory.kept_in AND its.scope = memory.scope AND (its.scope = 'shared' OR its.persona_id = memory.persona_id)))`;

const ofStatus = `claim.status = @status AND memory.scope <> 'none' AND ${notDeleted} AND ${isNews}`;

/** Each thing once, latest said first. `text`: words that its lines or quotes must hold; empty for all. */
export function knownThings(db: Database, status: ClaimStatus, text = ''): KnownRow[] {
  const words = text.trim().split(/\s+/u).filter(Boolean).slice(0, 10);
  const holds = words.map((_, index) => `instr(lower(claim.text || ' ' || claim.quote), @word${index}) > 0`).join(' AND ');
  return prepared<{ ids: string; wanted: number; begun: number | null }>(
    db,
    `SELECT * FROM (
       SELECT ${claimColumns}, json_group_array(claim.id) OVER same AS ids, max(claim.pinned) OVER same AS wanted, min(claim.since) OVER same AS begun,
         max(${holds || '1'}) OVER same AS found, row_number() OVER (PARTITION BY ${thing} ORDER BY claim.asserted_at DESC, claim.seq DESC) AS place
       FROM ${claimTables} WHERE ${ofStatus} WINDOW same AS (PARTITION BY ${thing})
     ) WHERE place = 1 AND found = 1 ORDER BY assertedAt DESC, seq DESC`,
  )
    .all({ status, ...Object.fromEntries(words.map((word, index) => [`word${index}`, word.toLowerCase()])) })
    .map(({ ids, wanted, begun, ...row }) => ({ ...toClaimRow({ ...row, pinned: wanted }), ids: JSON.parse(ids) as string[], begun }));
}

/** How many things have this status, each counted once. */
export const countThings = (db: Database, status: ClaimStatus): number =>
  prepared<{ total: number }>(
    db,
    `SELECT count(*) AS total FROM (SELECT 1 FROM ${claimTables} WHERE ${ofStatus} GROUP BY ${thing})`,
  ).get({ status })!.total;

/** What took the place of what: id to id. */
export const successors = (db: Database): Map<string, string> =>
  new Map(
    prepared<{ id: string; next: string }>(
      db,
      `SELECT claim.id, claim.superseded_by AS next FROM ${claimTables}
       WHERE claim.superseded_by IS NOT NULL AND claim.status = 'superseded' AND memory.scope <> 'none' AND ${notDeleted}`,
    )
      .all()
      .map(({ id, next }) => [id, next]),
  );

export const claimsById = (db: Database, ids: readonly string[]): ClaimRow[] =>
  prepared(
    db,
    `SELECT ${claimColumns} FROM ${claimTables} WHERE claim.id IN (SELECT value FROM json_each(?)) AND ${notDeleted} ORDER BY claim.asserted_at DESC, claim.seq DESC`,
  )
    .all(JSON.stringify(ids))
    .map(toClaimRow);

/** The text a claim rests on. */
export const restingText = (db: Database, memoryId: string): string =>
  prepared<{ text: string }>(
    db,
    `SELECT coalesce(message.text, memory.text, '') AS text FROM memory LEFT JOIN message ON message.id = memory.message_id WHERE memory.id = ?`,
  ).get(memoryId)?.text ?? '';
