import { accessSync, constants, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import type { Backup } from '../contract/app.ts';
import { AppError } from '../contract/errors.ts';
import { damagedFolder, databaseFile, listBackups, snapshot, sweepPartials } from './backupFiles.ts';
import { readHeader } from './header.ts';
import { applicationId, migrate, newestVersion, versionOf, type Migration } from './migrate.ts';
import { migrations as shipped } from './migrations/index.ts';

export type { Database };
export type OpenOptions = { migrations?: readonly Migration[]; now?: () => number };

/**
 * Opens the database of a data folder, making both when they are missing and bringing an older one up to date after a
 * snapshot. Who opens, closes: `closeDatabase`. Fails, with the folder as it was, with `newer-data` when a newer version
 * wrote it, `bad-file` when it is damaged or not ours, `disk` when it cannot be written.
 */
export function openDatabase(folder: string, options: OpenOptions = {}): Database {
  const migrations = options.migrations ?? shipped;
  const path = databaseFile(folder);
  requireWritable(folder, path);
  refuseUnfit(folder, newestVersion(migrations));
  sweepPartials(folder);
  const endedWell = !existsSync(`${path}-wal`);
  const db = connect(path, folder);
  try {
    refuseDamaged(db, folder, endedWell);
    const version = versionOf(db);
    if (version > 0 && version < newestVersion(migrations)) {
      snapshot(db, folder, { reason: 'migration', at: (options.now ?? Date.now)() });
    }
    migrate(db, migrations);
    return db;
  } catch (error) {
    db.close();
    throw explained(error, folder);
  }
}

/** A database in memory with the same schema, for what must never be written. */
export function openTemporary(): Database {
  const db = new BetterSqlite3(':memory:');
  db.pragma('foreign_keys = ON');
  db.pragma('temp_store = MEMORY');
  migrate(db, shipped);
  return db;
}

/** Leaves one file behind: SQLite writes the log back and removes it, unless the disk is full; then it does so next time. */
export function closeDatabase(db: Database): void {
  if (db.open) db.close();
}

/**
 * Commits without waiting for the disk: for what grows or is typed and will be saved again in a moment. It survives the
 * death of the process; only a power cut can take it, and the next ordinary commit makes it as safe as the rest.
 */
export function relaxed<T>(db: Database, write: () => T): T {
  if (db.inTransaction || db.memory || db.pragma('synchronous', { simple: true }) === normal) return write();
  db.pragma('synchronous = NORMAL');
  try {
    return write();
  } finally {
    db.pragma('synchronous = FULL');
  }
}

/** SQLite's number for it. */
const normal = 1;

/** Waits until what was committed `relaxed` is as safe as the rest. */
export function reachDisk(db: Database): void {
  db.pragma('wal_checkpoint(PASSIVE)');
}

/**
 * The write-ahead log lets a reader and the writer work side by side. `synchronous = FULL` waits for the disk at each
 * commit, a few milliseconds: in WAL mode NORMAL survives a crash of the process but a power cut may take the last
 * commits, and an acknowledged message must not be lost. On macOS only `fullfsync` reaches the disk itself.
 * `secure_delete` overwrites what is deleted with zeros: forgetting rests on it.
 */
function connect(path: string, folder: string): Database {
  let db: Database | undefined;
  try {
    db = new BetterSqlite3(path, { timeout: 5_000 });
    db.pragma('secure_delete = ON');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('fullfsync = ON');
    db.pragma('foreign_keys = ON');
    db.pragma('temp_store = MEMORY');
    db.pragma('journal_size_limit = 16777216');
    return db;
  } catch (error) {
    db?.close();
    throw explained(error, folder);
  }
}

function requireWritable(folder: string, path: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK);
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new AppError('disk', `Engram cannot write to its data folder ${folder}. Nothing was changed; make the folder writable, or choose another with --data.`, error);
  }
}

function refuseUnfit(folder: string, newest: number): void {
  const path = databaseFile(folder);
  const header = readHeader(path);
  if (header === null) {
    keepStrayLog(folder, path);
    return;
  }
  if (header === 'foreign') throw damaged(folder);
  if (header.applicationId !== applicationId && (header.version > 0 || header.applicationId !== 0)) throw notOurs(path);
  if (header.version > newest) {
    throw new AppError(
      'newer-data',
      `The data folder ${folder} was written by a newer version of Engram (data version ${header.version}; this one knows ${newest}). Nothing was changed. Install the newer version, or choose another folder with --data.`,
    );
  }
  const log = existsSync(`${path}-wal`);
  if (!log && header.sizeBytes < header.pages * header.pageSize) throw damaged(folder);
}

/** SQLite deletes a log whose database has gone; somebody may still want what is in it. */
function keepStrayLog(folder: string, path: string): void {
  if (!existsSync(`${path}-wal`) || statSync(`${path}-wal`).size === 0) return;
  mkdirSync(damagedFolder(folder), { recursive: true });
  renameSync(`${path}-wal`, join(damagedFolder(folder), `engram-${Date.now()}.db-wal`));
}

/**
 * Every page is read when the file is small, or when the last run did not end well; a large one, at a tenth of a second
 * for 40 MB, would hold up each start. Back-ups are checked whole, so that damage is noticed within a day.
 */
function refuseDamaged(db: Database, folder: string, endedWell: boolean): void {
  if (endedWell && statSync(databaseFile(folder)).size > checkedBytes) return;
  const [first] = db.pragma('quick_check(1)') as { quick_check: string }[];
  if (first?.quick_check !== 'ok') throw damaged(folder);
}

const checkedBytes = 64 * 1024 * 1024;

const notOurs = (path: string) =>
  new AppError('bad-file', `${path} is a database of another program. Nothing was changed. Move it away, or choose another data folder with --data.`);

function damaged(folder: string, cause?: unknown): AppError {
  return new AppError(
    'bad-file',
    `The data file ${databaseFile(folder)} is damaged; it was left as it is. ${adviceFrom(listBackups(folder)[0])}`,
    cause,
  );
}

const adviceFrom = (newest: Backup | undefined) =>
  newest
    ? `The newest back-up is ${newest.name}: start with --restore ${newest.name} to go back to it. The damaged file is kept in the folder "damaged".`
    : 'There is no back-up. Start with --restore none to begin afresh; the damaged file is kept in the folder "damaged".';

const damageCodes = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_FORMAT']);

/** SQLite's codes, as sentences of this folder. */
function explained(error: unknown, folder: string): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error;
  const code = error.code;
  if ([...damageCodes].some((damage) => code.startsWith(damage))) return damaged(folder, error);
  if (/^SQLITE_(READONLY|CANTOPEN|IOERR|PERM)/.test(code)) {
    return new AppError('disk', `Engram cannot read or write ${databaseFile(folder)} (${error.message}). What was saved before is kept; check the disk and the folder's permissions.`, error);
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new AppError('conflict', `Another program holds ${databaseFile(folder)}. Nothing was changed; close it and try again.`, error);
  }
  return error;
}
