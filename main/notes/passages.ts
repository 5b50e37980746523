/** All passages of one note that were met by a search, in the order of the note. */
import type { Database } from '../store/database.ts';
import { chunksMet, foundChunks } from '../store/noteSearch.ts';
import { marksIn } from '../words/marks.ts';
import { matchOf, matchOfOne } from '../words/query.ts';
import type { Understood } from '../words/understand.ts';
import type { Passage } from './search.ts';

/** Those that hold every word; where none does, those that hold any. */
export function passagesIn(db: Database, { query, alike }: Understood, { noteId, limit }: { noteId: string; limit: number }): Passage[] {
  const all = matchOf(query.wanted, alike);
  if (all === null) return [];
  const any = query.wanted.map((one, index) => matchOfOne(one, alike.get(index))).join(' OR ');
  const together = chunksMet(db, { noteId, match: all, limit });
  const rows = together.length > 0 || query.wanted.length === 1 ? together : chunksMet(db, { noteId, match: any, limit });
  return [...foundChunks(db, rows).values()]
    .sort((one, other) => one.n - other.n)
    .map(({ seq: _, noteSeq: __, n: ___, ...chunk }) => ({ ...chunk, marks: marksIn(chunk.text, query.wanted, alike) }));
}
