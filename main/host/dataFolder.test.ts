import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultDataFolder, prepareDataFolder } from './dataFolder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'engram-data-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['linux', {}, path.join(homedir(), '.local/share/engram')],
  ['linux', { XDG_DATA_HOME: '/somewhere' }, '/somewhere/engram'],
  ['linux', { XDG_DATA_HOME: 'not/absolute' }, path.join(homedir(), '.local/share/engram')],
  ['darwin', {}, path.join(homedir(), 'Library/Application Support/Engram')],
  ['win32', { LOCALAPPDATA: '/local' }, path.join('/local', 'Engram')],
  ['darwin', { ENGRAM_DATA: '/chosen' }, '/chosen'],
] as const)('lies where %s keeps such things (%o)', (platform, environment, expected) => {
  expect(defaultDataFolder(environment, platform)).toBe(expected);
});

it('makes the folder for its owner alone', () => {
  const made = prepareDataFolder(path.join(folder, 'deep', 'data'));
  expect(statSync(made).mode & 0o777).toBe(0o700);
});

it('leaves the permissions of a folder that was there', () => {
  const there = path.join(folder, 'there');
  mkdirSync(there);
  chmodSync(there, 0o750);
  prepareDataFolder(there);
  expect(statSync(there).mode & 0o777).toBe(0o750);
});

it('says what is wrong with a folder that cannot be', () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, 'mine');
  for (const chosen of [file, path.join(file, 'below')]) {
    expect(() => prepareDataFolder(chosen)).toThrow(expect.objectContaining({ code: 'disk', message: expect.stringMatching(/a file.*--data/s) }));
  }
  expect(statSync(file).isFile()).toBe(true);
});
