/** The numbers in an answer that point to passages: those that point nowhere go, and a sentence that rests on a passage gets its number. Pure. */
import type { NoteCitation } from '../contract/memory.ts';
import { contentWords } from './words.ts';

const markIn = /[ \t]*\[(\d{1,3})\]/gu;

/** How much of a sentence must stand in a passage for its number to be added. */
const sameWords = 0.8;
/** Fewer words stand in many passages. */
const fewestWords = 4;

/** `known`: every number that a line of the prompt had. Code is left as it is. */
export function settleMarks(answer: string, known: ReadonlySet<number>, citations: readonly NoteCitation[]): string {
  const sources = citations.map(({ mark, quote }) => ({ mark, words: new Set(contentWords(quote)) }));
  return outsideCode(answer, (text) => eachSentence(withKnown(text, known), (sentence) => marked(sentence, sources)));
}

const withKnown = (text: string, known: ReadonlySet<number>) => text.replace(markIn, (mark, number: string) => (known.has(Number(number)) ? mark : ''));

function marked(sentence: string, sources: readonly { mark: number; words: ReadonlySet<string> }[]): string {
  if (/\[\d{1,3}\]/u.test(sentence)) return sentence;
  const said = contentWords(sentence);
  if (said.length < fewestWords) return sentence;
  const shares = sources.map(({ mark, words }) => ({ mark, share: said.filter((word) => words.has(word)).length / said.length }));
  const best = shares.reduce<{ mark: number; share: number } | null>((top, one) => (top && top.share >= one.share ? top : one), null);
  return best && best.share >= sameWords ? `${sentence.trimEnd()} [${best.mark}]${/\s*$/u.exec(sentence)![0]}` : sentence;
}

/** A mark behind the full stop belongs to the sentence before it. */
const eachSentence = (text: string, change: (sentence: string) => string): string =>
  text.split(/((?<=[.!?…]["”’)]?(?:[ \t]*\[\d{1,3}\])*)\s+(?!\[\d)|\n+)/u).map((part, index) => (index % 2 === 0 && part.trim() !== '' ? change(part) : part)).join('');

const outsideCode = (text: string, change: (text: string) => string): string =>
  text.split(/(```[^]*?(?:```|$)|`[^`\n]*`)/u).map((part, index) => (index % 2 === 0 ? change(part) : part)).join('');
