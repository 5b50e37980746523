import { spaceOut } from '../store/memoryKey.ts';

/** What the owner typed into the search box, without accents and capitals. */
export type SearchTerms = {
  /** Every word, those of phrases too. */
  words: string[];
  /** Words in quotes, which must stand in this order, joined by spaces. */
  phrases: string[];
  /** The last word may go on. */
  typing: boolean;
};

export function searchTerms(text: string): SearchTerms {
  return {
    words: foldedWords(text),
    phrases: [...text.matchAll(/"([^"]+)"/gu)].map((found) => foldedWords(found[1] ?? '').join(' ')).filter((phrase) => phrase.includes(' ')),
    typing: /[\p{L}\p{N}\p{M}]$/u.test(text),
  };
}

/** Words without accents and capitals; a character of a script without spaces is a word. */
export const foldedWords = (text: string): string[] =>
  spaceOut(text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()).match(/[\p{L}\p{N}]+/gu) ?? [];
