/** Reads the owner's folders and keeps what stands in them, off the turn. */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createGate } from '../../contract/gate.ts';
import type { NotesStatus } from '../../contract/note.ts';
import { createSleeper } from '../../contract/sleeper.ts';
import type { Database } from '../../store/database.ts';
import { keepContents, keepFailure } from '../../store/noteContents.ts';
import { changeNoteFolder, getNoteFolder, noteFolders, type NoteFolder } from '../../store/noteFolders.ts';
import { countNotes } from '../../store/noteList.ts';
import { filesOf, noteSeen, removeNote, waitingNotes, type Note } from '../../store/notes.ts';
import { chunksOf } from '../chunk.ts';
import type { ReaderPool } from '../readerPool.ts';

export type NotesIndexDependencies = {
  db: Database;
  readers: Pick<ReaderPool, 'read'>;
  /** What notes say has changed: ask again. */
  changed(): void;
  /** For lines in our own words, no text of the owner's. */
  log(message: string): void;
  now(): number;
};

export type NotesIndex = {
  /** Look through this folder, or all of them, again. */
  look(folderId?: string): void;
  /** Work in the background stops until the returned function is called. */
  hold(): () => void;
  status(): NotesStatus;
  onStatus(listener: (status: NotesStatus) => void): () => void;
  setPaused(paused: boolean): void;
  /** Resolves when nothing waits to be read, or nothing can be. */
  settled(): Promise<void>;
  dispose(): Promise<void>;
};

export const createNotesIndex = (dependencies: NotesIndexDependencies): NotesIndex => new Index(dependencies);

class Index implements NotesIndex {
  readonly #deps: NotesIndexDependencies;
  readonly #gate = createGate();
  readonly #stopped = new AbortController();
  readonly #sleeper = createSleeper(this.#stopped.signal);
  readonly #listeners = new Set<(status: NotesStatus) => void>();
  readonly #toLook = new Set<string>();
  #settlers: (() => void)[] = [];
  #state: NotesStatus['state'] = 'looking';
  #resume: (() => void) | null = null;
  readonly #finished: Promise<void>;

  constructor(dependencies: NotesIndexDependencies) {
    this.#deps = dependencies;
    for (const { id } of noteFolders(dependencies.db)) this.#toLook.add(id);
    this.#finished = this.#run();
  }

  look(folderId?: string): void {
    for (const { id } of noteFolders(this.#deps.db)) if (folderId === undefined || id === folderId) this.#toLook.add(id);
    if (this.#state === 'idle') this.#state = 'looking';
    this.#sleeper.wake();
  }

  hold(): () => void {
    return this.#gate.hold();
  }

  setPaused(paused: boolean): void {
    if (paused) this.#resume ??= this.#gate.hold();
    else {
      this.#resume?.();
      this.#resume = null;
    }
    this.#announce();
  }

  status(): NotesStatus {
    return { ...countNotes(this.#deps.db), state: this.#resume ? 'paused' : this.#state, why: null, perSecond: null, secondsLeft: null, meaning: 'none' };
  }

  onStatus(listener: (status: NotesStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  settled(): Promise<void> {
    return this.#state === 'idle' ? Promise.resolve() : new Promise((resolve) => this.#settlers.push(resolve));
  }

  async dispose(): Promise<void> {
    this.#stopped.abort();
    this.#resume?.();
    await this.#finished;
    this.#settle();
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      this.#sleeper.begin();
      this.#set('looking');
      for (const id of this.#toLook) {
        this.#toLook.delete(id);
        await this.#scan(id).catch((error: unknown) => this.#deps.log(`A folder could not be looked through: ${String((error as NodeJS.ErrnoException).code ?? '')}`));
      }
      this.#set('reading');
      while (!this.#stopped.signal.aborted && (await this.#readSome()));
      if (!this.#sleeper.woken()) this.#settle();
      await this.#sleeper.sleep(null);
    }
  }

  async #scan(id: string): Promise<void> {
    const { db, now } = this.#deps;
    const folder = getNoteFolder(db, id);
    if (!existsSync(folder.path)) return void changeNoteFolder(db, id, { state: 'away' });
    changeNoteFolder(db, id, { state: 'present', kind: existsSync(path.join(folder.path, '.obsidian')) ? 'obsidian' : 'plain' });
    const known = new Map(filesOf(db, id).map((file) => [file.path, file.id]));
    for await (const file of filesIn(folder)) {
      const info = await stat(path.join(folder.path, file)).catch(() => null);
      if (!info?.isFile()) continue;
      known.delete(file);
      noteSeen(db, id, { path: file, size: info.size, modifiedAt: Math.round(info.mtimeMs), inode: String(info.ino), at: now() });
    }
    for (const gone of known.values()) removeNote(db, gone);
    changeNoteFolder(db, id, { scannedAt: now() });
    this.#deps.changed();
  }

  async #readSome(): Promise<boolean> {
    const waiting = waitingNotes(this.#deps.db, 20);
    for (const note of waiting) {
      await this.#gate.open();
      if (this.#stopped.signal.aborted) return false;
      await this.#readOne(note);
    }
    if (waiting.length > 0) {
      this.#deps.changed();
      this.#announce();
    }
    return waiting.length > 0;
  }

  async #readOne(note: Note): Promise<void> {
    const { db, readers, now } = this.#deps;
    const file = path.join(getNoteFolder(db, note.folderId).path, note.path);
    try {
      const bytes = statSync(file).size < 2 ** 28 ? await readFile(file) : Buffer.from(`${note.size} ${note.modifiedAt}`);
      const document = await readers.read(file, this.#stopped.signal);
      keepContents(db, note.id, { ...document, hash: createHash('sha256').update(bytes).digest('hex'), chunks: chunksOf(document), at: now() });
    } catch {
      if (this.#stopped.signal.aborted) return;
      if (existsSync(file)) keepFailure(db, note.id, { hash: null, mark: 'It could not be read.' });
      else removeNote(db, note.id);
    }
  }

  #set(state: NotesStatus['state']): void {
    this.#state = state;
    this.#announce();
  }

  #settle(): void {
    this.#set('idle');
    for (const resolve of this.#settlers) resolve();
    this.#settlers = [];
  }

  #announce(): void {
    for (const listener of this.#listeners) listener(this.status());
  }
}

async function* filesIn(folder: NoteFolder, below = ''): AsyncGenerator<string> {
  for (const entry of await readdir(path.join(folder.path, below), { withFileTypes: true })) {
    if ((entry.name.startsWith('.') && !folder.hidden) || entry.name === 'node_modules') continue;
    const at = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* filesIn(folder, at);
    else if (entry.isFile()) yield at;
  }
}
