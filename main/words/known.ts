/** Where words may stand that the owner searches for. */
import type { Database } from '../store/database.ts';
import { titles } from '../store/searchWords.ts';
import { folded } from '../store/noteText.ts';
import { knownWords, stands, type KnownWord, type WordTable } from '../store/vocabulary.ts';
import { marksIn, stem } from './marks.ts';
import { termOf, type Wanted } from './query.ts';

export type KnownWords = {
  stands(one: Wanted): boolean;
  /** Those that begin so, by their stems. */
  words(beginning: string): readonly KnownWord[];
};

export const wordsOf = (db: Database, table: WordTable): KnownWords => ({
  // A whole word is found sooner than all that begin so.
  stands: (one) => stands(db, table, termOf({ ...one, isTyped: false })) || (one.isTyped && stands(db, table, termOf(one))),
  words: (beginning) => knownWords(db, table, beginning),
});

/** The titles of conversations, which no index holds. */
export const wordsOfTitles = (db: Database): KnownWords => ({
  stands: (one) => titles(db).some(({ title }) => marksIn(title, [one]).length > 0),
  words(beginning) {
    const rows = new Map<string, number>();
    for (const { title } of titles(db)) {
      for (const [word] of folded(title).matchAll(/\p{L}+/gu)) if (word.startsWith(beginning)) rows.set(stem(word), (rows.get(stem(word)) ?? 0) + 1);
    }
    return [...rows].map(([word, count]) => ({ word, rows: count }));
  },
});
