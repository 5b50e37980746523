/** Keeps an embedding of every memory, off the turn; what it has not reached yet is found by words. */
import { orAborted } from '../contract/abort.ts';
import type { IndexStatus } from '../contract/app.ts';
import type { Engine } from '../engine/engine.ts';
import type { Database } from '../store/database.ts';
import {
  countEmbedded, forgetOtherEmbedders, markEmbedded, nextUnembedded, pendingRemovals, reconcileEmbedded, removalsDone, textsAfter,
} from '../store/memoryIndex.ts';
import { memoryMap } from '../store/memoryMap.ts';
import type { View } from '../store/memoryRecall.ts';
import { scopeOf, scopesIn, type VectorRow, type Vectors } from '../vectors/vectors.ts';
import { embeddingText } from './embeddingText.ts';
import { distinctionFor, examine, type Examined } from '../meaning/exam.ts';
import { fingerprint } from '../meaning/fingerprint.ts';
import { createLoop, reasonOf } from '../meaning/loop.ts';
import type { Meanings } from './recall.ts';
import { createWordMeanings, type WordMeanings } from '../meaning/wordMeanings.ts';
import { isEnglish } from '../meaning/languages.ts';
import { wordsOf, wordsWithLike } from '../meaning/words.ts';

export type IndexerDependencies = {
  db: Database;
  vectors: Vectors;
  engine: Pick<Engine, 'embed' | 'status' | 'onStatus'>;
  /** For lines in our own words: what kind of failure it was, no text of the owner's. */
  log(message: string): void;
};

export type MemoryIndexer = {
  /** Something was remembered, changed or removed. Cheap; call it after the transaction. */
  wake(): void;
  /** Work in the background stops until the returned function is called. */
  hold(): () => void;
  status(): IndexStatus;
  onStatus(listener: (status: IndexStatus) => void): () => void;
  /** What is close in meaning, in view; null while meaning cannot be had, which is never an error. */
  meaningsFor(question: string, view: View, signal: AbortSignal): Promise<Meanings | null>;
  /** Resolves when no vector of a memory that was removed or changed is left in any file. */
  eraseRemoved(): Promise<void>;
  /** Resolves when nothing waits to be embedded, or nothing can be. */
  settled(): Promise<void>;
  dispose(): Promise<void>;
};

export function createMemoryIndexer(dependencies: IndexerDependencies): MemoryIndexer {
  const indexer = new Indexer(dependencies);
  return {
    wake: () => indexer.loop.wake(),
    hold: () => indexer.loop.hold(),
    status: () => indexer.status(),
    onStatus: (listener) => indexer.onStatus(listener),
    meaningsFor: (question, view, signal) => indexer.meaningsFor({ question, view, signal }),
    eraseRemoved: () => indexer.eraseRemoved(),
    settled: () => indexer.loop.settled(),
    dispose: () => indexer.dispose(),
  };
}

/** One write to the table; a crash costs at most these embeddings. */
const writtenAtOnce = 256;
/** Between these a turn can step in. */
const embeddedAtOnce = 8;
const nearestLimit = 200;
const textsAtOnce = 500;
/** A longer question says enough by itself. */
const mostWordsAsked = 12;
/** A sample smaller than this says nothing about what an ordinary memory is like. */
const leastSample = 64;
const sampleSize = 256;
/** Many small writes leave many small files. */
const writesUntilTidy = 64;
const largeTable = 30_000;
/** A question does not wait longer than this for its embedding: words are enough. */
const patienceMs = 1_500;

/** The table that is open, and what is known of its embedder. */
type Current = { path: string; name: string; examined: Examined; background: Float32Array[]; sampledAt: number; words: WordMeanings };

class Indexer {
  readonly loop = createLoop();
  readonly #deps: IndexerDependencies;
  readonly #listeners = new Set<(status: IndexStatus) => void>();
  readonly #offStatus: () => void;
  #current: Current | null = null;
  #rebuilding = false;
  /** The first quiet moment after a start is for tidying, too. */
  #writes = writesUntilTidy;
  /** Words of what was removed may be known still. */
  #wordsStale = false;
  /** Memories removed or changed since the batch at hand was read. */
  readonly #removed = new Set<string>();

  constructor(dependencies: IndexerDependencies) {
    this.#deps = dependencies;
    this.#offStatus = dependencies.engine.onStatus(() => this.loop.wake());
    this.loop.start({
      work: () => this.#work(),
      quiet: () => this.#cleanUp(),
      failed: (error) => {
        this.#deps.log(`The index by meaning paused: ${reasonOf(error)}`);
        this.#current = null;
      },
      settled: () => this.#announce(),
    });
  }

  status(): IndexStatus {
    return { ...countEmbedded(this.#deps.db), state: this.#state() };
  }

  onStatus(listener: (status: IndexStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    this.#offStatus();
    await this.loop.end();
    await this.#deps.vectors.close();
  }

  async meaningsFor({ question, view, signal }: { question: string; view: View; signal: AbortSignal }): Promise<Meanings | null> {
    const current = this.#current;
    if (!current || this.#deps.engine.status().embedder?.path !== current.path) return null;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    try {
      const embed = (texts: string[]) => orAborted(this.#deps.engine.embed(texts, patience), patience);
      const vector = (await embed([question]))[0]!;
      const alike = await current.words.alike(wordsWithLike(question).slice(0, mostWordsAsked), embed);
      const near = await orAborted(this.#deps.vectors.nearest({ vector, scopes: scopesIn(view), limit: nearestLimit }), patience);
      const distinction = distinctionFor(vector, current.background);
      const { earned, earnedElsewhere } = current.examined;
      return { earned: isEnglish(question) ? earned : earnedElsewhere, near: near.map(({ id, similarity }) => ({ id, distinction: distinction(similarity) })), alike };
    } catch (error) {
      signal.throwIfAborted();
      this.#deps.log(`Recall by meaning was left out: ${reasonOf(error)}`);
      return null;
    }
  }

  async eraseRemoved(): Promise<void> {
    await this.#removeVectors();
    await this.#forgetWords();
    if (this.#current) await this.#deps.vectors.erase();
  }

  async #work(): Promise<void> {
    await this.#prepare();
    while (await this.#embedSome()) this.#announce();
  }

  /** Makes the table of the loaded embedder the open one. Without an embedder there is nothing to prepare. */
  async #prepare(): Promise<void> {
    const { db, engine, vectors } = this.#deps;
    const embedder = engine.status().embedder;
    if (embedder?.path === this.#current?.path) return;
    this.#current = null;
    if (!embedder) return;
    const name = await fingerprint(embedder);
    const { made } = await vectors.use({ name, dimensions: embedder.dimensions });
    // Made now, and not for the first question.
    memoryMap(db);
    forgetOtherEmbedders(db, name);
    const { orphans } = reconcileEmbedded(db, name, await vectors.ids());
    await vectors.remove(orphans);
    this.#rebuilding = made && countEmbedded(db).total > 0;
    this.#announce();
    const examined = await examine((texts) => this.#embed(texts));
    const words = createWordMeanings(vectors.words({ name, dimensions: embedder.dimensions }), embedder.dimensions);
    this.#wordsStale = true;
    this.#current = { path: embedder.path, name, examined, background: examined.background, sampledAt: 0, words };
    for await (const texts of this.#allTexts()) await words.learn(texts, (some) => this.#embed(some));
  }

  /** Removes what must go, embeds what comes next. False when nothing is left to do. */
  async #embedSome(): Promise<boolean> {
    const { db, vectors } = this.#deps;
    await this.#removeVectors();
    if (!this.#current) return false;
    const next = nextUnembedded(db, writtenAtOnce);
    if (next.length === 0) {
      await this.#sampleAgain(this.#current);
      this.#rebuilding = false;
      return false;
    }
    const { name } = this.#current;
    this.#removed.clear();
    const rows: VectorRow[] = [];
    for (let from = 0; from < next.length; from += embeddedAtOnce) {
      const some = next.slice(from, from + embeddedAtOnce);
      const embedded = await this.#embed(some.map(embeddingText));
      rows.push(...some.map((memory, index) => ({ id: memory.id, scope: scopeOf(memory), vector: embedded[index]! })));
    }
    // What was removed or changed while it was being embedded must not come back.
    const current = rows.filter(({ id }) => !this.#removed.has(id));
    await vectors.put(current);
    await this.#current.words.learn(next.filter(({ id }) => !this.#removed.has(id)).map(embeddingText), (some) => this.#embed(some));
    // Words of what was forgotten while they were being learnt go again.
    if (this.#removed.size > 0) this.#wordsStale = true;
    // Only what is surely written is marked: a crash in between repeats the work, and writes the same rows.
    markEmbedded(db, current.map(({ id }) => id), name);
    this.#writes += 1;
    return true;
  }

  #embed(texts: string[]): Promise<Float32Array[]> {
    return this.loop.step((signal) => this.#deps.engine.embed(texts, signal));
  }

  async #removeVectors(): Promise<void> {
    const { db, vectors } = this.#deps;
    const ids = pendingRemovals(db);
    if (ids.length === 0) return;
    for (const id of ids) this.#removed.add(id);
    this.#wordsStale = true;
    if (this.#current) await vectors.remove(ids);
    else await vectors.discard();
    removalsDone(db, ids);
  }

  /** All texts that may be recalled, a page at a time, with a turn for others in between. */
  async *#allTexts(): AsyncGenerator<string[]> {
    for (let page = textsAfter(this.#deps.db, 0, textsAtOnce); page.length > 0; page = textsAfter(this.#deps.db, page.at(-1)!.seq, textsAtOnce)) {
      yield page.map(({ text }) => text);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Words that no memory says any more are forgotten. */
  async #forgetWords(): Promise<void> {
    if (!this.#wordsStale || !this.#current) return;
    this.#wordsStale = false;
    const said = new Set<string>();
    for await (const page of this.#allTexts()) for (const text of page) for (const word of wordsOf(text)) said.add(word);
    this.#current?.words.keepOnly(said);
  }

  /** What an ordinary memory is like, once there are enough, and again when there are twice as many. */
  async #sampleAgain(current: Current): Promise<void> {
    const { embedded } = countEmbedded(this.#deps.db);
    if (embedded < leastSample || embedded < 2 * current.sampledAt) return;
    current.background = await this.#deps.vectors.sample(sampleSize);
    current.sampledAt = embedded;
  }

  /** A large table is only rewritten when someone asks for proof: it takes seconds, and its graph with it. */
  async #cleanUp(): Promise<void> {
    if (!this.#current) return;
    await this.#forgetWords();
    if ((await this.#deps.vectors.size()) < largeTable) await this.#deps.vectors.erase();
    if (this.#writes < writesUntilTidy) return;
    await this.#deps.vectors.tidy();
    this.#writes = 0;
  }

  #state(): IndexStatus['state'] {
    if (this.#deps.engine.status().embedder === null) return 'words-only';
    if (!this.loop.isWorking()) return this.#current ? 'up-to-date' : 'words-only';
    return this.#rebuilding ? 'rebuilding' : 'indexing';
  }

  #announce(): void {
    if (this.#listeners.size === 0) return;
    const status = this.status();
    for (const listener of this.#listeners) listener(status);
  }
}
