import { z } from 'zod';
import { SearchHit } from './memory.ts';
import { Counted, NoteResults, Taken } from './note.ts';

/** What the owner's search found in everything there is. */
export const SearchResults = z.object({
  /** Of conversations, messages and memories: titles first, then best first. */
  hits: z.array(SearchHit),
  notes: NoteResults,
  /** How many match, more than are shown perhaps. */
  counts: z.object({ notes: Counted, conversations: Counted, messages: Counted, memories: Counted }),
  taken: z.array(Taken),
  ms: z.number(),
});
export type SearchResults = z.infer<typeof SearchResults>;

/** What the owner searched for, on this machine only. */
export const RecentSearch = z.object({ text: z.string(), at: z.number() });
export type RecentSearch = z.infer<typeof RecentSearch>;
