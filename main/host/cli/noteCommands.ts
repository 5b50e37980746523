import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Client } from '../../contract/contract.ts';
import { AppError } from '../../contract/errors.ts';
import type { NoteFolder } from '../../contract/note.ts';
import { embedNotes, readFolders, type Watched } from './noteProgress.ts';
import { exitCodes, type ExitCode, type Terminal } from './terminal.ts';

export type IndexOptions = {
  /** Absolute; null for all that are known. */
  folder: string | null;
  /** Until their meaning is found, too. */
  meaning?: boolean;
  json?: boolean;
  /** In this process, which ends; else in an Engram that goes on by itself. */
  here: boolean;
};

/** Looks folders of notes through and reads what is new, saying how far it is; a new folder is added. Ctrl-C keeps what was read. */
export async function indexNotes(client: Client, terminal: Terminal, options: IndexOptions): Promise<ExitCode> {
  const began = performance.now();
  await goOn(client, terminal);
  const watched = options.folder === null ? await lookAtAll(client, terminal) : [await lookAt(client, terminal, options.folder)];
  const isRead = (await readFolders(client, terminal, watched)) && (!options.meaning || (await embedNotes(client, terminal)));
  const folders = await foldersOf(client, watched);
  const seconds = (performance.now() - began) / 1_000;
  if (options.json) terminal.out(`${JSON.stringify({ folders, seconds, stopped: !isRead })}\n`);
  else for (const folder of folders) terminal.out(`${lineOf(folder)}\n`);
  if (!options.json) await sayMarks(client, terminal, folders);
  if (isRead) return (await sayAway(client, terminal, folders)) ? exitCodes.failed : exitCodes.done;
  terminal.say(options.here ? 'Stopped. What was read is kept; the same command goes on from there.\n' : 'The Engram that runs goes on reading.\n');
  return exitCodes.stopped;
}

/** Who asks for it now wants it now. */
async function goOn(client: Client, terminal: Terminal): Promise<void> {
  if ((await client.notes.status({})).state !== 'paused') return;
  await client.notes.pause({ paused: false });
  terminal.say('Reading notes was paused; it goes on.\n');
}

async function lookAtAll(client: Client, terminal: Terminal): Promise<Watched[]> {
  const folders = await client.notes.folders({});
  if (folders.length === 0) throw new AppError('invalid-input', 'There is no folder of notes yet. Name one: engram index <folder>');
  const watched: Watched[] = [];
  for (const { id, path: at, paused, scannedAt } of folders) {
    if (paused) terminal.say(`${at} is paused and left out; name it to go on with it.\n`);
    else {
      watched.push({ id, since: scannedAt });
      await client.notes.rescan({ id });
    }
  }
  return watched;
}

async function lookAt(client: Client, terminal: Terminal, wanted: string): Promise<Watched> {
  const known = (await findFolder(client, wanted)) ?? (await folderAround(client, terminal, wanted));
  if (!known) return { id: (await addFolder(client, wanted)).id, since: null };
  if (known.paused) {
    await client.notes.changeFolder({ id: known.id, paused: false });
    terminal.say(`${known.path} was paused; it goes on.\n`);
  }
  await client.notes.rescan({ id: known.id });
  return { id: known.id, since: known.scannedAt };
}

async function addFolder(client: Client, wanted: string): Promise<NoteFolder> {
  try {
    return await client.notes.addFolder({ path: wanted });
  } catch (error) {
    // A conflict among commands is a data folder in use; this is one of folders of notes.
    const { code, message } = AppError.from(error);
    throw code === 'conflict' ? new AppError('invalid-input', message) : error;
  }
}

/** By its id, or its path as it was given or as it really is. */
async function findFolder(client: Client, wanted: string): Promise<NoteFolder | undefined> {
  const places = new Set([path.resolve(wanted), realPath(wanted)]);
  return (await client.notes.folders({})).find(({ id, path: at }) => id === wanted || places.has(at) || places.has(realPath(at)));
}

/** One of which the wanted folder is a part is looked through in its place. */
async function folderAround(client: Client, terminal: Terminal, wanted: string): Promise<NoteFolder | undefined> {
  if (!statSync(wanted, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const around = (await client.notes.folders({})).find(({ path: at }) => realPath(wanted).startsWith(`${realPath(at)}${path.sep}`));
  if (around) terminal.say(`${wanted} lies in ${around.path}, which is among your notes: that is looked through.\n`);
  return around;
}

function realPath(at: string): string {
  try {
    return realpathSync(at);
  } catch {
    return path.resolve(at);
  }
}

async function foldersOf(client: Client, watched: readonly Watched[]): Promise<NoteFolder[]> {
  const ids = new Set(watched.map(({ id }) => id));
  return (await client.notes.folders({})).filter(({ id }) => ids.has(id));
}

async function sayAway(client: Client, terminal: Terminal, folders: readonly NoteFolder[]): Promise<boolean> {
  const isAway = folders.some(({ state }) => state === 'away');
  const why = isAway ? (await client.notes.status({})).why : null;
  if (why !== null) terminal.say(`${why}\n`);
  return isAway;
}

/** More say no more. */
const marksSaid = 20;

/** What could not be read, and why. */
async function sayMarks(client: Client, terminal: Terminal, folders: readonly NoteFolder[]): Promise<void> {
  for (const { id, marked } of folders) {
    if (marked === 0) continue;
    const { notes, total } = await client.notes.list({ folderId: id, only: 'marked', text: '', limit: marksSaid, after: null });
    for (const note of notes) terminal.say(`  ${note.path}: ${note.mark ?? ''}\n`);
    if (total > notes.length) terminal.say(`  and ${count(total - notes.length)} more.\n`);
  }
}

export type FoldersOptions = { /** A folder to take out. */ remove?: string; json?: boolean };

/** The folders of notes, and how much of them is read; or takes one out. Its files stay. */
export async function listFolders(client: Client, terminal: Terminal, { remove, json }: FoldersOptions): Promise<ExitCode> {
  if (remove !== undefined) return removeFolder(client, terminal, remove);
  const folders = await client.notes.folders({});
  if (json) terminal.out(`${JSON.stringify({ folders })}\n`);
  else for (const folder of folders) terminal.out(`${lineOf(folder)}\n`);
  if (folders.length > 0) return exitCodes.done;
  terminal.say('There is no folder of notes yet. To add one: engram index <folder>\n');
  return exitCodes.nothingFound;
}

async function removeFolder(client: Client, terminal: Terminal, wanted: string): Promise<ExitCode> {
  const folder = await findFolder(client, wanted);
  if (!folder) throw new AppError('not-found', `${path.resolve(wanted)} is not among your folders of notes. engram folders lists them.`);
  await client.notes.removeFolder({ id: folder.id });
  terminal.say(`${folder.path} was taken out: what was read of it is gone from here, its files are as they were.\n`);
  return exitCodes.done;
}

function lineOf({ path: at, notes, chunks, waiting, marked, state, paused }: NoteFolder): string {
  const besides = [
    waiting > 0 && `${count(waiting)} still to be read`,
    marked > 0 && `${count(marked)} with something that could not be read`,
    state === 'away' && 'not there just now: its notes stay findable',
    paused && 'paused',
  ].filter((part) => part !== false);
  return `${at}: ${[`${count(notes)} ${notes === 1 ? 'note' : 'notes'}, ${count(chunks)} ${chunks === 1 ? 'passage' : 'passages'}`, ...besides].join('; ')}`;
}

const number = new Intl.NumberFormat('en-GB');
const count = (of: number) => number.format(of);
