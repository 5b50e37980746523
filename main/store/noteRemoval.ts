/**
 * Taking many notes out. `secure-delete` looks for each word of a row and takes it out where it stands: milliseconds a
 * row, minutes a folder. For many, rows are struck out in a lump and the index of words is written anew without them.
 */
import type { Database } from 'better-sqlite3';
import { mergedAtOnce, mergeStep } from './noteWords.ts';
import { prepared } from './prepared.ts';

/** From this many notes on, or this many passages of one, it is quicker to write the index of words anew. */
export const many = 50;
export const manyRows = 200;

/** What is taken out from now on leaves its words in the index until `rewriteSome` has done all. A crash in between is seen by `isRewriting`. */
export function strikeOut(db: Database): void {
  if (!isRewriting(db)) secureDelete(db, 0);
}

export const isRewriting = (db: Database): boolean => prepared<{ v: number }>(db, `SELECT v FROM chunk_words_config WHERE k = 'secure-delete'`).get()?.v === 0;

/** One step of writing the index of words anew; true when no word of what was struck out is left in it. */
export function rewriteSome(db: Database): boolean {
  if (!isRewriting(db)) return true;
  if (!mergeStep(db, -mergedAtOnce)) return false;
  secureDelete(db, 1);
  return true;
}

const secureDelete = (db: Database, value: 0 | 1): void => void prepared(db, `INSERT INTO chunk_words (chunk_words, rank) VALUES ('secure-delete', CAST(? AS INTEGER))`).run(value);
