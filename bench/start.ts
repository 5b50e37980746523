import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { contract, type Client } from '../main/contract/contract.ts';
import { exchangeCode, fetchTransport } from '../main/contract/fetch.ts';
import { createClient } from '../main/contract/route.ts';
import { findChromium } from '../resources/scripts/browser.mjs';
import { median, type Bench, type Figures } from './bench.ts';

const built = path.resolve(import.meta.dirname, '../dist/main/serve.js');

/** Milliseconds since the process was started; megabytes as the system shares them out (PSS). */
type Run = { listenMs: number; paintMs: number | null; readyMs: number; firstWordMs: number; assistantMb: number; engineMb: number; windowMb: number | null };

export const bench: Bench = {
  name: 'start',
  about: 'process start to window painted, to models loaded, to the first word; memory of each process [--runs 3]',
  async run({ arguments: given }) {
    const { values } = parseArgs({ args: given, options: { runs: { type: 'string', default: '3' } } });
    const folder = mkdtempSync(path.join(tmpdir(), 'engram-bench-'));
    try {
      const runs: Run[] = [];
      // One data folder: the first run makes it, the others find it as an owner does every morning.
      for (let number = 0; number < Number(values.runs); number++) runs.push(await measure(path.join(folder, 'data')));
      return summarise(runs);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(dataFolder: string): Promise<Run> {
  const started = Date.now();
  const child = fork(built, ['--data', dataFolder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  try {
    const url = await addressOf(child);
    const listenMs = Date.now() - started;
    // Nothing else is asked before the page has painted: the assistant opens when the window first asks.
    const painted = await openWindow(url);
    const client = await connect(painted ? await anotherAddress(dataFolder) : url);
    const readyMs = await untilReady(client).then(() => Date.now() - started);
    const firstWordMs = await firstWord(client).then(() => Date.now() - started);
    const memory = { assistantMb: memoryMb([child.pid ?? 0]), engineMb: memoryMb(childrenOf(child.pid ?? 0)), windowMb: painted && memoryMb(painted.pids()) };
    await painted?.close();
    return { listenMs, paintMs: painted && Math.round(painted.at - started), readyMs, firstWordMs, ...memory };
  } finally {
    await end(child);
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    child.once('exit', (code) => reject(new Error(`It ended with code ${code}.`)));
  });
}

/** A second start asks the first for an address: one for the window, one for us. */
const anotherAddress = (dataFolder: string) => addressOf(fork(built, ['--data', dataFolder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] }));

async function connect(url: string): Promise<Client> {
  const { origin, hash } = new URL(url);
  return createClient(contract, fetchTransport(origin, await exchangeCode(origin, hash.replace('#code=', ''))));
}

async function untilReady(client: Client): Promise<void> {
  const stop = new AbortController();
  for await (const event of client.app.events({}, stop.signal)) {
    if (event.type === 'engine' && event.status.state === 'ready' && event.status.chatModel) break;
  }
  stop.abort();
}

async function firstWord(client: Client): Promise<void> {
  const { defaultPersonaId } = await client.app.settings({});
  const { id } = await client.conversation.create({ personaId: defaultPersonaId, temporary: false });
  for await (const event of client.chat.send({ conversationId: id, text: 'Hello!', editOf: null })) if (event.type === 'delta') break;
}

type Painted = { at: number; pids(): number[]; close(): Promise<void> };

/** Runs in the page: the time of day at which its first text was painted, milliseconds. */
const firstPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const [paint] = list.getEntriesByName('first-contentful-paint');
    if (paint) resolve(performance.timeOrigin + paint.startTime);
  }).observe({ type: 'paint', buffered: true });
})`;

/** Resolves when the browser says that it has painted the page's first text; null where there is no browser. */
async function openWindow(url: string): Promise<Painted | null> {
  const executablePath = findChromium();
  if (!executablePath) return null;
  const browser = await chromium.launch({ executablePath, args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] });
  const page = await browser.newPage();
  await page.goto(url);
  const at = await page.evaluate<number>(firstPaint);
  return { at, pids: () => renderersOf(process.pid), close: () => browser.close() };
}

const end = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null) resolve();
    child.once('exit', () => resolve());
    child.kill('SIGINT');
  });

/** Proportional set sizes added up: what is shared between processes is counted once. Linux only; NaN elsewhere. */
function memoryMb(pids: number[]): number {
  const sizes = pids.map((pid) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? Number.NaN));
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

function renderersOf(pid: number): number[] {
  const below = (each: number): number[] => [each, ...childrenOf(each).flatMap(below)];
  return below(pid).filter((each) => read(`/proc/${each}/cmdline`).includes('--type=renderer'));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function summarise(runs: Run[]): Figures {
  const [first] = runs;
  const later = runs.length > 1 ? runs.slice(1) : runs;
  const middle = (key: keyof Run) => {
    const values = later.flatMap((each) => each[key] ?? []);
    return values.length > 0 ? Math.round(median(values)) : null;
  };
  return {
    paintMs: middle('paintMs'),
    readyMs: middle('readyMs'),
    firstWordMs: middle('firstWordMs'),
    idleMemoryMb: Math.round(median(later.map((each) => each.assistantMb + each.engineMb))),
    listenMs: middle('listenMs'),
    memoryMb: { assistant: middle('assistantMb'), engine: middle('engineMb'), window: middle('windowMb') },
    firstRun: { paintMs: first?.paintMs ?? null, readyMs: first?.readyMs ?? null, firstWordMs: first?.firstWordMs ?? null },
    runs: runs.length,
  };
}
