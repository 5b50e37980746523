import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blankBytes, byteNeedle, dataFiles, needlesIn, searchBytes } from './byteSearch.ts';
import { temporaryFolder } from './fixtures/testing.ts';

const megabyte = 1024 * 1024;

function fileWith(parts: [number, string][], size: number): string {
  const bytes = Buffer.alloc(size, '.');
  for (const [at, text] of parts) bytes.write(text, at);
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, bytes);
  return path;
}

const wordsFound = async (path: string, words: string[]) => (await searchBytes(path, words.map(byteNeedle))).found.map(({ word }) => word);

test.each([megabyte - 5, megabyte - 3, megabyte, megabyte + 1, 2 * megabyte - 2])('a word across the edge of a read, at %i, is found', async (at) => {
  const path = fileWith([[at, 'PoRtO']], 3 * megabyte);
  expect(await wordsFound(path, ['Porto', 'Lisbon', 'My sister lives in Porto.'])).toEqual(['Porto']);
  expect((await searchBytes(path, [])).bytes).toBe(3 * megabyte);
});

test('every form of a word with accents is found, within longer words too', async () => {
  const forms = ['ŁÓDŹ', 'łódź', 'Łódź', 'łódź'.normalize('NFD'), 'xłódźx'];
  for (const form of forms) expect(await wordsFound(fileWith([[7, form]], 100), ['Łódź']), form).toEqual(['Łódź']);
  expect(needlesIn('in pORTO', [byteNeedle('Porto'), byteNeedle('Port')]).map(({ word }) => word)).toEqual(['Porto', 'Port']);
  expect(needlesIn('Görna', [byteNeedle('gorna')])).toEqual([]);
});

test('blanking leaves a file as long as it was', async () => {
  const path = fileWith([[3, 'Porto'], [50, 'PORTO'], [70, 'Lisbon']], 100);
  await blankBytes(path, [byteNeedle('porto')]);
  expect(readFileSync(path, 'utf8')).toBe(`...*****${'.'.repeat(42)}*****${'.'.repeat(15)}Lisbon${'.'.repeat(24)}`);
});

test('model files are left out, folders are gone into', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'a', 'b'), { recursive: true });
  for (const name of ['x.gguf', 'a/y.GGUF', 'a/b/z.txt', 'w']) writeFileSync(join(folder, name), '');
  expect(await dataFiles(folder)).toEqual([join(folder, 'a/b/z.txt'), join(folder, 'w')]);
});

test('takes a file that has gone since it was listed as holding nothing', async () => {
  expect(await searchBytes(join(temporaryFolder(), 'gone.tmp'), [byteNeedle('porto')])).toEqual({ found: [], bytes: 0 });
});

// Bug: the index drops a folder while it is being looked into, and the forgetting fails.
test('lists what is there while folders come and go', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'stays'), '');
  let done = false;
  const coming = (async () => {
    while (!done) {
      for (let count = 0; count < 20; count += 1) mkdirSync(join(folder, `v${count}`, 'w'), { recursive: true });
      await new Promise((resolve) => setImmediate(resolve));
      for (let count = 0; count < 20; count += 1) rmSync(join(folder, `v${count}`), { recursive: true });
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  for (let round = 0; round < 20; round += 1) expect(await dataFiles(folder)).toEqual([join(folder, 'stays')]);
  done = true;
  await coming;
});
