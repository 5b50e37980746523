import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contract, type Client } from '../main/contract/contract.ts';
import { exchangeCode, fetchTransport } from '../main/contract/fetch.ts';
import { createClient } from '../main/contract/route.ts';

const built = path.resolve(import.meta.dirname, '../dist/main/serve.js');

/** A built Engram as `npm start` runs it, on a data folder of its own. */
export type Assistant = {
  dataFolder: string;
  /** The process of the assistant; the engine is its child. */
  process(): ChildProcess;
  /** An address with a fresh one-time code. */
  address(): Promise<string>;
  /** The contract over the wire, as another window of the same owner would hold it. A restart ends it. */
  connect(): Promise<Client>;
  /** Ends the engine's process as a crash would; fails when there is none. */
  killEngine(): Promise<void>;
  /** Ends it as Ctrl-C does, or at once with SIGKILL; the data folder stays. */
  stop(signal?: 'SIGINT' | 'SIGKILL'): Promise<void>;
  /** On a free port, or on the one it had before. */
  start(port?: number): Promise<void>;
  /** Ends it and removes the data folder. */
  remove(): Promise<void>;
};

/** One thread, so that tests on a busy machine measure the app and not the machine. */
const testEnvironment = { ...process.env, ENGRAM_THREADS: '1', LANCEDB_LOG: 'error' };

export const newFolder = (name: string): string => mkdtempSync(path.join(tmpdir(), `engram-${name}-`));

/** Starts it on `dataFolder`, or on a new one in the temporary folder. */
export async function startAssistant(dataFolder = newFolder('e2e')): Promise<Assistant> {
  let child = launch(dataFolder);
  // The first address is as good as any later one, until somebody has used it.
  let unused: string | undefined = await addressOf(child);

  async function stop(signal: 'SIGINT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  async function address(): Promise<string> {
    const url = unused ?? (await addressOf(launch(dataFolder)));
    unused = undefined;
    return url;
  }

  return {
    dataFolder,
    process: () => child,
    // A second start is answered with an address of the first.
    address,
    async connect() {
      const url = new URL(await address());
      const token = await exchangeCode(url.origin, new URLSearchParams(url.hash.slice(1)).get('code') ?? '');
      return createClient(contract, fetchTransport(url.origin, token));
    },
    async killEngine() {
      process.kill(await engineOf(child), 'SIGKILL');
    },
    stop,
    async start(port) {
      child = launch(dataFolder, port);
      unused = await addressOf(child);
    },
    async remove() {
      await stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

function launch(dataFolder: string, port = 0): ChildProcess {
  return fork(built, ['--data', dataFolder, '--port', String(port)], { env: testEnvironment, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (data) => (said += String(data)));
    child.once('message', (message) => resolve((message as { url: string }).url));
    child.once('exit', (code) => reject(new Error(`It ended with code ${code} before it gave an address: ${said}`)));
  });
}

/** The engine's process: the assistant's only child. Linux tells; elsewhere these journeys are skipped. */
async function engineOf(child: ChildProcess): Promise<number> {
  const file = `/proc/${child.pid}/task/${child.pid}/children`;
  for (let look = 0; look < 100; look += 1) {
    const children = readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number);
    const engine = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engineWorker'));
    if (engine !== undefined) return engine;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('No engine runs under this assistant.');
}
