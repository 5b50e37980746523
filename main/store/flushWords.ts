import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';

/**
 * Makes a full-text table write what it holds back. Call it between taking a row out and putting it back changed: a table
 * with `secure-delete` that is to do both at once loses track of words that stand in a row more than a hundred times, and
 * finds them in it for ever after (SQLite 3.54.1: "checksum mismatch"). A savepoint is what makes it write.
 */
export function flushWords(db: Database): void {
  prepared(db, 'SAVEPOINT words').run();
  prepared(db, 'RELEASE words').run();
}
