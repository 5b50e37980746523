/** The owner's search over their notes by words, as they type: grouped by note, each with its best passage. */
import type { Database } from '../store/database.ts';
import { countRows, foundChunks, foundNotes, latestNotes, notesHolding, notesWithin, rankedNotes, type FoundChunk, type FoundNote, type MetNote, type Within } from '../store/noteSearch.ts';
import { folded } from '../store/noteText.ts';
import { knownWords } from '../store/noteVocabulary.ts';
import { alike, beginningsFor, grown, rootOf } from './alike.ts';
import { marksIn, stem } from './marks.ts';
import { matchOf, parseQuery, termOf, type NoteQuery, type Wanted } from './query.ts';

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
  /** Words that stand nowhere, and what was searched for in their place. */
  taken: { typed: string; words: string[] }[];
};

/** When more rows match, those are ranked that match in a title or heading; the rest is newest first: ranking all takes longer than typing. */
const mostRanked = 12_000;

type Terms = { wanted: readonly Wanted[]; alike: ReadonlyMap<number, readonly string[]> };

/** All words must stand in a note: in one passage, with its headings and the title, or else in several. */
export function searchNotes(db: Database, request: { text: string; limit: number; now: number }): NoteResults {
  const query = parseQuery(request.text, request.now);
  const within: Within = { filters: query.filters, unwanted: query.unwanted.length === 0 ? null : query.unwanted.map(termOf).join(' OR ') };
  if (query.wanted.length === 0) return { hits: hasFilter(query) ? shown(db, notesWithin(db, within, request.limit), { wanted: [], alike: new Map() }) : [], taken: [] };
  const { terms, taken } = understood(db, query.wanted);
  const met = metNotes(db, terms, { within, limit: request.limit });
  return { hits: shown(db, met, terms), taken };
}

const hasFilter = ({ filters, unwanted }: NoteQuery) =>
  filters.tags.length + filters.paths.length + filters.types.length + unwanted.length > 0 || filters.before !== null || filters.after !== null;

/** For a word that stands nowhere, those that may be meant; for one being typed, those whose stem does not show it. */
function understood(db: Database, wanted: readonly Wanted[]): { terms: Terms; taken: NoteResults['taken'] } {
  const others = new Map<number, readonly string[]>();
  const taken: NoteResults['taken'] = [];
  for (const [index, one] of wanted.entries()) {
    const word = folded(one.words[0]!);
    if (one.isQuoted || one.words.length > 1 || !/^\p{L}+$/u.test(word)) continue;
    const root = one.isTyped ? rootOf(word) : null;
    const forms = root === null ? [] : grown(word, knownWords(db, root));
    if (forms.length > 0) others.set(index, forms);
    else if (countRows(db, termOf(one), 1) === 0) {
      const meant = alike(word, beginningsFor(word).flatMap((beginning) => knownWords(db, beginning)), { isTyped: one.isTyped, stem });
      if (meant.length === 0) continue;
      others.set(index, meant);
      taken.push({ typed: one.words[0]!, words: meant });
    }
  }
  return { terms: { wanted, alike: others }, taken };
}

function metNotes(db: Database, { wanted, alike: others }: Terms, { within, limit }: { within: Within; limit: number }): MetNote[] {
  const match = matchOf(wanted, others)!;
  if (countRows(db, match, mostRanked + 1) > mostRanked) return frequent(db, match, { within, limit });
  const together = rankedNotes(db, { match, within, limit });
  if (together.length === limit || wanted.length === 1) return together;
  return withoutTwice([...together, ...apart(db, { wanted, alike: others }, { within, limit })]).slice(0, limit);
}

function frequent(db: Database, match: string, { within, limit }: { within: Within; limit: number }): MetNote[] {
  const named = `{title headings} : (${match})`;
  const best = countRows(db, named, mostRanked + 1) > mostRanked ? [] : rankedNotes(db, { match: named, within, limit });
  return best.length === limit ? best : withoutTwice([...best, ...latestNotes(db, { match, within, limit })]).slice(0, limit);
}

/** Notes in which all words stand, though in no passage all of them. The rarest word first: what has it not is not looked at again. */
function apart(db: Database, { wanted, alike: others }: Terms, { within, limit }: { within: Within; limit: number }): MetNote[] {
  const terms = wanted
    .map((one, index) => matchOf([one], new Map([[0, others.get(index) ?? []]]))!)
    .map((match) => ({ match, rows: countRows(db, match, mostRanked) }))
    .sort((one, other) => one.rows - other.rows);
  let notes: number[] | null = null;
  for (const { match } of terms) {
    notes = notesHolding(db, match, notes);
    if (notes.length === 0) return [];
  }
  const rare = terms.filter(({ rows }) => rows < mostRanked);
  if (rare.length === 0) return [];
  return rankedNotes(db, { match: rare.map(({ match }) => `(${match})`).join(' OR '), within, limit, only: notes! });
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
