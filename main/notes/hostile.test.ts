/** Files that are broken or made to do harm, each read as the app reads it: in time, in memory, with a sentence, and the next file after it. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NoteDocument } from './document.ts';
import { hostile } from './fixtures/hostile.ts';
import { createReaderPool, type ReaderPool } from './readerPool.ts';

let folder: string;
let pool: ReaderPool;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'engram-hostile-'));
  pool = createReaderPool({ workerPath: path.join(import.meta.dirname, 'readerWorker.ts') });
});
afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Milliseconds; the thread itself is ended after 25 seconds. */
const longest = 30_000;
/** Bytes beyond what was there before: what a thread may have, what it takes between two looks, and its document. */
const most = 2_000 * 1024 ** 2;

async function read(file: string): Promise<NoteDocument> {
  const before = process.memoryUsage().rss;
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss - before)), 20);
  const begun = performance.now();
  try {
    return await pool.read(file);
  } finally {
    clearInterval(watch);
    expect(performance.now() - begun).toBeLessThan(longest);
    expect(peak).toBeLessThan(most);
  }
}

/** No byte of it is out of place, and nothing in it is more than is read of one file. */
function isSound({ text, blocks, links, tags }: NoteDocument): boolean {
  const inPlace = blocks.every(({ place }) => place.from >= 0 && place.from <= place.to && place.to <= text.length);
  return inPlace && text.length <= 16 * 1024 ** 2 && links.length <= 50_000 && tags.every((tag) => tag.length <= 500);
}

it('there are enough of them, each by a name of its own', () => {
  expect(new Set(hostile.map(({ name }) => name)).size).toBe(hostile.length);
  expect(hostile.length).toBeGreaterThanOrEqual(100);
});

describe('a file', () => {
  it.each(hostile.map((each) => [each.name, each.why, each] as const))('%s: %s', { timeout: 60_000 }, async (name, _why, { make, write, mark, has, not }) => {
    const file = path.join(folder, name);
    if (write) write(file);
    else writeFileSync(file, make());
    const document = await read(file);
    rmSync(file);
    if (mark === null) expect(document.mark).toBeNull();
    else expect(document.mark).toMatch(mark);
    expect(document.mark ?? 'Whole.').toMatch(/^[A-Z][^\n]*\.$/);
    expect(isSound(document)).toBe(true);
    if (has !== undefined) expect(document.text).toContain(has);
    if (not !== undefined) expect(document.text).not.toContain(not);
  });
});

describe('what is no file', () => {
  it('is told, and not waited for: a folder, a pipe, links that lead in a circle or nowhere', async () => {
    const at = (name: string) => path.join(folder, name);
    mkdirSync(at('folder.md'));
    spawnSync('mkfifo', [at('pipe.md')]);
    symlinkSync(at('one.md'), at('two.md'));
    symlinkSync(at('two.md'), at('one.md'));
    symlinkSync(at('nowhere'), at('lost.md'));
    expect((await read(at('folder.md'))).mark).toMatch(/no file/);
    expect((await read(at('pipe.md'))).mark).toMatch(/no file/);
    expect((await read(at('one.md'))).mark).toMatch(/circle/);
    expect((await read(at('lost.md'))).mark).toMatch(/gone/);
  });
});

it('after all of them, an honest file is read as ever', async () => {
  const file = path.join(folder, 'honest.md');
  writeFileSync(file, '# Leeks\n\nStand outside.\n');
  expect(await read(file)).toMatchObject({ title: 'Leeks', mark: null });
});

it('a script in Markdown is no word of any block', async () => {
  const file = path.join(folder, 'blocks.md');
  writeFileSync(file, hostile.find(({ name }) => name === 'script.md')!.make());
  const { blocks } = await read(file);
  expect(blocks.map(({ text }) => text)).toEqual(['Good']);
});
