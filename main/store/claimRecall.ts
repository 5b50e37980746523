/** What claims have to say to recall: which memories hold no longer, and what is known in short. */
import type { Database } from 'better-sqlite3';
import type { Claim } from '../contract/claim.ts';
import { claimColumns, claimTables, notDeleted, toClaim, toClaimRow } from './claims.ts';
import type { View } from './memoryRecall.ts';
import { prepared } from './prepared.ts';

const inView = `(memory.scope = 'own' AND memory.persona_id = @personaId OR memory.scope = 'shared' AND @shared = 1)`;
const parameters = (view: View) => ({ personaId: view.personaId, shared: Number(view.shared) });

/**
 * For memories whose claims are all superseded, the memory that says what holds now: seq to seq, in view only. A name
 * beside other claims does not count: "My sister Ana lives in Porto" is out of date when she has moved.
 */
export function supersededBy(db: Database, view: View, memorySeqs: Iterable<number>): Map<number, number> {
  const rows = prepared<[number, number]>(
    db,
    `WITH RECURSIVE counted AS (
       SELECT memory.seq AS start, claim.id, claim.status, claim.superseded_by, claim.asserted_at, claim.subject <> 'you' AND claim.slot = 'name' AS is_name
       FROM json_each(@seqs) AS asked JOIN memory ON memory.seq = asked.value JOIN claim ON claim.memory_id = memory.id
       WHERE claim.status IN ('active', 'superseded') AND ${inView}
     ),
     stale AS (
       SELECT start FROM counted GROUP BY start
       HAVING sum(status = 'active' AND NOT is_name) = 0 AND sum(status = 'superseded') > 0
     ),
     chain (start, id) AS (
       SELECT counted.start, counted.superseded_by FROM counted JOIN stale ON stale.start = counted.start WHERE counted.status = 'superseded'
       UNION
       SELECT chain.start, claim.superseded_by FROM chain JOIN claim ON claim.id = chain.id WHERE claim.superseded_by IS NOT NULL
     )
     SELECT chain.start, memory.seq FROM chain JOIN claim ON claim.id = chain.id AND claim.status = 'active'
       JOIN memory ON memory.id = claim.memory_id LEFT JOIN conversation ON conversation.id = memory.conversation_id
     WHERE ${inView} AND ${notDeleted} AND memory.seq <> chain.start ORDER BY claim.asserted_at, claim.seq`,
  )
    .raw()
    .all({ ...parameters(view), seqs: JSON.stringify([...memorySeqs]) }) as [number, number][];
  return new Map(rows);
}

/** What each of these memories claims, for receipts: what was rejected or kept aside is not among it. */
export function claimsOf(db: Database, memoryIds: Iterable<string>): Map<string, Claim[]> {
  const rows = prepared(
    db,
    `SELECT ${claimColumns} FROM json_each(?) AS asked CROSS JOIN ${claimTables.replace('claim JOIN memory ON', 'claim ON claim.memory_id = asked.value JOIN memory ON')}
     WHERE claim.status IN ('active', 'superseded', 'proposed') AND ${notDeleted} ORDER BY claim.seq`,
  ).all(JSON.stringify([...memoryIds]));
  const found = new Map<string, Claim[]>();
  for (const claim of rows.map((row) => toClaim(toClaimRow(row)))) found.set(claim.memoryId, [...(found.get(claim.memoryId) ?? []), claim]);
  return found;
}

/** An active claim, and in how many memories it stands. */
export type Supported = Claim & { support: number };

/** What holds in view, best first: pinned, then what was said most often, then latest. */
export const presentClaims = (db: Database, view: View, limit: number): Supported[] =>
  prepared<{ support: number }>(
    db,
    `SELECT ${claimColumns}, count(*) AS support, max(claim.pinned) AS wanted, max(claim.asserted_at) FROM ${claimTables}
     WHERE claim.status = 'active' AND claim.ended = 0 AND ${inView} AND ${notDeleted}
     GROUP BY claim.subject, claim.slot, claim.value_key ORDER BY wanted DESC, support DESC, claim.asserted_at DESC, claim.seq LIMIT @limit`,
  )
    .all({ ...parameters(view), limit })
    .map((row) => ({ ...toClaim(toClaimRow(row)), support: row.support }));
