/** Finding in notes by words and by meaning: the owner's search as they type, and passages for a question. */
import { noFilters } from '../store/noteFilters.ts';
import type { FoundNote, NoteScope } from '../store/noteSearch.ts';
import { marksIn } from '../words/marks.ts';
import { parseQuery, termOf, type SearchQuery, type Wanted } from '../words/query.ts';
import { wordsOf } from '../words/known.ts';
import { asWritten, understand, type Understood } from '../words/understand.ts';
import { isNatural, isTelling, tellingWords } from './asked.ts';
import { rankPassages, type PassageDependencies, type RankedPassage } from './rankPassages.ts';
import { searchNotes, withinOf, type NoteHit, type NoteResults, type Passage, type SearchRequest } from './search.ts';

export type FindDependencies = PassageDependencies & {
  /** How long meaning is waited for while one types; usually not so long that it is felt. */
  patienceMs?: number;
};

export type FindRequest = SearchRequest & { /** Whether meaning is asked, too. */ meaning: boolean };

/** `mode`: whether meaning had a say. `near`: none has all of the words, and these bear on them most. */
export type FoundNotes = NoteResults & { mode: 'hybrid' | 'words'; near: boolean };

/** While one types, words do not wait longer than this for meaning. */
const typingPatienceMs = 300;
const questionPatienceMs = 1_500;
/** Where all words must stand, what stands out less than this in meaning is not shown behind. Standard deviations. */
const leastDistinction = 3.5;
const mostBehind = 8;
/** Where none of the words stands anywhere, more than these are guesses. */
const mostUnmet = 8;
/** Of a note's next best passage, what it adds to the best. */
const nextShare = 0.1;

/** All words must stand in a note, and what is close in meaning comes behind; of a question, or a sentence, what bears on it most. */
export async function findNotes(deps: FindDependencies, request: FindRequest, signal: AbortSignal): Promise<FoundNotes> {
  signal.throwIfAborted();
  const understood = request.understood ?? understand(request, [wordsOf(deps.db, 'chunk_words')]);
  const exact = isNatural(request.text, understood.query) ? null : searchNotes(deps.db, { ...request, understood });
  if (exact && isEnough(exact, understood.query, request)) return { ...exact, mode: 'words', near: false };
  const { passages, mode } = await rankPassages(deps, queryOf(understood, request.meaning ? (deps.patienceMs ?? typingPatienceMs) : 0), signal);
  const others = byNote(exact ? behind(passages, exact, understood.query) : passages);
  return { ...joined(exact, others, { understood, limit: request.limit }), mode };
}

/** Where some notes have all of the words, only what stands out in meaning follows; where none has, what bears on them most. */
const behind = (passages: RankedPassage[], { hits }: NoteResults, { wanted }: SearchQuery) =>
  hits.length > 0 || wanted.length === 1 ? passages.filter(({ score }) => score.distinction >= leastDistinction).slice(0, mostBehind) : passages;

/** Nothing is to be put behind what all words stand in. */
const isEnough = ({ hits }: NoteResults, { wanted }: SearchQuery, { limit, meaning }: FindRequest) => wanted.length === 0 || hits.length >= limit || (!meaning && (hits.length > 0 || wanted.length === 1));

/** `exact`: null where the words need not stand together. */
function joined(exact: NoteResults | null, others: RankedNote[], { understood, limit }: { understood: Understood; limit: number }): NoteResults & { near: boolean } {
  const first = exact?.hits ?? [];
  const ids = new Set(first.map(({ id }) => id));
  const shown = others.filter(({ best }) => !ids.has(best.note.id)).slice(0, Math.max(0, limit - first.length));
  const near = exact?.hits.length === 0;
  const isUnmet = near && shown.every(({ count }) => count === 0);
  const hits = [...first, ...shown.slice(0, isUnmet ? mostUnmet : shown.length).map((one) => hitOf(one, understood))];
  return { hits, taken: takenIn(understood, hits), near };
}

/** What stands in quotes must stand in the note. */
function queryOf({ query, alike }: Understood, patienceMs: number) {
  const quoted = query.wanted.filter(({ isQuoted }) => isQuoted).map(termOf);
  return { text: saidIn(query), wanted: query.wanted, alike, within: { ...withinOf(query), required: quoted }, patienceMs };
}

/** Without filters and what is not wanted. */
const saidIn = ({ wanted }: SearchQuery) => wanted.map(({ words }) => words.join(' ')).join(' ');

type RankedNote = { best: RankedPassage; total: number; count: number };

function byNote(passages: readonly RankedPassage[]): RankedNote[] {
  const notes = new Map<number, RankedNote>();
  for (const passage of passages) {
    const found = notes.get(passage.note.seq);
    const met = passage.score.coverage > 0 ? 1 : 0;
    if (!found) notes.set(passage.note.seq, { best: passage, total: passage.score.total, count: met });
    else {
      if (found.total === found.best.score.total) found.total += nextShare * passage.score.total;
      found.count += met;
    }
  }
  return [...notes.values()].sort((a, b) => b.total - a.total);
}

function hitOf({ best: { chunk, note }, count }: RankedNote, { query, alike }: Understood): NoteHit {
  const { seq: _, titleKey: __, ...shown } = note;
  const marked = markedOf(saidIn(query), query.wanted, alike);
  return { ...shown, titleMarks: marked(note.title), passage: { ...passageOf(chunk), marks: marked(chunk.text) }, count };
}

const passageOf = ({ seq: _, noteSeq: __, n: ___, ...passage }: RankedPassage['chunk']): Omit<Passage, 'marks'> => passage;

/** Words that tell nothing stand everywhere: they are not marked. */
function markedOf(text: string, wanted: readonly Wanted[], alike: ReadonlyMap<number, readonly string[]>): (text: string) => [number, number][] {
  const telling = tellingWords(text);
  const kept = wanted.map((one, index) => ({ one, others: alike.get(index) ?? [] })).filter(({ one }) => isTelling(one, telling));
  const others = new Map(kept.map((one, index) => [index, one.others]));
  return (shown) => marksIn(shown, kept.map(({ one }) => one), others);
}

const takenIn = ({ taken }: Understood, hits: readonly NoteHit[]) =>
  asWritten(taken, hits.flatMap(({ title, titleMarks, passage }) => [{ text: title, marks: titleMarks }, ...(passage ? [passage] : [])]));

export type PassageRequest = { question: string; scope: NoteScope; limit: number; now: number };

export type FoundPassage = {
  note: Pick<FoundNote, 'id' | 'folderId' | 'path' | 'title' | 'type' | 'modifiedAt'>;
  passage: Passage;
  /** 0 to 1, the best having 1; comparable within one answer only. */
  score: number;
};

export type FoundPassages = {
  /** Best first; several of one note may be among them. */
  passages: FoundPassage[];
  /** How likely the notes hold the answer, 0 to 1. */
  confidence: number;
  mode: 'hybrid' | 'words';
};

/** What bears on a question in natural language. Not all of its words must stand in a passage. */
export async function findPassages(deps: FindDependencies, { question, scope, limit }: PassageRequest, signal: AbortSignal): Promise<FoundPassages> {
  signal.throwIfAborted();
  const wanted = parseQuery(question, 0).wanted.map((one) => ({ ...one, isTyped: false }));
  if (wanted.length === 0) return { passages: [], confidence: 0, mode: 'words' };
  const within = { filters: noFilters, unwanted: null, scope };
  const { passages, mode } = await rankPassages(deps, { text: question, wanted, alike: new Map(), within, patienceMs: questionPatienceMs }, signal);
  const marked = markedOf(question, wanted, new Map());
  const best = passages[0]?.score.total || 1;
  const found = passages.slice(0, limit).map(({ chunk, note, score }): FoundPassage => {
    const { id, folderId, path, title, type, modifiedAt } = note;
    return { note: { id, folderId, path, title, type, modifiedAt }, passage: { ...passageOf(chunk), marks: marked(chunk.text) }, score: score.total / best };
  });
  return { passages: found, confidence: passages.length === 0 ? 0 : confidenceOf(passages, mode), mode };
}

/**
 * By how much of the question stands in the best passage, and how far that stands out in meaning. Fitted on every other one
 * of 220 of SQuAD's development questions, half of them without an answer; what it is worth: `npm run bench -- search`.
 */
function confidenceOf([best]: readonly RankedPassage[], mode: FoundPassages['mode']): number {
  const { coverage, distinction } = best!.score;
  const odds = mode === 'hybrid' ? coverage + 0.43 * distinction - 2.8 : 4 * coverage - 2.5;
  return 1 / (1 + Math.exp(-odds));
}
