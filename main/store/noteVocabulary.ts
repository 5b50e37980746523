import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';

/** A word of the index, as its stemmer left it, and in how many rows it stands. */
export type KnownWord = { word: string; rows: number };

const withVocabulary = new WeakSet<Database>();

/** Words of notes that begin so. */
export function knownWords(db: Database, beginning: string): KnownWord[] {
  if (!withVocabulary.has(db)) {
    db.exec('CREATE VIRTUAL TABLE IF NOT EXISTS temp.chunk_vocabulary USING fts5vocab(main, chunk_words, row)');
    withVocabulary.add(db);
  }
  return prepared<KnownWord>(db, 'SELECT term AS word, doc AS rows FROM temp.chunk_vocabulary WHERE term >= @from AND term < @to').all({ from: beginning, to: `${beginning}\u{10ffff}` });
}
