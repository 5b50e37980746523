import type { Handlers } from '../contract/contract.ts';
import { createNoteHandlers } from '../notes/noteHandlers.ts';
import { createNotesIndex, type NotesIndex } from '../notes/indexing/notesIndex.ts';
import { createReaderPool } from '../notes/readerPool.ts';
import type { Database } from '../store/database.ts';
import type { NoteSources } from '../store/noteSources.ts';
import type { Events } from './events.ts';
import { createSometimes } from './sometimes.ts';

export type NoteServiceDependencies = {
  /** `notes.db`. */
  db: Database;
  sources: NoteSources;
  events: Events;
  /** The file that a reader's thread runs. */
  readerWorker: string;
  log(message: string): void;
  now(): number;
};

export type NoteService = {
  handlers: Handlers['notes'];
  index: NotesIndex;
  /** The folders that were chosen may be others now: a back-up was restored, or everything erased. */
  follow(): Promise<void>;
  dispose(): Promise<void>;
};

/** Between two rounds of telling that notes have changed. */
const changedMs = 500;

export function createNoteService({ db, sources, events, readerWorker, log, now }: NoteServiceDependencies): NoteService {
  const readers = createReaderPool({ workerPath: readerWorker });
  const changed = createSometimes(() => events.changed('notes'), changedMs);
  const index = createNotesIndex({ db, readers, changed: () => changed.soon(), log, now });
  const off = index.onStatus((status) => events.emit({ type: 'notes', status }));
  const follow = async () => {
    await sources.follow();
    index.begin();
    events.changed('noteFolders');
    events.changed('notes');
  };
  return {
    follow,
    handlers: createNoteHandlers({ db, index, sources, readers, changed: () => events.changed('noteFolders'), now }),
    index,
    async dispose() {
      off();
      changed.dispose();
      const ended = index.dispose();
      await readers.close();
      await ended;
    },
  };
}
