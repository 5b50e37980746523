/** One search over notes, conversations and memories, and what was searched for lately. */
import type { Handlers } from '../contract/contract.ts';
import type { NoteResults, Taken } from '../contract/note.ts';
import { searchEverything } from '../memory/search.ts';
import { passagesIn } from '../notes/passages.ts';
import { wordsOf, wordsOfTitles, type KnownWords } from '../words/known.ts';
import { kindsOf, parseQuery } from '../words/query.ts';
import { understand } from '../words/understand.ts';
import type { Events } from './events.ts';
import type { NoteService } from './noteService.ts';
import { createRecentSearches, type RecentSearches } from './recentSearches.ts';
import type { OpenStores } from './stores.ts';

export type SearchServiceDependencies = {
  stores: Pick<OpenStores, 'db' | 'notesDb' | 'kept' | 'temporary' | 'settings'>;
  notes: Pick<NoteService, 'search'>;
  events: Events;
  dataFolder: string;
  now(): number;
};

export type SearchService = {
  handlers: Handlers['search'];
  dispose(): void;
};

const noNotes: NoteResults & { count: { count: number; more: boolean } } = { hits: [], facets: [], taken: [], mode: 'words', near: false, count: { count: 0, more: false } };

export function createSearchService(deps: SearchServiceDependencies): SearchService {
  const recent = createRecentSearches(deps.dataFolder);
  return { handlers: searchHandlers(deps, recent), dispose: clearing(recent, deps) };
}

function searchHandlers({ stores, notes, now }: SearchServiceDependencies, recent: RecentSearches): Handlers['search'] {
  return {
    async query({ text, limit, meaning = false }, signal) {
      const began = performance.now();
      const request = { text, now: now() };
      const kinds = kindsOf(parseQuery(text, request.now));
      const understood = understand(request, wordsFor(stores, kinds));
      const said = searchEverything(stores.db, { ...request, limit, understood });
      const { count, ...found } = kinds.includes('notes') ? await notes.search({ ...request, limit, meaning, understood }, signal) : noNotes;
      const taken = together([...found.taken, ...said.taken]);
      return { hits: said.hits, notes: found, counts: { ...said.counts, notes: count }, taken, ms: performance.now() - began };
    },
    passages({ noteId, text, limit }) {
      const understood = understand({ text, now: now() }, wordsFor(stores, ['notes', 'conversations']));
      return passagesIn(stores.notesDb, understood, { noteId, limit });
    },
    recent: () => (stores.settings.get().recentSearches ? recent.list() : []),
    keep({ text }) {
      if (stores.settings.get().recentSearches && !isTalkTemporary(stores)) recent.keep(text, now());
      return {};
    },
    removeRecent({ text }) {
      if (text === null) recent.clear();
      else recent.remove(text);
      return {};
    },
  };
}

/** The list goes when the owner wants none, and when something is forgotten. */
const clearing = (recent: RecentSearches, { stores, events }: Pick<SearchServiceDependencies, 'stores' | 'events'>): (() => void) =>
  events.listen((event) => {
    const isForgetting = event.type === 'forgetting' && ['pending', 'erasing'].includes(event.forgetting.state);
    const isOff = event.type === 'changed' && event.what === 'settings' && !stores.settings.get().recentSearches;
    if (isForgetting || isOff) recent.clear();
  });

function wordsFor({ db, notesDb }: SearchServiceDependencies['stores'], kinds: readonly string[]): KnownWords[] {
  const notes = kinds.includes('notes') ? [wordsOf(notesDb, 'chunk_words')] : [];
  return kinds.some((kind) => kind !== 'notes') ? [...notes, wordsOf(db, 'memory_words'), wordsOfTitles(db)] : notes;
}

/** A word is named once, with what was taken for it anywhere. */
function together(taken: readonly Taken[]): Taken[] {
  return [...new Set(taken.map(({ typed }) => typed))].map((typed) => ({
    typed,
    words: [...new Set(taken.filter((one) => one.typed === typed).flatMap(({ words }) => words))],
  }));
}

/** Whoever talks in a temporary conversation leaves nothing behind, not even what they looked up beside it. */
function isTalkTemporary({ kept, temporary }: SearchServiceDependencies['stores']): boolean {
  const latest = ({ conversations }: typeof kept) => Math.max(0, ...conversations.list({ archived: false }).map(({ updatedAt }) => updatedAt));
  return latest(temporary) > latest(kept);
}
