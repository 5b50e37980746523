/** The table on disk: finding a sound one, making it, writing it anew. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import './quiet.ts';
import { connect, type Connection, type Table } from '@lancedb/lancedb';
import { Field, FixedSizeList, Float32, Schema, Utf8 } from 'apache-arrow';

export type VectorRow = {
  id: string;
  /** `shared`, or whose own, or kept where: see `scopeOf`. */
  scope: string;
  /** Of unit length. */
  vector: Float32Array;
};

export type NearestQuery = {
  vector: Float32Array;
  scopes: string[];
  limit: number;
  /** Only these ids. */
  among?: ReadonlySet<string>;
};

export type Wanted = { name: string; dimensions: number };
export type OpenTable = { table: Table; connection: Connection; name: string };

/** A folder that cannot be read, or holds something else, is emptied (`made`): everything in it can be made again. */
export async function openTable(folder: string, wanted: Wanted): Promise<OpenTable & { made: boolean }> {
  const found = await findTable(folder, wanted).catch(() => null);
  if (found) return { ...found, name: wanted.name, made: false };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const connection = await connect(folder);
  const table = await connection.createEmptyTable(wanted.name, schemaFor(wanted.dimensions));
  return { table, connection, name: wanted.name, made: true };
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
 * The same rows in new files, once the old versions are dropped. Lance marks a deleted row and keeps its bytes in the file
 * until a tenth of the file is deleted; writing everything anew is the only way to be rid of a few.
 */
export async function rewrite({ connection, name, table }: OpenTable): Promise<Table> {
  const schema = await table.schema();
  const rows = await table.query().toArrow();
  return rows.numRows === 0 ? connection.createEmptyTable(name, schema, { mode: 'overwrite' }) : connection.createTable(name, rows, { mode: 'overwrite' });
}

/** Only with no other process on the folder, which the data folder's lock sees to. */
export const dropOldVersions = (table: Table) => table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true });

/** Some vectors from all over the table. */
export async function sampleOf(table: Table, count: number): Promise<Float32Array[]> {
  const rows = await table.countRows();
  if (rows === 0) return [];
  const step = Math.max(1, rows / count);
  const offsets = Array.from({ length: Math.min(count, rows) }, (_, index) => Math.floor(index * step));
  const column = (await table.takeOffsets(offsets).select(['vector']).toArrow()).getChild('vector');
  return [...(column ?? [])].map((vector) => Float32Array.from(vector as Iterable<number>));
}
