/** The owner's search over their notes by words, as they type: grouped by note, each with its best passage. */
import type { Taken } from '../contract/note.ts';
import type { Database } from '../store/database.ts';
import { countRows, foundChunks, foundNotes, latestNotes, notesWithin, rankedNotes, type FoundChunk, type FoundNote, type MetNote, type Within } from '../store/noteSearch.ts';
import { folded } from '../store/noteText.ts';
import { wordsOf } from '../words/known.ts';
import { marksIn } from '../words/marks.ts';
import { hasFilter, matchOf, termOf, type SearchQuery, type Wanted } from '../words/query.ts';
import { asWritten, understand, type Understood } from '../words/understand.ts';
import { sentenceTyped } from './sentence.ts';
import { notesHoldingAll, rareOf, settled, tellingOf, type Terms } from './terms.ts';

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
  const inOrder = asTyped(db, asked, where).map((one) => ({ ...one, count: counts.get(one.noteSeq) ?? one.count }));
  return withoutTwice([...inOrder, ...met]).slice(0, where.limit);
}

function asTyped(db: Database, terms: Terms, where: Where): MetNote[] {
  const match = sentenceTyped(db, terms);
  return match === null ? [] : rankedNotes(db, { match, ...where });
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
  const rare = only.length === 0 ? [] : rareOf(db, terms);
  if (rare.length === 0) return [];
  return rankedNotes(db, { match: rare.map((match) => `(${match})`).join(' OR '), within, limit, only });
}

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
