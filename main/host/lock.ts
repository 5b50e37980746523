import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';

/** Who holds a data folder. */
export type LockRecord = {
  pid: number;
  /** When that process started, as the system tells it: a pid alone is handed out again. Empty where it cannot be had. */
  started: string;
  host: 'loopback' | 'electron' | 'cli';
  /** Where the holder listens, once it does, and what proves to it that the asker may read this file. */
  address: string | null;
  key: string | null;
};

export type Lock = {
  /** Lets a second start find this one. */
  announce(address: string, key: string): void;
  release(): void;
};

export type LockAnswer = { lock: Lock } | { holder: LockRecord };

/**
 * One process at a time on a data folder. A lock left by a process that is gone (killed, or a machine that went down)
 * is taken over; a live holder is told to the caller.
 */
export function takeLock(folder: string, host: LockRecord['host']): LockAnswer {
  const file = path.join(folder, 'engram.lock');
  const own: LockRecord = { pid: process.pid, started: startOf(process.pid) ?? '', host, address: null, key: null };
  // Each round either takes the lock, meets a live holder, or clears a stale file; others may do the same meanwhile.
  for (let round = 0; round < 20; round++) {
    if (tryCreate(file, own)) return { lock: createLock(file, own) };
    const found = read(file);
    const holder = found && parse(found);
    if (holder && isAlive(holder)) return { holder };
    if (found !== undefined) removeStale(file, found);
  }
  throw new AppError('conflict', `The lock ${file} changes hands too fast: close the other Engram and start again.`);
}

/** A sentence for the person whose start met a holder. */
export function inUse(folder: string, holder: LockRecord): AppError {
  return new AppError('conflict', `${folder} is in use by another Engram (process ${holder.pid}): close that one first, or choose another folder with --data.`);
}

/** The present holder, if there is one and it lives. */
export function readHolder(folder: string): LockRecord | undefined {
  const holder = parse(read(path.join(folder, 'engram.lock')) ?? '');
  return holder && isAlive(holder) ? holder : undefined;
}

function createLock(file: string, own: LockRecord): Lock {
  return {
    announce(address, key) {
      const temporary = `${file}.${process.pid}`;
      writeFileSync(temporary, JSON.stringify({ ...own, address, key }), { mode: 0o600 });
      renameSync(temporary, file);
    },
    release() {
      // Never remove a lock that somebody else has come to hold.
      const holder = parse(read(file) ?? '');
      if (holder?.pid === own.pid && holder.started === own.started) rmSync(file, { force: true });
    },
  };
}

/** A link appears whole or not at all, so nobody can read half a record. */
function tryCreate(file: string, own: LockRecord): boolean {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(own), { mode: 0o600 });
  try {
    linkSync(temporary, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (withoutLinks.has(codeOf(error))) return tryCreatePlainly(file, own);
    throw cannotLock(file, error);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** What file systems without hard links (memory cards, some shares) answer. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

function tryCreatePlainly(file: string, own: LockRecord): boolean {
  try {
    writeFileSync(file, JSON.stringify(own), { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw cannotLock(file, error);
  }
}

const cannotLock = (file: string, error: unknown) =>
  new AppError('disk', `The data folder cannot be locked (${file}: ${codeOf(error)}). Choose another with --data <folder>.`, error);

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(text: string): LockRecord | undefined {
  try {
    const record: unknown = JSON.parse(text);
    return isRecord(record) ? record : undefined;
  } catch {
    // A machine that lost power may leave an empty file: nobody holds that.
    return undefined;
  }
}

/** By hand: a schema library would be the largest thing read before the window can be shown. */
function isRecord(value: unknown): value is LockRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, started, host, address, key } = value as Record<string, unknown>;
  const textOrNull = (each: unknown) => each === null || typeof each === 'string';
  return Number.isInteger(pid) && typeof started === 'string' && ['loopback', 'electron', 'cli'].includes(String(host)) && textOrNull(address) && textOrNull(key);
}

/** Moves the stale file aside first: of several that try, one gets it, and one that got a fresh lock instead puts it back. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== stale) renameSync(aside, file);
  } catch {
    // Somebody else was faster: the next round sees what they made of it.
  }
  rmSync(aside, { force: true });
}

function isAlive(record: LockRecord): boolean {
  try {
    process.kill(record.pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if (codeOf(error) !== 'EPERM') return false;
  }
  const started = startOf(record.pid);
  return !started || !record.started || started === record.started;
}

/** When a process started, in the system's own words; undefined where it does not say cheaply. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      // Field 22 of stat; the name before it may hold spaces and brackets, so count from the last bracket.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
      return `${boot} ${fields?.[19]}`;
    }
    if (process.platform === 'darwin') return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    // Gone between two looks, or a system that hides it: the pid must do.
  }
  return undefined;
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error));
