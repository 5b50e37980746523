import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import type { Backup } from '../contract/app.ts';
import { AppError } from '../contract/errors.ts';
import { backupFolder, databaseFile, freeBackupName, listBackups, partialSuffix, settle } from './backupFiles.ts';
import { restoreInto } from './restore.ts';

export type BackupStore = {
  /** Newest first. */
  list(): Backup[];
  /** Copies the database as it stands, without holding it up. Fails with `disk`; nothing is lost then. */
  make(reason: 'asked' | 'automatic'): Promise<Backup>;
  /** The timetable, to be called at the start and every hour: makes one when a day has passed and something changed. */
  makeIfDue(): Promise<Backup | null>;
  /**
   * Puts a back-up in the place of what is there, after checking it and backing up the present state. Connections and
   * statements stay valid; a kill in the middle leaves the old state or the new one. Call `settleInterrupted` and have
   * the index look again afterwards.
   */
  restore(name: string): Promise<void>;
  /** Deletes one. Fails with `not-found`. */
  remove(name: string): Promise<void>;
  /** Runs work while no back-up is being written, restored or removed. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
};

export type BackupOptions = { db: Database; folder: string; kept(): number; now?(): number };

const dayMs = 86_400_000;
/** Pages copied between two turns of the event loop: about 4 MB, a few milliseconds. */
const pagesAtOnce = 1_000;

export function createBackups(options: BackupOptions): BackupStore {
  const { db, folder } = options;
  const now = options.now ?? Date.now;
  const exclusively = createQueue();
  const list = () => listBackups(folder);
  const make = async (reason: Backup['reason']): Promise<Backup> => {
    const name = await copy(db, folder, freeBackupName(folder, now(), reason));
    rotate(folder, options.kept());
    return find(folder, name);
  };

  return {
    list,
    exclusively,
    make: (reason) => exclusively(() => make(reason)),
    makeIfDue: () => exclusively(async () => (isDue(db, folder, now()) ? make('automatic') : null)),
    restore: (name) =>
      exclusively(async () => {
        const { name: known } = find(folder, name);
        await restoreInto(db, { folder, name: known, now: now(), before: () => make('restore') });
      }),
    remove: (name) =>
      exclusively(async () => rmSync(join(backupFolder(folder), find(folder, name).name))),
  };
}

/** One after the other; a failure does not stop what waits. */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

function find(folder: string, name: string): Backup {
  const backup = listBackups(folder).find((candidate) => candidate.name === name);
  if (!backup) throw new AppError('not-found', `There is no back-up ${name}. Nothing was changed; choose one from the list.`);
  return backup;
}

async function copy(db: Database, folder: string, name: string): Promise<string> {
  mkdirSync(backupFolder(folder), { recursive: true });
  const path = join(backupFolder(folder), name);
  const partial = path + partialSuffix;
  try {
    await db.backup(partial, { progress: () => pagesAtOnce });
    verify(partial);
    settle(partial, path);
    return name;
  } catch (error) {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(partial + suffix, { force: true });
    throw explained(error);
  }
}

/** A copy of a WAL database would leave a log beside it whenever somebody looked; and an unreadable back-up is none. */
function verify(path: string): void {
  const copied = new BetterSqlite3(path);
  try {
    copied.pragma('journal_mode = DELETE');
    const [first] = copied.pragma('quick_check(1)') as { quick_check: string }[];
    if (first?.quick_check === 'ok') return;
    throw new AppError('bad-file', 'The back-up was not made: the data file is damaged. The older back-ups were kept; restore one of them under Settings.');
  } finally {
    copied.close();
  }
}

function explained(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^(SQLITE_FULL|SQLITE_IOERR|SQLITE_CANTOPEN|SQLITE_READONLY|ENOSPC|EACCES|EROFS|EIO)/.test(code)) return error;
  return new AppError('disk', 'The back-up was not made: the disk is full or cannot be written. Your data and the older back-ups are as they were; free some space and try again.', error);
}

/** The newest of each kind stay; those the owner asked for stay until the owner removes them. */
function rotate(folder: string, kept: number): void {
  for (const reason of ['automatic', 'migration', 'restore'] as const) {
    const old = listBackups(folder).filter((backup) => backup.reason === reason).slice(kept);
    for (const { name } of old) rmSync(join(backupFolder(folder), name), { force: true });
  }
}

function isDue(db: Database, folder: string, now: number): boolean {
  const [newest] = listBackups(folder);
  if (!newest) return db.prepare('SELECT EXISTS (SELECT 1 FROM message)').pluck().get() === 1;
  const automatic = listBackups(folder).find((backup) => backup.reason === 'automatic');
  if (automatic && now - automatic.createdAt < dayMs) return false;
  return changedAt(folder) > newest.createdAt;
}

/** Every commit touches the log; writing it back touches the file. */
function changedAt(folder: string): number {
  const path = databaseFile(folder);
  const files = [path, `${path}-wal`].filter((file) => existsSync(file)).map((file) => statSync(file));
  return Math.max(0, ...files.filter((file) => file.size > 0).map((file) => file.mtimeMs));
}
