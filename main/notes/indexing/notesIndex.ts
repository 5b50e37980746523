/** Reads the owner's folders and keeps what stands in them, off everything else; what was read is found by its words at once. */
import { orAborted } from '../../contract/abort.ts';
import { createGate } from '../../contract/gate.ts';
import type { NotesStatus } from '../../contract/note.ts';
import { createSleeper } from '../../contract/sleeper.ts';
import type { Database } from '../../store/database.ts';
import { countNotes } from '../../store/noteList.ts';
import { countWaiting } from '../../store/noteQueue.ts';
import type { ReaderPool } from '../readerPool.ts';
import { createCourtesy, type Courtesy } from '../courtesy.ts';
import { createFolders, type Folders } from './folders.ts';
import { thisMachine, type Machine } from '../machine.ts';
import { createPace } from './pace.ts';
import { createReading, type Reading } from './reading.ts';

export type NotesIndexDependencies = {
  db: Database;
  readers: Pick<ReaderPool, 'digest'>;
  /** What notes say has changed: ask again. */
  changed(): void;
  /** For lines in our own words, no text of the owner's. */
  log(message: string): void;
  now(): number;
  /** Whether the owner stopped all of it, kept for the next start. */
  paused?: { get(): boolean; set(paused: boolean): void };
  machine?: Machine;
};

export type NotesIndex = {
  /** Look through this folder, or all of them, again: the owner asks, so nothing is waited for. */
  look(folderId?: string): void;
  /** Look through all folders: a start, or other folders than before. */
  begin(): void;
  /** A folder is being taken out. */
  leave(folderId: string): void;
  /** Work in the background stops until the returned function is called. */
  hold(): () => void;
  status(): NotesStatus;
  onStatus(listener: (status: NotesStatus) => void): () => void;
  setPaused(paused: boolean): void;
  /** Resolves when nothing waits to be read, or nothing can be. */
  settled(): Promise<void>;
  dispose(): Promise<void>;
};

export const createNotesIndex = (dependencies: NotesIndexDependencies): NotesIndex => new Index(dependencies);

const tellEveryMs = 250;
const firstRetryMs = 1_000;
const longestRetryMs = 60_000;
/** How often the battery and the load are asked about while there is something to wait for. */
const courtesyMs = 5_000;

class Index implements NotesIndex {
  readonly #deps: NotesIndexDependencies;
  readonly #gate = createGate();
  readonly #stopped = new AbortController();
  readonly #sleeper = createSleeper(this.#stopped.signal);
  readonly #listeners = new Set<(status: NotesStatus) => void>();
  readonly #pace = createPace();
  readonly #courtesy: Courtesy;
  readonly #reading: Reading;
  readonly #folders: Folders;
  readonly #finished: Promise<void>;
  #settlers: (() => void)[] = [];
  #isReading = false;
  #isWorking = true;
  #trouble: string | null = null;
  #resume: (() => void) | null = null;
  #toldAt = -Infinity;
  #telling: NodeJS.Timeout | null = null;

  constructor(dependencies: NotesIndexDependencies) {
    this.#deps = dependencies;
    const { db, readers, now, log, machine = thisMachine() } = dependencies;
    this.#courtesy = createCourtesy(machine, 'Many notes are read');
    if (dependencies.paused?.get()) this.#resume = this.#gate.hold();
    const free = () => orAborted(this.#gate.open(), this.#stopped.signal);
    this.#reading = createReading({
      db, readers, now, free,
      signal: this.#stopped.signal,
      mayReadAll: (waiting) => this.#courtesy.mayReadAll(waiting),
      suspect: (folderId, path, afterMs) => this.#folders.suspect(folderId, path, afterMs),
      kept: (count) => this.#kept(count),
    });
    this.#folders = createFolders({ db, now, log, free, holdReading: () => this.#gate.hold(), changed: () => this.#found(), announce: () => this.#looked() });
    this.#finished = this.#run();
  }

  look(folderId?: string): void {
    this.#courtesy.insist();
    this.#folders.look(folderId);
    this.#sleeper.wake();
  }

  begin(): void {
    this.#folders.look();
  }

  leave(folderId: string): void {
    this.#folders.leave(folderId);
  }

  hold(): () => void {
    return this.#gate.hold();
  }

  setPaused(paused: boolean): void {
    this.#deps.paused?.set(paused);
    if (paused) {
      this.#resume ??= this.#gate.hold();
      this.#settle();
    } else {
      this.#resume?.();
      this.#resume = null;
    }
    this.#announce();
  }

  status(): NotesStatus {
    const counts = countNotes(this.#deps.db);
    const perSecond = this.#isReading ? this.#pace.perSecond() : null;
    const left = perSecond === null ? 0 : countWaiting(this.#deps.db);
    return { ...counts, ...this.#state(), perSecond, secondsLeft: perSecond ? left / perSecond : null, meaning: 'none' };
  }

  onStatus(listener: (status: NotesStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  settled(): Promise<void> {
    return this.#isSettled() ? Promise.resolve() : new Promise((resolve) => this.#settlers.push(resolve));
  }

  async dispose(): Promise<void> {
    this.#stopped.abort();
    if (this.#telling) clearTimeout(this.#telling);
    this.#resume?.();
    await Promise.all([this.#finished, this.#folders.dispose()]);
    this.#settle();
  }

  async #run(): Promise<void> {
    let retryMs = firstRetryMs;
    while (!this.#stopped.signal.aborted) {
      this.#sleeper.begin();
      this.#isWorking = true;
      try {
        await this.#reading.readAll();
        this.#trouble = null;
        retryMs = firstRetryMs;
        this.#rest();
        await this.#sleeper.sleep(this.#restMs());
      } catch (error) {
        if (this.#stopped.signal.aborted) return;
        this.#trouble = troubleOf(error);
        this.#deps.log(`Reading notes paused: ${codeOf(error)}`);
        this.#rest();
        await this.#sleeper.sleep(retryMs);
        retryMs = Math.min(longestRetryMs, retryMs * 2);
      }
    }
  }

  /** Nothing is to be done just now. */
  #rest(): void {
    this.#isReading = false;
    this.#isWorking = false;
    this.#pace.restart();
    if (this.#courtesy.why() === null && this.#trouble === null && this.#folders.isQuiet()) this.#courtesy.done();
    this.#looked();
  }

  #looked(): void {
    this.#announce();
    if (this.#isSettled()) this.#settle();
  }

  #restMs(): number | null {
    if (this.#courtesy.why() !== null) return courtesyMs;
    return this.#reading.restsFor();
  }

  #found(): void {
    this.#sleeper.wake();
    this.#deps.changed();
  }

  #kept(count: number): void {
    this.#isReading = true;
    this.#pace.did(count);
    this.#deps.changed();
    this.#announce();
  }

  #isSettled(): boolean {
    return this.#resume !== null || (!this.#isWorking && !this.#sleeper.woken() && this.#folders.isQuiet());
  }

  #state(): Pick<NotesStatus, 'state' | 'why'> {
    if (this.#resume) return { state: 'paused', why: null };
    const why = this.#trouble ?? this.#courtesy.why();
    if (why !== null) return { state: 'waiting', why };
    const [trouble = null] = this.#folders.troubles();
    if (this.#isReading) return { state: 'reading', why: trouble };
    const isBegun = this.#folders.isLooking() || (!this.#isSettled() && countWaiting(this.#deps.db) > 0);
    return { state: isBegun ? 'looking' : 'idle', why: trouble };
  }

  #settle(): void {
    for (const resolve of this.#settlers) resolve();
    this.#settlers = [];
  }

  /** Counting takes a while where there are many. */
  #announce(): void {
    if (this.#listeners.size === 0 || this.#telling || this.#stopped.signal.aborted) return;
    const wait = Math.max(0, this.#toldAt + tellEveryMs - performance.now());
    this.#telling = setTimeout(() => {
      this.#telling = null;
      this.#toldAt = performance.now();
      const status = this.status();
      for (const listener of this.#listeners) listener(status);
    }, wait).unref();
  }
}

function troubleOf(error: unknown): string {
  if (codeOf(error) === 'SQLITE_FULL') return 'The disk is full. What was read is kept; reading goes on when there is room again.';
  return 'Notes cannot be read just now; it is tried again.';
}

/** What kind of error, never its message: that may quote what was being read. */
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');
