/** What was typed into the search box, and which words of the indexes are meant by it. */
import { folded } from '../store/noteText.ts';
import { knownWords, stands, type KnownWord, type WordIndex } from '../store/vocabulary.ts';
import { alike, beginningsFor, grown, rootOf } from './alike.ts';
import { stem } from './marks.ts';
import { parseQuery, termOf, type SearchQuery } from './query.ts';

/** Words that stand nowhere, and what is searched for in their place. */
export type Taken = { typed: string; words: string[] };

export type Understood = {
  query: SearchQuery;
  /** By the place of a wanted thing, words that are taken for it, as the index has them. */
  alike: ReadonlyMap<number, readonly string[]>;
  taken: Taken[];
};

/** A word that stands in any of these indexes is no slip in the others. */
export function understand(request: { text: string; now: number }, indexes: readonly WordIndex[]): Understood {
  const query = parseQuery(request.text, request.now);
  const others = new Map<number, readonly string[]>();
  const taken: Taken[] = [];
  for (const [index, one] of query.wanted.entries()) {
    const word = folded(one.words[0]!);
    if (one.isQuoted || one.words.length > 1 || !/^\p{L}+$/u.test(word)) continue;
    const forms = one.isTyped ? formsOf(word, indexes) : [];
    if (forms.length > 0) others.set(index, forms);
    else if (!indexes.some((where) => stands(where, termOf(one)))) {
      const meant = meantBy({ word, isTyped: one.isTyped }, indexes);
      if (meant.length === 0) continue;
      others.set(index, meant);
      taken.push({ typed: one.words[0]!, words: meant });
    }
  }
  return { query, alike: others, taken };
}

/** For one being typed, those whose stem does not show it. */
function formsOf(word: string, indexes: readonly WordIndex[]): string[] {
  const root = rootOf(word);
  return root === null ? [] : grown(word, together(indexes.flatMap((index) => knownWords(index, root))));
}

function meantBy({ word, isTyped }: { word: string; isTyped: boolean }, indexes: readonly WordIndex[]): string[] {
  const known = beginningsFor(word).flatMap((beginning) => indexes.flatMap((index) => knownWords(index, beginning)));
  return alike(word, together(known), { isTyped, stem });
}

function together(known: readonly KnownWord[]): KnownWord[] {
  const rows = new Map<string, number>();
  for (const one of known) rows.set(one.word, (rows.get(one.word) ?? 0) + one.rows);
  return [...rows].map(([word, count]) => ({ word, rows: count }));
}

/** The words that were found, as they stand there: the index knows them by their stems only. */
export function asWritten(taken: readonly Taken[], found: readonly { text: string; marks: readonly (readonly [number, number])[] }[]): Taken[] {
  const written = found.flatMap(({ text, marks }) => marks.map(([from, to]) => folded(text.slice(from, to))));
  return taken.map(({ typed, words }) => {
    const shown = words.flatMap((word) => written.find((one) => stem(one) === word) ?? (found.length === 0 ? word : []));
    return { typed, words: shown.length > 0 ? [...new Set(shown)] : words };
  });
}
