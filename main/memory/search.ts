/** The owner's search over titles, messages and memories, as they type. */
import type { SearchHit } from '../contract/memory.ts';
import type { Counted, Taken } from '../contract/note.ts';
import type { Database } from '../store/database.ts';
import { folded } from '../store/noteText.ts';
import { markedWords, marks, metWords, mostMet, titles, writtenWithin, type Met, type TitleRow, type WordsHit } from '../store/searchWords.ts';
import { wordsOf, wordsOfTitles } from '../words/known.ts';
import { marksIn } from '../words/marks.ts';
import { hasFilter, kindsOf, matchOf, termOf, type Wanted } from '../words/query.ts';
import { asWritten, understand, type Understood } from '../words/understand.ts';
import { excerpt, type Excerpt } from './excerpt.ts';

/** Titles come first, but leave room for what was said. */
const mostTitles = 8;
/** One long conversation leaves room for others. */
const mostOfOne = 12;

export type SaidResults = { hits: SearchHit[]; counts: Record<'conversations' | 'messages' | 'memories', Counted>; taken: Taken[] };

/** `understood`: what was typed, where that is known already. */
export type SearchRequest = { text: string; limit: number; now: number; understood?: Understood };

/** All words must occur, "quoted ones" in order, the last one as its beginning. Best first, titles before the rest. */
export function searchEverything(db: Database, request: SearchRequest): SaidResults {
  const understood = request.understood ?? understand(request, [wordsOf(db, 'memory_words'), wordsOfTitles(db)]);
  const { query } = understood;
  const kinds = kindsOf(query);
  if (query.wanted.length === 0) return hasFilter(query) ? latest(db, understood, request.limit) : { hits: [], counts: countsOf([], []), taken: [] };
  const all = kinds.includes('conversations') ? titled(db, understood) : [];
  const named = all.slice(0, Math.min(mostTitles, request.limit)).map((row) => titleHit(row, understood));
  const { hits, met } = wordsHits(db, understood, request.limit - named.length);
  const shown = [...named, ...hits];
  return { hits: shown, counts: countsOf(all, met), taken: asWritten(understood.taken, shown.map(({ snippet, marks: where }) => ({ text: snippet, marks: where }))) };
}

const countsOf = (named: readonly TitleRow[], met: readonly Met[]): SaidResults['counts'] => {
  const said = met.filter(({ isSaid }) => isSaid === 1).length;
  const more = met.length >= mostMet;
  return { conversations: { count: named.length, more: false }, messages: { count: said, more }, memories: { count: met.length - said, more } };
};

/** What only filters ask for: what was lately used, and lately written down. */
function latest(db: Database, understood: Understood, limit: number): SaidResults {
  const { query } = understood;
  const kinds = kindsOf(query);
  const all = kinds.includes('conversations') ? titled(db, understood) : [];
  const written = kinds.includes('memories') ? writtenWithin(db, query.filters, limit).filter(({ key }) => query.unwanted.every((one) => marksIn(key, [one]).length === 0)) : [];
  const hits = [...all.slice(0, limit).map((row) => titleHit(row, understood)), ...written.map(toHit)];
  return { hits, counts: { ...countsOf(all, []), memories: { count: written.length, more: written.length === limit } }, taken: [] };
}

/** Conversations whose title holds everything. */
function titled(db: Database, { query, alike }: Understood): TitleRow[] {
  const { wanted, unwanted, filters } = query;
  const tests = wanted.map((one, index) => ({ beginnings: [...one.words.slice(0, 1), ...(alike.get(index) ?? [])].map((word) => folded(word).slice(0, 2)), one, others: new Map([[0, alike.get(index) ?? []]]) }));
  return titles(db).filter(({ title, at }) => {
    if (at >= (filters.before ?? Infinity) || at < (filters.after ?? -Infinity)) return false;
    // A quick look spares a slow one: what is ASCII is folded by lowering it.
    const plain = /^[\x20-\x7e]*$/u.test(title) ? title.toLowerCase() : folded(title);
    return (
      tests.every(({ beginnings }) => beginnings.some((beginning) => plain.includes(beginning))) &&
      tests.every(({ one, others }) => marksIn(title, [one], others).length > 0) &&
      unwanted.every((one) => marksIn(title, [one]).length === 0)
    );
  });
}

function titleHit(row: TitleRow, { query, alike }: Understood): SearchHit {
  return { kind: 'conversation', id: row.id, conversationId: row.id, title: row.title, snippet: row.title, marks: marksIn(row.title, query.wanted, alike), role: null, at: row.at, kept: row.kept === 1 };
}

function wordsHits(db: Database, { query, alike }: Understood, limit: number): { hits: SearchHit[]; met: Met[] } {
  const kinds = kindsOf(query);
  const of = [...(kinds.includes('conversations') ? (['said'] as const) : []), ...(kinds.includes('memories') ? (['written'] as const) : [])];
  const match = without(matchOf(query.wanted, alike), query.unwanted);
  if (match === null || of.length === 0) return { hits: [], met: [] };
  const met = metWords(db, match, { before: query.filters.before, after: query.filters.after, of });
  const best = spread(met, limit).map(({ seq }) => seq);
  const marked = new Map(markedWords(db, match, best).map((hit) => [hit.seq, hit]));
  return { hits: best.flatMap((seq) => marked.get(seq) ?? []).map(toHit), met };
}

const without = (match: string | null, unwanted: readonly Wanted[]): string | null =>
  match === null || unwanted.length === 0 ? match : `(${match}) NOT (${unwanted.map(termOf).join(' OR ')})`;

/** The best of each conversation, and the best of what was written down, which many messages must not crowd out. In their order. */
function spread(met: readonly Met[], limit: number): Met[] {
  const inConversation = new Map<string | null, number>();
  const said = met.filter(({ conversationId, isSaid }) => {
    if (isSaid === 0) return false;
    const already = inConversation.get(conversationId) ?? 0;
    inConversation.set(conversationId, already + 1);
    return already < mostOfOne;
  });
  const written = met.filter(({ isSaid }) => isSaid === 0);
  const room = Math.max(Math.floor(limit / 4), limit - said.length);
  const kept = new Set([...written.slice(0, room), ...said.slice(0, limit - Math.min(room, written.length))]);
  return met.filter((one) => kept.has(one));
}

function toHit(hit: WordsHit): SearchHit {
  const shown: Excerpt = excerpt(bodyOf(hit.key), marks);
  const common = { conversationId: hit.conversationId, title: hit.title ?? '', snippet: shown.text, marks: shown.marks, role: hit.role, at: hit.at, kept: hit.kept === 1 };
  return hit.messageId === null ? { kind: 'memory', id: hit.id, ...common } : { kind: 'message', id: hit.messageId, ...common };
}

/** The key without its first two lines, speaker and date. */
const bodyOf = (key: string) => key.split('\n').slice(2).join(' ');
