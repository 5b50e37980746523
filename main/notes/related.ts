/** Notes that belong beside the one being read: near in meaning, alike in their rare words, linked, or under the same tags. */
import type { Database } from '../store/database.ts';
import { noFilters } from '../store/noteFilters.ts';
import { linkedNotes } from '../store/noteList.ts';
import { chunkSeqs, countChunks, countRows, foundChunks, foundNotes, noteChunks, noteSeqs, notesTaggedAs, rankedNotes } from '../store/noteSearch.ts';
import { getNote, linksFrom, linksTo } from '../store/notes.ts';
import { noteOfRow, ownRow } from '../store/noteWords.ts';
import { isTelling, wordsOf } from '../meaning/words.ts';
import type { NoteMeaning } from './meaning/noteMeaning.ts';
import { rarityOf } from './rank.ts';
import type { NoteHit } from './search.ts';

export type RelatedDependencies = { db: Database; /** Absent: without meaning. */ meaning?: Pick<NoteMeaning, 'like'> };

/** What each is worth, of 1. */
const worth = { meaning: 0.6, words: 0.4, linked: 0.35, tag: 0.1 };
const mostTags = 3;
const mostNear = 60;
/** Words that stand for a note, and those looked at for it. */
const mostWords = 16;
const mostLooked = 60;
const mostRows = 5_000;

type Near = { seq: number; score: number };

/** Best first, with the passage that is nearest. */
export async function relatedNotes({ db, meaning }: RelatedDependencies, { id, limit }: { id: string; limit: number }): Promise<NoteHit[]> {
  const note = getNote(db, id);
  const chunks = noteChunks(db, id);
  const scores = new Map<number, Near>();
  const add = (noteSeq: number, score: number, seq: number) => {
    const found = scores.get(noteSeq);
    scores.set(noteSeq, { seq: found?.seq ?? seq, score: (found?.score ?? 0) + score });
  };
  for (const { noteSeq, seq, score } of await byMeaning(db, chunks, meaning)) add(noteSeq, worth.meaning * score, seq);
  for (const { noteSeq, seq, score } of byWords(db, [note.title, ...chunks.map(({ text }) => text)].join('\n'))) add(noteSeq, worth.words * score, seq);
  for (const { noteSeq, tags } of notesTaggedAs(db, id)) add(noteSeq, worth.tag * Math.min(mostTags, tags), ownRow(noteSeq));
  const linkOf = linkedNotes(db, note.folderId);
  const linked = new Set([...linksTo(db, id).map(({ noteId }) => noteId), ...linksFrom(db, id).flatMap(({ target }) => (target === '' ? [] : (linkOf(target) ?? [])))]);
  const seqs = noteSeqs(db, [id, ...linked]);
  for (const one of linked) if (seqs.has(one)) add(seqs.get(one)!, worth.linked, ownRow(seqs.get(one)!));
  scores.delete(seqs.get(id)!);
  return shown(db, [...scores].map(([noteSeq, near]) => ({ noteSeq, ...near })).sort((a, b) => b.score - a.score).slice(0, limit));
}

/** Of each note its nearest passage; the nearest of all has 1. */
async function byMeaning(db: Database, chunks: readonly { id: string }[], meaning: RelatedDependencies['meaning']): Promise<{ noteSeq: number; seq: number; score: number }[]> {
  const like = meaning ? await meaning.like(chunks.map(({ id }) => id), mostNear) : new Map<string, number>();
  const seqs = chunkSeqs(db, [...like.keys()]);
  const best = new Map<number, Near>();
  for (const [id, score] of like) {
    const seq = seqs.get(id);
    if (seq !== undefined && score > (best.get(noteOfRow(seq))?.score ?? 0)) best.set(noteOfRow(seq), { seq, score });
  }
  const most = Math.max(0, ...[...best.values()].map(({ score }) => score)) || 1;
  return [...best].map(([noteSeq, { seq, score }]) => ({ noteSeq, seq, score: (score / most) ** 2 }));
}

/** By the words that this note says often and few others say. */
function byWords(db: Database, text: string): { noteSeq: number; seq: number; score: number }[] {
  const counts = new Map<string, number>();
  for (const word of wordsOf(text)) if (isTelling(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const all = countChunks(db);
  const telling = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostLooked)
    .map(([word, count]) => ({ word, count, rows: countRows(db, `"${word}"`, mostRows) }))
    .filter(({ rows }) => rows > 1 && rows < mostRows)
    .sort((a, b) => b.count * rarityOf(b.rows, all) - a.count * rarityOf(a.rows, all))
    .slice(0, mostWords);
  if (telling.length === 0) return [];
  const met = rankedNotes(db, { match: telling.map(({ word }) => `"${word}"`).join(' OR '), within: { filters: noFilters, unwanted: null }, limit: mostNear });
  // The note itself comes first: what is measured is how near others come to it.
  const best = met[0]?.score || 1;
  return met.map(({ noteSeq, seq, score }) => ({ noteSeq, seq, score: score / best }));
}

function shown(db: Database, near: readonly { noteSeq: number; seq: number }[]): NoteHit[] {
  const notes = foundNotes(db, near.map(({ noteSeq }) => noteSeq));
  const chunks = foundChunks(db, near.map(({ seq }) => seq));
  return near.flatMap(({ noteSeq, seq }): NoteHit[] => {
    const found = notes.get(noteSeq);
    if (!found) return [];
    const { seq: _, titleKey: __, ...note } = found;
    const chunk = chunks.get(seq);
    if (!chunk) return [{ ...note, titleMarks: [], passage: null, count: 0 }];
    const { seq: ___, noteSeq: ____, n: _____, ...passage } = chunk;
    return [{ ...note, titleMarks: [], passage: { ...passage, marks: [] }, count: 1 }];
  });
}
