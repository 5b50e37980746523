/** Words that are meant by a word that stands nowhere, or by the beginning of one. Pure. */
import type { KnownWord } from '../store/vocabulary.ts';

const mostAlike = 4;

/** How many letters may be wrong. Short words have too many neighbours. */
const slipsIn = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** With what words may begin that were meant, the first letters being right, swapped, or one too many. */
export const beginningsFor = (word: string): string[] =>
  slipsIn(word) === 0 ? [] : [...new Set([word[0]!, `${word[1]!}${word[0]!}`, `${word[1]!}${word[2]!}`])].filter((one, _, all) => !all.some((other) => other !== one && one.startsWith(other)));

/** The nearest of the known words, the commonest first. `isTyped`: they may go on. `stem`: the index knows words by their stems. */
export function alike(word: string, known: readonly KnownWord[], { isTyped, stem }: { isTyped: boolean; stem(word: string): string }): string[] {
  const allowed = { most: slipsIn(word), isTyped };
  const written = isTyped ? [word] : [...new Set([word, stem(word)])];
  const parts = partsOf(word, 2 * allowed.most + 1);
  const near = known
    .filter((one) => parts.some((part) => one.word.includes(part)))
    .map((one) => ({ ...one, slips: Math.min(...written.map((form) => slipsBetween(form, one.word, allowed)), slipsInGrown(word, one.word, allowed)) }))
    .filter(({ slips }) => slips <= allowed.most);
  const fewest = Math.min(...near.map(({ slips }) => slips));
  return near
    .filter(({ slips }) => slips === fewest)
    .sort((one, other) => other.rows - one.rows)
    .slice(0, mostAlike)
    .map((one) => one.word);
}

/** A slip breaks two of them at most, so that one stands in what was meant: a quick look that spares a slow one. */
function partsOf(word: string, count: number): string[] {
  const cuts = Array.from({ length: count + 1 }, (_, index) => Math.round((index * word.length) / count));
  return cuts.slice(1).map((to, index) => word.slice(cuts[index], to)).filter((part) => part !== '');
}

/** The index has "biological" as "biolog", so that a slip behind is a slip in the ending. */
function slipsInGrown(typed: string, stem: string, allowed: Allowed): number {
  const root = stem.replace(/[ei]$/u, '');
  if (root.length < 3 || root.length >= typed.length || slipsBetween(root, typed, { most: allowed.most, isTyped: true }) > allowed.most) return Infinity;
  return Math.min(...rootsIn(stem).flatMap((one) => endings.map((ending) => slipsBetween(typed, one + ending, allowed))));
}

type Allowed = { most: number; /** The word may go on. */ isTyped: boolean };

/**
 * Letters to be put in, left out, replaced or swapped with the next to make one of the other; of its beginning, when
 * `isTyped`. More than `most` is only known to be more.
 */
export function slipsBetween(typed: string, word: string, { most, isTyped }: Allowed): number {
  if (typed.length - word.length > most || (!isTyped && word.length - typed.length > most)) return most + 1;
  const width = Math.min(word.length, typed.length + most);
  let before: number[] = [];
  let last = Array.from({ length: width + 1 }, (_, column) => column);
  for (let row = 1; row <= typed.length; row += 1) {
    const next = nextRow({ typed, word, row }, last, before);
    if (Math.min(...next) > most) return most + 1;
    before = last;
    last = next;
  }
  return isTyped ? Math.min(...last) : last.at(-1)!;
}

/** Of the table of slips between beginnings: `last` is the row above, `before` the one above that. */
function nextRow({ typed, word, row }: { typed: string; word: string; row: number }, last: readonly number[], before: readonly number[]): number[] {
  const next = [row];
  for (let column = 1; column < last.length; column += 1) {
    const [letter, other] = [typed[row - 1], word[column - 1]];
    const isSwapped = row > 1 && column > 1 && letter === word[column - 2] && typed[row - 2] === other;
    const swapped = isSwapped ? before[column - 2]! + 1 : Infinity;
    next.push(Math.min(next[column - 1]! + 1, last[column]! + 1, last[column - 1]! + (letter === other ? 0 : 1), swapped));
  }
  return next;
}

const endings = ['ing', 'ings', 'ed', 'er', 'ers', 'es', 's', 'ly', 'ies', 'ied', 'y', 'ness', 'ment', 'ation', 'ations', 'ion', 'ions', 'able', 'ible', 'ity', 'ive', 'ful', 'al', 'ical', 'ically', 'ally', 'ate', 'ated', 'ating', 'ish', 'ous', 'ance', 'ence', 'ize', 'izing', 'ization'];

/** The root by which words that go on like this may be known: the index has "living" as "live". Null: too short to tell. */
export const rootOf = (typed: string): string | null => (typed.length < 4 ? null : typed.slice(0, Math.max(3, typed.length - 4)));

/** Stems of words that begin as typed, and do not themselves. */
export const grown = (typed: string, known: readonly KnownWord[]): string[] =>
  known
    .filter(({ word }) => !word.startsWith(typed) && rootsIn(word).some((root) => typed.startsWith(root) && endings.some((ending) => `${root}${ending}`.startsWith(typed))))
    .sort((one, other) => other.rows - one.rows)
    .slice(0, mostAlike)
    .map(({ word }) => word);

/** "live", "liv"; "happi", "happ"; "run", "runn". */
const rootsIn = (stem: string): string[] => [stem, stem.replace(/[ei]$/u, ''), `${stem}${stem.at(-1) ?? ''}`];
