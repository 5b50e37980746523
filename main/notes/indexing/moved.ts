/** Ends a round of looks: what is new goes into the queue, what has another name keeps what was read of it, what has gone goes. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Database } from '../../store/database.ts';
import { newWithHash, unreadFiles, watchedFolders, type KnownFile, type UnreadFile } from '../../store/noteQueue.ts';
import { many, rewriteSome, strikeOut } from '../../store/noteRemoval.ts';
import { noteSeen, removeNote, renameNote } from '../../store/notes.ts';
import type { Looked } from './look.ts';
import { breath, writeInSlices } from './slices.ts';

/** Answers what has gone; the caller decides when it goes. */
export async function settleFound(db: Database, looked: readonly Looked[], now: () => number): Promise<KnownFile[]> {
  for (const { folder, fresh } of looked) await writeInSlices(db, fresh, (file) => noteSeen(db, folder.id, { ...file, at: now() }));
  const gone = looked.flatMap((one) => one.gone);
  if (gone.length === 0) return [];
  const taken = new Set(gone.map(({ id }) => id));
  const unread = new Unread(unreadFiles(db).filter(({ id }) => !taken.has(id)), new Map(watchedFolders(db).map((folder) => [folder.id, folder.path])));
  const moves: { from: KnownFile; to: { id: string } }[] = [];
  const left: KnownFile[] = [];
  for (const from of gone) {
    const to = unread.withInode(from) ?? (await unread.withHash(from)) ?? newTwin(db, from, { taken, since: now() - lateMs });
    if (to) moves.push({ from, to });
    else left.push(from);
    if (to) taken.add(to.id);
  }
  await writeInSlices(db, moves, ({ from, to }) => renameNote(db, from.id, to.id));
  return left;
}

/** What is told of a renamed file comes in pieces: its new name may have been read before its old one is missed. */
const lateMs = 60_000;

function newTwin(db: Database, { hash, size, path: at }: KnownFile, { taken, since }: { taken: ReadonlySet<string>; since: number }): { id: string } | undefined {
  if (!hash || size === 0) return undefined;
  return newWithHash(db, hash, since).find((one) => !taken.has(one.id) && isAlike(one.path, at));
}

/** Another kind of name may be read in another way. */
const isAlike = (one: string, other: string): boolean => path.extname(one).toLowerCase() === path.extname(other).toLowerCase();

export async function removeGone(db: Database, gone: readonly KnownFile[]): Promise<void> {
  if (gone.length >= many) strikeOut(db);
  await writeInSlices(db, gone, ({ id }) => removeNote(db, id));
  while (!rewriteSome(db)) await breath();
}

/** Files that nobody has read, each of which may be one that has gone. */
class Unread {
  readonly #roots: ReadonlyMap<string, string>;
  readonly #bySize = new Map<number, UnreadFile[]>();
  readonly #hashes = new Map<string, Promise<string | null>>();
  readonly #taken = new Set<string>();

  constructor(files: readonly UnreadFile[], roots: ReadonlyMap<string, string>) {
    this.#roots = roots;
    for (const file of files) this.#bySize.set(file.size, [...(this.#bySize.get(file.size) ?? []), file]);
  }

  /** The same file, surely: renaming keeps its number and its time. */
  withInode(from: KnownFile): UnreadFile | undefined {
    return this.#take(this.#alike(from).find((file) => file.inode !== null && file.inode === from.inode && file.modifiedAt === from.modifiedAt));
  }

  async withHash(from: KnownFile): Promise<UnreadFile | undefined> {
    if (!from.hash || from.size === 0) return undefined;
    for (const file of this.#alike(from)) if ((await this.#hashOf(file)) === from.hash) return this.#take(file);
    return undefined;
  }

  #alike({ path: at, size }: KnownFile): UnreadFile[] {
    return (this.#bySize.get(size) ?? []).filter((file) => !this.#taken.has(file.id) && isAlike(file.path, at));
  }

  #take(file: UnreadFile | undefined): UnreadFile | undefined {
    if (file) this.#taken.add(file.id);
    return file;
  }

  #hashOf(file: UnreadFile): Promise<string | null> {
    let hash = this.#hashes.get(file.id);
    if (!hash) this.#hashes.set(file.id, (hash = hashOf(path.join(this.#roots.get(file.folderId) ?? '', file.path), file.size)));
    return hash;
  }
}

/** A larger one is read anew: that takes no longer than finding out. */
const largestHashed = 64 * 1_024 ** 2;

/** As the reader hashes it; null where it cannot be read. */
async function hashOf(file: string, size: number): Promise<string | null> {
  if (size > largestHashed) return null;
  const hash = createHash('sha256');
  try {
    for await (const part of createReadStream(file)) hash.update(part as Buffer);
    return hash.digest('base64url');
  } catch {
    return null;
  }
}
