/** The graph that spares a table too large for memory from being read whole for every question. */
import './quiet.ts';
import { Index, type Table } from '@lancedb/lancedb';
import { distanceType, findsEnough, idsOf, type Refusals } from './measured.ts';

/** Below this, reading every vector is as quick as a graph, and exact: about 25 ms on one core at 192 dimensions. */
export const leastRows = 30_000;

/** Lance's own (20, 300) leave parts of some tables out of reach: .85 of what is near instead of .99, built as quickly. */
const dense = { m: 32, efConstruction: 400 };

/** `leastRows`: smaller tables are read whole. */
export type GraphRules = { leastRows: number; refusals: Refusals };

/**
 * Builds the graph when the table has grown large enough, and drops it when it misses too much on the table's own
 * vectors. Takes most of a minute on a hundred thousand rows. True when there is one to be used.
 */
export async function tendGraph(table: Table, rules: GraphRules): Promise<boolean> {
  if (await hasGraph(table)) return true;
  const rows = await table.countRows();
  if (rows < rules.leastRows || rules.refusals.isRefused(rows)) return false;
  await table.createIndex('vector', { config: Index.hnswSq({ distanceType, numPartitions: 1, ...dense }) });
  if (await findsEnough(table, (probe, limit) => idsOf(throughGraph(table.vectorSearch(probe), limit), limit))) return true;
  await dropGraph(table);
  rules.refusals.refuse(rows);
  return false;
}

export const hasGraph = async (table: Table): Promise<boolean> => (await table.listIndices()).length > 0;

export async function dropGraph(table: Table): Promise<void> {
  for (const { name } of await table.listIndices()) await table.dropIndex(name);
}

/** With the width that was measured: .99 of the nearest 200 of a hundred thousand, in a fifth of the time. */
export const throughGraph = (query: ReturnType<Table['vectorSearch']>, limit: number) => query.ef(4 * limit).refineFactor(2);
