/** What was typed into the search box, and which known words are meant by it. */
import type { Taken } from '../contract/note.ts';
import { folded } from '../store/noteText.ts';
import type { KnownWord } from '../store/vocabulary.ts';
import { alike, beginningsFor, grown, rootOf } from './alike.ts';
import type { KnownWords } from './known.ts';
import { stem } from './marks.ts';
import { parseQuery, type SearchQuery } from './query.ts';


export type Understood = {
  query: SearchQuery;
  /** By the place of a wanted thing, words that are taken for it, as the index has them. */
  alike: ReadonlyMap<number, readonly string[]>;
  taken: Taken[];
};

/** A word that stands in any of these is no slip in the others. */
export function understand(request: { text: string; now: number }, places: readonly KnownWords[]): Understood {
  const query = parseQuery(request.text, request.now);
  const others = new Map<number, readonly string[]>();
  const taken: Taken[] = [];
  for (const [index, one] of query.wanted.entries()) {
    const word = folded(one.words[0]!);
    if (one.isQuoted || one.words.length > 1 || !/^\p{L}+$/u.test(word)) continue;
    const forms = one.isTyped ? formsOf(word, places) : [];
    if (forms.length > 0) others.set(index, forms);
    else if (!places.some((place) => place.stands(one))) {
      const meant = meantBy({ word, isTyped: one.isTyped }, places);
      if (meant.length === 0) continue;
      others.set(index, meant);
      taken.push({ typed: one.words[0]!, words: meant });
    }
  }
  return { query, alike: others, taken };
}

/** For one being typed, those whose stem does not show it. */
function formsOf(word: string, places: readonly KnownWords[]): string[] {
  const root = rootOf(word);
  return root === null ? [] : grown(word, together(places.flatMap((place) => place.words(root))));
}

function meantBy({ word, isTyped }: { word: string; isTyped: boolean }, places: readonly KnownWords[]): string[] {
  const known = beginningsFor(word).flatMap((beginning) => places.flatMap((place) => place.words(beginning)));
  return alike(word, together(known), { isTyped, stem });
}

function together(known: readonly KnownWord[]): KnownWord[] {
  const rows = new Map<string, number>();
  for (const one of known) rows.set(one.word, (rows.get(one.word) ?? 0) + one.rows);
  return [...rows].map(([word, count]) => ({ word, rows: count }));
}

/** What was found in their place, as it stands there: the index knows words by their stems only. */
export function asWritten(taken: readonly Taken[], found: readonly { text: string; marks: readonly (readonly [number, number])[] }[]): Taken[] {
  const written = found.flatMap(({ text, marks }) => marks.map(([from, to]) => folded(text.slice(from, to))));
  return taken
    .map(({ typed, words }) => ({ typed, words: [...new Set(words.flatMap((word) => written.find((one) => stem(one) === word || one === word) ?? []))] }))
    .filter(({ words }) => words.length > 0);
}
