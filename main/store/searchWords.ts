import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';

/** A memory that the owner's search met, its key marked where the words stand. */
export type WordsHit = {
  id: string;
  kind: 'said' | 'written';
  messageId: string | null;
  conversationId: string | null;
  title: string | null;
  role: 'user' | 'assistant';
  at: number;
  /** To a conversation. */
  kept: number;
  /** Speaker, date, caption if any, and text, a line each; what was met stands between `marks`. */
  key: string;
};

export const marks = { open: '\u0002', close: '\u0003' } as const;

/** FTS5 takes time with the square of the matches in a text: seconds in a pasted book. Characters. */
const markedByIndex = 40_000;
/** The key of a memory with what was met between `marks`; a very long one comes bare: see `markPlainly`. */
export const markedKey = `CASE WHEN length(memory_words.key) <= ${markedByIndex} THEN highlight(memory_words, 0, '${marks.open}', '${marks.close}') ELSE memory_words.key END`;

/** Marks the words of a query where they stand as they were typed, or begin so. Stems are not followed. */
export function markPlainly(key: string, match: string): string {
  if (key.length <= markedByIndex) return key;
  const words = (match.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).filter((word) => word !== 'AND' && word !== 'OR');
  if (words.length === 0) return key;
  return key.replace(new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})[\\p{L}\\p{N}]*`, 'giu'), `${marks.open}$&${marks.close}`);
}

/** When more than this match, the order is by time alone: ranking so many takes longer than typing. */
const mostRanked = 5_000;
/** Nobody reads further; as many are told apart and counted. */
export const mostMet = 2_000;

/** Times are Unix milliseconds: from `after`, until before `before`. `of`: what somebody said, or what the owner wrote down. */
export type SaidWithin = { before: number | null; after: number | null; of: ('said' | 'written')[] };

/** A memory that matches: where it stands, and in which conversation it was said; null for what was written down. */
export type Met = { seq: number; conversationId: string | null; isSaid: 0 | 1 };

/** What matches, whatever its scope, best first; conversations being deleted are left out. */
export function metWords(db: Database, match: string, within: SaidWithin): Met[] {
  const found = prepared<{ count: number }>(
    db,
    'SELECT count(*) AS count FROM (SELECT 1 FROM memory_words WHERE memory_words MATCH ? LIMIT ?)',
  ).get(match, mostRanked + 1)!.count;
  const order = found > mostRanked ? 'memory_words.rowid DESC' : 'memory_words.rank';
  const { conditions, values } = conditionsOf(within);
  // The best are taken first: joined in one go, every match would be looked up.
  return prepared<Met>(
    db,
    `SELECT best.seq, memory.conversation_id AS conversationId, memory.message_id IS NOT NULL AS isSaid
     FROM (SELECT rowid AS seq FROM memory_words WHERE memory_words MATCH @match ${conditions} ORDER BY ${order} LIMIT @most) AS best
       CROSS JOIN memory ON memory.seq = best.seq LEFT JOIN conversation ON conversation.id = memory.conversation_id
     WHERE conversation.deleted_at IS NULL`,
  ).all({ ...values, match, most: mostMet + spare });
}

/** Some of the best may stand in conversations being deleted. */
const spare = 20;

function conditionsOf({ before, after, of }: SaidWithin): { conditions: string; values: Record<string, number> } {
  const parts = [
    ...(before === null ? [] : ['created_at < @before']),
    ...(after === null ? [] : ['created_at >= @after']),
    ...(of.length === 1 ? [`message_id IS ${of[0] === 'said' ? 'NOT NULL' : 'NULL'}`] : []),
  ];
  const conditions = parts.length === 0 ? '' : `AND EXISTS (SELECT 1 FROM memory AS one WHERE one.seq = memory_words.rowid AND ${parts.map((part) => `one.${part}`).join(' AND ')})`;
  return { conditions, values: { ...(before !== null && { before }), ...(after !== null && { after }) } };
}

const shownColumns = `memory.id, memory.kind, memory.message_id AS messageId, memory.conversation_id AS conversationId, conversation.title, memory.role,
       memory.created_at AS at, memory.kept_in IS NOT NULL AS kept`;

/** These, marked; in any order. All at once: marked in a query of its own each would be searched for again. */
export function markedWords(db: Database, match: string, seqs: readonly number[]): (WordsHit & { seq: number })[] {
  return prepared<WordsHit & { seq: number }>(
    db,
    `SELECT ${shownColumns}, best.seq, best.key
     FROM (SELECT rowid AS seq, ${markedKey} AS key FROM memory_words WHERE memory_words MATCH ? AND rowid IN (SELECT value FROM json_each(?))) AS best
       CROSS JOIN memory ON memory.seq = best.seq LEFT JOIN conversation ON conversation.id = memory.conversation_id`,
  )
    .all(match, JSON.stringify(seqs))
    .map((hit) => ({ ...hit, key: markPlainly(hit.key, match) }));
}

/** What was written down within these times, newest first. */
export function writtenWithin(db: Database, within: Pick<SaidWithin, 'before' | 'after'>, limit: number): WordsHit[] {
  const { before, after } = within;
  const parts = [...(before === null ? [] : ['AND memory.created_at < @before']), ...(after === null ? [] : ['AND memory.created_at >= @after'])];
  return prepared<WordsHit>(
    db,
    `SELECT ${shownColumns}, memory_words.key
     FROM memory JOIN memory_words ON memory_words.rowid = memory.seq LEFT JOIN conversation ON conversation.id = memory.conversation_id
     WHERE memory.kind = 'written' AND conversation.deleted_at IS NULL ${parts.join(' ')} ORDER BY memory.created_at DESC LIMIT @limit`,
  ).all({ ...(before !== null && { before }), ...(after !== null && { after }), limit });
}

export type TitleRow = { id: string; title: string; at: number; kept: number };

/** Titles of all conversations, those lately used first. */
export const titles = (db: Database): TitleRow[] =>
  prepared<TitleRow>(
    db,
    `SELECT id, title, updated_at AS at, kept FROM conversation WHERE deleted_at IS NULL AND title <> '' ORDER BY updated_at DESC`,
  ).all();
