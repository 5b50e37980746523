/** The rows of a table in memory. Up to some hundred thousand, reading their bytes whole is quicker than any index on disk, and misses nothing. */
import './quiet.ts';
import type { Table } from '@lancedb/lancedb';
import { createByteRows } from './byteRows.ts';
import { largest } from './largest.ts';
import type { NearestQuery, VectorRow } from './table.ts';

export type InMemory = {
  put(rows: VectorRow[]): void;
  remove(ids: string[]): void;
  /** Without scopes: among all. */
  nearest(query: Omit<NearestQuery, 'scopes'> & Partial<NearestQuery>): { id: string; similarity: number }[];
  /** Of those that are here. */
  similarities(vector: Float32Array, ids: readonly string[]): Map<string, number>;
  bytes(): number;
};

/** Of the nearest by bytes alone so many times as many as wanted hold all the nearest. */
const lookedAt = 2;

export const bytesOf = (rows: number, dimensions: number): number => 2 * rows * dimensions;

export function createInMemory(dimensions: number): InMemory {
  const rows = createByteRows(dimensions);
  const ids: string[] = [];
  /** A number for each, by where its name stands. */
  const scopes: number[] = [];
  const scopeNumbers = new Map<string, number>();
  const places = new Map<string, number>();

  function scopeNumber(name: string): number {
    const known = scopeNumbers.get(name) ?? scopeNumbers.size;
    scopeNumbers.set(name, known);
    return known;
  }

  function removeOne(id: string): void {
    const at = places.get(id);
    if (at === undefined) return;
    const last = ids.pop()!;
    const lastScope = scopes.pop()!;
    rows.remove(at);
    places.delete(id);
    if (last === id) return;
    ids[at] = last;
    scopes[at] = lastScope;
    places.set(last, at);
  }

  return {
    put(added) {
      for (const { id, scope, vector } of added) {
        const at = places.get(id) ?? ids.length;
        rows.set(at, vector);
        ids[at] = id;
        scopes[at] = scopeNumber(scope);
        places.set(id, at);
      }
    },
    remove: (removed) => removed.forEach(removeOne),
    nearest({ vector, scopes: wanted, limit, among }) {
      const isWanted = [...scopeNumbers.keys()].map((name) => wanted?.includes(name) ?? true);
      const near = largest(rows.cosines(vector), lookedAt * limit, (at) => isWanted[scopes[at]!]! && (!among || among.has(ids[at]!)));
      return near
        .map((at) => ({ id: ids[at]!, similarity: rows.cosine(at, vector) }))
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, limit);
    },
    similarities(vector, asked) {
      const here = asked.filter((id) => places.has(id));
      return new Map(here.map((id) => [id, rows.cosine(places.get(id)!, vector)]));
    },
    bytes: () => bytesOf(rows.count(), dimensions),
  };
}

export async function readInMemory(table: Table, dimensions: number): Promise<InMemory> {
  const inMemory = createInMemory(dimensions);
  for await (const batch of table.query().select(['id', 'scope', 'vector'])) {
    const rows = batch.toArray() as unknown as { id: string; scope: string; vector: { toArray(): Float32Array } }[];
    inMemory.put(rows.map(({ id, scope, vector }) => ({ id, scope, vector: vector.toArray() })));
  }
  return inMemory;
}
