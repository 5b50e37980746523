/** Reads what waits, the latest first, and keeps it. Whatever a file is, its end is its note's: a sentence, and on to the next. */
import { constants, type BigIntStats } from 'node:fs';
import { access, lstat, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Database } from '../../store/database.ts';
import { keepFailure, keepManyContents, type ReadNote } from '../../store/noteContents.ts';
import { countWaiting, fileStands, standOf, waitingFiles, watchedFolders, type FileStand, type WaitingFile, type WatchedFolder } from '../../store/noteQueue.ts';
import { rewriteSome } from '../../store/noteRemoval.ts';
import { mergeWords } from '../../store/noteWords.ts';
import { noteUnchanged, type NoteFile } from '../../store/notes.ts';
import type { Digest } from '../digested.ts';
import type { ReaderPool } from '../readerPool.ts';
import { coarse } from './compare.ts';
import { breath, writeInSlices } from './slices.ts';
import { fileOf } from './walk.ts';

export type ReadingDependencies = {
  db: Database;
  readers: Pick<ReaderPool, 'digest'>;
  signal: AbortSignal;
  now(): number;
  /** Resolves when reading may go on; fails when it is over with it. */
  free(): Promise<void>;
  mayReadAll(waiting: () => number): Promise<boolean>;
  /** This file may not be as it was seen: it is to be looked at again, after so many milliseconds. */
  suspect(folderId: string, path: string, afterMs: number): void;
  /** So many were read just now. */
  kept(count: number): void;
};

export type Reading = {
  /** Resolves when nothing waits that may be read now. Fails when it cannot be kept, and may be called again then. */
  readAll(): Promise<void>;
  /** Milliseconds until the next of those that change again and again may be read; null when there is none. */
  restsFor(): number | null;
};

/** Handed to the readers together: so many, and so many bytes. */
const ahead = 256;
const bytesAhead = 32 * 1_024 ** 2;
const together = 96;
const gatherMs = 10;
/** What was written within this is read whatever the machine does. */
const lateMs = 120_000;
/** A file that changes while it is read is waited for, so often. */
const mostTries = 3;
const tryAfterMs = 300;
/** A large file that never stops changing is read from time to time. */
const largeBytes = 1_024 ** 2;
const restBytesAMs = 1_000;
const longestRestMs = 60_000;

export const createReading = (dependencies: ReadingDependencies): Reading => new Queue(dependencies);

/** `seen`: as the file stood when it was read, `at` that time. */
type Outcome = { file: WaitingFile; seen: NoteFile; at: number } & ({ what: 'unchanged' } | { what: 'failed'; hash: string | null; mark: string } | { what: 'read'; note: ReadNote });

class Queue implements Reading {
  readonly #deps: ReadingDependencies;
  /** Being read. */
  readonly #busy = new Map<string, Promise<void>>();
  /** Of those. */
  #bytes = 0;
  readonly #tries = new Map<string, number>();
  readonly #restUntil = new Map<string, number>();
  #done: Outcome[] = [];
  #folders = new Map<string, WatchedFolder>();

  constructor(dependencies: ReadingDependencies) {
    this.#deps = dependencies;
  }

  restsFor(): number | null {
    return this.#restUntil.size === 0 ? null : Math.max(0, Math.min(...this.#restUntil.values()) - performance.now());
  }

  async readAll(): Promise<void> {
    for (;;) {
      await this.#deps.free();
      await this.#begin();
      if (this.#busy.size === 0 && this.#done.length === 0) return this.#tidy();
      await this.#gather();
      await this.#deps.free();
      await this.#keep();
      await breath();
    }
  }

  /** What a search looks through is made little, now that there is time. */
  async #tidy(): Promise<void> {
    while (!mergeWords(this.#deps.db)) {
      await breath();
      await this.#deps.free();
    }
  }

  /** Some together are written in less time than one by one; none waits long for others. */
  async #gather(): Promise<void> {
    if (this.#done.length === 0) await Promise.race(this.#busy.values());
    const until = performance.now() + gatherMs;
    while (this.#busy.size > 0 && this.#done.length < together && performance.now() < until) await setTimeout(gatherMs / 10);
  }

  async #begin(): Promise<void> {
    if (this.#busy.size > ahead / 2) return;
    const { db, now } = this.#deps;
    const all = await this.#deps.mayReadAll(() => countWaiting(db));
    this.#folders = new Map(watchedFolders(db).map((folder) => [folder.id, folder]));
    for (const [id, until] of this.#restUntil) if (until <= performance.now()) this.#restUntil.delete(id);
    for (const file of waitingFiles(db, ahead + this.#busy.size + this.#done.length + this.#restUntil.size)) {
      if (this.#isFull(file.size) || !(all || now() - file.modifiedAt < lateMs)) return;
      if (!this.#isTaken(file.id)) this.#read(file);
    }
  }

  #isFull(more: number): boolean {
    return this.#busy.size >= ahead || (this.#busy.size > 0 && this.#bytes + more > bytesAhead);
  }

  #isTaken(id: string): boolean {
    return this.#busy.has(id) || this.#restUntil.has(id) || this.#done.some(({ file }) => file.id === id);
  }

  #read(file: WaitingFile): void {
    const folder = this.#folders.get(file.folderId);
    if (!folder) return;
    const ended = this.#outcome(file, folder)
      .then((outcome) => {
        if (!outcome) return;
        this.#done.push(outcome);
        const { size } = outcome.seen;
        if (size > largeBytes) this.#restUntil.set(file.id, performance.now() + Math.min(longestRestMs, size / restBytesAMs));
      })
      .finally(() => {
        this.#busy.delete(file.id);
        this.#bytes -= file.size;
      });
    // Whoever waits for it hears of a failure.
    ended.catch(() => undefined);
    this.#busy.set(file.id, ended);
    this.#bytes += file.size;
  }

  /** Null where it is to be looked at again. */
  async #outcome(file: WaitingFile, folder: WatchedFolder): Promise<Outcome | null> {
    const place = path.join(folder.path, file.path);
    const at = this.#deps.now();
    const most = folder.largestMb * 1_024 ** 2;
    const tooLarge = (seen: NoteFile): Outcome => ({ file, seen, at, what: 'failed', hash: null, mark: `It is larger than ${folder.largestMb} MB, which is more than is read of one file of this folder.` });
    const large = file.size > most ? await largerThan(most, { path: file.path, place }) : null;
    if (large) return tooLarge(large);
    const digest = await this.#deps.readers.digest(place, { known: file.hash, signal: this.#deps.signal });
    const seen = await seenOf(digest, { path: file.path, place });
    if (!seen) return this.#outcomeOfNone(file, place);
    if (digest.stand?.isSame === false && this.#triesAgain(file)) return null;
    if (seen.size > most) return tooLarge(seen);
    // Written just before, it may be written again without a trace.
    if (seen.modifiedAt > at - coarse && seen.modifiedAt < this.#deps.now() + coarse) this.#deps.suspect(file.folderId, file.path, coarse);
    return { file, seen, at, ...(await whatOf(digest, { file, place, at })) };
  }

  /** A link that leads nowhere has a sentence; anything else that is no file now has gone, or its drive has. */
  async #outcomeOfNone(file: WaitingFile, place: string): Promise<Outcome | null> {
    const link = await lstat(place, { bigint: true }).catch(() => null);
    if (!link?.isSymbolicLink()) {
      this.#triesAgain(file);
      return null;
    }
    const { note } = await this.#deps.readers.digest(place, { signal: this.#deps.signal });
    return { file, seen: fileOf(file.path, link), at: this.#deps.now(), what: 'failed', hash: null, mark: note?.mark ?? 'It is a link that leads nowhere.' };
  }

  /** False after so many times: it never stops changing, and is kept as it was. */
  #triesAgain({ id, folderId, path: at }: WaitingFile): boolean {
    const tries = (this.#tries.get(id) ?? 0) + 1;
    this.#tries.set(id, tries % mostTries);
    this.#restUntil.set(id, performance.now() + tryAfterMs);
    this.#deps.suspect(folderId, at, tryAfterMs);
    return tries < mostTries;
  }

  async #keep(): Promise<void> {
    const { db, kept } = this.#deps;
    const done = this.#done.slice();
    await writeInSlices(db, done, (outcome) => isCurrent(db, outcome) && keepSmall(db, outcome));
    for (let notes = this.#readOf(done); notes.length > 0; await breath()) {
      // Each time anew: while others had their turn, a file may have been seen to have changed.
      const current = notes.filter((outcome) => isCurrent(db, outcome));
      const count = current.length === 0 ? 0 : keepManyContents(db, current.map(({ note }) => note));
      notes = current.slice(count);
    }
    // Only now: what could not be kept is kept the next time.
    this.#done = this.#done.filter((outcome) => !done.includes(outcome));
    if (done.length > 0) kept(done.length);
    while (!rewriteSome(db)) await breath();
  }

  #readOf(outcomes: readonly Outcome[]): Extract<Outcome, { what: 'read' }>[] {
    return outcomes.filter((outcome) => outcome.what === 'read');
  }
}

async function whatOf({ hash, note }: Digest, { file, place, at }: { file: WaitingFile; place: string; at: number }): Promise<{ what: 'unchanged' } | { what: 'failed'; hash: string | null; mark: string } | { what: 'read'; note: ReadNote }> {
  if (!note) return { what: 'unchanged' };
  if (hash !== null) return { what: 'read', note: { id: file.id, contents: { ...note, hash, at } } };
  // What may be opened and took too much would take as much the next time.
  const mayBeOpened = await access(place, constants.R_OK).then(() => true, () => false);
  return { what: 'failed', hash: mayBeOpened ? '' : null, mark: note.mark ?? 'It could not be read.' };
}

/** False where the note has gone, or its file was seen to be another since it was read: that one waits. */
function isCurrent(db: Database, { file, seen }: Outcome): boolean {
  const stand = standOf(db, file.id);
  return stand !== undefined && (isSame(stand, seen) || isSame(stand, file));
}

function keepSmall(db: Database, outcome: Outcome): void {
  const { file, seen, at } = outcome;
  if (!isSame(file, seen)) fileStands(db, file.id, seen);
  if (outcome.what === 'unchanged') noteUnchanged(db, file.id, at);
  else if (outcome.what === 'failed') keepFailure(db, file.id, outcome);
}

const isSame = (one: FileStand, other: FileStand): boolean => one.size === other.size && one.modifiedAt === other.modifiedAt && one.inode === other.inode;

/** One that was too large when it was last seen is not read to tell whether it still is. */
async function largerThan(most: number, { path: at, place }: { path: string; place: string }): Promise<NoteFile | null> {
  const info = await infoOf(place);
  return info?.isFile() && info.size > most ? fileOf(at, info) : null;
}

/** How it stood when it was opened; as it stands now, where it could not be. Null: it is no file. */
async function seenOf({ stand }: Digest, { path: at, place }: { path: string; place: string }): Promise<NoteFile | null> {
  if (stand) return { path: at, size: stand.size, modifiedAt: stand.modifiedAt, inode: stand.inode };
  const info = await infoOf(place);
  return info?.isFile() ? fileOf(at, info) : null;
}

const infoOf = (place: string): Promise<BigIntStats | null> => stat(place, { bigint: true }).catch(() => null);

