/** Which notes say something that is to be forgotten. */
import type { Database } from '../store/database.ts';
import { searchNotes } from './search.ts';

const mostNotes = 20;

/** Those in which one of the sentences stands as it is, or all of the words; each once. */
export function notesHolding(db: Database, { sentences, words, now }: { sentences: readonly string[]; words: readonly string[]; now: number }): { id: string; title: string; path: string }[] {
  const queries = [...sentences.map(quoted), ...(words.length === 0 ? [] : [words.map(quoted).join(' ')])];
  const found = queries.flatMap((text) => searchNotes(db, { text, limit: mostNotes, now }).hits);
  const byId = new Map(found.map(({ id, title, path }) => [id, { id, title, path }]));
  return [...byId.values()].slice(0, mostNotes);
}

const quoted = (text: string) => `"${text.replaceAll('"', ' ')}"`;
