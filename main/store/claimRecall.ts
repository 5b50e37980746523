/** What claims have to say to recall: which memories hold no longer, and what is known in short. */
import type { Database } from 'better-sqlite3';
import type { Claim } from '../contract/claim.ts';
import { claimColumns, claimTables, notDeleted, toClaim, toClaimRow } from './claims.ts';
import { inView, keptHere, viewParameters as parameters, type View } from './memoryRecall.ts';
import { prepared } from './prepared.ts';

/**
 * For memories whose claims are all superseded, the memory that says what holds now: seq to seq, in view only. A name
 * beside other claims does not count: "My sister Ana lives in Porto" is out of date when she has moved.
 */
export function supersededBy(db: Database, view: View, memorySeqs: Iterable<number>): Map<number, number> {
  const stale = prepared<{ seq: number; next: string }>(
    db,
    `SELECT memory.seq, max(claim.superseded_by) AS next FROM json_each(@seqs) AS asked
       CROSS JOIN memory ON memory.seq = asked.value JOIN claim ON claim.memory_id = memory.id
     WHERE claim.status IN ('active', 'superseded') AND ${inView} GROUP BY memory.seq
     HAVING sum(claim.status = 'active' AND NOT (claim.slot = 'name' AND claim.subject <> 'you')) = 0 AND sum(claim.status = 'superseded') > 0`,
  ).all({ ...parameters(view), seqs: JSON.stringify([...memorySeqs]) });
  const known = new Map<string, number | null>();
  const found = stale.map(({ seq, next }) => [seq, holderOf(db, next, { view, known })] as const);
  return new Map([...found, ...replacedHere(db, view, memorySeqs)].flatMap(([seq, holder]) => (holder === null || holder === seq ? [] : [[seq, holder]])));
}

/** What was said since in a conversation that is kept to itself takes the place of what is known elsewhere, in that conversation. */
const replacing = `memory.kept_in IS NULL AND claim.single = 1 AND later.subject = claim.subject AND later.slot = claim.slot AND later.value_key <> claim.value_key
  AND later.single = 1 AND later.ended = 0 AND later.status = 'active' AND later.asserted_at >= claim.asserted_at AND ${keptHere('its')}`;
const anyKept = 'EXISTS (SELECT 1 FROM memory AS one WHERE one.kept_in = @conversationId)';
/** Of most conversations nothing is kept to them; else the few claims on the same thing are looked at. */
export const notReplacedHere = `NOT (${anyKept} AND claim.single = 1 AND memory.kept_in IS NULL
  AND EXISTS (SELECT 1 FROM claim AS later INDEXED BY claim_by_subject CROSS JOIN memory AS its ON its.id = later.memory_id WHERE ${replacing}))`;

/** As `supersededBy`, where it is replaced in the conversation looked from only. */
function replacedHere(db: Database, view: View, memorySeqs: Iterable<number>): [number, number][] {
  return prepared(
    db,
    `SELECT memory.seq, max(its.seq) FROM json_each(@seqs) AS asked
       CROSS JOIN memory ON memory.seq = asked.value JOIN claim ON claim.memory_id = memory.id AND claim.status = 'active'
       LEFT JOIN (claim AS later INDEXED BY claim_by_subject JOIN memory AS its ON its.id = later.memory_id) ON ${replacing}
     WHERE ${anyKept} GROUP BY memory.seq HAVING sum(later.id IS NULL AND NOT (claim.slot = 'name' AND claim.subject <> 'you')) = 0 AND sum(later.id IS NOT NULL) > 0`,
  )
    .raw()
    .all({ ...parameters(view), seqs: JSON.stringify([...memorySeqs]) }) as [number, number][];
}

type Following = { view: View; known: Map<string, number | null> };

/** The memory at the end of the chain that begins with this claim; null where it is out of view. */
function holderOf(db: Database, first: string, { view, known }: Following): number | null {
  const passed: string[] = [];
  let holder: number | null = null;
  for (let id: string | null = first; id !== null && !passed.includes(id); ) {
    const before = known.get(id);
    if (before !== undefined) {
      holder = before;
      break;
    }
    passed.push(id);
    const row: { seq: number; next: string | null } | undefined = prepared<{ seq: number; next: string | null }>(
      db,
      `SELECT memory.seq, claim.superseded_by AS next FROM ${claimTables} WHERE claim.id = @id AND claim.status IN ('active', 'superseded') AND ${inView} AND ${notDeleted}`,
    ).get({ ...parameters(view), id });
    holder = row?.seq ?? null;
    id = row?.next ?? null;
  }
  for (const id of passed) known.set(id, holder);
  return holder;
}

/** The memories in view of which a present claim has a word: seq, sitting, place, whether it ends by asking. */
export const claimPlaces = (db: Database, view: View, query: { match: string; limit: number }): [number, number, number, number][] =>
  prepared(
    db,
    `SELECT DISTINCT memory.seq, memory.sitting, memory.place, memory.asks
     FROM claim_words JOIN claim ON claim.seq = claim_words.rowid JOIN memory ON memory.id = claim.memory_id
     WHERE claim_words MATCH @match AND claim.status = 'active' AND ${inView} LIMIT @limit`,
  )
    .raw()
    .all({ ...parameters(view), ...query }) as [number, number, number, number][];

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
     WHERE claim.status = 'active' AND claim.ended = 0 AND ${inView} AND ${notDeleted} AND ${notReplacedHere}
     GROUP BY claim.subject, claim.slot, claim.value_key ORDER BY wanted DESC, support DESC, claim.asserted_at DESC, claim.seq LIMIT @limit`,
  )
    .all({ ...parameters(view), limit })
    .map((row) => ({ ...toClaim(toClaimRow(row)), support: row.support }));
