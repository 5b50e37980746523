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

/** Everything said or written that matches, whatever its scope, best first; conversations being deleted are left out. */
export function searchWords(db: Database, query: { match: string; limit: number }): WordsHit[] {
  const found = prepared<{ count: number }>(
    db,
    'SELECT count(*) AS count FROM (SELECT 1 FROM memory_words WHERE memory_words MATCH ? LIMIT ?)',
  ).get(query.match, mostRanked + 1)!.count;
  const order = found > mostRanked ? 'memory_words.rowid DESC' : 'memory_words.rank';
  // The best are taken first: joined in one go, every match would be looked up, and marked in a query of its own each
  // would be searched for again.
  return prepared<WordsHit>(
    db,
    `SELECT memory.id, memory.kind, memory.message_id AS messageId, memory.conversation_id AS conversationId, conversation.title, memory.role,
       memory.created_at AS at, memory.kept_in IS NOT NULL AS kept, best.key
     FROM (SELECT rowid AS seq, ${markedKey} AS key FROM memory_words
           WHERE memory_words MATCH ? ORDER BY ${order} LIMIT ?) AS best
       CROSS JOIN memory ON memory.seq = best.seq LEFT JOIN conversation ON conversation.id = memory.conversation_id
     WHERE conversation.deleted_at IS NULL LIMIT ?`,
  )
    .all(query.match, query.limit + spare, query.limit)
    .map((hit) => ({ ...hit, key: markPlainly(hit.key, query.match) }));
}

/** Some of the best may stand in conversations being deleted. */
const spare = 20;

export type TitleRow = { id: string; title: string; at: number; kept: number };

/** Titles of all conversations, those lately used first. */
export const titles = (db: Database): TitleRow[] =>
  prepared<TitleRow>(
    db,
    `SELECT id, title, updated_at AS at, kept FROM conversation WHERE deleted_at IS NULL AND title <> '' ORDER BY updated_at DESC`,
  ).all();
