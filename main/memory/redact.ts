/** Takes what is to be forgotten out of texts. Pure. */
import { contentStems, wordsOf } from '../meaning/words.ts';

/** What is looked for. Each of `sentences` and `words` alone marks a text as carrying it; of `weak`, two together do. */
export type Needles = {
  sentences: string[];
  /** Names, numbers: words that hardly stand anywhere else. */
  words: string[];
  /** Ordinary but rare words, used where there are no better ones. */
  weak: string[];
};

/** Stands where something was. */
export const mark = '[forgotten]';

export type Redactor = {
  carries(text: string): boolean;
  /** The text with each sentence that carries it, and each of `also` (exact segments), replaced by the mark. */
  text(text: string, also?: ReadonlySet<string>): string;
  /** Only the words themselves: for titles and names, which are too short to lose a sentence. */
  title(text: string): string;
  /** A text, or JSON whose strings are redacted one by one, to any depth. */
  cell(text: string): string;
};

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The sentences of a text with all that stands between them: joined they are the text. */
export const segmentsOf = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

/** True when nothing is left to read but marks. */
export const isBare = (text: string): boolean => !/[\p{L}\p{N}]/u.test(text.replaceAll(mark, ''));

/** A sentence this short ("Yes.", "I do.") stands in many places that have nothing to do with it. */
const fewestWords = 3;

/** `kept`: texts that the owner left as they are, wherever they stand whole. */
export function createRedactor(needles: Needles, kept: ReadonlySet<string> = new Set()): Redactor {
  const words = stemsOf(needles.words);
  const weak = stemsOf(needles.weak);
  const sentences = needles.sentences.map((sentence) => wordsOf(fold(sentence))).filter((found) => found.length >= fewestWords);
  const mayCarry = quickTest(needles, sentences);

  function carriesSegment(segment: string): boolean {
    const stems = contentStems(segment);
    if ([...words].some((word) => stems.has(word))) return true;
    const weakFound = [...weak].filter((word) => stems.has(word)).length;
    if (weakFound > 0 && weakFound >= Math.min(2, weak.size)) return true;
    return sentences.some((sentence) => holds(wordsOf(fold(segment)), sentence));
  }
  const carries = (text: string) => mayCarry(text) && segmentsOf(text).some(carriesSegment);

  function redactText(text: string, also?: ReadonlySet<string>): string {
    if (!also?.size && !mayCarry(text)) return text;
    const segments = segmentsOf(text);
    const redacted = segments.map((segment) => (also?.has(segment) || carriesSegment(segment) ? markInstead(segment) : segment));
    return redacted.every((segment, index) => segment === segments[index]) ? text : joinMarks(redacted.join(''));
  }

  function redactCell(text: string): string {
    if (!mayCarry(text) || kept.has(text)) return text;
    const value = parseJson(text);
    if (value === undefined) return redactText(text);
    const redacted = JSON.stringify(redactLeaves(value, redactCell));
    return redacted === JSON.stringify(value) ? text : redacted;
  }

  return {
    carries,
    text: redactText,
    title: (text) => redactTitle(text, (word) => hasAny(contentStems(word), words) || hasAny(contentStems(word), weak), carriesSegment),
    cell: redactCell,
  };
}

const hasAny = (stems: Set<string>, wanted: Set<string>) => [...stems].some((stem) => wanted.has(stem));

const stemsOf = (words: string[]) => new Set(words.flatMap((word) => [...contentStems(word)]));

export const fold = (text: string): string => (isAscii(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')).toLowerCase();

// eslint-disable-next-line no-control-regex -- the whole of ASCII is meant
const isAscii = (text: string) => /^[\x00-\x7f]*$/.test(text);

/** A cheap test that everything which carries it passes: some word begins as one of theirs does. */
function quickTest(needles: Needles, sentences: string[][]): (text: string) => boolean {
  const longest = sentences.map((words) => [...contentStems(words.join(' '))].sort((a, b) => b.length - a.length)[0] ?? words[0] ?? '');
  const beginnings = [...stemsOf([...needles.words, ...needles.weak]), ...longest].map(beginningOf).filter((part) => part !== '');
  if (beginnings.length === 0) return () => false;
  const pattern = new RegExp(beginnings.map(escape).join('|'), 'iu');
  return (text) => pattern.test(isAscii(text) ? text : fold(text));
}

/** What every word with this stem begins with: "cities" has the stem "city". */
export const beginningOf = (stem: string): string => stem.replace(/y$/u, '');

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const holds = (words: string[], sentence: string[]): boolean =>
  words.some((_, start) => sentence.every((word, offset) => words[start + offset] === word));

/** Keeps the spaces around a sentence and the bullet before it. */
function markInstead(segment: string): string {
  const [, before = '', after = ''] = /^(\s*(?:(?:[-*+>]|\d+[.)])\s+)*)[^]*?(\s*)$/u.exec(segment) ?? [];
  return `${before}${mark}${after}`;
}

/** Two sentences side by side leave one mark. */
const joinMarks = (text: string) => text.replace(/\[forgotten\](?:[ \t]*\[forgotten\])+/g, mark);

function redactTitle(text: string, isWanted: (word: string) => boolean, carriesAll: (text: string) => boolean): string {
  const redacted = joinMarks(text.replace(/[\p{L}\p{N}\p{M}\p{Co}]+/gu, (word) => (isWanted(word) ? mark : word)));
  return redacted === text && carriesAll(text) ? mark : redacted;
}

function parseJson(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // A text that only looks like JSON is a text.
    return undefined;
  }
}

function redactLeaves(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactLeaves(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactLeaves(item, redact)]));
}
