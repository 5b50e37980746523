/** Talk in people's own words for measuring at size: the lines of our own histories, and of whatever texts a folder holds. The same every time. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readHistories } from '../memory/histories.ts';

export type Talk = {
  /** As many as wanted: when the lines that there are have been said, two of them make a new one. */
  messages(count: number): Generator<string>;
  /** No two alike, as far as there are enough. */
  questions(count: number): string[];
};

const histories = path.resolve(import.meta.dirname, '../data/memory');
const shortest = 15;
const longest = 300;

/** `folder`: Markdown, plain text, JSON and lines of JSON, gzipped or not, at any depth. */
export function readTalk(folder: string | undefined): Talk {
  const own = readHistories(histories);
  const said = own.flatMap(({ conversations }) => conversations.flatMap(({ lines }) => lines.map(({ text }) => text)));
  const asked = own.flatMap(({ questions }) => questions.map(({ text }) => text));
  const others = folder === undefined ? [] : [...new Set(sentencesIn(folder))];
  const lines = [...new Set([...said, ...shuffled(others.filter((line) => !isAsking(line)))])];
  const questions = shuffled([...asked, ...others.filter(isAsking)]);
  return {
    questions: (count) => Array.from({ length: count }, (_, index) => questions[index % questions.length]!),
    *messages(count) {
      const random = createRandom();
      const any = () => lines[Math.floor(random() * lines.length)]!;
      for (let told = 0; told < count; told += 1) yield lines[told] ?? `${any()} ${any()}`;
    },
  };
}

const isAsking = (line: string) => line.endsWith('?');

function* sentencesIn(folder: string): Generator<string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files.map(({ parentPath, name }) => path.join(parentPath, name)).sort()) {
    for (const text of textsIn(file)) {
      for (const part of text.split(/\n+|(?<=[.!?])\s+/u)) {
        const line = part.trim();
        if (line.length >= shortest && line.length <= longest && line.includes(' ')) yield line;
      }
    }
  }
}

/** Empty for files of another kind. */
function textsIn(file: string): Iterable<string> {
  const name = file.replace(/\.gz$/u, '');
  if (!/\.(?:jsonl?|md|txt)$/u.test(name)) return [];
  const bytes = readFileSync(file);
  const text = (name === file ? bytes : gunzipSync(bytes)).toString('utf8');
  if (name.endsWith('.json')) return stringsIn(JSON.parse(text));
  if (name.endsWith('.jsonl')) return text.split('\n').filter((line) => line.trim() !== '').flatMap((line) => [...stringsIn(JSON.parse(line))]);
  return [text];
}

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) yield* stringsIn(one);
}

function shuffled<T>(all: T[]): T[] {
  const random = createRandom();
  return all.map((one) => ({ one, at: random() })).sort((a, b) => a.at - b.at).map(({ one }) => one);
}

/** The same numbers every time. */
export function createRandom(): () => number {
  let state = 12_345;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
