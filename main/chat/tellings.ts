/** Which sentences of passages tell what was asked: by words, by what kind of thing is asked for, and by a reader where there is one. Pure. */
import { asksWhen } from '../times/asking.ts';
import { mayTell } from '../times/read.ts';
import type { Passage } from './chatTypes.ts';
import { contentWords } from './words.ts';

/** A stretch of a passage that can be quoted alone: a sentence, a line of a list or table. [from, to) of its text. */
export type Telling = {
  passage: Passage;
  from: number;
  to: number;
  text: string;
  /** How many of the question's words stand in it, its title and its headings, 0 to 1. */
  met: number;
  /** How far a reader takes it to tell the answer, 0 to 1; absent where none read it. */
  told?: number;
  score: number;
};

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Longer ones are no quotation any more. Characters. */
const longest = 700;

/** A line that goes on with the one before: no item of a list, heading, quotation or row begins with it. */
const goesOn = /(?<!\n)\n(?!\n|[ \t]*(?:[-*+•][ \t]|\d{1,3}[.)][ \t]|[#>|]))/gu;

/** Line ends within a paragraph end no sentence; in lists, tables and code every line stands alone. */
export function stretchesOf({ kind, text }: Pick<Passage, 'kind' | 'text'>): { from: number; to: number }[] {
  // What begins a picture is no exclamation.
  const flowing = (kind === 'paragraph' || kind === 'quote' ? text.replace(goesOn, ' ') : text).replace(/!(?=\[)/gu, ' ');
  return [...segmenter.segment(flowing)].flatMap(({ segment, index }) => {
    const from = index + segment.length - segment.trimStart().length;
    const said = segment.trim();
    return /[\p{L}\p{N}]/u.test(said) ? [{ from, to: from + Math.min(said.length, longest) }] : [];
  });
}

/**
 * What speaks for a sentence as the answer: how much of the question it says, weighed by rarity, and how much is said with
 * those around it; how well its passage was found; whether it has what is asked for; how far a reader takes it to tell.
 * Fitted on a nineteenth of SQuAD's development questions.
 */
const worth = { own: 2.3, around: 0.7, passage: 1.8, fits: 0.15, met: 0.4, length: -0.5, told: 1.3 };
const longSentence = 20;

/** Best first, all stretches of all passages. */
export function rankTellings(question: string, passages: readonly Passage[]): Telling[] {
  const stretches = passages.flatMap((passage) => stretchesOf(passage).map(({ from, to }) => ({ passage, from, to, text: passage.text.slice(from, to), words: new Set(contentWords(passage.text.slice(from, to))) })));
  const weights = weigh(contentWords(question), stretches.map(({ words }) => words));
  const fits = kindWanted(question);
  const tellings = stretches.map(({ words, ...stretch }, index) => {
    const met = coverage(question, stretch);
    const length = Math.min(1, words.size / longSentence);
    const score =
      worth.own * share(weights, words) + worth.around * share(weights, aroundOf(stretches, index)) + worth.passage * stretch.passage.score + worth.fits * Number(fits(stretch.text)) + worth.met * met + worth.length * length;
    return { ...stretch, met, score };
  });
  return tellings.sort((one, other) => other.score - one.score);
}

/** With what a reader made of each of the first: 0 to 1. */
export const withReading = (tellings: readonly Telling[], tells: readonly number[]): Telling[] =>
  tellings.map((telling, index) => ({ ...telling, told: tells[index] ?? 0, score: telling.score + worth.told * (tells[index] ?? 0) })).sort((one, other) => other.score - one.score);

/** How likely it is that a sentence answers, 0 to 1, fitted in the same way: what nobody wrote about comes out low. */
export function sureness({ met, told }: Pick<Telling, 'met' | 'told'>): number {
  const sum = told === undefined ? 3 * met - 2.52 : 2 * met + 1.5 * told - 2.84;
  return 1 / (1 + Math.exp(-sum));
}

/** The title, the headings and the sentences beside say what "it" is. */
function aroundOf(stretches: readonly { passage: Passage; words: Set<string> }[], at: number): Set<string> {
  const { passage, words } = stretches[at]!;
  const beside = [stretches[at - 1], stretches[at + 1]].filter((one) => one?.passage === passage);
  return new Set([...words, ...beside.flatMap((one) => [...one!.words]), ...contentWords([passage.note.title, ...passage.note.headings].join(' '))]);
}

/** What stands in few of the stretches tells more. */
function weigh(asked: readonly string[], all: readonly Set<string>[]): Map<string, number> {
  return new Map(asked.map((word) => [word, Math.log(1 + (all.length + 1) / (1 + all.filter((words) => words.has(word)).length))]));
}

function share(weights: ReadonlyMap<string, number>, words: ReadonlySet<string>): number {
  let [met, whole] = [0, 0];
  for (const [word, weight] of weights) {
    whole += weight;
    if (words.has(word)) met += weight;
  }
  return whole === 0 ? 0 : met / whole;
}

/** What an answer must have in it: a time, a number, a name. */
function kindWanted(question: string): (text: string) => boolean {
  if (asksWhen(question)) return (text) => /\d/u.test(text) || mayTell(text);
  if (/\bhow (?:many|much|long|old|far|tall|high|big|large|often)\b|\bwhat (?:percentage|number|year)\b/iu.test(question)) return (text) => /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million|billion|half|twice)\b/iu.test(text);
  if (/^\W*(?:who|whose|whom)\b|\bwhere\b/iu.test(question)) return (text) => /(?<=[\p{Ll},;“"(] )\p{Lu}\p{L}+/u.test(text);
  return () => false;
}

function coverage(question: string, { passage, text }: { passage: Passage; text: string }): number {
  const asked = contentWords(question);
  const has = new Set(contentWords([text, passage.note.title, ...passage.note.headings].join(' ')));
  return asked.length === 0 ? 0 : asked.filter((word) => has.has(word)).length / asked.length;
}
