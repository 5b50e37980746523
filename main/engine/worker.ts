/**
 * The engine process. It holds nothing that would be missed: it can be killed at any moment, and ends by itself when the
 * assistant is gone.
 */
import type { Port } from '../contract/port.ts';
import { servePort } from '../contract/port.ts';
import { createDispatcher } from '../contract/route.ts';
import { engineContract } from './contract.ts';
import { createEngineServer } from './handlers.ts';
import { readWorkerOptions } from './workerOptions.ts';

/** Electron's utility processes speak through this instead of `process.send`. */
type ParentPort = { postMessage(message: unknown): void; on(event: 'message', listener: (event: { data: unknown }) => void): void };

const { handlers } = createEngineServer({
  ...readWorkerOptions(process.env),
  log: (line) => process.stderr.write(`${line}\n`),
});
servePort(createDispatcher(engineContract, handlers), parentPort());

// Ctrl-C in a terminal reaches every process under it; the assistant saves first, and then ends this one.
process.on('SIGINT', () => {});

function parentPort(): Port {
  const { parentPort: port } = process as unknown as { parentPort?: ParentPort };
  if (port) {
    return {
      post: (message) => port.postMessage(message),
      listen: (listener) => port.on('message', (event) => listener(event.data)),
      // The browser process takes its utility processes with it.
      closed: () => {},
    };
  }
  return {
    post: (message) => process.send?.(message),
    listen: (listener) => process.on('message', listener),
    // A plain exit would wait for what llama.cpp computes, and run its destructors under it.
    closed: () => process.on('disconnect', () => process.kill(process.pid, 'SIGKILL')),
  };
}
