import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';

/** An index of words, and the database that holds it: of notes, or of what was said and remembered. */
export type WordIndex = { db: Database; table: 'chunk_words' | 'memory_words' };

/** A word of an index, as its stemmer left it, and in how many rows it stands. */
export type KnownWord = { word: string; rows: number };

const withVocabulary = new WeakSet<Database>();

/** Words that begin so. */
export function knownWords({ db, table }: WordIndex, beginning: string): KnownWord[] {
  if (!withVocabulary.has(db)) {
    db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, ${table}, row)`);
    withVocabulary.add(db);
  }
  return prepared<KnownWord>(db, 'SELECT term AS word, doc AS rows FROM temp.vocabulary WHERE term >= @from AND term < @to').all({ from: beginning, to: `${beginning}\u{10ffff}` });
}

/** Whether anything matches. */
export const stands = ({ db, table }: WordIndex, match: string): boolean =>
  prepared(db, `SELECT 1 FROM ${table} WHERE ${table} MATCH ? LIMIT 1`).get(match) !== undefined;
