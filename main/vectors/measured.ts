/** Whether a quick way to the nearest finds what reading every vector finds, on the table's own vectors. */
import './quiet.ts';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Table } from '@lancedb/lancedb';

/**
 * Between unit vectors the same order as the cosine's. Lance's codes of one byte a number keep distances but not dot
 * products: by `dot` a graph over vectors around zero found a tenth of what is near, by `l2` the most of it.
 */
export const distanceType = 'l2';

/** A way that finds less of what reading everything finds is not used. */
const leastRecall = 0.95;
const probes = 20;
/** As many as recall asks for: the graph is searched wider the more is wanted. */
const depth = 200;

/** Ids of the nearest, by the way that is measured. */
export type Guess = (probe: Float32Array, limit: number) => Promise<string[]>;

export async function findsEnough(table: Table, guess: Guess): Promise<boolean> {
  const rows = await table.countRows();
  const offsets = Array.from({ length: probes }, (_, index) => Math.floor((index * rows) / probes));
  const column = (await table.takeOffsets(offsets).select(['vector']).toArray()) as { vector: Iterable<number> }[];
  let found = 0;
  for (const { vector } of column) {
    const probe = Float32Array.from(vector);
    const exact = new Set(await idsOf(table.vectorSearch(probe).bypassVectorIndex(), depth));
    const guessed = await guess(probe, depth);
    found += guessed.filter((id) => exact.has(id)).length / exact.size;
  }
  return found / column.length >= leastRecall;
}

export const idsOf = async (query: ReturnType<Table['vectorSearch']>, limit: number): Promise<string[]> =>
  ((await query.distanceType(distanceType).select(['id', '_distance']).limit(limit).toArray()) as { id: string }[]).map(({ id }) => id);

/** At how many rows a way was last found wanting, so that it is not tried again in vain: when there are twice as many. Gone with the table. */
export type Refusals = { isRefused(rows: number): boolean; refuse(rows: number): void };

export function refusalsIn(folder: string, way: string): Refusals {
  const file = join(folder, `${way}-refused`);
  const refusedAt = () => (existsSync(file) ? Number(readFileSync(file, 'utf8')) || 0 : 0);
  return { isRefused: (rows) => rows < 2 * refusedAt(), refuse: (rows) => writeFileSync(file, String(rows)) };
}
