/** What was known of files, and what is there: which are new, changed, or gone. Pure. */
import type { KnownFile } from '../../store/noteQueue.ts';
import type { NoteFile } from '../../store/notes.ts';

export type Compared = {
  fresh: NoteFile[];
  changed: NoteFile[];
  /** Notes whose files look as they did and may not be: to be hashed again. */
  doubtful: string[];
};

/** A file that is written twice within this keeps its size and its time, at worst. Milliseconds, as coarse as any file system's. */
export const coarse = 2_000;

export class Comparison {
  readonly #known: Map<string, KnownFile>;
  readonly #found = new Set<string>();

  constructor(known: Iterable<KnownFile>) {
    this.#known = new Map([...known].map((file) => [file.path, file]));
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
      else if (isDoubtful(known)) compared.doubtful.push(known.id);
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
}

/** What could not be opened is tried again; what was read as soon as it was written may have been written again. */
function isDoubtful({ state, hash, modifiedAt, readAt }: KnownFile): boolean {
  if (state === 'failed') return hash === null;
  return state === 'read' && readAt !== null && Math.abs(readAt - modifiedAt) < coarse;
}

const isSame = (known: KnownFile, file: NoteFile): boolean => known.size === file.size && known.modifiedAt === file.modifiedAt && known.inode === file.inode;

export const isBelow = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

/** Without those that lie within another. */
export function outermost(paths: Iterable<string>): string[] {
  const all = new Set(paths);
  return [...all].filter((path) => !foldersAbove(path).some((folder) => all.has(folder))).sort();
}

function foldersAbove(path: string): string[] {
  if (path === '') return [];
  const names = path.split('/');
  return names.map((_, depth) => names.slice(0, depth).join('/'));
}
