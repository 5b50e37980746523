import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';

/** The words of notes, in `notes.db`; or of what was said and remembered, in the record of truth. */
export type WordTable = 'chunk_words' | 'memory_words';

/** A word of an index, as its stemmer left it, and in how many rows it stands. */
export type KnownWord = { word: string; rows: number };

const withVocabulary = new WeakSet<Database>();

/** Words that begin so. */
export function knownWords(db: Database, table: WordTable, beginning: string): KnownWord[] {
  if (!withVocabulary.has(db)) {
    db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, ${table}, row)`);
    withVocabulary.add(db);
  }
  return prepared<KnownWord>(db, 'SELECT term AS word, doc AS rows FROM temp.vocabulary WHERE term >= @from AND term < @to').all({ from: beginning, to: `${beginning}\u{10ffff}` });
}

/** Whether anything matches. */
export const stands = (db: Database, table: WordTable, match: string): boolean => prepared(db, `SELECT 1 FROM ${table} WHERE ${table} MATCH ? LIMIT 1`).get(match) !== undefined;
