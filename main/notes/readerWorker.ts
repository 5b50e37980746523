/** The thread that reads files: the path of one comes in, its document goes out. What goes wrong here is over when the thread is. */
import { parentPort } from 'node:worker_threads';
import { readNote } from './read.ts';

const port = parentPort;
if (!port) throw new Error('This file is run as a worker thread.');

port.on('message', (file: string) => {
  void readNote(file).then((document) => port.postMessage(document));
});
port.postMessage('ready');
