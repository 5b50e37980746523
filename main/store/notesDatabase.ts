/**
 * `notes.db`: what the owner's files said when they were last read. It stands beside the record of truth because it can
 * be made anew: back-ups, which hold what cannot, stay small, and a search waits for no message to be saved.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { readHeader } from './header.ts';
import { applicationId, migrate, newestVersion } from './migrate.ts';
import { noteMigrations } from './noteMigrations/index.ts';

export const notesFile = (folder: string): string => join(folder, 'notes.db');

/**
 * Opens it, making it where it is missing, damaged, or of another version: what was in it is read again. Who opens,
 * closes. Fails with `bad-file` for a database of another program, `disk` when it cannot be written.
 */
export function openNotesDatabase(folder: string): Database {
  const path = notesFile(folder);
  if (!isFit(path)) drop(path);
  try {
    return connect(path);
  } catch (error) {
    if (!isDamage(error)) throw explained(error, path);
    drop(path);
    return connect(path);
  }
}

function isFit(path: string): boolean {
  const header = readHeader(path);
  if (header === null) return true;
  if (header === 'foreign') return false;
  if (header.applicationId !== applicationId && (header.version > 0 || header.applicationId !== 0)) {
    throw new AppError('bad-file', `${path} is a database of another program. Nothing was changed. Move it away, or choose another data folder with --data.`);
  }
  return header.version <= newestVersion(noteMigrations);
}

/** In memory, with the same schema. */
export function openTemporaryNotes(): Database {
  const db = new BetterSqlite3(':memory:');
  db.pragma('foreign_keys = ON');
  db.pragma('temp_store = MEMORY');
  migrate(db, noteMigrations);
  return db;
}

/** In WAL mode `NORMAL` survives the death of the process; after a power cut the last notes are read again. */
function connect(path: string): Database {
  const db = new BetterSqlite3(path, { timeout: 5_000 });
  try {
    db.pragma('secure_delete = ON');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    db.pragma('temp_store = MEMORY');
    db.pragma('journal_size_limit = 67108864');
    // 64 MB: while an index is made, what is written to again stays at hand.
    db.pragma('cache_size = -65536');
    // Pages: what is written to again and again is written back once.
    db.pragma('wal_autocheckpoint = 4000');
    migrate(db, noteMigrations);
    db.prepare('SELECT count(*) FROM note_folder').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function drop(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

const isDamage = (error: unknown) => error instanceof BetterSqlite3.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB|FORMAT|ERROR)/u.test(error.code);

const explained = (error: unknown, path: string): unknown =>
  error instanceof BetterSqlite3.SqliteError && /^SQLITE_(?:READONLY|CANTOPEN|IOERR|PERM|FULL)/u.test(error.code)
    ? new AppError('disk', `Engram cannot read or write ${path} (${error.message}). What was saved before is kept; check the disk and the folder's permissions.`, error)
    : error;
