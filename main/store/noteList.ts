/** Notes as lists show them, and figures over all of them. */
import type { Database } from 'better-sqlite3';
import { folded } from './noteText.ts';
import { prepared } from './prepared.ts';

export type ListedNote = {
  id: string;
  folderId: string;
  path: string;
  title: string;
  type: string;
  size: number;
  modifiedAt: number;
  state: 'waiting' | 'read' | 'failed';
  mark: string | null;
  tags: string[];
  aliases: string[];
};

export type NoteListQuery = {
  folderId: string | null;
  only: 'all' | 'marked' | 'waiting';
  /** Somewhere in the title or the path. */
  text: string;
  limit: number;
  after: { folderId: string; path: string } | null;
};

const conditions: Record<NoteListQuery['only'], string> = { all: '1', marked: 'note.mark IS NOT NULL', waiting: `note.state = 'waiting'` };

/** By path within their folders. `total`: of all pages. */
export function listNotes(db: Database, { folderId, only, text, limit, after }: NoteListQuery): { notes: ListedNote[]; total: number } {
  const where = `${conditions[only]} AND (@folderId IS NULL OR note.folder_id = @folderId) AND (@text = '' OR instr(note.title_key, @text) > 0 OR instr(note.path_key, @text) > 0)`;
  const values = { folderId, text: folded(text.trim()) };
  const total = prepared<{ total: number }>(db, `SELECT count(*) AS total FROM note WHERE ${where}`).get(values)!.total;
  const notes = prepared<Omit<ListedNote, 'tags' | 'aliases'> & { tags: string; aliases: string }>(
    db,
    `SELECT id, folder_id AS folderId, path, title, type, size, modified_at AS modifiedAt, state, mark, aliases,
       (SELECT json_group_array(tag) FROM note_tag WHERE note_seq = note.seq) AS tags
     FROM note WHERE ${where} AND (@afterFolder IS NULL OR (note.folder_id, note.path) > (@afterFolder, @afterPath))
     ORDER BY note.folder_id, note.path LIMIT @limit`,
  ).all({ ...values, limit, afterFolder: after?.folderId ?? null, afterPath: after?.path ?? null });
  return { total, notes: notes.map(({ tags, aliases, ...note }) => ({ ...note, tags: JSON.parse(tags) as string[], aliases: JSON.parse(aliases) as string[] })) };
}

export type NoteCounts = { notes: number; read: number; marked: number; chunks: number; embedded: number };

export const countNotes = (db: Database): NoteCounts =>
  prepared<NoteCounts>(
    db,
    `SELECT (SELECT count(*) FROM note) AS notes, (SELECT count(*) FROM note) - (SELECT count(*) FROM note WHERE state = 'waiting') AS read, (SELECT count(*) FROM note WHERE mark IS NOT NULL) AS marked,
       (SELECT count(*) FROM chunk) AS chunks, (SELECT count(*) FROM chunk WHERE embedded_by IS NOT NULL) AS embedded`,
  ).get()!;

/** Tells which note a link names, in its folder: by path, by name, or by another name it has. Null where none is called so. */
export function linkedNotes(db: Database, folderId: string): (target: string) => string | null {
  const notes = prepared<{ id: string; path: string; aliases: string }>(db, 'SELECT id, path_key AS path, aliases FROM note WHERE folder_id = ? ORDER BY length(path_key), path_key').all(folderId);
  const whole = new Map<string, string>();
  const parts = new Map<string, string>();
  for (const { id, path, aliases } of notes) {
    for (const name of new Set([path, path.replace(/\.md$/u, '')])) {
      if (!whole.has(name)) whole.set(name, id);
      for (let at = name.indexOf('/') + 1; at > 0; at = name.indexOf('/', at) + 1) if (!parts.has(name.slice(at))) parts.set(name.slice(at), id);
    }
    for (const alias of aliases === '[]' ? [] : (JSON.parse(aliases) as string[])) if (!parts.has(folded(alias))) parts.set(folded(alias), id);
  }
  return (target) => {
    const path = folded(target.replace(/\.md$/iu, '').replace(/^\.?\//u, ''));
    return whole.get(path) ?? parts.get(path) ?? parts.get(path.slice(path.lastIndexOf('/') + 1)) ?? null;
  };
}

/** A passage as it reads now; null where it has gone. */
export const chunkText = (db: Database, id: string): string | null => (prepared(db, 'SELECT text FROM chunk WHERE id = ?').pluck().get(id) as string | undefined) ?? null;

export type NoteChunk = { id: string; headings: string[]; kind: string; text: string; place: { from: number; to: number; page?: number } };

/** All passages of a note in their order; none where it has gone. */
export const chunksOfNote = (db: Database, noteId: string): NoteChunk[] =>
  prepared<Omit<NoteChunk, 'headings' | 'place'> & { headings: string; from: number; to: number; page: number | null }>(
    db,
    `SELECT chunk.id, headings, kind, text, place_from AS "from", place_to AS "to", page FROM chunk JOIN note ON note.seq = chunk.note_seq WHERE note.id = ? ORDER BY chunk.n`,
  )
    .all(noteId)
    .map(({ headings, from, to, page, ...chunk }) => ({ ...chunk, headings: JSON.parse(headings) as string[], place: { from, to, ...(page === null ? {} : { page }) } }));

/** What is called by this id, or stands in this place by now: a note that was read anew may have got another id. */
export function citedNote(db: Database, { id, folderId, path }: { id: string; folderId: string | null; path: string }): string | null {
  const found = prepared(db, 'SELECT id FROM note WHERE id = @id OR (folder_id = @folderId AND path = @path) ORDER BY id <> @id LIMIT 1').pluck().get({ id, folderId, path });
  return (found as string | undefined) ?? null;
}
