/** Keeps an embedding of every passage of the notes, off the turn; what it has not reached yet is found by words. */
import { orAborted } from '../../contract/abort.ts';
import { AppError } from '../../contract/errors.ts';
import type { NotesStatus } from '../../contract/note.ts';
import type { Engine } from '../../engine/engine.ts';
import { distinctionFor, examine, type Examined } from '../../meaning/exam.ts';
import { fingerprint } from '../../meaning/fingerprint.ts';
import { isEnglish } from '../../meaning/languages.ts';
import { createLoop, reasonOf } from '../../meaning/loop.ts';
import type { Database } from '../../store/database.ts';
import {
  chunkRemovalsDone, countEmbeddedChunks, markChunksEmbedded, nextUnembeddedChunks, pendingChunkRemovals, type UnembeddedChunk,
} from '../../store/noteVectors.ts';
import { createCourtesy, type Courtesy } from '../courtesy.ts';
import { thisMachine, type Machine } from '../machine.ts';
import { createNoteTables, noteScope, type NoteTables, type OpenNoteTable } from './tables.ts';

export type NoteMeaningDependencies = {
  /** `notes.db`. */
  db: Database;
  /** For vectors alone. */
  folder: string;
  engine: Pick<Engine, 'embed' | 'status' | 'onStatus'>;
  /** For lines in our own words: what kind of failure it was, no text of the owner's. */
  log(message: string): void;
  machine?: Machine;
};

/** `perSecond`: chunks embedded, lately; null before it is known. `why`: what it steps aside for, as a sentence. */
export type MeaningStatus = Pick<NotesStatus, 'meaning' | 'embedded' | 'chunks' | 'perSecond' | 'why'> & { working: boolean };

/** A text, embedded, and what lies near it. Distinctions are standard deviations beyond what an ordinary chunk has. */
export type AskedNotes = {
  /** How well the embedder tells sense from chance in the text's language, 0 to 1. */
  earned: number;
  /** Chunks by id, nearest first; of these ones only, where some are given. */
  near(limit: number, among?: ReadonlySet<string>): Promise<{ id: string; distinction: number }[]>;
  /** Of those that are embedded. */
  distinctions(ids: readonly string[]): Promise<Map<string, number>>;
};

export type NoteMeaning = {
  /** Notes were read, changed or taken out. Cheap; call it after the transaction. */
  wake(): void;
  /** The owner wants it now: the battery and the load are not waited for until all is embedded. */
  insist(): void;
  /** Work in the background stops until the returned function is called. */
  hold(): () => void;
  status(): MeaningStatus;
  onStatus(listener: (status: MeaningStatus) => void): () => void;
  /** Null while meaning cannot be had within `patienceMs`, which is never an error. */
  ask(text: string, patienceMs: number, signal: AbortSignal): Promise<AskedNotes | null>;
  /** What lies near these chunks by their own vectors, without any embedder: by id, with the cosine. */
  like(ids: readonly string[], limit: number): Promise<Map<string, number>>;
  /** Resolves when no vector of a chunk that was taken out is left in any file. */
  eraseRemoved(): Promise<void>;
  /** Resolves when nothing waits to be embedded, or nothing can be. */
  settled(): Promise<void>;
  dispose(): Promise<void>;
};

/** One write to the table; a crash costs at most these embeddings. */
const writtenAtOnce = 256;
/** Between these a turn can step in. */
const embeddedAtOnce = 8;
/** A sample smaller than this says nothing about what an ordinary chunk is like. */
const leastSample = 64;
const sampleSize = 256;
/** Many small writes leave many small files. */
const writesUntilTidy = 64;
const largeTable = 30_000;
/** Of a long note so many passages speak for it. */
const mostCompared = 24;
/** How often the battery and the load are asked about while they are waited for. */
const courtesyMs = 5_000;
/** While one types, the same is asked again and again. */
const questionsKept = 32;

/** What is known of a table's embedder. */
type Known = { examined: Examined; background: Float32Array[]; sampledAt: number };

export const createNoteMeaning = (dependencies: NoteMeaningDependencies): NoteMeaning => new Meaning(dependencies);

class Meaning implements NoteMeaning {
  readonly #deps: NoteMeaningDependencies;
  readonly #loop = createLoop();
  readonly #courtesy: Courtesy;
  readonly #tables: NoteTables;
  readonly #listeners = new Set<(status: MeaningStatus) => void>();
  readonly #offStatus: () => void;
  readonly #known = new Map<string, Known>();
  readonly #questions = new Map<string, Float32Array>();
  /** The file of the embedder that embeds now. */
  #path: string | null = null;
  /** Chunks taken out or changed since the batch at hand was read. */
  readonly #removed = new Set<string>();
  /** The first quiet moment after a start is for tidying, too. */
  #writes = writesUntilTidy;
  #perSecond: number | null = null;
  #later: NodeJS.Timeout | null = null;

  constructor(dependencies: NoteMeaningDependencies) {
    this.#deps = dependencies;
    this.#courtesy = createCourtesy(dependencies.machine ?? thisMachine(), 'The rest is read for its meaning');
    this.#tables = createNoteTables(dependencies.db, dependencies.folder);
    this.#offStatus = dependencies.engine.onStatus(() => this.#loop.wake());
    this.#loop.start({
      work: () => this.#work(),
      quiet: () => this.#cleanUp(),
      failed: (error) => {
        this.#deps.log(`The meaning of notes paused: ${reasonOf(error)}`);
        this.#path = null;
      },
      settled: () => this.#announce(),
    });
  }

  wake(): void {
    this.#loop.wake();
  }

  insist(): void {
    this.#courtesy.insist();
    this.#loop.wake();
  }

  hold(): () => void {
    return this.#loop.hold();
  }

  settled(): Promise<void> {
    return this.#loop.settled();
  }

  status(): MeaningStatus {
    return { ...countEmbeddedChunks(this.#deps.db), meaning: this.#state(), perSecond: this.#perSecond, why: this.#courtesy.why(), working: this.#loop.isWorking() };
  }

  onStatus(listener: (status: MeaningStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    this.#offStatus();
    if (this.#later) clearTimeout(this.#later);
    await this.#loop.end();
    await this.#tables.close();
  }

  async ask(text: string, patienceMs: number, signal: AbortSignal): Promise<AskedNotes | null> {
    const table = this.#tables.answering();
    const known = table && this.#known.get(table.name);
    if (!table || !known || this.#deps.engine.status().embedder === null) return null;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    try {
      const vector = await this.#questionOf(text, table, patience);
      const distinction = distinctionFor(vector, known.background);
      return {
        earned: isEnglish(text) ? known.examined.earned : known.examined.earnedElsewhere,
        near: async (limit, among) => (await table.vectors.nearest({ vector, scopes: [noteScope], limit, ...(among && { among }) })).map(({ id, similarity }) => ({ id, distinction: distinction(similarity) })),
        distinctions: async (ids) => new Map([...(await table.vectors.similarities(vector, ids))].map(([id, similarity]) => [id, distinction(similarity)])),
      };
    } catch (error) {
      signal.throwIfAborted();
      this.#deps.log(`Meaning was left out of a search: ${reasonOf(error)}`);
      return null;
    }
  }

  async like(ids: readonly string[], limit: number): Promise<Map<string, number>> {
    const table = this.#tables.answering();
    const best = new Map<string, number>();
    if (!table) return best;
    const step = Math.max(1, ids.length / mostCompared);
    const own = await table.vectors.vectorsOf(Array.from({ length: Math.min(ids.length, mostCompared) }, (_, at) => ids[Math.floor(at * step)]!));
    for (const vector of own.values()) {
      for (const { id, similarity } of await table.vectors.nearest({ vector, scopes: [noteScope], limit: limit + Math.min(ids.length, limit) })) {
        if (!ids.includes(id)) best.set(id, Math.max(similarity, best.get(id) ?? 0));
      }
    }
    return best;
  }

  async eraseRemoved(): Promise<void> {
    this.#questions.clear();
    if (countEmbeddedChunks(this.#deps.db).chunks === 0) {
      // Nothing is left that a vector could be of: the folder goes, and begins anew.
      this.#path = null;
      await this.#tables.discard();
      chunkRemovalsDone(this.#deps.db, pendingChunkRemovals(this.#deps.db));
      this.#loop.wake();
      return;
    }
    await this.#tables.open();
    await this.#removeVectors();
    for (const { vectors } of this.#tables.all()) await vectors.erase();
  }

  async #work(): Promise<void> {
    await this.#tables.open();
    while (await this.#embedSome()) this.#announce();
  }

  /** Makes the loaded embedder's table the one that every chunk is to be in. */
  async #aim(): Promise<void> {
    const { embedder } = this.#deps.engine.status();
    if (embedder?.path === this.#path) return;
    this.#path = null;
    this.#questions.clear();
    if (!embedder) return;
    const { path, dimensions } = embedder;
    const name = await fingerprint(embedder);
    await this.#tables.aim({ name, path, dimensions });
    await this.#know(this.#tables.target()!);
    await this.#knowFormer();
    this.#path = path;
    this.#announce();
  }

  /** The embedder before this one answers until the new table is whole; where its file has gone, the new one answers with what it has. */
  async #knowFormer(): Promise<void> {
    const former = this.#tables.answering();
    if (!former || former === this.#tables.target() || this.#known.has(former.name)) return;
    try {
      if ((await fingerprint(former)) !== former.name) throw new AppError('not-found', 'It is another file now.');
      await this.#know(former);
    } catch (error) {
      if (!(error instanceof AppError) || !['bad-file', 'not-found', 'too-large'].includes(error.code)) throw error;
      this.#deps.log('The embedder that embedded the notes before is not there any more.');
      await this.#tables.forget(former.name);
    }
  }

  async #know(table: OpenNoteTable): Promise<void> {
    if (this.#known.has(table.name)) return;
    const examined = await examine((texts) => this.#embed(texts, table.path));
    this.#known.set(table.name, { examined, background: examined.background, sampledAt: 0 });
    await this.#sampleAgain(table);
  }

  /** Removes what must go, embeds what comes next. False when nothing is left to do. */
  async #embedSome(): Promise<boolean> {
    const { db } = this.#deps;
    await this.#removeVectors();
    await this.#aim();
    const target = this.#tables.target();
    if (this.#path === null || !target) return false;
    const next = nextUnembeddedChunks(db, writtenAtOnce);
    if (next.length === 0) {
      this.#courtesy.done();
      await this.#tables.arrived();
      await this.#sampleAgain(target);
      return false;
    }
    if (!(await this.#mayGoOn())) return false;
    this.#removed.clear();
    const began = performance.now();
    const rows = [];
    for (let from = 0; from < next.length; from += embeddedAtOnce) {
      const some = next.slice(from, from + embeddedAtOnce);
      const embedded = await this.#embed(some.map(embeddingText), target.path);
      rows.push(...some.map(({ id }, index) => ({ id, scope: noteScope, vector: embedded[index]! })));
    }
    // What was taken out or changed while it was being embedded must not come back.
    const current = rows.filter(({ id }) => !this.#removed.has(id));
    await target.vectors.put(current);
    // Only what is surely written is marked: a crash in between repeats the work, and writes the same rows.
    markChunksEmbedded(db, current.map(({ id }) => id), target.name);
    this.#writes += 1;
    this.#perSecond = (1_000 * current.length) / (performance.now() - began);
    return true;
  }

  /** Where it may not, it is asked again later. */
  async #mayGoOn(): Promise<boolean> {
    const { chunks, embedded } = countEmbeddedChunks(this.#deps.db);
    if (await this.#courtesy.mayReadAll(() => chunks - embedded)) return true;
    if (this.#later) clearTimeout(this.#later);
    this.#later = setTimeout(() => this.#loop.wake(), courtesyMs).unref();
    return false;
  }

  async #removeVectors(): Promise<void> {
    const ids = pendingChunkRemovals(this.#deps.db);
    for (let from = 0; from < ids.length; from += writtenAtOnce) {
      const some = ids.slice(from, from + writtenAtOnce);
      for (const id of some) this.#removed.add(id);
      for (const { vectors } of this.#tables.all()) await vectors.remove(some);
      chunkRemovalsDone(this.#deps.db, some);
    }
  }

  /** `by` name: another embedder may be loaded at any moment. */
  #embed(texts: string[], by: string): Promise<Float32Array[]> {
    return this.#loop.step((signal) => this.#deps.engine.embed(texts, signal, by));
  }

  async #questionOf(text: string, table: OpenNoteTable, signal: AbortSignal): Promise<Float32Array> {
    const key = `${table.name} ${text}`;
    const kept = this.#questions.get(key);
    if (kept) return kept;
    const [vector] = await orAborted(this.#deps.engine.embed([text], signal, table.path), signal);
    if (this.#questions.size >= questionsKept) this.#questions.delete(this.#questions.keys().next().value!);
    this.#questions.set(key, vector!);
    return vector!;
  }

  /** What an ordinary chunk is like, once there are enough, and again when there are twice as many. */
  async #sampleAgain(table: OpenNoteTable): Promise<void> {
    const known = this.#known.get(table.name)!;
    const size = await table.vectors.size();
    if (size < leastSample || size < 2 * known.sampledAt) return;
    known.background = await table.vectors.sample(sampleSize);
    known.sampledAt = size;
  }

  /** A large table is only rewritten when someone asks for proof: it takes seconds. */
  async #cleanUp(): Promise<void> {
    for (const { vectors } of this.#tables.all()) if ((await vectors.size()) < largeTable) await vectors.erase();
    if (this.#writes < writesUntilTidy) return;
    for (const { vectors } of this.#tables.all()) await vectors.tidy();
    this.#writes = 0;
  }

  #state(): MeaningStatus['meaning'] {
    const answering = this.#tables.answering();
    if (this.#deps.engine.status().embedder === null || !answering || !this.#known.has(answering.name)) return 'none';
    return this.#path !== null && this.#tables.target()?.whole ? 'ready' : 'building';
  }

  #announce(): void {
    if (this.#listeners.size === 0) return;
    const status = this.status();
    for (const listener of this.#listeners) listener(status);
  }
}

/** Of what it is, then what it says. */
const embeddingText = ({ title, headings, text }: UnembeddedChunk): string => `${[title, ...headings].filter((part) => part !== '').join(' › ')}\n${text}`;
