/** Hears of changes in a folder as they happen. What it tells is where to look, never what is there. */
import { watch as watchPath, type FSWatcher } from 'node:fs';
import { isBelow } from './compare.ts';

export type FolderWatch = {
  /** A folder is about to be listed. */
  entered(folder: string, place: string, isLinked: boolean): void;
  /** It is no more, nor what lay in it. */
  left(folder: string): void;
  /** False: not all of it is watched, for the system watches no more. */
  isWhole(): boolean;
  close(): void;
};

/** `changed`: something happened at this path. */
export const createFolderWatch = (changed: (path: string) => void): FolderWatch => new Watch(changed);

/** Where the system itself watches all that lies in a folder. On Linux each folder is watched by itself, its files with it. */
const watchesBelow = process.platform === 'darwin' || process.platform === 'win32';
/** Others want to watch something, too: the system has a number for all of them together. */
const mostWatched = 30_000;

class Watch implements FolderWatch {
  readonly #changed: (path: string) => void;
  readonly #watchers = new Map<string, FSWatcher>();
  #isWhole = true;

  constructor(changed: (path: string) => void) {
    this.#changed = changed;
  }

  entered(folder: string, place: string, isLinked: boolean): void {
    if (watchesBelow && folder !== '' && !isLinked) return;
    const before = this.#watchers.get(folder);
    // Another folder may be in its place by now; the old one is let go only when the new one is watched.
    this.#watch(folder, place);
    before?.close();
  }

  left(folder: string): void {
    for (const [watched, watcher] of this.#watchers) {
      if (watched !== folder && !isBelow(watched, folder)) continue;
      watcher.close();
      this.#watchers.delete(watched);
    }
  }

  isWhole(): boolean {
    return this.#isWhole;
  }

  close(): void {
    this.left('');
  }

  #watch(folder: string, place: string): void {
    this.#watchers.delete(folder);
    if (this.#watchers.size >= mostWatched) return void (this.#isWhole = false);
    try {
      const watcher = watchPath(place, { persistent: false, recursive: watchesBelow }, (_, name) => this.#changed(pathOf(folder, name)));
      watcher.on('error', () => this.#failed(folder, watcher));
      this.#watchers.set(folder, watcher);
    } catch (error) {
      // Gone already, which whoever lists it will see, or too many: then it is looked through from time to time.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) this.#isWhole = false;
    }
  }

  #failed(folder: string, watcher: FSWatcher): void {
    watcher.close();
    if (this.#watchers.get(folder) !== watcher) return;
    this.#watchers.delete(folder);
    this.#changed(folder);
  }
}

function pathOf(folder: string, name: string | null): string {
  if (name === null) return folder;
  const below = name.replaceAll('\\', process.platform === 'win32' ? '/' : '\\');
  return folder === '' ? below : `${folder}/${below}`;
}
