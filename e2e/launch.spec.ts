/** `npm start` as a person at a terminal meets it, with no window opened. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { exchangeCode } from '../main/contract/fetch.ts';
import { newFolder } from './assistant.ts';

const root = path.resolve(import.meta.dirname, '..');
const script = path.join(root, 'resources/scripts/start.mjs');

let folder: string;
const started: Terminal[] = [];
test.beforeEach(() => {
  folder = newFolder('launch');
});
test.afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

type Terminal = { child: ChildProcess; said(): string; address(): Promise<string>; ended: Promise<number | null> };

const start = (...given: string[]) => startWith({ ENGRAM_HOST: 'loopback' }, given);

function startWith(environment: Record<string, string>, given: string[]): Terminal {
  const child = spawn(process.execPath, [script, '--no-open', ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as under a terminal.
    detached: true,
    env: { ...process.env, ENGRAM_THREADS: '1', ...environment },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (said += String(data)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const address = async () => {
    await expect.poll(() => said, { timeout: 60_000 }).toContain('#code=');
    return /http:\S+/.exec(said)?.[0] ?? '';
  };
  const terminal = { child, said: () => said, address, ended };
  started.push(terminal);
  return terminal;
}

/** What a terminal does: the signal goes to everything that was started in it. */
const pressControlC = ({ child }: Terminal) => process.kill(-(child.pid ?? 0), 'SIGINT');
const lock = () => path.join(folder, 'engram.lock');
const holder = () => (JSON.parse(readFileSync(lock(), 'utf8')) as { pid: number }).pid;
const childrenOf = (pid: number) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
const lives = (pid: number) => existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');

test('prints an address that works once, and Ctrl-C ends everything it started', async () => {
  const terminal = start('--data', folder);
  const { origin, hash } = new URL(await terminal.address());
  const code = hash.replace('#code=', '');
  await exchangeCode(origin, code);
  await expect(exchangeCode(origin, code)).rejects.toMatchObject({ code: 'not-allowed' });

  const assistant = holder();
  await expect.poll(() => childrenOf(assistant).length, { timeout: 30_000 }).toBeGreaterThan(0);
  const engines = childrenOf(assistant);
  expect(pressControlC(terminal)).toBe(true);
  expect(await terminal.ended).toBe(0);
  await expect.poll(() => [assistant, ...engines].filter(lives)).toEqual([]);
  expect(existsSync(lock())).toBe(false);
});

test('gives a second start another address of the first', async () => {
  const first = start('--data', folder);
  await first.address();
  const second = start('--data', folder);
  expect(await second.ended).toBe(0);
  expect(second.said()).toContain('running on this data folder already');
  expect(new URL(await second.address()).origin).toBe(new URL(await first.address()).origin);
});

test('ends with its launcher, however that ends, and starts again on what is left', async () => {
  const first = start('--data', folder);
  await first.address();
  const assistant = holder();
  first.child.kill('SIGKILL');
  await expect.poll(() => lives(assistant), { timeout: 20_000 }).toBe(false);

  const second = start('--data', folder);
  await second.address();
  process.kill(holder(), 'SIGKILL');
  await second.ended;
  expect(existsSync(lock())).toBe(true);
  expect(await start('--data', folder).address()).toContain('127.0.0.1');
});

test('listens on the port it is told, and says so when that is taken', async () => {
  const first = start('--data', folder);
  const { port } = new URL(await first.address());
  const second = start('--data', path.join(folder, 'other'), '--port', port);
  expect(await second.ended).toBe(1);
  expect(second.said()).toMatch(new RegExp(`Port ${port} .*--port`));
  const third = start('--data', path.join(folder, 'other'), '--port', 'eighty');
  expect(await third.ended).toBe(1);
  expect(third.said()).toContain('whole number');
});

test('explains its options, and what is wrong with others', async () => {
  const help = start('--help');
  expect(await help.ended).toBe(0);
  expect(help.said()).toContain('--data <folder>');
  const wrong = start('--colour', 'red');
  expect(await wrong.ended).toBe(2);
  expect(wrong.said()).toContain('--colour');
});

test('says plainly that a data folder cannot be one', async () => {
  const terminal = start('--data', script);
  expect(await terminal.ended).toBe(1);
  expect(terminal.said()).toMatch(/cannot be used.*--data/);
});

test.describe('where Electron is', () => {
  /** A runtime whose program is the script given. */
  function runtime(lines: string): string {
    const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8')) as { version: string };
    const made = path.join(folder, 'runtime');
    mkdirSync(made);
    writeFileSync(path.join(made, 'version'), version);
    writeFileSync(path.join(made, 'electron'), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
    return made;
  }
  const withElectron = (lines: string) =>
    startWith({ ENGRAM_HOST: 'electron', ELECTRON_OVERRIDE_DIST_PATH: runtime(lines), STAND_IN_PAINTS: 'yes' }, ['--data', path.join(folder, 'data')]);

  test('opens its window, and Ctrl-C closes it', async () => {
    const terminal = withElectron(`app=$1; shift; exec "${process.execPath}" "${path.join(root, 'electron/fixtures/standIn.ts')}" "$app/dist/electron/main.js" "$@"`);
    const log = path.join(folder, 'data/logs/engram.log');
    await expect.poll(() => existsSync(log) && readFileSync(log, 'utf8'), { timeout: 30_000 }).toContain('window painted');
    pressControlC(terminal);
    expect(await terminal.ended).toBe(0);
    expect(terminal.said()).not.toContain('loopback');
    expect(readFileSync(log, 'utf8')).not.toContain('loopback');
  });

  test('opens the loopback host, saying why, when Electron ends before it shows a window', async () => {
    const terminal = withElectron('exit 3');
    expect(await terminal.address()).toContain('127.0.0.1');
    expect(terminal.said()).toContain('Electron ended before it showed a window (code 3). Opening the same window from the loopback host.');
  });
});
