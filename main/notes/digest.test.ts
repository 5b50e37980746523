/** What the index keeps of a file. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chunksOf } from './chunk.ts';
import { digestNote } from './digest.ts';
import { limits } from './limits.ts';
import { piecesOf } from './pieces.ts';
import { readNote } from './read.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'engram-digest-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const part = fc.oneof(
  fc.constantFrom(
    '# ', '## ', '- ', '1. ', '> ', '> [!note] ', '    ', '```\n', '~~~\n', '| a | b |\n|---|---|\n', '---\n', '\n', '\n\n', '\r\n', '\r', '<br>', '<div>\n', '</div>\n', '<!-- a -->', '![](a.png)',
    '![alt](a.png)', '[](a)', '[shown](a b)', '[[Note]]', '![[Note#^id]]', '[[', ']]', '^id', ' ^id\n', '==', '**', '_', '`', '``', '\\', '&amp;', '&nbsp;', '&#8203;', '<a@b.de>', '<https://a.de>', '#tag', '$$', ':', '!', '[x] ',
    '\u00a0', '\u200b', '東京', 'नमस्ते', '😀', 'ſ', '\u0301', '٣',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('word', 'Two words.', 'a sentence that goes on for a while, and then some more. '.repeat(30)),
);
const markdown = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));

// Bug: to be quick, marks within paragraphs are not read; then a picture's name, or a block's own, becomes a passage, or a passage is lost.
it('is cut into the same passages as the document that is shown', { timeout: 60_000 }, async () => {
  const file = path.join(folder, 'any.md');
  await fc.assert(
    fc.asyncProperty(markdown, async (text) => {
      writeFileSync(file, text);
      const { text: read, blocks, ...facts } = await readNote(file);
      expect((await digestNote(file, null)).note).toEqual({ ...facts, chunks: chunksOf({ text: read, blocks }) });
    }),
    { numRuns: 2_000 },
  );
});

it('is known by its bytes, to the last; a huge file by its beginning and its size', async () => {
  const file = path.join(folder, 'long.txt');
  const hashOf = async (text: string) => {
    writeFileSync(file, text);
    return (await digestNote(file, 'none')).hash!;
  };
  const long = 'Leeks stand outside. '.repeat(200_000);
  const hashes = [await hashOf('a'), await hashOf('b'), await hashOf(long), await hashOf(`${long}.`), await hashOf(`${long.slice(0, -1)}.`)];
  expect(new Set(hashes).size).toBe(5);
  expect(await hashOf(long)).toBe(hashes[2]);
  const huge = async (bytes: number) => {
    truncateSync(file, bytes);
    return (await digestNote(file, null, { ...limits, whole: 2 * 1024 ** 2, text: 1_000 })).hash;
  };
  expect(new Set([await huge(3_000_000), await huge(3_000_001), await huge(100_000_000)]).size).toBe(3);
});

// The definition, of which the function is a quick way.
const run = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}]+|\p{N}+|[^\s\p{L}\p{M}\p{N}]/gu;
const plainly = (text: string) => [...text.matchAll(run)].reduce((sum, [found]) => sum + Math.ceil(found.length / (/^[a-z]/iu.test(found) ? (found.length > 12 ? 4 : 5) : 2)), 0);

it('pieces are counted as they are defined, in every script', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), markdown, fc.string({ unit: fc.constantFrom('a', 'K', 'é', '\u212a', 'ſ', '1', '٣', '東', 'ก', ' ', '\u00a0', '\u2028', '\ud83d', '😀', '-', '_', '\u0301', '\0'), maxLength: 60 }));
  fc.assert(fc.property(anything, (text) => void expect(piecesOf(text)).toBe(plainly(text))), { numRuns: 5_000 });
});
