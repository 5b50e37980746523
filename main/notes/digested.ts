/** What comes back of a file that was read for the index; without what reads it, which is for threads alone. */
import type { BigIntStats } from 'node:fs';
import path from 'node:path';
import { emptyDocument, type Chunk, type NoteDocument } from './document.ts';

export type DigestedNote = Omit<NoteDocument, 'text' | 'blocks'> & { chunks: Chunk[] };

/** How a file stands on its disk. Unix milliseconds. */
export type Stand = { size: number; modifiedAt: number; inode: string | null };

export type Digest = {
  /** Of the file's bytes. Null: it could not be opened, or took too much; `note.mark` says why. */
  hash: string | null;
  /** Null: the bytes are as they are known. */
  note: DigestedNote | null;
  /** When it was opened; null where that failed, or nobody knows. `isSame`: it stands so still, now that it has been read. */
  stand: (Stand & { isSame: boolean }) | null;
};

export function digestFailed(file: string, sentence: string): Digest {
  const { text: _, blocks: __, ...facts } = emptyDocument('other', path.parse(file).name, sentence);
  return { hash: null, note: { ...facts, chunks: [] }, stand: null };
}

export const standIn = (info: BigIntStats): Stand => ({ size: Number(info.size), modifiedAt: Number(info.mtimeMs), inode: info.ino === 0n ? null : String(info.ino) });

/** To the last that a disk tells. */
export const hasChanged = (before: BigIntStats, after: BigIntStats): boolean => before.mtimeNs !== after.mtimeNs || before.size !== after.size || before.ino !== after.ino;
