import { spaceOut } from '../store/memoryKey.ts';

/** What the owner typed into the search box, without accents and capitals. */
export type SearchTerms = {
  /** Every word, those of phrases too. */
  words: string[];
  /** Words in quotes, which must stand in this order, joined by spaces. */
  phrases: string[];
  /** The last word may go on. */
  typing: boolean;
  /** The text that is searched for. */
  text: string;
};

export function searchTerms(typed: string): SearchTerms {
  // A single letter begins a tenth of all words: it is waited for what follows.
  const text = typed.replace(/(?<![\p{L}\p{N}\p{M}])[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]$/u, '');
  return {
    text,
    words: foldedWords(text),
    phrases: [...text.matchAll(/"([^"]+)"/gu)].map((found) => foldedWords(found[1] ?? '').join(' ')).filter((phrase) => phrase.includes(' ')),
    typing: /[\p{L}\p{N}\p{M}]$/u.test(text),
  };
}

/** Words without accents and capitals; a character of a script without spaces is a word. */
export const foldedWords = (text: string): string[] =>
  spaceOut(text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()).match(/[\p{L}\p{N}]+/gu) ?? [];
