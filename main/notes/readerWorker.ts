/** The thread that reads files: the path of one comes in, its document goes out. What goes wrong here is over when the thread is. */
import { parentPort } from 'node:worker_threads';
import type { NoteDocument } from './document.ts';
import { readNote } from './read.ts';

/** `tired`: what this file took may not be free yet, and would be held against the next. */
export type Answer = { document: NoteDocument; tired: boolean };

const tiredAt = 256 * 1024 ** 2;

const port = parentPort;
if (!port) throw new Error('This file is run as a worker thread.');

port.on('message', (file: string) => {
  void readNote(file).then((document) => {
    const { heapUsed, external } = process.memoryUsage();
    port.postMessage({ document, tired: heapUsed + external > tiredAt } satisfies Answer);
  });
});
port.postMessage('ready');
