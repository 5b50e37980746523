/** Finding in notes by words and by meaning: the owner's search as they type, and passages for a question. */
import type { Database } from '../store/database.ts';
import { noFilters } from '../store/noteFilters.ts';
import { foundChunks, foundNotes, rankedChunks, type FoundNote, type NoteScope } from '../store/noteSearch.ts';
import { marksIn } from '../words/marks.ts';
import { questionOf } from './asked.ts';
import { searchNotes, type NoteResults, type Passage, type SearchRequest } from './search.ts';
import { termOf } from '../words/query.ts';

export type FindDependencies = { db: Database };

export type FindRequest = SearchRequest & { /** Whether meaning is asked, too. */ meaning: boolean };

/** `mode`: whether meaning had a say. */
export type FoundNotes = NoteResults & { mode: 'hybrid' | 'words' };

export async function findNotes({ db }: FindDependencies, request: FindRequest, signal: AbortSignal): Promise<FoundNotes> {
  signal.throwIfAborted();
  return { ...searchNotes(db, request), mode: 'words' };
}

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
export async function findPassages({ db }: FindDependencies, { question, scope, limit }: PassageRequest, signal: AbortSignal): Promise<FoundPassages> {
  signal.throwIfAborted();
  const wanted = questionOf(question);
  if (wanted.length === 0) return { passages: [], confidence: 0, mode: 'words' };
  const ranked = rankedChunks(db, { match: wanted.map(termOf).join(' OR '), within: { filters: noFilters, unwanted: null, scope }, limit });
  const chunks = foundChunks(db, ranked.map(({ seq }) => seq));
  const notes = foundNotes(db, [...chunks.values()].map(({ noteSeq }) => noteSeq));
  const best = ranked[0]?.score ?? 1;
  const passages = ranked.flatMap(({ seq, score }): FoundPassage[] => {
    const chunk = chunks.get(seq);
    const note = chunk && notes.get(chunk.noteSeq);
    if (!chunk || !note) return [];
    const { seq: _, noteSeq: __, n: ___, ...passage } = chunk;
    const { id, folderId, path, title, type, modifiedAt } = note;
    return [{ note: { id, folderId, path, title, type, modifiedAt }, passage: { ...passage, marks: marksIn(chunk.text, wanted) }, score: score / best }];
  });
  return { passages, confidence: ranked.length === 0 ? 0 : shareMet(wanted.length, passages[0]!), mode: 'words' };
}

/** Of the question's words, how many stand in the best passage. */
const shareMet = (words: number, { passage }: FoundPassage) => Math.min(1, new Set(passage.marks.map(([from, to]) => passage.text.slice(from, to).toLowerCase())).size / words);
