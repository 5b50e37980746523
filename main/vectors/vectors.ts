/**
 * LanceDB: ids, scopes and vectors, no text. An index that can be thrown away: whatever is wrong with it, it is made
 * anew from SQLite. One owner, one write at a time; readers see what was written.
 */
import { rmSync } from 'node:fs';
import type { Table } from '@lancedb/lancedb';
import { dropGraph, hasGraph, leastRows, tendGraph, throughGraph } from './graph.ts';
import { bytesOf, createInMemory, readInMemory, type InMemory } from './inMemory.ts';
import { distanceType, findsEnough, refusalsIn } from './measured.ts';
import { openWordFile, type WordFile } from './wordFile.ts';
import { dropOldVersions, openTable, rewrite, sampleOf, type NearestQuery, type OpenTable, type VectorRow, type Wanted } from './table.ts';

export type { NearestQuery, VectorRow };

export type Vectors = {
  /**
   * Opens the table of one embedder and drops those of others. `made`: there was none, or it could not be read, and it
   * is empty now. `name` may hold letters, digits, `_`, `-` and `.` only.
   */
  use(table: { name: string; dimensions: number }): Promise<{ made: boolean }>;
  /** Writes rows, in place of older ones with the same id. */
  put(rows: VectorRow[]): Promise<void>;
  /** No longer found at once; the bytes go with `erase`. */
  remove(ids: string[]): Promise<void>;
  /** Rewrites the table when something was removed or replaced, so that none of it is left on disk. */
  erase(): Promise<void>;
  /** Closest first; `similarity` is the cosine. */
  nearest(query: NearestQuery): Promise<{ id: string; similarity: number }[]>;
  /** How close these are, of those that are here. */
  similarities(vector: Float32Array, ids: readonly string[]): Promise<Map<string, number>>;
  /** Their own vectors, of those that are here. */
  vectorsOf(ids: readonly string[]): Promise<Map<string, Float32Array>>;
  ids(): Promise<Set<string>>;
  /** Vectors of single words, in a file of their own beside the table. */
  words(table: { name: string; dimensions: number }): WordFile;
  size(): Promise<number>;
  /** Some vectors from all over the table: what an ordinary one is like. */
  sample(count: number): Promise<Float32Array[]>;
  /** Merges small files, drops old versions, and sees to what makes finding quick. For when nothing else is going on. */
  tidy(): Promise<void>;
  /** Closes and deletes everything; `use` begins anew. */
  discard(): Promise<void>;
  close(): Promise<void>;
};

/** The name a scope goes by in the table. `keptIn`: the only conversation in which a memory is recalled. */
export const scopeOf = ({ scope, personaId, keptIn }: { scope: string; personaId: string | null; keptIn: string | null }): string =>
  `${keptIn === null ? '' : `in:${keptIn}:`}${scope === 'own' ? `own:${personaId ?? ''}` : scope}`;

/** The names of the scopes that a persona looks into, in a conversation or (null) in none. */
export const scopesIn = ({ personaId, shared, conversationId }: { personaId: string; shared: boolean; conversationId: string | null }): string[] =>
  [null, ...(conversationId === null ? [] : [conversationId])].flatMap((keptIn) =>
    ['own', ...(shared ? ['shared'] : [])].map((scope) => scopeOf({ scope, personaId, keptIn })),
  );

/** `mostInMemory`: bytes of memory that a table's rows may take. `graphFrom`: rows from which a graph is worth its making where they may not. */
export type VectorOptions = { mostInMemory?: number; graphFrom?: number };

/** A third of a million messages of the bundled embedder. */
const mostInMemory = 128 * 2 ** 20;

/** `folder` belongs to this alone. Nothing is opened before `use`. */
export const createVectors = (folder: string, options: VectorOptions = {}): Vectors =>
  new LanceVectors(folder, { mostInMemory, graphFrom: leastRows, ...options });

class LanceVectors implements Vectors {
  readonly #folder: string;
  readonly #options: Required<VectorOptions>;
  readonly #queued = createQueue();
  readonly #reads = createReads();
  #open: OpenTable | null = null;
  /** Rows were removed or replaced since the table was last rewritten. */
  #stale = false;
  /** The quickest way there is; null where the table is too large, or its vectors do not bear it. */
  #inMemory: InMemory | null = null;
  /** Rows when it was last measured. */
  #measuredAt = 0;
  #graph = false;

  constructor(folder: string, options: Required<VectorOptions>) {
    this.#folder = folder;
    this.#options = options;
  }

  use(wanted: Wanted): Promise<{ made: boolean }> {
    return this.#queued(async () => {
      this.#close();
      const { made, inMemory, ...opened } = await this.#openWhole(wanted);
      this.#open = opened;
      this.#inMemory = inMemory;
      this.#stale = !made;
      this.#graph = await hasGraph(opened.table);
      return { made };
    });
  }

  words(wanted: Wanted): WordFile {
    return openWordFile(this.#folder, wanted);
  }

  put(rows: VectorRow[]): Promise<void> {
    return this.#queued(async () => {
      if (rows.length === 0) return;
      const { numUpdatedRows } = await this.#table().mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(rows);
      this.#stale ||= numUpdatedRows > 0;
      this.#inMemory?.put(rows);
      if (this.#inMemory && this.#inMemory.bytes() > this.#options.mostInMemory) this.#inMemory = null;
    });
  }

  remove(ids: string[]): Promise<void> {
    return this.#queued(async () => {
      if (ids.length === 0) return;
      await this.#table().delete(`id IN (${ids.map(quoted).join(', ')})`);
      this.#inMemory?.remove(ids);
      this.#stale = true;
    });
  }

  erase(): Promise<void> {
    return this.#queued(async () => {
      if (!this.#open || !this.#stale) return;
      this.#open.table = await rewrite(this.#open);
      this.#graph = false;
      await this.#dropOld();
      this.#stale = false;
    });
  }

  tidy(): Promise<void> {
    return this.#queued(async () => {
      await this.#table().optimize();
      await this.#dropOld();
      await this.#measure();
      if (this.#inMemory) await dropGraph(this.#table());
      this.#graph = !this.#inMemory && (await tendGraph(this.#table(), { leastRows: this.#options.graphFrom, refusals: refusalsIn(this.#folder, 'graph') }));
    });
  }

  nearest(query: NearestQuery): Promise<{ id: string; similarity: number }[]> {
    return this.#reads.run(async () => this.#inMemory?.nearest(query) ?? nearest(this.#table(), query, this.#graph));
  }

  similarities(vector: Float32Array, ids: readonly string[]): Promise<Map<string, number>> {
    return this.#reads.run(async () => this.#inMemory?.similarities(vector, ids) ?? similaritiesOf(await vectorsOf(this.#table(), ids), vector));
  }

  vectorsOf(ids: readonly string[]): Promise<Map<string, Float32Array>> {
    return this.#reads.run(() => vectorsOf(this.#table(), ids));
  }

  ids(): Promise<Set<string>> {
    return this.#reads.run(() => idsOf(this.#table()));
  }

  size(): Promise<number> {
    return this.#reads.run(() => this.#table().countRows());
  }

  sample(count: number): Promise<Float32Array[]> {
    return this.#reads.run(() => sampleOf(this.#table(), count));
  }

  discard(): Promise<void> {
    return this.#queued(async () => {
      this.#close();
      rmSync(this.#folder, { recursive: true, force: true });
    });
  }

  close(): Promise<void> {
    return this.#queued(async () => this.#close());
  }

  #table(): Table {
    if (!this.#open) throw new Error('No embedder’s table is open.');
    return this.#open.table;
  }

  async #openWhole(wanted: Wanted): Promise<OpenTable & { made: boolean; inMemory: InMemory | null }> {
    const opened = await openTable(this.#folder, wanted);
    try {
      return { ...opened, inMemory: await this.#read(opened.table, wanted.dimensions) };
    } catch {
      // It is damaged where opening it does not look.
      opened.table.close();
      opened.connection.close();
      rmSync(this.#folder, { recursive: true, force: true });
      return { ...(await openTable(this.#folder, wanted)), inMemory: createInMemory(wanted.dimensions) };
    }
  }

  async #read(table: Table, dimensions: number): Promise<InMemory | null> {
    const rows = await table.countRows();
    const isLeftOut = bytesOf(rows, dimensions) > this.#options.mostInMemory || refusalsIn(this.#folder, 'in-memory').isRefused(rows);
    return isLeftOut ? null : readInMemory(table, dimensions);
  }

  /** An embedder whose numbers do not fit a byte is found out, and its table read from the disk. */
  async #measure(): Promise<void> {
    const rows = await this.#table().countRows();
    const inMemory = this.#inMemory;
    if (!inMemory || rows === 0 || rows < 2 * this.#measuredAt) return;
    this.#measuredAt = rows;
    if (await findsEnough(this.#table(), async (vector, limit) => inMemory.nearest({ vector, limit }).map(({ id }) => id))) return;
    this.#inMemory = null;
    refusalsIn(this.#folder, 'in-memory').refuse(rows);
  }

  /** Whoever began to read before the newest version may still need the files of an older one. */
  async #dropOld(): Promise<void> {
    await this.#reads.settled();
    await dropOldVersions(this.#table());
  }

  #close(): void {
    this.#open?.table.close();
    this.#open?.connection.close();
    this.#open = null;
    this.#inMemory = null;
    this.#measuredAt = 0;
  }
}

/** Runs each work after the one asked before it, whatever became of that. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

/** Knows what is being read. */
function createReads(): { run<T>(read: () => Promise<T>): Promise<T>; settled(): Promise<unknown> } {
  const running = new Set<Promise<unknown>>();
  return {
    async run(read) {
      const reading = read();
      running.add(reading);
      return reading.finally(() => running.delete(reading));
    },
    settled: () => Promise.allSettled(running),
  };
}

async function nearest(table: Table, { vector, scopes, limit, among }: NearestQuery, graph: boolean): Promise<{ id: string; similarity: number }[]> {
  if (among) return nearestAmong(table, { vector, scopes, limit, among }, graph);
  const query = table.vectorSearch(vector);
  const rows = (await (graph ? throughGraph(query, limit) : query.bypassVectorIndex())
    .distanceType(distanceType)
    .where(`scope IN (${scopes.map(quoted).join(', ')})`)
    .select(['id', '_distance'])
    .limit(limit)
    .toArray()) as { id: string; _distance: number }[];
  // The squared distance of unit vectors is twice what their cosine lacks to 1.
  return rows.map((row) => ({ id: row.id, similarity: 1 - row._distance / 2 }));
}

/** A few are compared one by one; of many, those among the nearest are found sooner. */
async function nearestAmong(table: Table, { among, ...query }: NearestQuery & { among: ReadonlySet<string> }, graph: boolean): Promise<{ id: string; similarity: number }[]> {
  if (among.size > mostCompared) {
    const near = await nearest(table, { ...query, limit: lookedAmong * query.limit }, graph);
    return near.filter(({ id }) => among.has(id)).slice(0, query.limit);
  }
  const similarities = similaritiesOf(await vectorsOf(table, [...among]), query.vector);
  return [...similarities].map(([id, similarity]) => ({ id, similarity })).sort((a, b) => b.similarity - a.similarity).slice(0, query.limit);
}

const mostCompared = 2_000;
const lookedAmong = 25;

function similaritiesOf(vectors: ReadonlyMap<string, Float32Array>, vector: Float32Array): Map<string, number> {
  return new Map([...vectors].map(([id, one]) => [id, one.reduce((sum, value, index) => sum + value * vector[index]!, 0)]));
}

async function vectorsOf(table: Table, ids: readonly string[]): Promise<Map<string, Float32Array>> {
  if (ids.length === 0) return new Map();
  const rows = (await table.query().where(`id IN (${ids.map(quoted).join(', ')})`).select(['id', 'vector']).toArray()) as { id: string; vector: Iterable<number> }[];
  return new Map(rows.map(({ id, vector }) => [id, Float32Array.from(vector)]));
}

async function idsOf(table: Table): Promise<Set<string>> {
  const column = (await table.query().select(['id']).toArrow()).getChild('id');
  return new Set(column ? (column.toArray() as Iterable<string>) : []);
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
