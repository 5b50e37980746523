/**
 * LanceDB: ids, scopes and vectors, no text. An index that can be thrown away: whatever is wrong with it, it is made
 * anew from SQLite. One owner, one write at a time; readers see what was written.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Table } from '@lancedb/lancedb';
import { distanceType, hasGraph, leastRows, tendGraph, throughGraph, type GraphRules } from './graph.ts';
import { openWordFile, type WordFile } from './wordFile.ts';
import { dropOldVersions, openTable, rewrite, sampleOf, type OpenTable, type Wanted } from './table.ts';

export type VectorRow = {
  id: string;
  /** `shared`, or whose own: see `scopeOf`. */
  scope: string;
  /** Of unit length. */
  vector: Float32Array;
};

export type NearestQuery = { vector: Float32Array; scopes: string[]; limit: number };

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
  ids(): Promise<Set<string>>;
  /** Vectors of single words, in a file of their own beside the table. */
  words(table: { name: string; dimensions: number }): WordFile;
  size(): Promise<number>;
  /** Some vectors from all over the table: what an ordinary one is like. */
  sample(count: number): Promise<Float32Array[]>;
  /** Merges small files, drops old versions and, for a large table, sees to its graph. For when nothing else is going on. */
  tidy(): Promise<void>;
  /** Closes and deletes everything; `use` begins anew. */
  discard(): Promise<void>;
  close(): Promise<void>;
};

/** The name a scope goes by in the table. */
export const scopeOf = (memory: { scope: string; personaId: string | null }): string =>
  memory.scope === 'own' ? `own:${memory.personaId ?? ''}` : memory.scope;

/** `folder` belongs to this alone. Nothing is opened before `use`. `graphFrom`: rows from which a graph is worth its making. */
export const createVectors = (folder: string, options: { graphFrom?: number } = {}): Vectors =>
  new LanceVectors(folder, graphRules(folder, options.graphFrom ?? leastRows));

class LanceVectors implements Vectors {
  readonly #folder: string;
  readonly #rules: GraphRules;
  readonly #queued = createQueue();
  readonly #reads = createReads();
  #open: OpenTable | null = null;
  /** Rows were removed or replaced since the table was last rewritten. */
  #stale = false;
  #graph = false;

  constructor(folder: string, rules: GraphRules) {
    this.#folder = folder;
    this.#rules = rules;
  }

  use(wanted: Wanted): Promise<{ made: boolean }> {
    return this.#queued(async () => {
      this.#close();
      const { made, ...opened } = await openTable(this.#folder, wanted);
      this.#open = opened;
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
    });
  }

  remove(ids: string[]): Promise<void> {
    return this.#queued(async () => {
      if (ids.length === 0) return;
      await this.#table().delete(`id IN (${ids.map(quoted).join(', ')})`);
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
      this.#graph = await tendGraph(this.#table(), this.#rules);
    });
  }

  nearest(query: NearestQuery): Promise<{ id: string; similarity: number }[]> {
    return this.#reads.run(() => nearest(this.#table(), query, this.#graph));
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

  /** Whoever began to read before the newest version may still need the files of an older one. */
  async #dropOld(): Promise<void> {
    await this.#reads.settled();
    await dropOldVersions(this.#table());
  }

  #close(): void {
    this.#open?.table.close();
    this.#open?.connection.close();
    this.#open = null;
  }
}

/** What was refused is noted beside the table, and gone with it. */
function graphRules(folder: string, rows: number): GraphRules {
  const file = join(folder, 'graph-refused');
  return {
    leastRows: rows,
    refusedAt: () => (existsSync(file) ? Number(readFileSync(file, 'utf8')) || 0 : 0),
    refuse: (count) => writeFileSync(file, String(count)),
  };
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

async function nearest(table: Table, { vector, scopes, limit }: NearestQuery, graph: boolean): Promise<{ id: string; similarity: number }[]> {
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

async function idsOf(table: Table): Promise<Set<string>> {
  const column = (await table.query().select(['id']).toArrow()).getChild('id');
  return new Set(column ? (column.toArray() as Iterable<string>) : []);
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
