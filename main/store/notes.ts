import { hash, randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { manyRows, strikeOut } from './noteRemoval.ts';
import { folded } from './noteText.ts';
import { rewordNote } from './noteWords.ts';
import { prepared } from './prepared.ts';

/** A file as it stands on the disk. */
export type NoteFile = {
  /** From its folder, with '/'. */
  path: string;
  size: number;
  /** Unix milliseconds. */
  modifiedAt: number;
  inode: string | null;
};

export type Note = NoteFile & {
  id: string;
  folderId: string;
  hash: string | null;
  title: string;
  type: string;
  aliases: string[];
  tags: string[];
  properties: Record<string, string | string[]>;
  /** A sentence, where something of it could not be read. */
  mark: string | null;
  /** 'waiting': to be read, or read again. */
  state: 'waiting' | 'read' | 'failed';
  readAt: number | null;
};

type Row = Omit<Note, 'aliases' | 'tags' | 'properties'> & { seq: number; aliases: string; tags: string; properties: string };

const select = `SELECT note.seq, note.id, note.folder_id AS folderId, note.path, note.size, note.modified_at AS modifiedAt, note.inode, note.hash, note.title, note.type,
    note.aliases, note.properties, note.mark, note.state, note.read_at AS readAt,
    (SELECT json_group_array(tag) FROM (SELECT tag FROM note_tag WHERE note_seq = note.seq ORDER BY key)) AS tags
  FROM note`;

const toNote = ({ seq: _, ...row }: Row): Note => ({
  ...row,
  aliases: JSON.parse(row.aliases) as string[],
  tags: JSON.parse(row.tags) as string[],
  properties: JSON.parse(row.properties) as Note['properties'],
});

export function getNote(db: Database, id: string): Note {
  const row = prepared<Row>(db, `${select} WHERE note.id = ?`).get(id);
  if (!row) throw new AppError('not-found', 'That note is not here any more.');
  return toNote(row);
}

/** By its path in the folder; null where no such file was seen. */
export function noteAt(db: Database, folderId: string, path: string): Note | null {
  const row = prepared<Row>(db, `${select} WHERE note.folder_id = ? AND note.path = ?`).get(folderId, path);
  return row ? toNote(row) : null;
}

/** A file was seen: a new one, and one that is not as it was read, is to be read. Answers its id. */
export function noteSeen(db: Database, folderId: string, file: NoteFile & { at: number }): string {
  const known = prepared<{ id: string; same: number }>(db, 'SELECT id, size = @size AND modified_at = @modifiedAt AND inode IS @inode AS same FROM note WHERE folder_id = @folderId AND path = @path').get({ ...file, folderId });
  if (!known) return insertNote(db, folderId, file);
  if (!known.same) {
    prepared(db, `UPDATE note SET size = @size, modified_at = @modifiedAt, inode = @inode, state = 'waiting' WHERE id = @id`).run({ ...file, id: known.id });
  }
  return known.id;
}

/** By where it was first seen: made anew, the index knows the notes that conversations name. Who has moved on keeps theirs. */
const idOfPlace = (folderId: string, path: string): string => hash('sha256', `${folderId}\0${path}`, 'base64url').slice(0, 22);

function insertNote(db: Database, folderId: string, file: NoteFile & { at: number }): string {
  const known = idOfPlace(folderId, file.path);
  const id = isThere(db, known) ? randomUUID() : known;
  const title = nameOf(file.path);
  prepared(
    db,
    `INSERT INTO note (id, folder_id, path, path_key, size, modified_at, inode, title, title_key, type, state, added_at)
     VALUES (@id, @folderId, @path, @pathKey, @size, @modifiedAt, @inode, @title, @titleKey, '', 'waiting', @at)`,
  ).run({ ...file, id, folderId, pathKey: folded(file.path), title, titleKey: folded(title) });
  return id;
}

/** A file's name without its ending: the title of what has none itself. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/(?<=.)\.[^.]*$/u, '');

/** The file has another name or place and the same contents: its chunks, and their vectors, stay as they are. */
export function moveNote(db: Database, id: string, file: NoteFile & { folderId?: string }): void {
  db.transaction(() => {
    const note = getNote(db, id);
    const title = note.title === nameOf(note.path) ? nameOf(file.path) : note.title;
    prepared(
      db,
      `UPDATE note SET folder_id = @folderId, path = @path, path_key = @pathKey, size = @size, modified_at = @modifiedAt, inode = @inode, title = @title, title_key = @titleKey
       WHERE id = @id`,
    ).run({ ...file, id, folderId: file.folderId ?? note.folderId, pathKey: folded(file.path), title, titleKey: folded(title) });
    // One that was never read has no words yet.
    if (note.state !== 'waiting' || note.readAt !== null) rewordNote(db, prepared<{ seq: number }>(db, 'SELECT seq FROM note WHERE id = ?').get(id)!.seq);
  })();
}

/**
 * A file that has gone is here under another name, where nobody has read it yet: the note it was takes its place. A title
 * that may have been its name's is read again, without a passage being touched.
 */
export function renameNote(db: Database, id: string, newId: string): void {
  db.transaction(() => {
    // Either may have been taken out with its folder meanwhile.
    if (!isThere(db, id) || !isThere(db, newId)) return;
    const [before, { path, size, modifiedAt, inode, folderId }] = [getNote(db, id), getNote(db, newId)];
    removeNote(db, newId);
    moveNote(db, id, { path, size, modifiedAt, inode, folderId });
    if (nameOf(path) !== nameOf(before.path) && before.title === nameOf(before.path)) prepared(db, `UPDATE note SET state = 'waiting', hash = NULL WHERE id = ?`).run(id);
  })();
}

const isThere = (db: Database, id: string): boolean => prepared(db, 'SELECT 1 FROM note WHERE id = ?').get(id) !== undefined;

/** The file was looked into again, `at` this time, and says what it said. */
export const noteUnchanged = (db: Database, id: string, at: number): void =>
  void prepared(db, `UPDATE note SET state = CASE WHEN read_at IS NULL THEN 'failed' ELSE 'read' END, read_at = CASE WHEN read_at IS NULL THEN NULL ELSE @at END WHERE id = @id`).run({ id, at });

/** The file has gone. Everything that was read from it goes, and its vectors are queued for removal. See `rewriteSome`. */
export function removeNote(db: Database, id: string): void {
  const rows = prepared<{ count: number }>(db, 'SELECT count(*) AS count FROM chunk WHERE note_seq = (SELECT seq FROM note WHERE id = ?)').get(id)!.count;
  if (rows >= manyRows) strikeOut(db);
  prepared(db, 'DELETE FROM note WHERE id = ?').run(id);
}

/** Notes that were read from these bytes: one of them may be this file under its old name. */
export const notesWithHash = (db: Database, hash: string): Note[] => prepared<Row>(db, `${select} WHERE note.hash = ? ORDER BY note.seq`).all(hash).map(toNote);

export type NoteLink = { target: string; heading: string | null; shown: string; embed: boolean; at: number };

/** What a note points to, in its order. */
export const linksFrom = (db: Database, id: string): NoteLink[] =>
  prepared<Omit<NoteLink, 'embed'> & { embed: number }>(
    db,
    `SELECT target, heading, shown, embed, at FROM note_link WHERE note_seq = (SELECT seq FROM note WHERE id = ?) ORDER BY n`,
  )
    .all(id)
    .map((link) => ({ ...link, embed: link.embed === 1 }));

/** Notes that point to this one by its name or one of its aliases, with where they do. */
export function linksTo(db: Database, id: string): { noteId: string; title: string; shown: string; at: number }[] {
  const { path, aliases } = getNote(db, id);
  const names = [nameOf(path), path.slice(path.lastIndexOf('/') + 1), ...aliases].map(folded);
  return prepared<{ noteId: string; title: string; shown: string; at: number }>(
    db,
    `SELECT note.id AS noteId, note.title, note_link.shown, note_link.at FROM note_link JOIN note ON note.seq = note_link.note_seq
     WHERE note_link.name_key IN (SELECT value FROM json_each(?)) AND note.id <> ? ORDER BY note.title_key, note_link.n`,
  ).all(JSON.stringify([...new Set(names)]), id);
}
