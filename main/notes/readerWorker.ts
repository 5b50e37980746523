/** The thread that reads files: the path of one comes in, what it holds goes out. What goes wrong here is over when the thread is. */
import { parentPort } from 'node:worker_threads';
import { digestNote } from './digest.ts';
import type { Digest } from './digested.ts';
import type { NoteDocument } from './document.ts';
import { readNote } from './read.ts';

/** `digest`: a `Digest` is wanted, else the document. `known`: the hash of bytes that need not be read again. */
export type Asked = { file: string; digest: boolean; known: string | null };
/** `tired`: what this file took may not be free yet, and would be held against the next. */
export type Answer = { result: NoteDocument | Digest; tired: boolean };

const tiredAt = 256 * 1024 ** 2;

const port = parentPort;
if (!port) throw new Error('This file is run as a worker thread.');

async function answer({ file, digest, known }: Asked): Promise<void> {
  const result = await (digest ? digestNote(file, known) : readNote(file));
  const { heapUsed, external } = process.memoryUsage();
  port!.postMessage({ result, tired: heapUsed + external > tiredAt } satisfies Answer);
}

/** One after the other, though several may have come. */
let last: Promise<void> = Promise.resolve();
port.on('message', (asked: Asked) => void (last = last.then(() => answer(asked))));
port.postMessage('ready');
