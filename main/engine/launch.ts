/** Ways to run the engine. Each gives a Transport to it and tells when it is gone. */
import { fork } from 'node:child_process';
import type { EngineStatus } from '../contract/model.ts';
import { portTransport } from '../contract/port.ts';
import { createDispatcher } from '../contract/route.ts';
import type { Transport } from '../contract/transport.ts';
import { engineContract } from './contract.ts';
import { readWorkerOptions } from './workerOptions.ts';

export type EngineProcess = {
  transport: Transport;
  /** Null when it runs in this process. */
  pid: number | null;
  /** Resolves when it has ended, for whatever reason: a few words that continue "The model's process". */
  ended: Promise<string>;
  kill(): void;
};

/** `environment` carries the options of `workerOptions.ts`. */
export type Launcher = { host: EngineStatus['host']; launch(environment: Record<string, string>): Promise<EngineProcess> };

export type ChildProcessOptions = {
  /** The worker: `worker.ts` from source, the built file in the app. */
  workerPath: string;
  /** What llama.cpp writes, line by line: worth keeping when it dies. */
  log(line: string): void;
};

/** A Node process of its own: a bad file can abort it without taking the assistant along. */
export function childProcessLauncher(options: ChildProcessOptions): Launcher {
  return {
    host: 'child-process',
    launch: async (environment) => {
      const child = fork(options.workerPath, [], {
        // Vectors cross as they are, not as lists of digits.
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        execArgv: [],
        env: { ...process.env, ...environment },
      });
      child.stderr?.setEncoding('utf8').on('data', (text: string) => text.split('\n').filter(Boolean).forEach(options.log));
      const ended = new Promise<string>((resolve) => {
        child.once('exit', (code, signal) => resolve(describeEnd(code, signal)));
        child.on('error', (error) => {
          // Also tells of a message that came too late for a process that is ending; that one gets its 'exit'.
          if (child.pid === undefined) resolve(`could not be started (${error.message})`);
        });
      });
      const transport = portTransport({
        post: (message) => child.send(message as object),
        listen: (listener) => child.on('message', listener),
        closed: (listener) => void ended.then(listener),
      });
      return { transport, pid: child.pid ?? null, ended, kill: () => void child.kill('SIGKILL') };
    },
  };
}

/** Exported for launchers that learn of an end in the same terms, as Electron's utility processes do. */
export function describeEnd(code: number | null, signal: string | null): string {
  if (signal === 'SIGKILL') return 'was ended from outside, perhaps because memory ran out';
  if (signal === 'SIGABRT' || signal === 'SIGSEGV' || signal === 'SIGILL' || signal === 'SIGBUS') return `crashed inside llama.cpp (${signal})`;
  return signal === null ? `ended with code ${code}` : `was ended (${signal})`;
}

/**
 * In this very process, where no other can be had: a crash of llama.cpp then is a crash of the assistant. (Nothing
 * acknowledged is lost even so.) llama.cpp is loaded only when this launcher is used.
 */
export function inProcessLauncher(options: { log(line: string): void }): Launcher {
  return {
    host: 'in-process',
    launch: async (environment) => {
      const { createEngineServer } = await import('./handlers.ts');
      const server = createEngineServer({ ...readWorkerOptions(environment), log: options.log });
      let end = (_words: string) => {};
      const ended = new Promise<string>((resolve) => {
        end = resolve;
      });
      const kill = () => void server.close().finally(() => end('was closed'));
      return { transport: createDispatcher(engineContract, server.handlers), pid: null, ended, kill };
    },
  };
}
