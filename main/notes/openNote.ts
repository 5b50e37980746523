/** A note as it stands on the disk now, for the window to show. */
import { statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { Note, OpenNote } from '../contract/note.ts';
import type { Database } from '../store/database.ts';
import { getNoteFolder } from '../store/noteFolders.ts';
import { linkedNote } from '../store/noteList.ts';
import { getNote, linksFrom, linksTo, type Note as KeptNote } from '../store/notes.ts';
import type { NoteDocument } from './document.ts';
import { formsIn } from './forms.ts';
import type { ReaderPool } from './readerPool.ts';

type Dependencies = { db: Database; readers: Pick<ReaderPool, 'read'>; now(): number };

/** More would make the window slow, and nobody reads that far. Characters. */
const mostShown = 2_000_000;

/** `query`: what was searched for, as it was typed. */
export async function openNote({ db, readers, now }: Dependencies, { id, query = '' }: { id: string; query?: string | undefined }): Promise<OpenNote> {
  const note = getNote(db, id);
  const { file, info } = fileOf(db, note);
  const document = await readers.read(file);
  return {
    ...shownDocument(document),
    note: { ...listed(note), mark: document.mark },
    file,
    links: linksFrom(db, id).map((link) => ({ ...link, noteId: link.target === '' ? id : linkedNote(db, note.folderId, link.target) })),
    backlinks: linksTo(db, id),
    changed: note.state !== 'waiting' && (info.size !== note.size || Math.round(info.mtimeMs) !== Math.round(note.modifiedAt)),
    words: query.trim() === '' ? [] : formsIn(document.text.slice(0, mostShown), query, now()),
  };
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
