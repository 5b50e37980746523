/** The notes of a scope as research looks into them. */
import type { Database } from '../store/database.ts';
import { foundChunks, foundNotes, type NoteScope } from '../store/noteSearch.ts';
import { spaceOut } from '../store/memoryKey.ts';
import { countScope, latestRows, noteFacts, rowsOfTime, withinScope } from '../store/noteFacts.ts';
import type { FoundPassage, FoundPassages, PassageRequest } from './find.ts';

export type LibraryPassage = Omit<FoundPassage['passage'], 'marks'> & { note: FoundPassage['note']; score: number };
export type LibraryFacts = { id: string; aliases: string[]; tags: string[]; dated: number | null; linked: { id: string; title: string }[] };

export type NoteLibrary = {
  find(query: { text: string; limit: number; noteIds?: string[] }, signal: AbortSignal): Promise<LibraryPassage[]>;
  within(stretch: { from: number; until: number }, limit: number): LibraryPassage[];
  /** In which a form of each word stands, of the notes written last first. */
  latest(words: readonly (readonly string[])[], limit: number): LibraryPassage[];
  facts(noteIds: string[]): LibraryFacts[];
  count(): number;
};

export type LibraryDependencies = {
  db: Database;
  find(request: PassageRequest, signal: AbortSignal): Promise<FoundPassages>;
  now(): number;
};

export function createNoteLibrary({ db, find, now }: LibraryDependencies, scope: NoteScope): NoteLibrary {
  return {
    async find({ text, limit, noteIds }, signal) {
      const within = noteIds ? { folderIds: [], tags: [], noteIds: withinScope(db, scope, noteIds) } : scope;
      if (noteIds && within.noteIds.length === 0) return [];
      const { passages } = await find({ question: text, scope: within, limit, now: now() }, signal);
      return passages.map(({ note, passage: { marks: _, ...passage }, score }) => ({ ...passage, note, score }));
    },
    within: ({ from, until }, limit) => passagesAt(db, rowsOfTime(db, { from, until, named: monthsNamed(from, until), scope, limit })),
    latest(words, limit) {
      const match = words.map((forms) => `(${forms.map((form) => `"${spaceOut(form).replaceAll('"', '').trim()}"`).join(' OR ')})`).join(' AND ');
      return match === '' ? [] : passagesAt(db, latestRows(db, { match, scope, limit }));
    },
    facts: (ids) => noteFacts(db, ids).map(({ properties, ...facts }) => ({ ...facts, dated: dateIn(properties) })),
    count: () => countScope(db, scope),
  };
}

function passagesAt(db: Database, rows: readonly number[]): LibraryPassage[] {
  const chunks = foundChunks(db, rows);
  const notes = foundNotes(db, [...chunks.values()].map(({ noteSeq }) => noteSeq));
  return rows.flatMap((row) => {
    const chunk = chunks.get(row);
    const note = chunk && notes.get(chunk.noteSeq);
    if (!chunk || !note) return [];
    const { seq: _, noteSeq: __, n: ___, ...passage } = chunk;
    const { id, folderId, path, title, type, modifiedAt } = note;
    return [{ ...passage, note: { id, folderId, path, title, type, modifiedAt }, score: 1 }];
  });
}

const mostMonths = 36;

/** As dates of these months begin. */
function monthsNamed(from: number, until: number): string[] {
  const first = new Date(from);
  const months = Array.from({ length: mostMonths }, (_, index) => new Date(first.getFullYear(), first.getMonth() + index, 1)).filter((month) => month.getTime() < until);
  return months.flatMap((month) => [`${month.getFullYear()}-${String(month.getMonth() + 1).padStart(2, '0')}`]);
}

/** What front matter calls the day of a note. */
const dateNames = ['date', 'created', 'day', 'datum', 'fecha', 'created_at', 'date created'];

function dateIn(properties: Record<string, string | string[]>): number | null {
  for (const name of dateNames) {
    const value = Object.entries(properties).find(([key]) => key.toLowerCase() === name)?.[1];
    const found = typeof value === 'string' ? /(\d{4})-(\d\d)-(\d\d)/u.exec(value) : null;
    if (found) return new Date(Number(found[1]), Number(found[2]) - 1, Number(found[3])).getTime();
  }
  return null;
}
