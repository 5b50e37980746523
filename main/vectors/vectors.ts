/**
 * LanceDB: ids, scopes and vectors, no text. An index that can be thrown away: whatever is wrong with it, it is made
 * anew from SQLite. One owner, one write at a time; readers see what was written.
 */
import { rmSync } from 'node:fs';
import type { Table } from '@lancedb/lancedb';
import { hasGraph, tendGraph, throughGraph } from './graph.ts';
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

/** `folder` belongs to this alone. Nothing is opened before `use`. */
export function createVectors(folder: string): Vectors {
  const queued = createQueue();
  let open: OpenTable | null = null;
  /** Rows removed or replaced since the table was last rewritten. */
  let stale = false;
  let graph = false;

  const table = (): Table => {
    if (!open) throw new Error('No embedder’s table is open.');
    return open.table;
  };
  function close(): void {
    open?.table.close();
    open?.connection.close();
    open = null;
  }

  async function use(wanted: Wanted): Promise<{ made: boolean }> {
    close();
    const { made, ...opened } = await openTable(folder, wanted);
    open = opened;
    stale = !made;
    graph = await hasGraph(open.table);
    return { made };
  }
  async function put(rows: VectorRow[]): Promise<void> {
    if (rows.length === 0) return;
    const { numUpdatedRows } = await table().mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(rows);
    stale ||= numUpdatedRows > 0;
  }
  async function remove(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    await table().delete(`id IN (${ids.map(quoted).join(', ')})`);
    stale = true;
  }
  async function erase(): Promise<void> {
    if (!open || !stale) return;
    open.table = await rewrite(open);
    graph = false;
    stale = false;
  }
  async function tidy(): Promise<void> {
    await dropOldVersions(table());
    graph = await tendGraph(table());
  }

  return {
    use: (wanted) => queued(() => use(wanted)),
    put: (rows) => queued(() => put(rows)),
    remove: (ids) => queued(() => remove(ids)),
    erase: () => queued(erase),
    tidy: () => queued(tidy),
    nearest: async (query) => nearest(table(), query, graph),
    ids: async () => idsOf(table()),
    size: async () => table().countRows(),
    sample: async (count) => sampleOf(table(), count),
    discard: () =>
      queued(async () => {
        close();
        rmSync(folder, { recursive: true, force: true });
      }),
    close: () => queued(async () => close()),
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

async function nearest(table: Table, { vector, scopes, limit }: NearestQuery, graph: boolean): Promise<{ id: string; similarity: number }[]> {
  const query = table.vectorSearch(vector);
  const rows = (await (graph ? throughGraph(query, limit) : query.bypassVectorIndex())
    .distanceType('dot')
    .where(`scope IN (${scopes.map(quoted).join(', ')})`)
    .select(['id', '_distance'])
    .limit(limit)
    .toArray()) as { id: string; _distance: number }[];
  return rows.map((row) => ({ id: row.id, similarity: 1 - row._distance }));
}

async function idsOf(table: Table): Promise<Set<string>> {
  const column = (await table.query().select(['id']).toArrow()).getChild('id');
  return new Set(column ? (column.toArray() as Iterable<string>) : []);
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
