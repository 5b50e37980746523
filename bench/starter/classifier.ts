/** Tells voices apart by their words: multinomial naive Bayes over words and pairs of words. Pure. */
import { withoutMarks } from './score.ts';

export type Spoken = { persona: string; /** Of what was asked: all answers to it are learnt from, or all are told apart. */ prompt: number; text: string };

/** An opening or ending in more than this share of a persona's answers says nothing about its voice. */
const recurs = 0.05;
const longestStrip = 3;

/** Share of answers told right, learnt from the answers to every other prompt and tried on the rest. NaN where there is nothing to try. */
export function tellApart(spoken: Spoken[]): number {
  const answers = stripRecurring(spoken);
  const order = new Map([...new Set(answers.map(({ prompt }) => prompt))].sort((a, b) => a - b).map((prompt, index) => [prompt, index]));
  const isTrained = ({ prompt }: Spoken) => order.get(prompt)! % 2 === 0;
  const guess = learn(answers.filter(isTrained));
  const tried = answers.filter((answer) => !isTrained(answer));
  return tried.filter(({ persona, text }) => guess(text) === persona).length / tried.length;
}

/** Lower-case words, marks and punctuation left out; an exclamation mark is a word. */
const wordsOf = (text: string): string[] => withoutMarks(text).toLowerCase().replace(/[’ʼ]/gu, "'").match(/[\p{L}\p{N}']+|!/gu) ?? [];

/** Takes off each answer the longest opening and ending (one to three words) that recurs too often with its persona. */
export function stripRecurring(spoken: Spoken[]): Spoken[] {
  const open = recurring(spoken, (words, length) => words.slice(0, length));
  const close = recurring(spoken, (words, length) => words.slice(-length));
  return spoken.map((answer) => {
    const words = wordsOf(answer.text);
    const from = longestOf((length) => open.has(keyOf(answer.persona, words.slice(0, length))));
    const rest = words.slice(from);
    const until = longestOf((length) => close.has(keyOf(answer.persona, words.slice(-length))));
    return { ...answer, text: rest.slice(0, Math.max(0, rest.length - until)).join(' ') };
  });
}

const keyOf = (persona: string, words: string[]) => `${persona}\n${words.join(' ')}`;

function longestOf(holds: (length: number) => boolean): number {
  for (let length = longestStrip; length > 0; length -= 1) if (holds(length)) return length;
  return 0;
}

type Part = (words: string[], length: number) => string[];

function recurring(spoken: Spoken[], part: Part): Set<string> {
  const totals = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const { persona, text } of spoken) {
    const words = wordsOf(text);
    totals.set(persona, (totals.get(persona) ?? 0) + 1);
    for (let length = 1; length <= Math.min(longestStrip, words.length); length += 1) {
      const key = keyOf(persona, part(words, length));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return new Set([...counts].filter(([key, count]) => count > Math.max(1, recurs * totals.get(key.slice(0, key.indexOf('\n')))!)).map(([key]) => key));
}

/** The largest share of answers that begin, or end, with the same two words. */
export function largestShare(answers: string[], end: 'opening' | 'ending'): { share: number; words: string } {
  const counts = new Map<string, number>();
  for (const answer of answers) {
    const words = wordsOf(answer).filter((word) => word !== '!');
    const key = (end === 'opening' ? words.slice(0, 2) : words.slice(-2)).join(' ');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [words, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  return { share: answers.length === 0 ? Number.NaN : count / answers.length, words };
}

function featuresOf(text: string): string[] {
  const words = wordsOf(text);
  return [...words, ...words.slice(1).map((word, index) => `${words[index]} ${word}`)];
}

function learn(spoken: Spoken[]): (text: string) => string | null {
  const counts = new Map<string, Map<string, number>>();
  const vocabulary = new Set<string>();
  for (const { persona, text } of spoken) {
    const known = counts.get(persona) ?? new Map<string, number>();
    counts.set(persona, known);
    for (const feature of featuresOf(text)) {
      vocabulary.add(feature);
      known.set(feature, (known.get(feature) ?? 0) + 1);
    }
  }
  const voices = [...counts].map(([persona, known]) => ({ persona, known, total: [...known.values()].reduce((sum, count) => sum + count, 0) }));
  return (text) => {
    const features = featuresOf(text).filter((feature) => vocabulary.has(feature));
    const scored = voices.map(({ persona, known, total }) => ({
      persona,
      // One is added to every count: a word that a voice never used is unlikely, not impossible.
      score: features.reduce((sum, feature) => sum + Math.log(((known.get(feature) ?? 0) + 1) / (total + vocabulary.size)), 0),
    }));
    return scored.sort((a, b) => b.score - a.score)[0]?.persona ?? null;
  };
}
