/** A sentence remembered: its words one after the other, as they were typed. */
import type { Database } from '../store/database.ts';
import { countRows } from '../store/noteSearch.ts';
import { matchOfOne, termOf } from '../words/query.ts';
import type { Terms } from './terms.ts';

/** What stands one after the other in more passages than this tells nothing. */
const mostInOrder = 500;

/** In full-text syntax; null where it would find nothing, or too much. */
export function sentenceTyped(db: Database, terms: Terms): string | null {
  if (terms.wanted.length < 2) return null;
  const { said, begun } = withoutBegun(terms);
  const match = sentencesMeant(said).join(' OR ');
  const rows = countRows(db, match, mostInOrder + 1);
  if (rows === 0 || rows > mostInOrder) return null;
  return begun === null ? match : `(${match}) AND ${begun}`;
}

/** So many words begin so that to look for all of them behind another takes longer than typing the next letter. */
const aShortWord = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{1,3}$/u;

/** A short beginning may stand anywhere near what was said before it; behind a single word, it is taken for the whole of its word. */
function withoutBegun({ wanted, alike: others }: Terms): { said: Terms; begun: string | null } {
  const last = wanted.at(-1)!;
  if (!last.isTyped || !aShortWord.test(last.words.at(-1)!)) return { said: { wanted, alike: others }, begun: null };
  const before = wanted.slice(0, -1);
  if (before.length === 1) return { said: { wanted: [...before, { ...last, isTyped: false }], alike: others }, begun: null };
  return { said: { wanted: before, alike: others }, begun: matchOfOne(last, others.get(before.length)) };
}

/** All that was typed as one phrase; and again with what is taken for its words, the likeliest of each together, then the next. */
function sentencesMeant({ wanted, alike: others }: Terms): string[] {
  const isTaken = wanted.map((_, at) => others.get(at)?.length ?? 0);
  const typed = termOf({ words: wanted.flatMap(({ words }) => words), isQuoted: true, isTyped: wanted.at(-1)!.isTyped });
  const meant = Array.from({ length: Math.max(...isTaken) }, (_, which) => {
    const words = wanted.flatMap((one, at) => others.get(at)?.[which] ?? others.get(at)?.[0] ?? one.words);
    return termOf({ words, isQuoted: true, isTyped: wanted.at(-1)!.isTyped && isTaken.at(-1) === 0 });
  });
  return [typed, ...meant];
}
