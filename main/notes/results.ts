/** The owner's search over their notes, whole: what was found, and what it could be narrowed to. */
import type { Counted, NoteResults } from '../contract/note.ts';
import { wordsOf } from '../words/known.ts';
import { understand } from '../words/understand.ts';
import { facetsOf } from './facets.ts';
import { findNotes, type FindDependencies, type FindRequest } from './find.ts';

export async function noteResults(deps: FindDependencies, request: FindRequest, signal: AbortSignal): Promise<NoteResults & { count: Counted }> {
  const understood = request.understood ?? understand(request, [wordsOf(deps.db, 'chunk_words')]);
  const { hits, taken, mode, near } = await findNotes(deps, { ...request, understood }, signal);
  const { facets, count } = facetsOf(deps.db, understood);
  // What is near in meaning need not match.
  return { hits, taken, mode, near, facets, count: { ...count, count: Math.max(count.count, hits.length) } };
}
