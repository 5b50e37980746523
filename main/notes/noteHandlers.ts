/** The `notes` group of the contract. */
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import type { Handlers } from '../contract/contract.ts';
import type { Editor } from '../contract/editor.ts';
import { AppError } from '../contract/errors.ts';
import type { NoteFolder } from '../contract/note.ts';
import type { Database } from '../store/database.ts';
import { cutLog } from '../store/erase.ts';
import { addNoteFolder, changeNoteFolder, getNoteFolder, noteFolders, removeSomeOfFolder, type NoteFolder as KeptFolder } from '../store/noteFolders.ts';
import type { NoteSources } from '../store/noteSources.ts';
import { citedNote, listNotes } from '../store/noteList.ts';
import { getNote } from '../store/notes.ts';
import type { NotesIndex } from './indexing/notesIndex.ts';
import { createRecent, listed, openNote } from './openNote.ts';
import { createOutside } from './outside.ts';
import type { NoteMeaning } from './meaning/noteMeaning.ts';
import type { ReaderPool } from './readerPool.ts';
import { relatedNotes } from './related.ts';
import { noteResults } from './results.ts';

export type NoteHandlersDependencies = {
  db: Database;
  index: NotesIndex;
  sources: Pick<NoteSources, 'keep' | 'remove'>;
  readers: Pick<ReaderPool, 'read'>;
  meaning: Pick<NoteMeaning, 'ask' | 'like'>;
  /** What the owner opens notes with. */
  editor(): Editor;
  /** Folders, or what is read of them, changed. */
  changed(): void;
  now(): number;
};

export function createNoteHandlers(deps: NoteHandlersDependencies): Handlers['notes'] {
  const { db, index, sources, changed, now } = deps;
  const read = createRecent(deps.readers);
  const told = <T>(value: T): T => {
    changed();
    return value;
  };
  return {
    folders: () => noteFolders(db).map(shownFolder),
    addFolder({ path: given }) {
      const added = addNoteFolder(db, { path: checkedFolder(db, given), kind: 'plain', at: now() });
      sources.keep(added);
      index.look(added.id);
      return told(shownFolder(added));
    },
    changeFolder({ id, ...change }) {
      const folder = changeNoteFolder(db, id, given(change));
      sources.keep(folder);
      index.look(id);
      return told(shownFolder(folder));
    },
    async removeFolder({ id }) {
      getNoteFolder(db, id);
      sources.remove(id);
      index.leave(id);
      while (!removeSomeOfFolder(db, id)) await new Promise((resolve) => setImmediate(resolve));
      cutLog(db);
      return told({});
    },
    rescan({ id }) {
      const folder = getNoteFolder(db, id);
      index.look(id);
      return shownFolder(folder);
    },
    status: () => index.status(),
    pause({ paused }) {
      index.setPaused(paused);
      return index.status();
    },
    list: (query) => listNotes(db, query),
    get: ({ id }) => listed(getNote(db, id)),
    open: (wanted) => openNote({ ...deps, read }, wanted),
    cited(place) {
      const id = citedNote(db, place);
      return { note: id === null ? null : listed(getNote(db, id)) };
    },
    ...createOutside(deps),
    related: (request) => relatedNotes(deps, request),
    async search(request, signal) {
      const began = performance.now();
      const { count: _, ...found } = await noteResults(deps, { ...request, now: now() }, signal);
      return { ...found, ms: performance.now() - began };
    },
  };
}

const shownFolder = (folder: KeptFolder): NoteFolder => ({ ...folder, name: path.basename(folder.path) || folder.path });

/** Without what was left out. */
const given = <T extends object>(change: T) => Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

/** Absolute and really there; not within another, nor around one: its notes would be found twice. */
function checkedFolder(db: Database, wanted: string): string {
  const folder = path.resolve(wanted);
  if (!folderStands(folder)) throw new AppError('invalid-input', `${folder} is a file; notes are added by the folder they lie in. Nothing was added.`);
  for (const other of noteFolders(db)) {
    if (isWithin(folder, other.path) && folder !== other.path) throw new AppError('conflict', `${folder} lies in ${other.path}, which is among your notes already. Nothing was added.`);
    if (isWithin(other.path, folder) && folder !== other.path) throw new AppError('conflict', `${other.path}, which is among your notes already, lies in ${folder}. Take it out first. Nothing was added.`);
  }
  return folder;
}

/** False where it is something else. Fails where it is not there, or may not be looked into. */
function folderStands(folder: string): boolean {
  try {
    const isFolder = statSync(folder).isDirectory();
    accessSync(folder, constants.R_OK);
    return isFolder;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EACCES' || code === 'EPERM') throw new AppError('not-allowed', `The folder ${folder} may not be looked into. Choose another, or change its permissions. Nothing was added.`, error);
    throw new AppError('not-found', `There is no folder ${folder.replaceAll('\0', '\u{fffd}')}. Nothing was added.`, error);
  }
}

const isWithin = (inner: string, outer: string): boolean => !path.relative(outer, inner).startsWith('..') && !path.isAbsolute(path.relative(outer, inner));
