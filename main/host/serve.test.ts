import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../contract/errors.ts';
import { exchangeCode, fetchTransport } from '../contract/fetch.ts';
import { createClient, type Client } from '../contract/route.ts';
import { createProbe, probeTable } from './fixtures/probe.ts';
import { takeLock } from './lock.ts';
import { serve, type Assistant, type ServeOptions } from './serve.ts';

let folder: string;
let options: ServeOptions;
let closed = 0;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'engram-serve-'));
  const windowFolder = path.join(folder, 'window');
  mkdirSync(windowFolder);
  writeFileSync(path.join(windowFolder, 'index.html'), '<title>Window</title>');
  const openAssistant = async (): Promise<Assistant> => ({ transport: createProbe().transport, ready: Promise.resolve(), close: async () => void closed++ });
  options = { dataFolder: path.join(folder, 'data'), port: 0, windowFolder, openAssistant, windowMs: 0 };
  closed = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

async function enter(url: string): Promise<Client<typeof probeTable>> {
  const { origin, hash } = new URL(url);
  return createClient(probeTable, fetchTransport(origin, await exchangeCode(origin, hash.replace('#code=', ''))));
}

it('shows the window before the assistant is there, and answers once it is', async () => {
  let open: (assistant: Assistant) => void = () => {};
  const served = await serve({ ...options, openAssistant: () => new Promise((resolve) => (open = resolve)) });
  expect(await (await fetch(new URL('/', served.url))).text()).toContain('Window');
  const early = (await enter(served.url)).probe.echo({ text: 'early' });
  open({ transport: createProbe().transport, ready: Promise.resolve(), close: async () => {} });
  expect(await early).toEqual({ text: 'early' });
  if (served.first) await served.close();
});

it('opens the assistant when the window first asks, or when none comes', async () => {
  let opened = 0;
  const counted = { ...options, openAssistant: (...given: Parameters<ServeOptions['openAssistant']>) => (opened++, options.openAssistant(...given)) };
  const patient = await serve({ ...counted, windowMs: 3_600_000 });
  const window = await enter(patient.url);
  expect(opened).toBe(0);
  await window.probe.echo({ text: 'now' });
  await window.probe.echo({ text: 'and again' });
  expect(opened).toBe(1);
  if (patient.first) await patient.close();

  const alone = await serve(counted);
  if (alone.first) await alone.assistant;
  expect(opened).toBe(2);
  if (alone.first) await alone.close();
});

it('can be closed before anybody asked for anything', async () => {
  const served = await serve({ ...options, windowMs: 3_600_000 });
  if (served.first) await served.close();
  expect(closed).toBe(0);
});

it('tells the window why the assistant did not start, and can be closed and started again', async () => {
  const served = await serve({ ...options, openAssistant: () => Promise.reject(new AppError('newer-data', 'Written by a newer version.')) });
  await expect((await enter(served.url)).probe.echo({ text: 'x' })).rejects.toMatchObject({ code: 'newer-data', message: 'Written by a newer version.' });
  if (served.first) await served.close();
  const again = await serve(options);
  expect(again.first).toBe(true);
  if (again.first) await again.close();
});

it('gives a second start an address of the first, with a code of its own', async () => {
  const first = await serve(options);
  const second = await serve(options);
  expect(second.first).toBe(false);
  expect(new URL(second.url).origin).toBe(new URL(first.url).origin);
  const windows = [await enter(first.url), await enter(second.url)];
  for (const window of windows) expect(await window.probe.echo({ text: 'both' })).toEqual({ text: 'both' });
  if (first.first) await first.close();
});

it('says plainly that a folder is in use when its holder has no address to give', async () => {
  takeLock(mkdirp(options.dataFolder), 'electron');
  await expect(serve(options)).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/in use.*--data/) });
});

it('closes the assistant and frees the folder', async () => {
  const served = await serve(options);
  if (served.first) {
    await served.assistant;
    await served.close();
  }
  expect(closed).toBe(1);
  expect(existsSync(path.join(options.dataFolder, 'engram.lock'))).toBe(false);
});

it('frees the folder when it cannot listen', async () => {
  const first = await serve(options);
  const port = Number(new URL(first.url).port);
  const other = { ...options, dataFolder: path.join(folder, 'other'), port };
  await expect(serve(other)).rejects.toMatchObject({ code: 'conflict' });
  expect(existsSync(path.join(other.dataFolder, 'engram.lock'))).toBe(false);
  if (first.first) await first.close();
});

function mkdirp(made: string): string {
  mkdirSync(made, { recursive: true });
  return made;
}
