import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const built = path.resolve(import.meta.dirname, '../dist/main/serve.js');

/** A built Engram as `npm start` runs it, on a data folder of its own. */
export type Assistant = {
  dataFolder: string;
  /** The process of the assistant; the engine is its child. */
  process(): ChildProcess;
  /** An address with a fresh one-time code. */
  address(): Promise<string>;
  /** Ends it as Ctrl-C does, or at once with SIGKILL; the data folder stays. */
  stop(signal?: 'SIGINT' | 'SIGKILL'): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes the data folder. */
  remove(): Promise<void>;
};

/** One thread, so that tests on a busy machine measure the app and not the machine. */
const testEnvironment = { ...process.env, ENGRAM_THREADS: '1', LANCEDB_LOG: 'error' };

/** Starts it on `dataFolder`, or on a new one in the temporary folder. */
export async function startAssistant(dataFolder = mkdtempSync(path.join(tmpdir(), 'engram-e2e-'))): Promise<Assistant> {
  let child = launch(dataFolder);
  await addressOf(child);

  async function stop(signal: 'SIGINT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  return {
    dataFolder,
    process: () => child,
    // A second start is answered with an address of the first.
    address: () => addressOf(launch(dataFolder)),
    stop,
    async start() {
      child = launch(dataFolder);
      await addressOf(child);
    },
    async remove() {
      await stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

function launch(dataFolder: string): ChildProcess {
  return fork(built, ['--data', dataFolder], { env: testEnvironment, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (data) => (said += String(data)));
    child.once('message', (message) => resolve((message as { url: string }).url));
    child.once('exit', (code) => reject(new Error(`It ended with code ${code} before it gave an address: ${said}`)));
  });
}
