/** A note as it stands on the disk now, for the window to show. */
import { statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { Note, OpenNote } from '../contract/note.ts';
import type { Database } from '../store/database.ts';
import { getNoteFolder } from '../store/noteFolders.ts';
import { linkedNotes } from '../store/noteList.ts';
import { getNote, linksFrom, linksTo, type Note as KeptNote } from '../store/notes.ts';
import type { NoteDocument } from './document.ts';
import { formsIn } from './forms.ts';
import type { ReaderPool } from './readerPool.ts';

type Dependencies = { db: Database; readers: Pick<ReaderPool, 'read'>; now(): number };

/** More would make the window slow, and nobody reads that far. Characters. */
const mostShown = 2_000_000;

/** How many notes are kept as they were read, for whoever goes back to one or searches on in it. */
const keptOpen = 3;

/** Reads a file, unless it was read just now and is as it was then. */
export function createRecent(readers: Dependencies['readers']) {
  const recent = new Map<string, { state: string; document: NoteDocument }>();
  return async (file: string, info: Stats): Promise<NoteDocument> => {
    const state = `${info.mtimeMs} ${info.ctimeMs} ${info.size} ${info.ino}`;
    const known = recent.get(file);
    const document = known?.state === state ? known.document : await readers.read(file);
    recent.delete(file);
    recent.set(file, { state, document });
    for (const oldest of [...recent.keys()].slice(0, -keptOpen)) recent.delete(oldest);
    return document;
  };
}

/** `query`: what was searched for, as it was typed. */
export async function openNote({ db, read, now }: Dependencies & { read: ReturnType<typeof createRecent> }, { id, query = '' }: { id: string; query?: string | undefined }): Promise<OpenNote> {
  const note = getNote(db, id);
  const { file, info } = fileOf(db, note);
  const document = await read(file, info);
  return {
    ...shownDocument(document),
    note: { ...listed(note), mark: document.mark },
    file,
    links: linksOf(db, note),
    backlinks: linksTo(db, id),
    changed: note.state !== 'waiting' && (info.size !== note.size || Math.floor(info.mtimeMs) !== Math.floor(note.modifiedAt)),
    words: query.trim() === '' ? [] : formsIn(document.text.slice(0, mostShown), query, now()),
  };
}

function linksOf(db: Database, { id, folderId }: KeptNote): OpenNote['links'] {
  const links = linksFrom(db, id);
  if (links.length === 0) return [];
  const linked = linkedNotes(db, folderId);
  return links.map((link) => ({ ...link, noteId: link.target === '' ? id : linked(link.target) }));
}

/** Where it lies. Fails with `not-found` and why, where it does not. */
export function fileOf(db: Database, note: KeptNote): { file: string; info: Stats } {
  const folder = getNoteFolder(db, note.folderId);
  const file = path.join(folder.path, note.path);
  const info = statSync(file, { throwIfNoEntry: false });
  if (info?.isFile()) return { file, info };
  if (!statSync(folder.path, { throwIfNoEntry: false })) throw new AppError('not-found', `The folder ${folder.path} is not there just now. What was read of its notes stays findable.`);
  throw new AppError('not-found', `The file ${note.path} is not there any more. It was moved, renamed or deleted; it leaves the list when its folder is next looked through.`);
}

export const listed = ({ id, folderId, path: at, title, type, size, modifiedAt, state, mark, tags, aliases }: Note): Note => ({ id, folderId, path: at, title, type, size, modifiedAt, state, mark, tags, aliases });

function shownDocument({ text, blocks, properties }: NoteDocument): Pick<OpenNote, 'text' | 'blocks' | 'properties' | 'shortened'> {
  const shortened = text.length > mostShown;
  return { text: text.slice(0, mostShown), blocks: shortened ? blocks.filter(({ place }) => place.to <= mostShown) : blocks, properties, shortened };
}
