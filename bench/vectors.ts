/** Ways to the nearest vectors, side by side on the bundled embedder's own: what each finds of what reading every vector finds, and what it takes. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { embeddingText } from '../main/memory/embeddingText.ts';
import { dropGraph, tendGraph, throughGraph } from '../main/vectors/graph.ts';
import { bytesOf, readInMemory } from '../main/vectors/inMemory.ts';
import { idsOf } from '../main/vectors/measured.ts';
import { openTable, type OpenTable } from '../main/vectors/table.ts';
import type { Bench, Figures } from './bench.ts';
import { addRabitq } from './fixtures/rabitq.ts';
import { inFolder } from './folders.ts';
import { keptEmbeddings, withEmbedder } from './recall/embedder.ts';
import { percentile } from './recall/scores.ts';
import { createSigns } from './recall/signs.ts';
import { readTalk } from './recall/talk.ts';
import { timesOf } from './recall/times.ts';

const questions = 100;
/** As many as recall asks for. */
const limit = 200;
/** Looked at exactly, of those that a coarse way finds. */
const rescored = 1_000;
const scopes = ['shared'];

type Table = OpenTable['table'];
type Row = { id: string; scope: string; vector: Float32Array };
type Search = (vector: Float32Array) => Promise<string[]>;
/** Made ready over a table. */
type Way = { search: Search; bytes: number };
type Given = { table: Table; folder: string; rows: Row[] };

const ways: Record<string, (given: Given) => Promise<Way>> = {
  'every vector': async ({ table, folder }) => ({ search: (vector) => idsOf(table.vectorSearch(vector).bypassVectorIndex().where(inScope), limit), bytes: sizeOf(folder) }),
  'bytes in memory': async ({ table, rows }) => {
    const dimensions = rows[0]!.vector.length;
    const inMemory = await readInMemory(table, dimensions);
    return { search: async (vector) => inMemory.nearest({ vector, scopes, limit }).map(({ id }) => id), bytes: bytesOf(rows.length, dimensions) };
  },
  'signs, 1,000 rescored': async ({ rows }) => {
    const signs = createSigns(rows.map(({ vector }) => vector));
    return { search: async (vector) => signs.nearest(vector, { limit, rescored }).map((at) => rows[at]!.id), bytes: signs.bytes };
  },
  'HNSW': async (given) => {
    await tendGraph(given.table, { leastRows: 0, refusals: { isRefused: () => false, refuse: () => console.log('The graph was found wanting, and dropped.') } });
    return indexed(given, (query) => throughGraph(query, limit));
  },
  'RaBitQ, 1,000 rescored': async (given) => {
    await addRabitq(given.table);
    return indexed(given, (query) => query.nprobes(1).refineFactor(rescored / limit));
  },
};

const inScope = `scope IN ('shared')`;

function indexed({ table, folder }: Given, search: (query: ReturnType<Table['vectorSearch']>) => ReturnType<Table['vectorSearch']>): Way {
  return { search: (vector) => idsOf(search(table.vectorSearch(vector)).where(inScope), limit), bytes: sizeOf(path.join(folder, 'measured.lance', '_indices')) };
}

export const bench: Bench = {
  name: 'vectors',
  about: 'ways to the nearest vectors against reading every vector, on the bundled embedder’s own [--sizes 10000,100000,200000] [--texts <folder>]',
  async run({ arguments: given }) {
    const { values } = parseArgs({ args: given, options: { sizes: { type: 'string', default: '10000,100000,200000' }, texts: { type: 'string' } } });
    const talk = readTalk(values.texts);
    return withEmbedder(1, async (engine) => {
      const embed = await keptEmbeddings(engine);
      const asked = await embed(talk.questions(questions));
      const figures: Figures = {};
      for (const size of values.sizes.split(',').map(Number)) {
        const rows: Row[] = [];
        for (const text of talk.messages(size)) {
          const said = embeddingText({ role: rows.length % 2 === 0 ? 'user' : 'assistant', speaker: null, caption: null, text });
          rows.push({ id: `m${rows.length}`, scope: 'shared', vector: (await embed([said]))[0]! });
        }
        figures[String(size)] = await inFolder((folder) => compare(folder, rows, asked));
      }
      return figures;
    });
  },
};

async function compare(folder: string, rows: Row[], asked: Float32Array[]): Promise<Figures> {
  const { table, connection } = await openTable(folder, { name: 'measured', dimensions: rows[0]!.vector.length });
  for (let from = 0; from < rows.length; from += 5_000) await table.add(rows.slice(from, from + 5_000));
  await table.optimize();
  const exact: string[][] = [];
  const figures: Figures = {};
  let reading = Number.NaN;
  for (const [name, make] of Object.entries(ways)) {
    const from = performance.now();
    const way = await make({ table, folder, rows });
    const buildMs = performance.now() - from;
    const { found, clock, ...times } = await searchAll(way, asked);
    if (exact.length === 0) {
      exact.push(...found);
      reading = clock;
    }
    const recallAt = (k: number) => found.reduce((sum, ids, at) => sum + shareOf(exact[at]!.slice(0, k), ids.slice(0, k)), 0) / found.length;
    figures[name] = { recall10: recallAt(10), recall200: recallAt(limit), ...times, ofReadingEvery: clock / reading, buildMs, megabytes: way.bytes / 2 ** 20 };
    await dropGraph(table);
    console.log(`${rows.length}, ${name}: ${JSON.stringify(figures[name])}`);
  }
  table.close();
  connection.close();
  return figures;
}

/** Once to warm up, once to be measured. */
async function searchAll({ search }: Way, asked: Float32Array[]) {
  for (const vector of asked) await search(vector);
  const times = timesOf();
  const found: string[][] = [];
  for (const vector of asked) found.push(await times.during(() => search(vector)));
  return { found, clock: percentile(times.clock, 0.5), ...times.figures() };
}

const shareOf = (wanted: string[], found: string[]) => wanted.filter((id) => found.includes(id)).length / wanted.length;

const sizeOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0);
