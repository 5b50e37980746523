/** Looks through the folders when something happened there, and from time to time, and keeps watching them. */
import { createSleeper, type Sleeper } from '../../contract/sleeper.ts';
import type { Database } from '../../store/database.ts';
import { folderAway, folderSeen, watchedFolders, type KnownFile, type WatchedFolder } from '../../store/noteQueue.ts';
import { createAgenda, type Due } from './agenda.ts';
import { deviceOf, lookAt, type Looked } from './look.ts';
import { removeGone, settleFound } from './moved.ts';
import { createFolderWatch, type FolderWatch } from './watch.ts';

export type FoldersDependencies = {
  db: Database;
  now(): number;
  /** Resolves when looking may go on; fails when it is over with it. */
  free(): Promise<void>;
  /** Nothing is read until the returned function is called. */
  holdReading(): () => void;
  /** Files were put into the queue, or went. */
  changed(): void;
  /** Looking began or ended. */
  announce(): void;
  log(message: string): void;
};

export type Folders = {
  /** All of this folder, or of all, now. */
  look(folderId?: string): void;
  suspect(folderId: string, path: string, afterMs: number): void;
  /** Nothing of it is looked at any more. */
  leave(folderId: string): void;
  /** Looking through all of a folder, or about to. */
  isLooking(): boolean;
  /** Nothing is to be looked at, and nothing will be in a moment. */
  isQuiet(): boolean;
  /** Folders that are not there, and other things the owner should know. */
  troubles(): string[];
  dispose(): Promise<void>;
};

/** What happens together is looked at together. */
const gatherMs = 80;
/** A file that is written anew is gone for a moment. */
const secondLookMs = 400;
const oftenMs = 60_000;
const seldomMs = 600_000;
/** Looking takes this part of the time at most. */
const lookFactor = 20;
const presenceMs = 4_000;
const retryMs = 5_000;

export const createFolders = (dependencies: FoldersDependencies): Folders => new WatchedFolders(dependencies);

type State = { watch: FolderWatch; /** Why it is away, or not watched. */ trouble: string | null; /** On what it was when it was looked at last. */ device: string | null };

class WatchedFolders implements Folders {
  readonly #deps: FoldersDependencies;
  readonly #stopped = new AbortController();
  readonly #sleeper: Sleeper = createSleeper(this.#stopped.signal);
  readonly #agenda = createAgenda();
  readonly #states = new Map<string, State>();
  /** Gone at the last look, and gone for good when they are at the next. */
  readonly #leaving = new Set<string>();
  readonly #presence: NodeJS.Timeout;
  readonly #finished: Promise<void>;
  #round: 'none' | 'some' | 'all' = 'none';
  #askingPresence = false;

  constructor(dependencies: FoldersDependencies) {
    this.#deps = dependencies;
    this.#presence = setInterval(() => void this.#lookWhoIsThere(), presenceMs).unref();
    this.#finished = this.#run();
  }

  look(folderId?: string): void {
    const ids = watchedFolders(this.#deps.db).map(({ id }) => id);
    for (const id of this.#states.keys()) if (!ids.includes(id)) this.leave(id);
    for (const id of ids) if (folderId === undefined || id === folderId) this.#agenda.all(id);
    this.#sleeper.wake();
  }

  suspect(folderId: string, path: string, afterMs: number): void {
    this.#agenda.tellLater(folderId, path, afterMs);
    this.#sleeper.wake();
  }

  leave(folderId: string): void {
    this.#agenda.drop(folderId);
    this.#states.get(folderId)?.watch.close();
    this.#states.delete(folderId);
  }

  isLooking(): boolean {
    return this.#round === 'all' || this.#agenda.isAllDue();
  }

  isQuiet(): boolean {
    return this.#round === 'none' && this.#agenda.isEmpty(secondLookMs);
  }

  troubles(): string[] {
    return [...this.#states.values()].flatMap(({ trouble }) => trouble ?? []);
  }

  async dispose(): Promise<void> {
    this.#stopped.abort();
    clearInterval(this.#presence);
    await this.#finished;
    for (const { watch } of this.#states.values()) watch.close();
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      this.#sleeper.begin();
      try {
        await this.#deps.free();
        await this.#lookAtDue();
      } catch (error) {
        if (this.#stopped.signal.aborted) return;
        this.#deps.log(`Looking through folders of notes was broken off: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'}`);
      }
      this.#end();
      const next = this.#agenda.next();
      if (next === null || next > 0) await this.#sleeper.sleep(next);
      // Woken by one change: the others that belong to it are on their way.
      if (!this.#stopped.signal.aborted) await new Promise((resolve) => setTimeout(resolve, gatherMs));
    }
  }

  #end(): void {
    const before = this.#round;
    this.#round = 'none';
    if (before !== 'none') this.#deps.announce();
  }

  async #lookAtDue(): Promise<void> {
    const due = this.#agenda.due();
    if (due.length === 0) return;
    this.#round = due.some(({ told }) => !told) ? 'all' : 'some';
    this.#deps.announce();
    try {
      await this.#lookAt(due);
    } catch (error) {
      // What was told must not be lost with the round.
      for (const { folderId } of due) this.#agenda.allLater(folderId, retryMs);
      throw error;
    }
  }

  async #lookAt(due: readonly Due[]): Promise<void> {
    const { db, now, changed } = this.#deps;
    const folders = new Map(watchedFolders(db).map((folder) => [folder.id, folder]));
    const looked: Looked[] = [];
    for (const { folderId, ...look } of due) {
      const folder = folders.get(folderId);
      if (folder) looked.push(await this.#look({ ...look, folder }));
      else this.leave(folderId);
    }
    const release = this.#deps.holdReading();
    try {
      const left = await settleFound(db, looked, now);
      await removeGone(db, this.#surelyGone(left, looked));
    } finally {
      release();
    }
    if (looked.some(({ fresh, gone }) => fresh.length + gone.length > 0)) changed();
  }

  async #look(look: { folder: WatchedFolder; paths: string[]; told: boolean }): Promise<Looked> {
    const { db, now, changed } = this.#deps;
    const state = this.#stateOf(look.folder.id);
    const began = performance.now();
    const looked = await lookAt({ db, now, signal: this.#stopped.signal, queued: changed, entered: (folder, place, isLinked) => state.watch.entered(folder, place, isLinked) }, look);
    if (looked.away !== null) this.#away(looked, state);
    else this.#present(looked, { state, took: performance.now() - began });
    return looked;
  }

  #away({ folder, away, device }: Looked, state: State): void {
    state.watch.close();
    state.trouble = away;
    state.device = device;
    if (folderAway(this.#deps.db, folder.id)) this.#deps.changed();
    this.#agenda.allLater(folder.id, oftenMs);
  }

  #present({ folder, kind, mounts, folders, paths, needsAll }: Looked, { state, took }: { state: State; took: number }): void {
    const isWhole = paths.includes('');
    folderSeen(this.#deps.db, folder.id, { kind, mounts, state: 'present', scannedAt: isWhole ? this.#deps.now() : null });
    const there = new Set(folders);
    for (const path of paths) if (!there.has(path)) state.watch.left(path);
    state.device = mounts[''] ?? null;
    const isSeen = state.watch.isWhole();
    state.trouble = isSeen ? null : `The system watches no more folders: what changes in ${folder.path} is found within some minutes.`;
    if (needsAll) this.#agenda.all(folder.id);
    else if (isWhole) this.#agenda.allLater(folder.id, Math.max(isSeen ? seldomMs : oftenMs, took * lookFactor));
  }

  #stateOf(id: string): State {
    const known = this.#states.get(id);
    if (known) return known;
    const watch = createFolderWatch((path) => {
      this.#agenda.tell(id, path);
      this.#sleeper.wake();
    });
    const state: State = { watch, trouble: null, device: null };
    this.#states.set(id, state);
    return state;
  }

  /** What somebody told of is looked for once more: many programs take a file away and put it back. */
  #surelyGone(left: readonly KnownFile[], looked: readonly Looked[]): KnownFile[] {
    const tellers = new Map(looked.filter(({ told }) => told).flatMap(({ folder, gone }) => gone.map((file) => [file.id, folder.id] as const)));
    return left.filter((file) => {
      const folderId = tellers.get(file.id);
      if (folderId === undefined || this.#leaving.delete(file.id)) return true;
      this.#leaving.add(file.id);
      this.#agenda.tellLater(folderId, file.path, secondLookMs);
      return false;
    });
  }

  /** Drives come and go without a word. */
  async #lookWhoIsThere(): Promise<void> {
    if (this.#askingPresence) return;
    this.#askingPresence = true;
    try {
      for (const { id, path } of watchedFolders(this.#deps.db)) {
        const state = this.#states.get(id);
        const device = await deviceOf(path);
        if (!state || device === state.device) continue;
        state.device = device;
        this.#agenda.all(id);
        this.#sleeper.wake();
      }
    } finally {
      this.#askingPresence = false;
    }
  }
}
