import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHolder, takeLock } from './lock.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'engram-lock-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const file = () => path.join(folder, 'engram.lock');

/** Starts a process that tries to take the lock; resolves to what became of it. */
function startHolder(): Promise<{ child: ChildProcess; answer: string }> {
  const child = fork(path.join(import.meta.dirname, 'fixtures/holder.ts'), [folder]);
  children.push(child);
  return new Promise((resolve) => child.once('message', (answer) => resolve({ child, answer: String(answer) })));
}

const killed = (child: ChildProcess) =>
  new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGKILL');
  });

describe('a folder in use', () => {
  it('is refused to another process, which is told who holds it', async () => {
    const { child, answer } = await startHolder();
    expect(answer).toBe('taken');
    expect(takeLock(folder, 'cli')).toEqual({ holder: expect.objectContaining({ pid: child.pid, host: 'loopback', address: null }) });
  });

  it('is refused to a second taker in the same process', () => {
    expect(takeLock(folder, 'loopback')).toHaveProperty('lock');
    expect(takeLock(folder, 'loopback')).toHaveProperty('holder.pid', process.pid);
  });

  it('tells others where its holder listens, and nobody else may read that', () => {
    const answer = takeLock(folder, 'loopback');
    if ('lock' in answer) answer.lock.announce('http://127.0.0.1:1', 'key');
    expect(readHolder(folder)).toMatchObject({ address: 'http://127.0.0.1:1', key: 'key' });
    expect(statSync(file()).mode & 0o077).toBe(0);
  });
});

describe('a lock left behind', () => {
  it('is taken over after kill -9', async () => {
    const { child } = await startHolder();
    await killed(child);
    expect(existsSync(file())).toBe(true);
    expect(takeLock(folder, 'loopback')).toHaveProperty('lock');
    expect(readdirSync(folder)).toEqual(['engram.lock']);
  });

  it.each([
    ['empty after a power cut', ''],
    ['cut in half', '{"pid":1,"sta'],
    ['not ours', '{"hello":1}'],
    ['of a pid that was handed out again', JSON.stringify({ pid: process.ppid, started: 'long ago', host: 'loopback', address: null, key: null })],
    ['of this very pid before a restart', JSON.stringify({ pid: process.pid, started: 'long ago', host: 'loopback', address: null, key: null })],
  ])('is taken over when it is %s', (_name, text) => {
    writeFileSync(file(), text);
    expect(readHolder(folder)).toBeUndefined();
    expect(takeLock(folder, 'loopback')).toHaveProperty('lock');
  });

  it('goes to one of several that start at once', async () => {
    const { child } = await startHolder();
    await killed(child);
    const answers = await Promise.all([1, 2, 3, 4].map(startHolder));
    expect(answers.map(({ answer }) => answer).sort()).toEqual(['refused', 'refused', 'refused', 'taken']);
  });
});

describe('letting go', () => {
  it('frees the folder', () => {
    const answer = takeLock(folder, 'loopback');
    if ('lock' in answer) answer.lock.release();
    expect(existsSync(file())).toBe(false);
    expect(takeLock(folder, 'loopback')).toHaveProperty('lock');
  });

  it('leaves the lock of somebody who took it over', () => {
    const answer = takeLock(folder, 'loopback');
    writeFileSync(file(), JSON.stringify({ pid: process.ppid, started: '', host: 'loopback', address: null, key: null }));
    if ('lock' in answer) answer.lock.release();
    expect(existsSync(file())).toBe(true);
  });
});
