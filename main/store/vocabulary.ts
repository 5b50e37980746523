import type { Database } from 'better-sqlite3';
import { changesOf, prepared } from './prepared.ts';

/** The words of notes, in `notes.db`; or of what was said and remembered, in the record of truth. */
export type WordTable = 'chunk_words' | 'memory_words';

/** A word of an index, as its stemmer left it, and in how many rows it stands. */
export type KnownWord = { word: string; rows: number };

const withVocabulary = new WeakSet<Database>();

/** What was asked for lately: a word with a slip is looked for at each letter that follows it. */
const beginningsKept = 6;
const lately = new WeakMap<Database, { changes: number; words: Map<string, readonly KnownWord[]> }>();

/** Words that begin so. */
export function knownWords(db: Database, table: WordTable, beginning: string): readonly KnownWord[] {
  const changes = changesOf(db);
  const last = lately.get(db);
  const kept = last?.changes === changes ? last.words : new Map<string, readonly KnownWord[]>();
  const key = `${table} ${beginning}`;
  const words = kept.get(key) ?? readWords(db, table, beginning);
  // The latest stands last, and the first goes.
  kept.delete(key);
  kept.set(key, words);
  if (kept.size > beginningsKept) kept.delete(kept.keys().next().value!);
  lately.set(db, { changes, words: kept });
  return words;
}

function readWords(db: Database, table: WordTable, beginning: string): KnownWord[] {
  if (!withVocabulary.has(db)) {
    db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, ${table}, row)`);
    withVocabulary.add(db);
  }
  return prepared<KnownWord>(db, 'SELECT term AS word, doc AS rows FROM temp.vocabulary WHERE term >= @from AND term < @to').all({ from: beginning, to: `${beginning}\u{10ffff}` });
}

/** Whether anything matches. */
export const stands = (db: Database, table: WordTable, match: string): boolean => prepared(db, `SELECT 1 FROM ${table} WHERE ${table} MATCH ? LIMIT 1`).get(match) !== undefined;
