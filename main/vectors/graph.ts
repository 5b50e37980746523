/** The graph that spares a large table from being read whole for every question. */
import './quiet.ts';
import { Index, type Table } from '@lancedb/lancedb';

/**
 * Between unit vectors the same order as the cosine's. Lance's codes of one byte a number keep distances but not dot
 * products: by `dot` a graph over vectors around zero found a tenth of what is near, by `l2` the most of it.
 */
export const distanceType = 'l2';

/** Below this, reading every vector is as quick as a graph, and exact: about 25 ms on one core at 192 dimensions. */
export const leastRows = 30_000;
/** A graph that finds less of what reading everything finds is not used. */
const leastRecall = 0.95;
const probes = 20;
/** As many as recall asks for: the graph is searched wider the more is wanted. */
const depth = 200;

/** Lance's own (20, 300) leave parts of some tables out of reach: .85 of what is near instead of .99, built as quickly. */
const dense = { m: 32, efConstruction: 400 };

export type GraphRules = {
  /** Smaller tables are read whole. */
  leastRows: number;
  /** At how many rows a graph was last found wanting, so that it is not built again in vain; 0 for never. */
  refusedAt(): number;
  refuse(rows: number): void;
};

/**
 * Builds the graph when the table has grown large enough, and drops it when it misses too much on the table's own
 * vectors; it is tried again when there are twice as many. Takes most of a minute on a hundred thousand rows. True when
 * there is one to be used.
 */
export async function tendGraph(table: Table, rules: GraphRules): Promise<boolean> {
  if (await hasGraph(table)) return true;
  const rows = await table.countRows();
  if (rows < Math.max(rules.leastRows, 2 * rules.refusedAt())) return false;
  await table.createIndex('vector', { config: Index.hnswSq({ distanceType, numPartitions: 1, ...dense }) });
  if ((await measuredRecall(table)) >= leastRecall) return true;
  for (const { name } of await table.listIndices()) await table.dropIndex(name);
  rules.refuse(rows);
  return false;
}

export const hasGraph = async (table: Table): Promise<boolean> => (await table.listIndices()).length > 0;

/** With the width that was measured: .99 of the nearest 200 of a hundred thousand, in a fifth of the time. */
export const throughGraph = (query: ReturnType<Table['vectorSearch']>, limit: number) => query.ef(4 * limit).refineFactor(2);

async function measuredRecall(table: Table): Promise<number> {
  const rows = await table.countRows();
  const offsets = Array.from({ length: probes }, (_, index) => Math.floor((index * rows) / probes));
  const column = (await table.takeOffsets(offsets).select(['vector']).toArrow()).getChild('vector');
  let found = 0;
  for (const vector of column ?? []) {
    const near = (query: ReturnType<Table['vectorSearch']>) => query.distanceType(distanceType).select(['id', '_distance']).limit(depth).toArray() as Promise<{ id: string }[]>;
    const probe = Float32Array.from(vector as Iterable<number>);
    const exact = new Set((await near(table.vectorSearch(probe).bypassVectorIndex())).map(({ id }) => id));
    const guessed = await near(throughGraph(table.vectorSearch(probe), depth));
    found += guessed.filter(({ id }) => exact.has(id)).length / exact.size;
  }
  return found / probes;
}
