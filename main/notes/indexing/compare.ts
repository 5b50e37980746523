/** What was known of files, and what is there: which are new, changed, or gone. Pure. */
import type { KnownFile } from '../../store/noteQueue.ts';
import type { NoteFile } from '../../store/notes.ts';

export type Compared = {
  fresh: NoteFile[];
  changed: NoteFile[];
  /** Notes whose files look as they did and may not be: to be hashed again. */
  doubtful: string[];
};

export type Comparing = {
  at: number;
  /** Somebody says that these have changed. */
  told: boolean;
  /** What could not be opened before is tried again. */
  retries: boolean;
};

/** A file that is written twice within this keeps its size and its time, at worst. Milliseconds, as coarse as any file system's. */
export const coarse = 2_000;

export class Comparison {
  readonly #known: Map<string, KnownFile>;
  readonly #how: Comparing;
  readonly #found = new Set<string>();

  constructor(known: Iterable<KnownFile>, how: Comparing) {
    this.#known = new Map([...known].map((file) => [file.path, file]));
    this.#how = how;
  }

  get isFirst(): boolean {
    return this.#known.size === 0;
  }

  take(files: readonly NoteFile[]): Compared {
    const compared: Compared = { fresh: [], changed: [], doubtful: [] };
    for (const file of files) {
      if (this.#found.has(file.path)) continue;
      this.#found.add(file.path);
      const known = this.#known.get(file.path);
      if (!known) compared.fresh.push(file);
      else if (!isSame(known, file)) compared.changed.push(file);
      else if (this.#isDoubtful(known)) compared.doubtful.push(known.id);
    }
    return compared;
  }

  /** Whether any of the known ones below this folder was found again. */
  hasFound(folder: string): boolean {
    for (const path of this.#found) if (isBelow(path, folder) && this.#known.has(path)) return true;
    return false;
  }

  /** Known, and not found; not what lies at or below one of these. */
  gone(unseen: readonly string[]): KnownFile[] {
    return [...this.#known.values()].filter(({ path }) => !this.#found.has(path) && !unseen.some((folder) => path === folder || isBelow(path, folder)));
  }

  #isDoubtful({ state, hash, modifiedAt, readAt }: KnownFile): boolean {
    if (state === 'waiting') return false;
    if (state === 'failed') return hash === null && (this.#how.retries || this.#how.told);
    const wasHot = readAt !== null && Math.abs(readAt - modifiedAt) < coarse;
    return wasHot && (this.#how.told || Math.abs(this.#how.at - modifiedAt) >= coarse);
  }
}

const isSame = (known: KnownFile, file: NoteFile): boolean => known.size === file.size && known.modifiedAt === file.modifiedAt && known.inode === file.inode;

export const isBelow = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

/** Without those that lie within another. */
export function outermost(paths: Iterable<string>): string[] {
  const kept: string[] = [];
  for (const path of [...new Set(paths)].sort()) {
    const last = kept.at(-1);
    if (last === undefined || !isBelow(path, last)) kept.push(path);
  }
  return kept;
}
