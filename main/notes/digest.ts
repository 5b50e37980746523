/** A file as the index keeps it: its hash, what it says of itself, and its passages. */
import path from 'node:path';
import { chunksOf } from './chunk.ts';
import { emptyDocument, type Chunk, type NoteDocument } from './document.ts';
import { openGiven, type Given } from './given.ts';
import { limits as usual, type Limits } from './limits.ts';
import { readOpened, sentenceOf } from './read.ts';

export type DigestedNote = Omit<NoteDocument, 'text' | 'blocks'> & { chunks: Chunk[] };

export type Digest = {
  /** Of the file's bytes. Null: it could not be opened, or took too much; `note.mark` says why. */
  hash: string | null;
  /** Null: the bytes are as they are known. */
  note: DigestedNote | null;
};

export const digestFailed = (file: string, sentence: string): Digest => ({ hash: null, note: digested(emptyDocument('other', path.parse(file).name, sentence)) });

function digested({ text, blocks, ...facts }: NoteDocument): DigestedNote {
  return { ...facts, chunks: chunksOf({ text, blocks }) };
}

export async function digestNote(file: string, known: string | null, limits: Limits = usual): Promise<Digest> {
  let given: Given | null = null;
  try {
    given = openGiven(file, limits, true);
    const hash = given.hash();
    return { hash, note: hash === known ? null : digested(await readOpened(given)) };
  } catch (error) {
    return digestFailed(file, sentenceOf(error));
  } finally {
    given?.close();
  }
}
