/** The owner's notes as a turn asks of them. */
import type { NoteSource } from '../chat/chatTypes.ts';
import type { Reader } from '../meaning/reader.ts';
import { findPassages, type FindDependencies, type FoundPassage } from '../notes/find.ts';
import { createNoteLibrary } from '../notes/library.ts';
import { chunksOfNote, countNotes } from '../store/noteList.ts';
import { getNote } from '../store/notes.ts';

export type NoteSourceDependencies = FindDependencies & { reader: Pick<Reader, 'read'>; now(): number };

export function createNoteSource({ reader, now, ...finding }: NoteSourceDependencies): NoteSource {
  return {
    async find(query, signal) {
      const { passages, confidence } = await findPassages(finding, { ...query, now: now() }, signal);
      return { passages: passages.map(shown), confidence };
    },
    read: (question, lines, signal) => reader.read(question, { count: lines.length, at: (index) => lines[index]! }, signal),
    library: (scope) => createNoteLibrary({ db: finding.db, find: (request, signal) => findPassages(finding, request, signal), now }, scope),
    whole(id) {
      const chunks = chunksOfNote(finding.db, id);
      if (chunks.length === 0) return [];
      const { folderId, title, path } = getNote(finding.db, id);
      return chunks.map(({ headings, place, ...chunk }) => ({ ...chunk, note: { id, folderId, title, path, headings, place }, met: [], score: 0 }));
    },
    count() {
      const { notes, read } = countNotes(finding.db);
      return { notes, waiting: notes - read };
    },
  };
}

const shown = ({ note: { id, folderId, title, path }, passage, score }: FoundPassage) => ({
  id: passage.id,
  note: { id, folderId, title, path, headings: passage.headings, place: passage.place },
  kind: passage.kind,
  text: passage.text,
  met: passage.marks.map(([from, to]) => passage.text.slice(from, to)),
  score,
});
