/**
 * The data folder:
 *
 *     engram.db            the record of truth (SQLite; `-wal` and `-shm` beside it while the app runs)
 *     backups/             whole copies, each a database of its own: engram-<time in UTC>-<reason>.db
 *     damaged/             databases that could not be opened, set aside and never deleted
 *     vectors/             the index by meaning; may be deleted while the app is closed, and is built anew
 *     logs/                what the app did, never what was said
 *     *.partial            being written; whatever a crash leaves of them is swept away at the next start
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Backup } from '../contract/app.ts';

/** The names inside a data folder that the store writes. */
export const databaseFile = (folder: string): string => join(folder, 'engram.db');
export const backupFolder = (folder: string): string => join(folder, 'backups');
/** Where a database that could not be opened is put, never deleted. */
export const damagedFolder = (folder: string): string => join(folder, 'damaged');

/** What is being written and has not got its name yet; what a crash leaves of it is swept away at the next start. */
export const partialSuffix = '.partial';

const pattern = /^engram-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-(automatic|asked|migration|restore)\.db$/;

/** `engram-2026-11-20T14-03-12-345Z-automatic.db`: time (UTC) and reason stand in the name and nowhere else. */
export const backupName = (createdAt: number, reason: Backup['reason']): string =>
  `engram-${new Date(createdAt).toISOString().replace(/[:.]/g, '-')}-${reason}.db`;

/** All back-ups in the data folder, newest first. Other files are not ours and are left out. */
export function listBackups(folder: string): Backup[] {
  if (!existsSync(backupFolder(folder))) return [];
  return readdirSync(backupFolder(folder))
    .flatMap((name) => parseName(folder, name))
    .sort((a, b) => b.createdAt - a.createdAt);
}

function parseName(folder: string, name: string): Backup[] {
  const [, day, hour, minute, second, milli, reason] = pattern.exec(name) ?? [];
  if (reason === undefined) return [];
  const createdAt = Date.parse(`${day}T${hour}:${minute}:${second}.${milli}Z`);
  const stat = statSync(join(backupFolder(folder), name), { throwIfNoEntry: false });
  return stat ? [{ name, reason: reason as Backup['reason'], createdAt, sizeBytes: stat.size }] : [];
}

/** A name that is not taken yet: two back-ups in one millisecond get neighbouring times. */
export function freeBackupName(folder: string, now: number, reason: Backup['reason']): string {
  let createdAt = now;
  while (existsSync(join(backupFolder(folder), backupName(createdAt, reason)))) createdAt += 1;
  return backupName(createdAt, reason);
}

/** Copies an open database as it stands, synchronously, into a back-up of its own. Returns its name. */
export function snapshot(db: Database, folder: string, made: { reason: Backup['reason']; at: number }): string {
  mkdirSync(backupFolder(folder), { recursive: true });
  const name = freeBackupName(folder, made.at, made.reason);
  const path = join(backupFolder(folder), name);
  rmSync(path + partialSuffix, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run(path + partialSuffix);
    settle(path + partialSuffix, path);
  } catch (error) {
    rmSync(path + partialSuffix, { force: true });
    throw error;
  }
  return name;
}

/** Gives a finished file its name: flushed before, renamed at once, and the folder flushed after. */
export function settle(partial: string, path: string): void {
  flush(partial);
  renameSync(partial, path);
  flushFolder(dirname(path));
}

function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Windows cannot open a folder, and needs no such flush. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Removes what an interrupted copy left behind. */
export function sweepPartials(folder: string): void {
  for (const place of [folder, backupFolder(folder), damagedFolder(folder)]) {
    if (!existsSync(place)) continue;
    for (const name of readdirSync(place)) {
      if (name.includes(partialSuffix)) rmSync(join(place, name), { force: true });
    }
  }
}
