/** Forgetting proved: how long it takes, and that nothing of a hundred memories is left in any file of the data folder. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { contract, type Client } from '../main/contract/contract.ts';
import { createClient } from '../main/contract/route.ts';
import { createServices } from '../main/services.ts';
import { realEngine, rootFolder } from '../main/services/fixtures/engines.ts';
import { createRandom, forgetNow, noting, standing, tellMany, tracesOf, until, type Trace } from '../main/services/fixtures/forgetScenario.ts';
import { median, type Bench, type Figures } from './bench.ts';
import { inFolder } from './folders.ts';

export const bench: Bench = {
  name: 'forget',
  about: 'memories forgotten at random, once they are claimed, embedded, answered from and backed up: what of them is left in any file [--memories 100] [--seed 1]',
  async run({ arguments: given }) {
    const { values } = parseArgs({ args: given, options: { memories: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } } });
    return inFolder((folder) => measure(folder, { count: Number(values.memories), seed: Number(values.seed) }));
  },
};

type Told = Awaited<ReturnType<typeof tellMany>>;

async function measure(folder: string, { count, seed }: { count: number; seed: number }): Promise<Figures> {
  const dataFolder = path.join(folder, 'data');
  const besides = path.join(folder, 'exports');
  mkdirSync(besides);
  const { engine, vectors } = noting(realEngine());
  const services = await createServices({
    dataFolder, engine, log: { info: () => {}, error: (event, error) => console.log(`${event}: ${String(error)}`) }, host: 'none', shell: null, version: '0.0.0',
    modelsFolder: path.join(rootFolder, 'models'), resourcesFolder: path.join(rootFolder, 'resources'), readerWorker: path.join(rootFolder, 'main/notes/readerWorker.ts'),
  });
  await services.ready;
  const client = createClient(contract, services.transport);
  // A quarter more than are forgotten: those stay.
  const told = await tellMany(client, { count: Math.ceil(count * 1.25), seed, folder: besides });
  const chosen = atRandom(told, seed).slice(0, count);
  const traces = tracesOf(chosen.flatMap(({ words }) => words), vectors);
  const before = standing(dataFolder, traces);
  const times = await forgetAll(client, chosen);
  await until(async () => (await client.memory.index({})).state === 'up-to-date');
  const open = standing(dataFolder, traces);
  await services.close();
  const closed = standing(dataFolder, traces);
  for (const { trace, file } of closed) console.log(`${trace.of} (${trace.what}): ${file}`);
  return {
    memories: count,
    tracesLookedFor: traces.length,
    foundBefore: figuresOf(before),
    foundWhileOpen: open.length,
    foundAfter: closed.length,
    keptOfTheOthers: keptOf(dataFolder, told.filter((telling) => !chosen.includes(telling))),
    medianMs: median(times),
    longestMs: Math.max(...times),
  };
}

function atRandom(told: Told, seed: number): Told {
  const random = createRandom(seed + 1);
  return told.map((telling) => ({ telling, at: random() })).sort((a, b) => a.at - b.at).map(({ telling }) => telling);
}

/** Each until its proof. One that went with another, whose words it repeats, takes no time. */
async function forgetAll(client: Client, chosen: Told): Promise<number[]> {
  const times: number[] = [];
  for (const { id } of chosen) {
    const began = performance.now();
    await forgetNow(client, id);
    times.push(performance.now() - began);
  }
  return times;
}

const figuresOf = (found: { trace: Trace; file: string }[]): Figures => ({
  texts: found.filter(({ trace }) => trace.what === 'text').length,
  wordSums: found.filter(({ trace }) => trace.what === 'sum').length,
  vectors: found.filter(({ trace }) => trace.what === 'vector').length,
  inBackups: found.filter(({ file }) => file.startsWith('backups')).length,
});

/** Of their words, which share stands in the folder still. */
function keptOf(folder: string, others: Told): number {
  const words = others.flatMap((telling) => telling.words);
  const found = new Set(standing(folder, tracesOf(words, new Map())).map(({ trace }) => trace.of));
  return found.size / words.length;
}
