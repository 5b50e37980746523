import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { contract, type Client } from '../../main/contract/contract.ts';
import { portTransport } from '../../main/contract/port.ts';
import { createClient } from '../../main/contract/route.ts';
import type { Ask, FetchAnswer, Reply, State, Tell } from '../../electron/fixtures/wire.ts';
import { installPreload } from './preload.ts';
import { pageHost, toApp } from './address.ts';

const root = path.resolve(import.meta.dirname, '../..');

type Answers = { fetch: FetchAnswer; navigate: boolean; permission: boolean; request: boolean; open: { action: string } | undefined; state: State };
type AnswerOf<A extends Ask> = A['what'] extends keyof Answers ? Answers[A['what']] : unknown;

/** The built shell, running against the stand-in, with the hand that moves it. */
export type Shell = {
  dataFolder: string;
  process: ChildProcess;
  ask<A extends Ask>(ask: A): Promise<AnswerOf<A>>;
  /** Loads the window's page in a real browser tab and joins its port to the shell. */
  show(page: Page): Promise<void>;
  /** The contract over a port of our own, handed over as the page's preload script would. */
  connect(): Promise<Client>;
  /** Everything the shell has said on ports so far. */
  heard(): Tell[];
  /** Resolves to the exit code. */
  ended: Promise<number | null>;
  remove(): Promise<void>;
};

export type ShellOptions = {
  dataFolder?: string;
  /** Whether a utility process could start a Node of its own, as llama.cpp's check needs. */
  runAsNode?: 'on' | 'off';
};

export async function startShell({ dataFolder = mkdtempSync(path.join(tmpdir(), 'engram-shell-')), runAsNode = 'on' }: ShellOptions = {}): Promise<Shell> {
  const child = fork(path.join(root, 'electron/fixtures/standIn.ts'), [path.join(root, 'dist/electron/main.js'), '--data', dataFolder], {
    serialization: 'advanced',
    env: { ...process.env, STAND_IN_RUN_AS_NODE: runAsNode, ENGRAM_THREADS: '1', LANCEDB_LOG: 'error' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  const pages = new Map<number, (told: Tell) => void>();
  const heard: Tell[] = [];
  let lastId = 0;
  let lastPort = 100;
  child.on('message', (message: Reply | Tell) => {
    if ('tell' in message) {
      heard.push(message);
      pages.get(message.port)?.(message);
    } else waiting.get(message.id)?.(message);
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));

  async function ask<A extends Ask>(question: A): Promise<AnswerOf<A>> {
    const id = ++lastId;
    const reply = await new Promise<Reply>((resolve, reject) => {
      waiting.set(id, resolve);
      void ended.then((code) => reject(new Error(`The shell ended (code ${code}).`)));
      child.send({ id, ask: question });
    });
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.value as AnswerOf<A>;
  }

  const shell: Shell = {
    dataFolder,
    process: child,
    ask,
    ended,
    heard: () => heard,
    async connect() {
      const port = ++lastPort;
      const transport = portTransport({
        post: (data) => void ask({ what: 'post', port, data }).catch(() => {}),
        listen: (listener) => pages.set(port, (told) => told.tell === 'message' && listener(told.data)),
        closed: (listener) => void ended.then(listener),
      });
      await ask({ what: 'hand-over', port, channel: 'engram-port', url: 'app://engram/index.html', top: true });
      return createClient(contract, transport);
    },
    async show(page) {
      await page.route(`http://${pageHost}/**`, async (route) => {
        try {
          const { status, headers, body } = await ask({ what: 'fetch', url: toApp(route.request().url()), method: route.request().method() });
          await route.fulfill({ status, headers, body: Buffer.from(body) });
        } catch {
          // The shell has been closed, or the page has.
          await route.abort().catch(() => {});
        }
      });
      await installPreload(page, { ask, pages });
      const { windows } = await ask({ what: 'state' });
      await page.goto((windows.at(-1)?.url ?? '').replace('app://engram', `http://${pageHost}`));
      await ask({ what: 'painted' });
    },
    async remove() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
  await opened();
  return shell;

  /** Until it shows a window or has given up. */
  async function opened(): Promise<void> {
    for (;;) {
      const state = await ask({ what: 'state' }).catch(() => undefined);
      if (!state || state.windows.length > 0) return;
    }
  }
}

