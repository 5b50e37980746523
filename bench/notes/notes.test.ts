import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { barsOf } from './bars.ts';
import { casesOf, keystrokes } from './cases.ts';
import { growVault } from './grow.ts';
import { readMaterial } from './material.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'engram-grow-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const subjects = ['quinces', 'harbours', 'telescopes', 'accordions', 'glaciers', 'saddles', 'orchards', 'lanterns', 'beehives', 'violins'];
const sentence = (subject: string, at: number) => `Whoever keeps ${subject} through winter number ${at} should remember ventilation, patience and ${subjects[(at * 7) % subjects.length]!} besides.`;

function data(): string {
  const at = path.join(folder, 'data', 'Handbook');
  mkdirSync(at, { recursive: true });
  writeFileSync(path.join(at, 'Keeping.md'), '---\ntags: [craft]\n---\n# Keeping\n\nWhat is kept lasts.\n\n- cool\n- dry\n\n```\nkeep --long\n```\n');
  const rows = subjects.flatMap((subject, at) => [{ text: [1, 2, 3].map((n) => sentence(subject, at * 3 + n)).join('\n\n') }, { query: subject, positive: `something of ${subject}` }]);
  writeFileSync(path.join(folder, 'data', 'rows.jsonl.gz'), gzipSync(rows.map((row) => JSON.stringify(row)).join('\n')));
  return path.join(folder, 'data');
}

async function grown(name: string, seed: number): Promise<Record<string, string>> {
  const vault = path.join(folder, name);
  growVault(await readMaterial([data()]), { folder: vault, notes: 60, seed });
  const files = readdirSync(vault, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ parentPath, name: file }) => [path.relative(vault, path.join(parentPath, file)), readFileSync(path.join(parentPath, file), 'utf8')]));
}

it('grows the same vault of the same seed, with the real notes in it, and no note like another', async () => {
  const notes = await grown('one', 1);
  expect(Object.keys(notes)).toHaveLength(60);
  expect(notes[path.join('Handbook', 'Keeping.md')]).toContain('What is kept lasts.');
  // Bug: when the material is through, the same texts come again, and nothing known stands in one note alone.
  expect(new Set(Object.values(notes)).size).toBe(60);
  expect(await grown('two', 1)).toEqual(notes);
  expect(await grown('three', 2)).not.toEqual(notes);
});

it('has nothing to grow from in a folder without texts, and says so', async () => {
  mkdirSync(path.join(folder, 'empty'));
  await expect(readMaterial([path.join(folder, 'empty')])).rejects.toThrow(/nothing to grow/u);
});

it('knows of every kind which single note is meant', async () => {
  const notes = Object.entries(await grown('one', 1)).map(([at, text]) => ({ path: at, text, tags: [] }));
  const { known, typed } = casesOf(notes, { seed: 3, knownOfEach: 20, typedOfEach: 3 });
  for (const { text, path: at } of known.filter(({ kind }) => kind === 'exact')) expect(notes.filter((note) => note.text.toLowerCase().includes(text)).map((note) => note.path)).toEqual([at]);
  const words = new Set(notes.flatMap(({ text }) => text.toLowerCase().match(/\p{L}+/gu) ?? []));
  for (const { text } of known.filter(({ kind }) => kind === 'misspelt')) expect(text.split(' ').filter((word) => !words.has(word))).toHaveLength(1);
  expect(known.map(({ kind }) => kind)).toContain('misspelt');
  expect(typed.some(({ text }) => text.startsWith('"'))).toBe(true);
  expect(keystrokes('abc')).toEqual(['ab', 'abc']);
});

it('remembers words of several lines that stand together in one note alone', () => {
  const notes = [['quinces', 'cardamom', 'kettle'], ['quinces', 'harbour', 'kettle'], ['lantern', 'cardamom', 'kettle']].map((words, at) => ({ path: `${at}`, text: words.join('\n'), tags: [] }));
  const scattered = casesOf(notes, { seed: 1, knownOfEach: 3, typedOfEach: 0 }).known.filter(({ kind }) => kind === 'scattered');
  expect(scattered).toHaveLength(3);
  for (const { text, path: at } of scattered) expect(notes.filter((note) => text.split(' ').every((word) => note.text.includes(word))).map((note) => note.path)).toEqual([at]);
});

it('says of every bar whether it is met, and not of what was not measured', () => {
  const bars = barsOf({ keystroke: { words: { p95: 41 } }, index: { notesPerSecond: 100, timesReading: 2.9 }, again: { seconds: 1 } });
  expect(Object.values(bars)).toMatchObject([{ figure: 41, isMet: false }, { figure: null, isMet: null }, { figure: 100, isMet: true }, { isMet: true }, { isMet: null }]);
});
