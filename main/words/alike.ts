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
  const written = (isTyped ? [word] : [...new Set([word, stem(word)])]).map((form) => ({ form, letters: lettersOf(form) }));
  const parts = partsOf(word, 2 * allowed.most + 1);
  const near: (KnownWord & { slips: number })[] = [];
  for (const one of known) {
    const letters = lettersOf(one.word);
    const forms = written.filter((form) => mayBe(form.letters, letters, allowed));
    const mayHaveGrown = missing(letters, written[0]!.letters) <= allowed.most + 1;
    if ((forms.length === 0 && !mayHaveGrown) || !parts.some((part) => one.word.includes(part))) continue;
    const slips = Math.min(...forms.map(({ form }) => slipsBetween(form, one.word, allowed)), mayHaveGrown ? slipsInGrown(word, one.word, allowed) : Infinity);
    if (slips <= allowed.most) near.push({ ...one, slips });
  }
  const fewest = Math.min(...near.map(({ slips }) => slips));
  return near
    .filter(({ slips }) => slips === fewest)
    .sort((one, other) => other.rows - one.rows)
    .slice(0, mostAlike)
    .map((one) => one.word);
}

/** Which letters a word has, a bit each; some of other scripts share one. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

/** Letters of the one that the other has not: no more than there are slips between them, which spares counting those. */
function missing(one: number, other: number): number {
  let count = 0;
  for (let left = one & ~other; left !== 0; left &= left - 1) count += 1;
  return count;
}

const mayBe = (typed: number, word: number, { most, isTyped }: Allowed): boolean => missing(typed, word) <= most && (isTyped || missing(word, typed) <= most);

/** A slip breaks two of them at most, so that one stands in what was meant: a quick look that spares a slow one. */
function partsOf(word: string, count: number): string[] {
  const cuts = Array.from({ length: count + 1 }, (_, index) => Math.round((index * word.length) / count));
  return cuts.slice(1).map((to, index) => word.slice(cuts[index], to)).filter((part) => part !== '');
}

/** The index has "biological" as "biolog", so that a slip behind is a slip in the ending. */
function slipsInGrown(typed: string, stem: string, allowed: Allowed): number {
  const root = stem.replace(/[ei]$/u, '');
  if (root.length < 3 || root.length >= typed.length || slipsBetween(root, typed, { most: allowed.most, isTyped: true }) > allowed.most) return Infinity;
  const letters = lettersOf(typed);
  let fewest = Infinity;
  for (const one of rootsIn(stem)) {
    const rootLetters = lettersOf(one);
    for (const ending of endings) {
      if (mayBe(letters, rootLetters | endingLetters.get(ending)!, allowed)) fewest = Math.min(fewest, slipsBetween(typed, one + ending, allowed));
    }
  }
  return fewest;
}

type Allowed = { most: number; /** The word may go on. */ isTyped: boolean };

/**
 * Letters to be put in, left out, replaced or swapped with the next to make one of the other; of its beginning, when
 * `isTyped`. More than `most` is only known to be more.
 */
export function slipsBetween(typed: string, word: string, { most, isTyped }: Allowed): number {
  if (typed.length - word.length > most || (!isTyped && word.length - typed.length > most)) return most + 1;
  const width = Math.min(word.length, typed.length + most);
  const table: Table = { typed, word, width, before: [], last: Array.from({ length: width + 1 }, (_, column) => column), next: [] };
  for (let row = 1; row <= typed.length; row += 1) {
    if (fillNext(table, row, most) > most) return most + 1;
    [table.before, table.last, table.next] = [table.last, table.next, table.before];
  }
  return isTyped ? Math.min(...table.last.slice(Math.max(0, typed.length - most))) : table.last[width]!;
}

/** Of slips between beginnings: `last` is the row above `next`, `before` the one above that. */
type Table = { typed: string; word: string; width: number; before: number[]; last: number[]; next: number[] };

/** The least in the row. What lies further than `most` off the diagonal is more than that, and not counted. */
function fillNext(table: Table, row: number, most: number): number {
  const { last, next, width } = table;
  const [from, to] = [Math.max(1, row - most), Math.min(width, row + most)];
  next[from - 1] = from === 1 ? row : most + 1;
  let least = next[from - 1]!;
  for (let column = from; column <= to; column += 1) {
    const slips = Math.min(next[column - 1]! + 1, last[column]! + 1, withLast(table, row, column));
    next[column] = slips;
    if (slips < least) least = slips;
  }
  if (to < width) next[to + 1] = most + 1;
  return least;
}

/** The letter at the end of both kept, replaced, or swapped with the one before. */
function withLast({ typed, word, last, before }: Table, row: number, column: number): number {
  const [letter, other] = [typed.charCodeAt(row - 1), word.charCodeAt(column - 1)];
  const kept = last[column - 1]! + (letter === other ? 0 : 1);
  const isSwapped = row > 1 && column > 1 && letter === word.charCodeAt(column - 2) && typed.charCodeAt(row - 2) === other;
  return isSwapped ? Math.min(kept, before[column - 2]! + 1) : kept;
}

const endings = ['ing', 'ings', 'ed', 'er', 'ers', 'es', 's', 'ly', 'ies', 'ied', 'y', 'ness', 'ment', 'ation', 'ations', 'ion', 'ions', 'able', 'ible', 'ity', 'ive', 'ful', 'al', 'ical', 'ically', 'ally', 'ate', 'ated', 'ating', 'ish', 'ous', 'ance', 'ence', 'ize', 'izing', 'ization'];

const endingLetters = new Map(endings.map((ending) => [ending, lettersOf(ending)]));

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
