/** A file as the index keeps it: its hash, what it says of itself, and its passages. */
import { fstatSync, statSync } from 'node:fs';
import { chunksOf } from './chunk.ts';
import { digestFailed, hasChanged, standIn, type Digest, type DigestedNote } from './digested.ts';
import { openGiven, type Given } from './given.ts';
import { limits as usual, type Limits } from './limits.ts';
import { readOpened, sentenceOf } from './read.ts';

export async function digestNote(file: string, known: string | null, limits: Limits = usual): Promise<Digest> {
  let given: Given | null = null;
  try {
    given = openGiven(file, limits, true);
    const before = fstatSync(given.fd, { bigint: true });
    const hash = given.hash();
    const note = hash === known ? null : await digested(given);
    const after = statSync(file, { bigint: true, throwIfNoEntry: false });
    return { hash, note, stand: { ...standIn(before), isSame: after !== undefined && !hasChanged(before, after) } };
  } catch (error) {
    return digestFailed(file, sentenceOf(error));
  } finally {
    given?.close();
  }
}

async function digested(given: Given): Promise<DigestedNote> {
  const { text, blocks, ...facts } = await readOpened(given);
  return { ...facts, chunks: chunksOf({ text, blocks }) };
}
