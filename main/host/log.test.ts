import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../contract/errors.ts';
import { createLog } from './log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'engram-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => path.join(folder, 'logs', 'engram.log');

it('keeps what an error was and where, and not a word of its message', () => {
  const secret = 'my sister lives in Porto\n    at secret (Porto.ts:1:2)\nand more';
  const log = createLog(folder);
  log.error('a turn failed', new Error(secret), { turn: 3 });
  log.error('wrapped', new AppError('disk', secret, new TypeError(secret)));
  log.error('thrown as text', secret);
  const text = readFileSync(file(), 'utf8');
  expect(text).not.toMatch(/Porto|sister|and more/);
  const entries = text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries[0]).toMatchObject({ level: 'error', event: 'a turn failed', turn: 3, error: 'Error', where: expect.stringContaining('log.test.ts') });
  expect(entries[1]).toMatchObject({ error: 'AppError', code: 'disk', where: expect.stringContaining('log.test.ts') });
});

it('turns over at a megabyte and keeps three files', () => {
  const log = createLog(folder);
  for (let entry = 0; entry < 14_000; entry++) log.info('an entry', { entry, padding: 'x'.repeat(1_000) });
  const sizes = readdirSync(path.dirname(file())).map((name) => statSync(path.join(path.dirname(file()), name)).size);
  expect(sizes).toHaveLength(3);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000_000);
  expect(readFileSync(file(), 'utf8')).toContain('"entry":13999');
});

it('is for its owner alone', () => {
  createLog(folder).info('started');
  expect(statSync(file()).mode & 0o077).toBe(0);
});

it('never takes the app down: a log that cannot be written is not written', () => {
  writeFileSync(path.join(folder, 'x'), '');
  const log = createLog(folder);
  rmSync(path.join(folder, 'logs'), { recursive: true });
  expect(() => log.info('into the void')).not.toThrow();
  expect(existsSync(file())).toBe(false);
});
