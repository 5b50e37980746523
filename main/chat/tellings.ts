/** Which sentences of passages tell what was asked: by words, by what kind of thing is asked for, and by a reader where there is one. Pure. */
import { blocksIn, type TextBlock } from './blocks.ts';
import type { Passage } from './chatTypes.ts';
import { formAsked } from './formAsked.ts';
import { contentWords } from './words.ts';

/** A stretch of a passage that can be quoted alone: a sentence, a line of a list or table. [from, to) of its text. */
export type Telling = {
  passage: Passage;
  from: number;
  to: number;
  text: string;
  /** What it leads to, behind a colon: a list, a table, code. */
  brings?: TextBlock;
  /** It cannot answer: it asks itself, it has no number or time where one is asked for, or its passage has nothing of somebody or something that the question names. */
  lacks: boolean;
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

export type Stretch = Pick<Telling, 'from' | 'to' | 'brings'>;

/** Sentences, and numbered steps as a whole; a sentence that ends in a colon with what follows it. Of what else is said code is no sentence. */
export function stretchesOf(passage: Pick<Passage, 'kind' | 'text'>): Stretch[] {
  const blocks = blocksIn(passage.text);
  const code = blocks.filter(({ kind }) => kind === 'code');
  const all = sentencesOf(passage);
  const said = all.filter(({ from }) => !code.some((block) => from >= block.from && from < block.to));
  const led = (said.length > 0 ? said : all).map((one) => ({ ...one, ...ledTo(passage.text, one, blocks) }));
  const brought = new Set(led.map(({ brings }) => brings));
  return [...led, ...blocks.filter((block) => block.kind === 'steps' && !brought.has(block) && isSeveral(passage.text, block)).map((block) => ({ from: block.from, to: block.from, brings: block }))];
}

function ledTo(text: string, { from, to }: Stretch, blocks: readonly TextBlock[]): Pick<Stretch, 'brings'> {
  if (!/:[*_)”"’']*$/u.test(text.slice(from, to))) return {};
  const brings = blocks.find((block) => block.from >= to && text.slice(to, block.from).trim() === '');
  return brings ? { brings } : {};
}

const isSeveral = (text: string, { from, to }: TextBlock): boolean => text.slice(from, to).includes('\n');

/** Within code, links and the marks of callouts no sentence ends. */
const oneWord = /`[^`\n]*`|\[![^\]\n]{1,60}\]|\[\[[^\]\n]*\]\]|\]\([^)\s]*\)/gu;

/** Line ends within a paragraph end no sentence; in lists, tables and code every line stands alone. */
function sentencesOf({ kind, text }: Pick<Passage, 'kind' | 'text'>): Stretch[] {
  // What begins a picture is no exclamation.
  const flowing = (kind === 'paragraph' || kind === 'quote' ? text.replace(goesOn, ' ') : text).replace(/!(?=\[)/gu, ' ').replace(oneWord, (written) => written.replace(/[.?!:]/gu, '_'));
  return [...segmenter.segment(flowing)].flatMap(({ segment, index }) => {
    const from = index + segment.length - segment.trimStart().length;
    const said = segment.trim();
    return /[\p{L}\p{N}]/u.test(said) ? [{ from, to: from + Math.min(said.length, longest) }] : [];
  });
}

/**
 * What speaks for a sentence as the answer: how much of the question it says, weighed by rarity, and how much is said with
 * those around it; how well its passage was found; whether it has the form of an answer; how far a reader takes it to tell.
 * Fitted on a nineteenth of SQuAD's development questions.
 */
const worth = { own: 2.3, around: 0.7, passage: 1.8, met: 0.4, length: -0.5, asking: -2, told: 1.3 };
const longSentence = 20;

/** Best first, all stretches of all passages. */
export function rankTellings(question: string, passages: readonly Passage[]): Telling[] {
  const form = formAsked(question);
  const stretches = passages.flatMap((passage) => stretchesOf(passage).filter(({ from, to }) => to > from || form.steps).map((stretch) => ({ passage, ...stretch, ...saidIn(passage, stretch) })));
  const weights = weigh(contentWords(question), stretches.map(({ words }) => words));
  const names = namesIn(question);
  const rare = names.filter((name) => passages.filter((passage) => saysOf(passage).includes(name)).length <= passages.length / 2);
  const tellings = stretches.map(({ words, ...stretch }, index) => {
    const met = coverage(question, stretch);
    const length = Math.min(1, words.size / longSentence);
    const isAsking = asks.test(stretch.text);
    const isOf = (some: readonly string[]) => some.every((name) => saysOf(stretch.passage).includes(name));
    const fits = isOf(names) ? form.fits(stretch) : 0;
    const score =
      worth.own * share(weights, words) + worth.around * share(weights, aroundOf(stretches, index)) + worth.passage * stretch.passage.score + form.worth * fits + worth.met * met + worth.length * length + worth.asking * Number(isAsking);
    return { ...stretch, lacks: isAsking || !isOf(rare) || (form.needed && fits === 0), met, score };
  });
  return tellings.sort((one, other) => other.score - one.score);
}

const asks = /\?[*_)”"’']*$/u;

/** What a question calls by name. One that most of what was found speaks of need not be named in each passage: the whole vault may be about it. */
const namesIn = (question: string): string[] => [...question.matchAll(/(?<=[\p{L}\p{N},;]\s)\p{Lu}\p{L}+/gu)].map(([name]) => name.toLowerCase());

const saysOf = ({ note, text }: Passage): string => [note.title, ...note.headings, text].join(' ').toLowerCase();

/** Steps say what all of them say, and their heading what for; a sentence is told by itself, whatever it leads to. */
function saidIn({ text, note }: Passage, { from, to, brings }: Stretch): { text: string; words: Set<string> } {
  if (to > from) return { text: text.slice(from, to), words: new Set(contentWords(text.slice(from, to))) };
  const said = text.slice(brings!.from, brings!.to);
  return { text: said, words: new Set(contentWords([note.headings.at(-1) ?? '', said].join(' '))) };
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

function coverage(question: string, { passage, text }: { passage: Passage; text: string }): number {
  const asked = contentWords(question);
  const has = new Set(contentWords([text, passage.note.title, ...passage.note.headings].join(' ')));
  return asked.length === 0 ? 0 : asked.filter((word) => has.has(word)).length / asked.length;
}
