/** What somebody types who knows a note: some of its words as they remember them. Pure. */
import { chanceFrom, type Chance } from './chance.ts';

export type VaultNote = { path: string; text: string; tags: string[] };

/** Typed in full; the note at `path`, and no other, holds all that was meant. */
export type Known = { kind: KnownKind; text: string; path: string };
/** Typed letter by letter. */
export type Typed = { kind: TypedKind; text: string };
export type Cases = { known: Known[]; typed: Typed[] };

export const knownKinds = ['exact', 'halfTyped', 'otherOrder', 'misspelt', 'scattered'] as const;
export const typedKinds = ['plain', 'misspelt', 'quoted', 'filtered', 'without'] as const;
export type KnownKind = (typeof knownKinds)[number];
export type TypedKind = (typeof typedKinds)[number];

export type Wanted = { seed: number; knownOfEach: number; typedOfEach: number };

export function casesOf(notes: readonly VaultNote[], { seed, knownOfEach, typedOfEach }: Wanted): Cases {
  const chance = chanceFrom(seed);
  const words = createWords(notes);
  const draw = <T>(count: number, make: () => T | null) => drawn(count, { most: count * 200, make });
  return {
    known: knownKinds.flatMap((kind) => draw(knownOfEach, () => knownOf(kind, words, chance))),
    typed: typedKinds.flatMap((kind) => draw(typedOfEach, () => typedOf(kind, words, chance))),
  };
}

/** So many, or what so many tries gave. */
function drawn<T>(count: number, { most, make }: { most: number; make(): T | null }): T[] {
  const found: T[] = [];
  for (let tries = 0; found.length < count && tries < most; tries += 1) {
    const one = make();
    if (one !== null) found.push(one);
  }
  return found;
}

type Words = { notes: readonly VaultNote[]; lower: string[]; holders: Map<string, number[]> };

function createWords(notes: readonly VaultNote[]): Words {
  const lower = notes.map(({ text }) => text.toLowerCase());
  const holders = new Map<string, number[]>();
  lower.forEach((text, at) => {
    for (const word of new Set(text.match(/\p{L}+/gu))) {
      const known = holders.get(word);
      if (known) known.push(at);
      else holders.set(word, [at]);
    }
  });
  return { notes, lower, holders };
}

/** Those notes in which all of these words stand. */
function holding({ holders }: Words, wanted: readonly string[]): number[] {
  const [rarest = [], ...others] = wanted.map((word) => holders.get(word) ?? []).sort((one, other) => one.length - other.length);
  return others.reduce((left, some) => left.filter((at) => some.includes(at)), rarest);
}

type Phrase = { words: string[]; at: number };

const run = /(?<![\p{L}\p{N}'’-])\p{Ll}+(?: \p{Ll}+){3,}(?![\p{L}\p{N}'’-])/gu;

/** Four words that follow each other in one line of one note alone. */
function phraseOf(words: Words, chance: Chance): Phrase | null {
  const at = chance.below(words.notes.length);
  const runs = words.notes[at]!.text.match(run);
  if (!runs) return null;
  const inRun = chance.of(runs).split(' ');
  const from = chance.below(inRun.length - 3);
  const four = inRun.slice(from, from + 4);
  if (!four.some((word) => word.length >= 6)) return null;
  const phrase = four.join(' ');
  return holding(words, four).filter((note) => words.lower[note]!.includes(phrase)).length === 1 ? { words: four, at } : null;
}

function knownOf(kind: KnownKind, words: Words, chance: Chance): Known | null {
  if (kind === 'scattered') return scatteredOf(words, chance);
  const phrase = phraseOf(words, chance);
  const text = phrase && saidAs(kind, { phrase, words, chance });
  return phrase && text ? { kind, text, path: words.notes[phrase.at]!.path } : null;
}

type Saying = { phrase: Phrase; words: Words; chance: Chance };

function saidAs(kind: Exclude<KnownKind, 'scattered'>, { phrase, words, chance }: Saying): string | null {
  const four = phrase.words;
  const last = four.at(-1)!;
  switch (kind) {
    case 'exact':
      return four.join(' ');
    case 'halfTyped':
      return last.length >= 6 ? [...four.slice(0, -1), last.slice(0, Math.ceil(last.length / 2))].join(' ') : null;
    case 'otherOrder':
      return holding(words, four).length === 1 ? [...four].reverse().join(' ') : null;
    case 'misspelt':
      return misspelt(four, words, chance)?.join(' ') ?? null;
  }
}

/** One slip in the longest word, which makes it a word that stands nowhere. */
function misspelt(wanted: readonly string[], { holders }: Words, chance: Chance): string[] | null {
  const longest = [...wanted].sort((one, other) => other.length - one.length)[0]!;
  const at = 1 + chance.below(longest.length - 2);
  const slips = [
    longest.slice(0, at) + longest.slice(at + 1),
    longest.slice(0, at) + longest[at + 1]! + longest[at]! + longest.slice(at + 2),
    longest.slice(0, at) + longest[at]! + longest.slice(at),
  ];
  const slip = chance.of(slips);
  return holders.has(slip) ? null : wanted.map((word) => (word === longest ? slip : word));
}

/** In so many notes at most: somebody who looks for a note does not type "because". */
const rare = 300;

/** Three words from three lines of a note, which stand together in no other. */
function scatteredOf(words: Words, chance: Chance): Known | null {
  const at = chance.below(words.notes.length);
  const lines = chance.shuffled(words.lower[at]!.split('\n').filter((line) => /^[\p{L}"'(]/u.test(line))).slice(0, 3);
  const three = lines.flatMap((line) => {
    const known = (line.match(/\p{L}{5,}/gu) ?? []).filter((word) => words.holders.get(word)!.length <= rare);
    return known.length === 0 ? [] : [chance.of(known)];
  });
  if (new Set(three).size < 3 || holding(words, three).length !== 1) return null;
  return { kind: 'scattered', text: three.join(' '), path: words.notes[at]!.path };
}

function typedOf(kind: TypedKind, words: Words, chance: Chance): Typed | null {
  const phrase = phraseOf(words, chance);
  if (!phrase) return null;
  const text = typedAs(kind, { phrase, words, chance });
  return text === null ? null : { kind, text };
}

function typedAs(kind: TypedKind, { phrase, words, chance }: Saying): string | null {
  const { path, tags } = words.notes[phrase.at]!;
  const three = phrase.words.slice(0, 3);
  switch (kind) {
    case 'plain':
      return phrase.words.join(' ');
    case 'misspelt':
      return misspelt(phrase.words, words, chance)?.join(' ') ?? null;
    case 'quoted':
      return `"${three.join(' ')}"`;
    case 'filtered':
      return `${tags[0] !== undefined && chance.next() < 0.5 ? `tag:${tags[0]}` : chance.of([`path:${path.split('/')[0]!.split(' ')[0]!}`, 'after:2020-06', 'type:md'])} ${three.slice(0, 2).join(' ')}`;
    case 'without':
      return `${three.slice(0, 2).join(' ')} -${phrase.words[3]!}`;
  }
}

/** What stands in the box after each letter, from the second on. */
export const keystrokes = (text: string): string[] => Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(0, index + 2));
