import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Ask, Tell } from '../../electron/fixtures/wire.ts';
import { toApp } from './address.ts';

const built = path.resolve(import.meta.dirname, '../../dist/electron/preload.cjs');

type Link = { ask(ask: Ask): Promise<unknown>; pages: Map<number, (told: Tell) => void> };

let lastPort = 0;

/**
 * Runs the built preload script before the page's own, with a `require` that knows electron alone, as in Electron's
 * sandbox; joins the port it hands over to the shell.
 */
export async function installPreload(page: Page, { ask, pages }: Link): Promise<void> {
  await page.exposeBinding('__handOver', async ({ frame }, channel: string) => {
    const port = ++lastPort;
    pages.set(port, (told) => void page.evaluate(deliver, [port, told.tell === 'closed' ? null : { data: told.data }] as const).catch(() => {}));
    await ask({ what: 'hand-over', port, channel, url: toApp(frame.url()), top: frame.parentFrame() === null });
    return port;
  });
  await page.exposeBinding('__post', (_source, port: number, data: unknown) => ask({ what: 'post', port, data }));
  await page.addInitScript({ content: `(${sandbox.toString()})(function (require, module, exports) {${readFileSync(built, 'utf8')}\n})` });
}

type Pretend = typeof globalThis & {
  __handOver(channel: string): Promise<number>;
  __post(port: number, data: unknown): Promise<void>;
  __ports: Map<number, MessagePort>;
};

/** Runs in the page. */
function sandbox(preload: (require: (name: string) => unknown, module: object, exports: object) => void): void {
  const pretend = globalThis as Pretend;
  const { __handOver: handOver, __post: post } = pretend;
  pretend.__ports = new Map();
  const ipcRenderer = {
    postMessage(channel: string, _message: unknown, [port]: MessagePort[]): void {
      if (!port) throw new TypeError('No port was handed over.');
      void handOver(channel).then((id) => {
        pretend.__ports.set(id, port);
        // In order: each message is on its way before the next is sent.
        let sent = Promise.resolve();
        port.onmessage = ({ data }: MessageEvent) => {
          sent = sent.then(() => post(id, data));
        };
      });
    },
  };
  const require = (name: string): unknown => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`);
    return { ipcRenderer };
  };
  const module = { exports: {} };
  preload(require, module, module.exports);
}

/** Runs in the page: a message from the shell, or null when the port closed. */
function deliver([id, message]: readonly [number, { data: unknown } | null]): void {
  const port = (globalThis as Pretend).__ports.get(id);
  if (message) port?.postMessage(message.data);
  else port?.close();
}
