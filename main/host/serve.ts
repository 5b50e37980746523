import { randomBytes } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { Transport } from '../contract/transport.ts';
import { prepareDataFolder } from './dataFolder.ts';
import { inUse, readHolder, takeLock, type Lock, type LockRecord } from './lock.ts';
import { createLog, type Log } from './log.ts';
import { serveLoopback } from './loopback.ts';

/** What a host carries: the assistant behind its transport. */
export type Assistant = {
  transport: Transport;
  /** Resolves when what the settings name is loaded, or cannot be. */
  ready: Promise<void>;
  close(): Promise<void>;
};

export type ServeOptions = {
  dataFolder: string;
  /** 0 for a free one. */
  port: number;
  windowFolder: string;
  /** Called when the window has painted and asks for something: nothing heavy competes with it before. */
  openAssistant(dataFolder: string, log: Log): Promise<Assistant>;
  /** How long to wait for a window that may never come, milliseconds. */
  windowMs?: number;
};

/** A browser on a slow machine takes this long to show its first page. */
const usualWindowMs = 3_000;

/** Either this process serves, or another one does already and was asked for an address. */
export type Served =
  | { first: true; url: string; assistant: Promise<Assistant>; createUrl(): string; close(): Promise<void> }
  | { first: false; url: string };

/** Takes the data folder and serves it to a browser on this machine. */
export async function serve(options: ServeOptions): Promise<Served> {
  const folder = prepareDataFolder(options.dataFolder);
  const answer = takeLock(folder, 'loopback');
  if ('holder' in answer) return { first: false, url: await askHolder(folder, answer.holder) };
  try {
    return await serveFolder(folder, answer.lock, options);
  } catch (error) {
    answer.lock.release();
    throw error;
  }
}

async function serveFolder(folder: string, lock: Lock, options: ServeOptions): Promise<Served> {
  const log = createLog(folder);
  const key = randomBytes(32).toString('base64url');
  const late = createLate(() => options.openAssistant(folder, log));
  const loopback = await serveLoopback({ transport: late.transport, windowFolder: options.windowFolder, port: options.port, key });
  lock.announce(loopback.address, key);
  log.info('loopback listens', { pid: process.pid });
  const noWindow = setTimeout(late.open, options.windowMs ?? usualWindowMs);
  // Whoever asks through the transport hears of a failure; nobody asking yet must not end the process.
  late.assistant.catch((error: unknown) => log.error('services did not start', error));

  return {
    first: true,
    url: loopback.createUrl(),
    assistant: late.assistant,
    createUrl: () => loopback.createUrl(),
    async close() {
      clearTimeout(noWindow);
      await loopback.close();
      await late.close();
      lock.release();
      log.info('closed');
    },
  };
}

export type Late = {
  /** Opens the assistant when it is first asked for something; what is asked meanwhile waits. */
  transport: Transport;
  /** Opens it now, if that has not been done. */
  open(): void;
  assistant: Promise<Assistant>;
  /** Closes it, if it was opened. */
  close(): Promise<void>;
};

/** The window is up before the assistant is. */
export function createLate(openAssistant: () => Promise<Assistant>): Late {
  let opened = false;
  let begin = (_opening: Promise<Assistant>) => {};
  const assistant = new Promise<Assistant>((resolve) => {
    begin = resolve;
  });
  const open = () => {
    if (!opened) begin(openAssistant());
    opened = true;
  };
  return {
    open,
    assistant,
    async *transport(path, input, signal) {
      open();
      yield* (await assistant).transport(path, input, signal);
    },
    async close() {
      if (opened) await assistant.then((ready) => ready.close(), () => {});
    },
  };
}

/** An address with a fresh code from the process that holds the folder; refuses with a sentence when it has none to give. */
export async function askHolder(folder: string, holder: LockRecord): Promise<string> {
  const { address, key } = await waitForAddress(folder, holder);
  if (!address || !key) throw inUse(folder, holder);
  try {
    const response = await fetch(`${address}/code`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(3_000),
    });
    const { code } = (await response.json()) as { code?: unknown };
    if (typeof code !== 'string') throw new AppError('not-allowed', 'It gave no address.');
    return `${address}/#code=${code}`;
  } catch (error) {
    throw new AppError('conflict', inUse(folder, holder).message, error);
  }
}

/** A holder that has only just started listens within moments. */
async function waitForAddress(folder: string, holder: LockRecord): Promise<LockRecord> {
  let latest: LockRecord | undefined = holder;
  for (let look = 0; look < 30 && latest?.host === 'loopback' && !latest.address; look++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    latest = readHolder(folder);
  }
  return latest ?? holder;
}
