/** The owner's search over their notes by words, as they type: grouped by note, each with its best passage. */
import type { Taken } from '../contract/note.ts';
import type { Database } from '../store/database.ts';
import { countRows, foundChunks, foundNotes, latestNotes, notesHolding, notesWithin, rankedNotes, type FoundChunk, type FoundNote, type MetNote, type Within } from '../store/noteSearch.ts';
import { folded } from '../store/noteText.ts';
import { wordsOf } from '../words/known.ts';
import { marksIn } from '../words/marks.ts';
import { hasFilter, matchOf, matchOfOne, termOf, type SearchQuery, type Wanted } from '../words/query.ts';
import { asWritten, understand, type Understood } from '../words/understand.ts';

export type Passage = Omit<FoundChunk, 'seq' | 'noteSeq' | 'n'> & { /** Character ranges in its text, [start, end). */ marks: [number, number][] };

export type NoteHit = Omit<FoundNote, 'seq' | 'titleKey'> & {
  titleMarks: [number, number][];
  /** Null where nothing could be read of it. */
  passage: Passage | null;
  /** How many of its passages hold what was wanted. */
  count: number;
};

export type NoteResults = {
  hits: NoteHit[];
  taken: Taken[];
};

/** When more rows match, those are ranked that match in a title or heading; the rest is newest first: ranking all takes longer than typing. */
const mostRanked = 6_000;
/** What stands in so many rows stands nearly everywhere. */
const common = 12_000;

export type Terms = Pick<Understood['query'], 'wanted'> & Pick<Understood, 'alike'>;

/** `understood`: what was typed, where that is known already. */
export type SearchRequest = { text: string; limit: number; now: number; understood?: Understood };

/** All words must stand in a note: in one passage, with its headings and the title, or else in several. */
export function searchNotes(db: Database, request: SearchRequest): NoteResults {
  const { query, alike, taken } = request.understood ?? understand(request, [wordsOf(db, 'chunk_words')]);
  const within = withinOf(query);
  if (query.wanted.length === 0) return { hits: hasFilter(query) ? shown(db, notesWithin(db, within, request.limit), { wanted: [], alike }) : [], taken: [] };
  const terms = settled(db, { wanted: query.wanted, alike });
  const hits = shown(db, metNotes(db, terms, { within, limit: request.limit }), terms);
  return { hits, taken: asWritten(taken, hits.flatMap(({ title, titleMarks, passage }) => [{ text: title, marks: titleMarks }, ...(passage ? [passage] : [])])) };
}

export const withinOf = ({ filters, unwanted }: SearchQuery): Within => ({ filters, unwanted: unwanted.length === 0 ? null : unwanted.map(termOf).join(' OR ') });

type Where = { within: Within; limit: number };

/** In front, those in which the words stand one after the other: whoever remembers a sentence types it as it went. */
function metNotes(db: Database, asked: Terms, where: Where): MetNote[] {
  const terms = tellingOf(db, asked);
  const met = metByWords(db, terms, where);
  const counts = new Map(met.map(({ noteSeq, count }) => [noteSeq, count]));
  const inOrder = inOrderTyped(db, asked, where).map((one) => ({ ...one, count: counts.get(one.noteSeq) ?? one.count }));
  return withoutTwice([...inOrder, ...met]).slice(0, where.limit);
}

/** What stands one after the other in more passages than this tells nothing. */
const mostInOrder = 500;

function inOrderTyped(db: Database, terms: Terms, { within, limit }: Where): MetNote[] {
  if (terms.wanted.length < 2) return [];
  const { said, begun } = withoutBegun(terms);
  const match = sentencesMeant(said).join(' OR ');
  const rows = countRows(db, match, mostInOrder + 1);
  return rows === 0 || rows > mostInOrder ? [] : rankedNotes(db, { match: begun === null ? match : `(${match}) AND ${begun}`, within, limit });
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

function metByWords(db: Database, { wanted, alike: others }: Terms, { within, limit }: Where): MetNote[] {
  const match = matchOf(wanted, others)!;
  if (countRows(db, match, mostRanked + 1) > mostRanked) return frequent(db, match, { within, limit });
  const together = rankedNotes(db, { match, within, limit });
  if (together.length === limit || wanted.length === 1) return together;
  return withoutTwice([...together, ...apart(db, { wanted, alike: others }, { within, limit })]).slice(0, limit);
}

function frequent(db: Database, match: string, { within, limit }: Where): MetNote[] {
  const named = `{title headings} : (${match})`;
  const best = countRows(db, named, mostRanked + 1) > mostRanked ? [] : rankedNotes(db, { match: named, within, limit });
  return best.length === limit ? best : withoutTwice([...best, ...latestNotes(db, { match, within, limit })]).slice(0, limit);
}

/** Notes in which all words stand, though in no passage all of them. */
function apart(db: Database, terms: Terms, { within, limit }: Where): MetNote[] {
  const only = notesHoldingAll(db, terms);
  const rare = only.length === 0 ? [] : rowsOf(db, terms).filter(({ rows }) => rows < common);
  if (rare.length === 0) return [];
  return rankedNotes(db, { match: rare.map(({ match }) => `(${match})`).join(' OR '), within, limit, only });
}

type Known = { settled?: Terms; telling?: Terms; notes?: number[] };
/** By what was wanted: the same search is counted for its facets, too. */
const knownOf = new WeakMap<readonly Wanted[], Known>();

function known<K extends keyof Known>(wanted: readonly Wanted[], key: K, find: () => NonNullable<Known[K]>): NonNullable<Known[K]> {
  const all = knownOf.get(wanted) ?? {};
  knownOf.set(wanted, all);
  return (all[key] ??= find())!;
}

/** A word that stands nearly everywhere is no other's beginning, until another letter is typed: all that begin with "the" take long to look for. */
export const settled = (db: Database, terms: Terms): Terms =>
  known(terms.wanted, 'settled', () => {
    const last = terms.wanted.at(-1);
    if (!last?.isTyped || countRows(db, termOf({ ...last, words: last.words.slice(-1), isTyped: false }), common) < common) return terms;
    const alike = new Map([...terms.alike].filter(([at]) => at !== terms.wanted.length - 1));
    return { wanted: [...terms.wanted.slice(0, -1), { ...last, isTyped: false }], alike };
  });

/**
 * Without what stands nearly everywhere, where there is more: it leaves out next to nothing, and to look for it takes
 * longer than all the rest. What stands in quotes is asked for as it is.
 */
export const tellingOf = (db: Database, terms: Terms): Terms =>
  known(terms.wanted, 'telling', () => {
    if (terms.wanted.length < 2) return terms;
    const kept = terms.wanted.flatMap((one, index) => {
      const isCommon = !one.isQuoted && countRows(db, matchOfOne(one, terms.alike.get(index)), common) === common;
      return isCommon ? [] : [{ one, others: terms.alike.get(index) }];
    });
    if (kept.length === 0 || kept.length === terms.wanted.length) return terms;
    return { wanted: kept.map(({ one }) => one), alike: new Map(kept.flatMap(({ others }, index) => (others ? [[index, others] as const] : []))) };
  });

/** Notes in which all words stand, wherever. The rarest word first: what has it not is not looked at again. */
export const notesHoldingAll = (db: Database, terms: Terms): number[] =>
  known(terms.wanted, 'notes', () => {
    let notes: number[] | null = null;
    for (const { match } of rowsOf(db, terms)) {
      notes = notesHolding(db, match, notes);
      if (notes.length === 0) break;
    }
    return notes ?? [];
  });

const rowsOf = (db: Database, { wanted, alike: others }: Terms) =>
  wanted
    .map((one, index) => matchOfOne(one, others.get(index)))
    .map((match) => ({ match, rows: countRows(db, match, common) }))
    .sort((one, other) => one.rows - other.rows);

function withoutTwice(met: readonly MetNote[]): MetNote[] {
  const seen = new Set<number>();
  return met.filter(({ noteSeq }) => !seen.has(noteSeq) && seen.add(noteSeq));
}

/** As the window shows them. A note that is called as typed comes first. */
function shown(db: Database, met: readonly MetNote[], { wanted, alike: others }: Terms): NoteHit[] {
  const notes = foundNotes(db, met.map(({ noteSeq }) => noteSeq));
  const chunks = foundChunks(db, met.map(({ seq }) => seq));
  const typed = folded(wanted.flatMap(({ words }) => words).join(' '));
  const isCalled = ({ noteSeq }: MetNote) => notes.get(noteSeq)?.titleKey === typed;
  return [...met.filter(isCalled), ...met.filter((one) => !isCalled(one))].flatMap((one) => {
    const found = notes.get(one.noteSeq);
    if (!found) return [];
    const { seq: _, titleKey: __, ...note } = found;
    const chunk = chunks.get(one.seq);
    return [{ ...note, titleMarks: marksIn(note.title, wanted, others), passage: chunk ? passageOf(chunk, wanted, others) : null, count: one.count }];
  });
}

function passageOf({ seq: _, noteSeq: __, n: ___, ...chunk }: FoundChunk, wanted: readonly Wanted[], others: Terms['alike']): Passage {
  return { ...chunk, marks: marksIn(chunk.text, wanted, others) };
}
