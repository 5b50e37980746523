import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../store/fixtures/testing.ts';
import { openWordFile } from './wordFile.ts';

const embedder = { name: 'starter', dimensions: 4 };
const vector = (...values: number[]) => Float32Array.from(values);

function withWords(folder = temporaryFolder()) {
  const words = openWordFile(folder, embedder);
  words.add([{ word: 'porto', vector: vector(0.5, -1, 0, 0.25) }]);
  words.add([{ word: 'lisbon', vector: vector(1, 0, 0, 0) }]);
  return { folder, file: path.join(folder, 'words.bin') };
}

it('gives vectors back after a new start, in bytes, without a word in the file', () => {
  const { folder, file } = withWords();
  expect([...openWordFile(folder, embedder).find('porto')!]).toEqual([64, -127, 0, 32]);
  expect(openWordFile(folder, embedder).find('ghent')).toBeNull();
  expect(readFileSync(file).includes('porto')).toBe(false);
});

it('keeps nothing of words that are to go', () => {
  const { folder, file } = withWords();
  const row = readFileSync(file).subarray(-8 - embedder.dimensions);
  openWordFile(folder, embedder).keep(new Set(['porto', 'never met']));
  expect(readFileSync(file).includes(row)).toBe(false);
  expect(openWordFile(folder, embedder).find('lisbon')).toBeNull();
  expect(openWordFile(folder, embedder).find('porto')).not.toBeNull();
});

// Bug: killed while writing, and from then on every vector is read shifted by the torn bytes.
it('loses only what was torn, and goes on behind it', () => {
  const { folder, file } = withWords();
  appendFileSync(file, Buffer.from([1, 2, 3, 4, 5]));
  openWordFile(folder, embedder).add([{ word: 'ghent', vector: vector(0, 0, 0, 1) }]);
  const again = openWordFile(folder, embedder);
  expect(['porto', 'lisbon', 'ghent'].map((word) => again.find(word)?.length)).toEqual([4, 4, 4]);
});

it('begins anew for another embedder, and where the file is none of ours', () => {
  const { folder, file } = withWords();
  expect(openWordFile(folder, { name: 'other', dimensions: 4 }).find('porto')).toBeNull();
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, 'something else entirely, and long enough to be taken for rows');
  expect(openWordFile(folder, embedder).find('porto')).toBeNull();
});
