import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { backupFolder, damagedFolder, databaseFile, listBackups, partialSuffix, settle } from './backupFiles.ts';
import { readHeader } from './header.ts';
import { applicationId, migrate, newestVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';

export type Restore = {
  folder: string;
  name: string;
  now: number;
  /** Keeps the present state, once the back-up has been found good. */
  before(): Promise<unknown>;
};

/**
 * Replaces what an open database holds by a back-up: all pages in one transaction of SQLite's own, so that every
 * connection and statement goes on, and a kill in the middle leaves the old state. While it runs a write is refused.
 */
export async function restoreInto(db: Database, restore: Restore): Promise<void> {
  refuseWhileForgetting(db);
  const copy = join(backupFolder(restore.folder), `restoring.db${partialSuffix}`);
  try {
    prepareCopy(join(backupFolder(restore.folder), restore.name), copy, restore.now);
    await restore.before();
    keepVectors(copy, databaseFile(restore.folder));
    await replacePages(db, copy);
  } finally {
    rmSync(copy, { force: true });
  }
}

/** A back-up knows nothing of it, and the words would come back. */
function refuseWhileForgetting(db: Database): void {
  const open = db.prepare(`SELECT count(*) FROM forgetting WHERE state IN ('pending', 'erasing', 'failed')`).pluck().get() as number;
  if (open === 0) return;
  throw new AppError('conflict', 'Something is still being forgotten, and a back-up could bring it back. Nothing was changed; let it finish or undo it, then restore.');
}

/** A checked copy of the back-up in today's schema. The back-up itself is never opened for writing. */
function prepareCopy(backup: string, copy: string, now: number): void {
  const name = refuseUnfit(backup);
  rmSync(copy, { force: true });
  copyFileSync(backup, copy);
  const db = new BetterSqlite3(copy);
  try {
    const [first] = db.pragma('integrity_check(1)') as { integrity_check: string }[];
    if (first?.integrity_check !== 'ok') throw unreadable(name);
    db.pragma('journal_mode = DELETE');
    migrate(db, migrations);
    // Whatever could be undone when the back-up was made can be undone for as long again.
    db.prepare(`UPDATE forgetting SET erases_at = ? + erases_at - requested_at, requested_at = ? WHERE state = 'pending'`).run(now, now);
  } catch (error) {
    if (error instanceof BetterSqlite3.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) throw unreadable(name, error);
    throw error;
  } finally {
    db.close();
  }
}

function refuseUnfit(backup: string): string {
  const header = readHeader(backup);
  if (header === null || header === 'foreign' || header.applicationId !== applicationId) throw unreadable(backup);
  if (header.sizeBytes < header.pages * header.pageSize) throw unreadable(backup);
  if (header.version > newestVersion(migrations)) {
    throw new AppError('newer-data', `${backup} was made by a newer version of Engram. Nothing was changed; restore it with that version.`);
  }
  return backup;
}

const unreadable = (backup: string, cause?: unknown) =>
  new AppError('bad-file', `The back-up ${backup} is damaged and cannot be restored. Nothing was changed; choose another.`, cause);

/**
 * The index still holds the vectors of the present. Those of memories that read the same afterwards, and are seen from where they were, stay; the others
 * are queued for removal and made anew.
 */
function keepVectors(copy: string, present: string): void {
  const db = new BetterSqlite3(copy);
  try {
    db.prepare('ATTACH ? AS present').run(present);
    db.exec(`
      BEGIN;
      CREATE TEMP TABLE same AS
        SELECT memory.id FROM memory JOIN memory_words ON memory_words.rowid = memory.seq
          JOIN present.memory AS old ON old.id = memory.id JOIN present.memory_words AS old_words ON old_words.rowid = old.seq
        WHERE memory.embedded_by = old.embedded_by AND memory_words.key = old_words.key
          AND memory.scope = old.scope AND memory.persona_id IS old.persona_id AND memory.kept_in IS old.kept_in;
      UPDATE memory SET embedded_by = NULL WHERE id NOT IN (SELECT id FROM same);
      INSERT OR IGNORE INTO vector_removal SELECT id FROM present.vector_removal;
      INSERT OR IGNORE INTO vector_removal SELECT id FROM present.memory;
      DELETE FROM vector_removal WHERE id IN (SELECT id FROM same);
      COMMIT;`);
  } finally {
    db.close();
  }
}

async function replacePages(db: Database, copy: string): Promise<void> {
  const source = new BetterSqlite3(copy, { readonly: true });
  // Waiting would hold up the very loop that has to finish the copy.
  db.pragma('busy_timeout = 0');
  try {
    await source.backup(db.name, { progress: () => 0x7fffffff });
  } finally {
    db.pragma('busy_timeout = 5000');
    source.close();
  }
}

/**
 * The way out when the database of a folder cannot be opened, to be called instead of opening it: sets the damaged file
 * aside in `damaged/`, never deleting it, and puts a back-up in its place, or nothing. Answers where the file went.
 */
export function recoverDatabase(folder: string, name: string | 'none', now: number = Date.now()): string {
  const path = databaseFile(folder);
  const partial = `${path}${partialSuffix}`;
  if (name !== 'none') {
    const backup = listBackups(folder).find((candidate) => candidate.name === name);
    if (!backup) throw new AppError('not-found', `There is no back-up ${name} in ${backupFolder(folder)}. Nothing was changed.`);
    prepareCopy(join(backupFolder(folder), backup.name), partial, now);
  }
  const aside = setAside(folder, now);
  if (name !== 'none') settle(partial, path);
  else rmSync(path, { force: true });
  return aside;
}

/** The damaged file gets a second name before its place is taken, so that a kill in between loses neither. */
function setAside(folder: string, now: number): string {
  const path = databaseFile(folder);
  mkdirSync(damagedFolder(folder), { recursive: true });
  const aside = join(damagedFolder(folder), `engram-${new Date(now).toISOString().replace(/[:.]/g, '-')}.db`);
  if (existsSync(path)) {
    try {
      linkSync(path, aside);
    } catch {
      copyFileSync(path, aside);
    }
  }
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${aside}-wal`);
  rmSync(`${path}-shm`, { force: true });
  return aside;
}
