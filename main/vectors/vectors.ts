/**
 * LanceDB: ids, scopes and vectors, no text. An index that can be thrown away: whatever is wrong with it, it is made
 * anew from SQLite. One owner, one write at a time; readers see what was written.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { connect, type Connection, type Table } from '@lancedb/lancedb';
import { Field, FixedSizeList, Float32, Schema, Utf8 } from 'apache-arrow';
import { hasGraph, tendGraph, throughGraph } from './graph.ts';

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

type Open = { table: Table; connection: Connection; name: string };

/** `folder` belongs to this alone. Nothing is opened before `use`. */
export function createVectors(folder: string): Vectors {
  // Lance writes warnings to stderr, and only this name quiets it.
  process.env['LANCEDB_LOG'] ??= 'error';
  let open: Open | null = null;
  /** Rows removed or replaced since the table was last rewritten. */
  let stale = false;
  let graph = false;
  let last: Promise<unknown> = Promise.resolve();

  /** Runs after everything asked before it, whatever became of that. */
  function queued<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }
  const table = (): Table => {
    if (!open) throw new Error('No embedder’s table is open.');
    return open.table;
  };

  return {
    use: (wanted) =>
      queued(async () => {
        closeNow();
        const { made, ...opened } = await openTable(folder, wanted);
        open = { ...opened, name: wanted.name };
        stale = !made;
        graph = await hasGraph(open.table);
        return { made };
      }),
    put: (rows) =>
      queued(async () => {
        if (rows.length === 0) return;
        const { numUpdatedRows } = await table().mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(rows);
        stale ||= numUpdatedRows > 0;
      }),
    remove: (ids) =>
      queued(async () => {
        if (ids.length === 0) return;
        await table().delete(`id IN (${ids.map(quoted).join(', ')})`);
        stale = true;
      }),
    erase: () =>
      queued(async () => {
        if (!open || !stale) return;
        open.table = await rewrite(open);
        graph = false;
        stale = false;
      }),
    nearest: async ({ vector, scopes, limit }) => {
      const query = table().vectorSearch(vector);
      const rows = (await (graph ? throughGraph(query, limit) : query.bypassVectorIndex())
        .distanceType('dot')
        .where(`scope IN (${scopes.map(quoted).join(', ')})`)
        .select(['id', '_distance'])
        .limit(limit)
        .toArray()) as { id: string; _distance: number }[];
      return rows.map((row) => ({ id: row.id, similarity: 1 - row._distance }));
    },
    async ids() {
      const column = (await table().query().select(['id']).toArrow()).getChild('id');
      return new Set(column ? (column.toArray() as Iterable<string>) : []);
    },
    sample: (count) => sampleOf(table(), count),
    tidy: () =>
      queued(async () => {
        await dropOldVersions(table());
        graph = await tendGraph(table());
      }),
    size: () => table().countRows(),
    discard: () =>
      queued(async () => {
        closeNow();
        rmSync(folder, { recursive: true, force: true });
      }),
    close: () => queued(async () => closeNow()),
  };

  function closeNow(): void {
    open?.table.close();
    open?.connection.close();
    open = null;
  }
}

type Wanted = { name: string; dimensions: number };

/** A folder that cannot be read, or holds something else, is emptied: everything in it can be made again. */
async function openTable(folder: string, wanted: Wanted): Promise<{ table: Table; connection: Connection; made: boolean }> {
  const found = await findTable(folder, wanted).catch(() => null);
  if (found) return { ...found, made: false };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const connection = await connect(folder);
  return { table: await connection.createEmptyTable(wanted.name, schemaFor(wanted.dimensions)), connection, made: true };
}

/** Null when there is no such table, or one of another shape. Fails when it is damaged: some of it is read to find out. */
async function findTable(folder: string, wanted: Wanted): Promise<{ table: Table; connection: Connection } | null> {
  if (!existsSync(folder)) return null;
  const connection = await connect(folder);
  const names = await connection.tableNames();
  if (!names.includes(wanted.name)) return null;
  for (const name of names) if (name !== wanted.name) await connection.dropTable(name);
  const table = await connection.openTable(wanted.name);
  const vector = (await table.schema()).fields.find((field) => field.name === 'vector')?.type as FixedSizeList | undefined;
  await table.query().limit(1).toArray();
  return vector?.listSize === wanted.dimensions ? { table, connection } : null;
}

const schemaFor = (dimensions: number) =>
  new Schema([
    new Field('id', new Utf8(), false),
    new Field('scope', new Utf8(), false),
    new Field('vector', new FixedSizeList(dimensions, new Field('item', new Float32(), true)), false),
  ]);

/**
 * The same rows in new files. Lance marks a deleted row and keeps its bytes in the file until a tenth of the file is
 * deleted; writing everything anew is the only way to be rid of a few.
 */
async function rewrite({ connection, name, table }: Open): Promise<Table> {
  const schema = await table.schema();
  const rows = await table.query().toArrow();
  const fresh = rows.numRows === 0 ? await connection.createEmptyTable(name, schema, { mode: 'overwrite' }) : await connection.createTable(name, rows, { mode: 'overwrite' });
  table.close();
  await dropOldVersions(fresh);
  return fresh;
}

/** Only with no other process on the folder, which the data folder's lock sees to. */
const dropOldVersions = (table: Table) => table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true });

async function sampleOf(table: Table, count: number): Promise<Float32Array[]> {
  const rows = await table.countRows();
  if (rows === 0) return [];
  const step = Math.max(1, rows / count);
  const offsets = Array.from({ length: Math.min(count, rows) }, (_, index) => Math.floor(index * step));
  const column = (await table.takeOffsets(offsets).select(['vector']).toArrow()).getChild('vector');
  return [...(column ?? [])].map((vector) => Float32Array.from(vector as Iterable<number>));
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
