import { availableParallelism } from 'node:os';
import type { Handlers } from '../contract/contract.ts';
import type { NotesStatus } from '../contract/note.ts';
import type { Engine } from '../engine/engine.ts';
import type { FindRequest } from '../notes/find.ts';
import { createNoteHandlers } from '../notes/noteHandlers.ts';
import { createNotesIndex, type NotesIndex } from '../notes/indexing/notesIndex.ts';
import { thisMachine } from '../notes/machine.ts';
import { createNoteMeaning, type NoteMeaning } from '../notes/meaning/noteMeaning.ts';
import { noteResults } from '../notes/results.ts';
import { createReaderPool, type ReaderPool } from '../notes/readerPool.ts';
import type { Database } from '../store/database.ts';
import type { NoteSources } from '../store/noteSources.ts';
import type { SettingsStore } from '../store/settings.ts';
import { doAfter } from './announce.ts';
import type { Events } from './events.ts';
import { createSometimes } from './sometimes.ts';

export type NoteServiceDependencies = {
  /** `notes.db`. */
  db: Database;
  sources: NoteSources;
  events: Events;
  engine: Pick<Engine, 'embed' | 'status' | 'onStatus' | 'processorMs'>;
  settings: Pick<SettingsStore, 'get' | 'change'>;
  /** For the vectors of notes alone. */
  vectorsFolder: string;
  /** The file that a reader's thread runs. */
  readerWorker: string;
  log(message: string): void;
  now(): number;
};

export type NoteService = {
  handlers: Handlers['notes'];
  search(request: FindRequest, signal: AbortSignal): ReturnType<typeof noteResults>;
  /** Reading and embedding, as one. */
  index: NotesIndex;
  meaning: NoteMeaning;
  readers: Pick<ReaderPool, 'digest'>;
  /** The folders that were chosen may be others now: a back-up was restored, or everything erased. */
  follow(): Promise<void>;
  dispose(): Promise<void>;
};

/** One processor is left to everybody else. */
const readerThreads = Math.max(1, Math.min(4, availableParallelism() - 1));
/** Between two rounds of telling that notes have changed. */
const changedMs = 500;

export function createNoteService({ db, sources, settings, events, engine, vectorsFolder, readerWorker, log, now }: NoteServiceDependencies): NoteService {
  const readers = createReaderPool({ workerPath: readerWorker, threads: readerThreads });
  const paused = { get: () => settings.get().notesPaused, set: (notesPaused: boolean) => void settings.change({ notesPaused }) };
  const changed = createSometimes(() => events.changed('notes'), changedMs);
  const machine = () => thisMachine(() => engine.processorMs());
  const meaning = createNoteMeaning({ db, folder: vectorsFolder, engine, machine: machine(), log });
  const tell = () => {
    changed.soon();
    meaning.wake();
  };
  const index = withMeaning(createNotesIndex({ db, readers, paused, machine: machine(), changed: tell, log, now }), meaning);
  const off = index.onStatus((status) => events.emit({ type: 'notes', status }));
  const follow = async () => {
    await sources.follow();
    index.begin();
    meaning.wake();
    events.changed('noteFolders');
    events.changed('notes');
  };
  return {
    follow,
    handlers: doAfter(createNoteHandlers({ db, index, meaning, sources, readers, editor: () => settings.get().editor, changed: () => events.changed('noteFolders'), now }), ['removeFolder'], () => {
      meaning.eraseRemoved().catch((error: unknown) => log(`Vectors of notes that were taken out are still to be erased: ${error instanceof Error ? error.name : typeof error}`));
    }),
    search: (request, signal) => noteResults({ db, meaning }, request, signal),
    index,
    meaning,
    readers,
    async dispose() {
      off();
      changed.dispose();
      const ended = index.dispose();
      await readers.close();
      await ended;
      await meaning.dispose();
    },
  };
}

/** What is read is embedded by the same rules: both step aside, pause, and tell how far they are. */
function withMeaning(index: NotesIndex, meaning: NoteMeaning): NotesIndex {
  let resume: (() => void) | null = index.status().state === 'paused' ? meaning.hold() : null;
  const status = (): NotesStatus => {
    const read = index.status();
    const { working, perSecond, why, ...embedding } = meaning.status();
    const left = embedding.chunks - embedding.embedded;
    if (read.state === 'idle' && why !== null && left > 0 && embedding.meaning !== 'none') return { ...read, ...embedding, state: 'waiting', why };
    if (read.state !== 'idle' || !working || left === 0 || embedding.meaning === 'none') return { ...read, ...embedding };
    return { ...read, ...embedding, state: 'embedding', perSecond, secondsLeft: perSecond === null ? null : left / perSecond };
  };
  return {
    look(folderId) {
      meaning.insist();
      index.look(folderId);
    },
    begin: () => index.begin(),
    leave: (folderId) => index.leave(folderId),
    hold() {
      const releases = [index.hold(), meaning.hold()];
      return () => releases.forEach((release) => release());
    },
    status,
    onStatus(listener) {
      const offs = [index.onStatus(() => listener(status())), meaning.onStatus(() => listener(status()))];
      return () => offs.forEach((off) => off());
    },
    setPaused(paused) {
      if (paused) resume ??= meaning.hold();
      else {
        resume?.();
        resume = null;
      }
      index.setPaused(paused);
    },
    settled: async () => {
      await index.settled();
      await meaning.settled();
    },
    dispose: () => index.dispose(),
  };
}
