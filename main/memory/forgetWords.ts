/**
 * Which words of a sentence give it away. Pure but for what it asks of the corpus.
 *
 * A name (capitalised within a sentence, here or mostly elsewhere), or anything with a digit, is distinctive while it is
 * among the rarest of them: "My sister Anna lives in Porto" is told by Porto when Anna stands everywhere, since a name
 * that stands everywhere says who, not what. A sentence without names and numbers ("I am allergic to peanuts") has its
 * rarest ordinary words instead, and only two of them together, in one sentence, count as repeating it.
 */
import { segmentsOf } from './redact.ts';
import { contentStems, questionWords } from '../meaning/words.ts';

export type Corpus = {
  /** How many messages there are. */
  messages: number;
  /** How many of them hold a word with this one's stem. */
  frequency(word: string): number;
  /** Some texts that hold it. */
  examples(word: string): string[];
};

export type Distinctive = { words: string[]; weak: string[] };

type Candidate = { word: string; frequency: number };

const fewMessages = 20;
const fewShare = 0.02;
const mostWeakWords = 4;

export function distinctiveWords(sentence: string, corpus: Corpus): Distinctive {
  const candidates = candidatesOf(sentence).map((word) => ({ word, frequency: corpus.frequency(word) }));
  const few = Math.max(fewMessages, corpus.messages * fewShare);
  const strong = candidates.filter(({ word, frequency }) => frequency <= few && (/\p{N}/u.test(word) || isName(word, sentence, corpus)));
  if (strong.length > 0) return { words: rarest(strong).map(({ word }) => word), weak: [] };
  const weak = candidates.filter(({ frequency }) => frequency <= few).sort(byFrequency).slice(0, mostWeakWords);
  return { words: [], weak: weak.map(({ word }) => word) };
}

/** How much a sentence gives away: to choose one of several. */
export function weightOf(sentence: string, corpus: Corpus): number {
  const { words, weak } = distinctiveWords(sentence, corpus);
  const rarity = (word: string) => Math.log((corpus.messages + 1) / (corpus.frequency(word) + 1)) + 0.1;
  return words.reduce((sum, word) => sum + 10 + rarity(word), 0) + weak.reduce((sum, word) => sum + rarity(word), 0);
}

/** As they stand in the sentence, each stem once. */
function candidatesOf(sentence: string): string[] {
  const byStem = new Map<string, string>();
  for (const word of sentence.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? []) {
    const [stem] = questionWords(word).flatMap((plain) => [...contentStems(plain)]);
    if (stem !== undefined && !/^\p{N}$/u.test(stem) && [...stem].length > 1 && !byStem.has(stem)) byStem.set(stem, word);
  }
  return [...byStem.values()];
}

const rarest = (candidates: Candidate[]): Candidate[] => {
  const least = Math.min(...candidates.map(({ frequency }) => frequency));
  return candidates.filter(({ frequency }) => frequency <= 3 * least + 2);
};

const byFrequency = (one: Candidate, other: Candidate) => one.frequency - other.frequency;

function isName(word: string, sentence: string, corpus: Corpus): boolean {
  if (isCapitalisedWithin(sentence, word)) return true;
  const [stem] = contentStems(word);
  const uses = corpus.examples(word).flatMap((text) => segmentsOf(text).flatMap((segment) => usesWithin(segment, stem ?? '')));
  return uses.length > 0 && uses.filter(Boolean).length > uses.length / 2;
}

/** In a sentence all in capitals they say nothing. */
const isCapitalisedWithin = (sentence: string, word: string) =>
  /\p{Ll}/u.test(sentence) && (/\p{Lu}/u.test(word.slice(1)) || usesWithin(sentence, [...contentStems(word)][0] ?? '').includes(true));

/** For each place where a word with this stem stands after a sentence's first word: whether it is capitalised there. */
function usesWithin(sentence: string, stem: string): boolean[] {
  const [, ...later] = sentence.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? [];
  return later.filter((word) => contentStems(word).has(stem)).map((word) => /^\p{Lu}/u.test(word));
}
