import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createEngine } from '../main/engine/client.ts';
import type { Engine } from '../main/engine/engine.ts';
import { childProcessLauncher } from '../main/engine/launch.ts';
import { engineWorker, modelsFolder } from '../main/host/places.ts';
import { bundledDefaults, readCatalogue } from '../main/models/catalogue.ts';
import type { Bench, Figures } from './bench.ts';
import { inFolder } from './folders.ts';
import { openEndpoint, type Counts } from './mem0/endpoint.ts';
import { runEngram } from './mem0/engram.ts';
import { ensureMem0 } from './mem0/install.ts';
import { contentOf, historySets, locomoSets, type Trial } from './mem0/sets.ts';
import type { Ran, Timed } from './mem0/timed.ts';
import { percentile } from './recall/scores.ts';

export const bench: Bench = {
  name: 'mem0',
  about: 'side by side with mem0ai (installed for this alone): recall, writing, bytes, calls [--data <LoCoMo-format file> --conversations 1 | --only <history>[,<history>…]] [--infer off,on] [--dated] [--node <path>]',
  async run({ arguments: given }) {
    const { values } = parseArgs({
      args: given,
      options: { data: { type: 'string' }, conversations: { type: 'string', default: '1' }, only: { type: 'string' }, dated: { type: 'boolean', default: false }, infer: { type: 'string', default: 'off,on' }, node: { type: 'string', default: process.execPath } },
    });
    const version = ensureMem0(values.node);
    const trials = values.data === undefined ? historySets(values.only) : locomoSets(path.resolve(values.data), Number(values.conversations));
    const engine = createEngine({ launcher: childProcessLauncher({ workerPath: engineWorker, log: () => undefined }) });
    try {
      await loadEmbedder(engine);
      return await compare(trials, { engine, version, node: values.node, dated: values.dated, infer: infersOf(values.infer) });
    } finally {
      await engine.dispose();
    }
  },
};

function infersOf(given: string): Infer[] {
  const named = given.split(',');
  if (!named.every((one): one is Infer => one === 'off' || one === 'on')) throw new Error('--infer is off, on, or off,on.');
  return named;
}

async function loadEmbedder(engine: Engine): Promise<void> {
  const embedder = bundledDefaults(readCatalogue(modelsFolder)).embedderPath;
  if (embedder === null) throw new Error('No embedder comes with the app.');
  await engine.loadEmbedder({ path: embedder, name: path.basename(embedder) });
}

/** Asked for so many: facts of one turn count once, and ten turns are to be among them. Timed with as many as a turn brings. */
const depth = { topK: 50, usual: 10 };

type Options = { engine: Engine; version: string; node: string; dated: boolean; infer: Infer[] };
type Infer = 'off' | 'on';
const sideOf = { off: 'mem0InferOff', on: 'mem0InferOn' } as const;
/** `none`: what no model does costs nothing. */
type Measured = Ran & { bytes: number; counts: Partial<Counts>; stored?: Timed; elsewhere: string[] };

async function compare(trials: Trial[], options: Options): Promise<Figures> {
  const sides: Record<string, Measured[]> = { engram: [], ...Object.fromEntries(options.infer.map((infer) => [sideOf[infer], []])) };
  for (const trial of trials) {
    sides.engram!.push(await inFolder(async (folder) => {
      const ran = await runEngram(folder, trial, { engine: options.engine, ...depth });
      return { ...ran, bytes: bytesIn(folder), counts: {}, elsewhere: [] };
    }));
    for (const infer of options.infer) sides[sideOf[infer]]!.push(await runMem0(trial, options, infer === 'on'));
    console.log(`${trial.name}: ${trial.told.length} messages, ${trial.asked.length} questions`);
  }
  return {
    mem0ai: options.version,
    dated: options.dated,
    messages: trials.reduce((sum, { told }) => sum + told.length, 0),
    questions: trials.reduce((sum, { asked }) => sum + asked.length, 0),
    ...Object.fromEntries(Object.entries(sides).map(([name, ran]) => [name, figuresOf(trials, ran)])),
  };
}

const runMem0 = (trial: Trial, { engine, node, dated }: Options, infer: boolean): Promise<Measured> =>
  inFolder(async (folder) => {
    const endpoint = await openEndpoint(engine);
    try {
      const data = path.join(folder, 'data');
      mkdirSync(data);
      const messages = trial.told.map((told) => ({ id: told.id, role: told.role, content: contentOf(told, dated), at: new Date(told.at).toISOString() }));
      const [probe] = await engine.embed(['probe']);
      const job = { url: endpoint.url, folder: data, infer, dimensions: probe!.length, messages, questions: trial.asked.map(({ text }) => text), ...depth };
      // What questions cost is no part of writing.
      let counts = endpoint.counts();
      const ran = await inWorker(job, { node, home: folder, written: () => (counts = endpoint.counts()) });
      return { ...ran, bytes: bytesIn(data), counts };
    } finally {
      await endpoint.close();
    }
  });

type Result = Ran & { elsewhere: string[] };

/** Its settings and whatever else it writes go to a folder that is thrown away; its telemetry is off, and no other machine is reached. */
function inWorker(job: object, { node, home, written }: { node: string; home: string; written(): void }): Promise<Result> {
  const environment = { PATH: process.env.PATH, MEM0_TELEMETRY: 'false', HOME: home, USERPROFILE: home, MEM0_DIR: path.join(home, '.mem0') };
  const child = fork(path.join(import.meta.dirname, 'mem0', 'worker.mjs'), { execPath: node, execArgv: [], env: environment, cwd: home, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const { result, failure } = message as { result?: Result; failure?: string };
      if (result) resolve(result);
      else if (failure !== undefined) reject(new Error(failure));
      else written();
    });
    child.once('exit', (code) => reject(new Error(`mem0's process ended with code ${code}.`)));
    child.send(job);
  });
}

function figuresOf(trials: Trial[], ran: Measured[]): Figures {
  const messages = trials.reduce((sum, { told }) => sum + told.length, 0);
  const total = (valueOf: (one: Measured) => number) => ran.reduce((sum, one) => sum + valueOf(one), 0);
  const perMessage = (key: keyof Counts) => total(({ counts }) => counts[key] ?? 0) / messages;
  return {
    recall5: recallAt(trials, ran, 5),
    recall10: recallAt(trials, ran, 10),
    writeMs: { ...times(ran.map(({ write }) => write)) },
    ...(ran.every(({ stored }) => stored) ? { storedMs: times(ran.flatMap(({ stored }) => stored ?? [])) } : {}),
    queryMs: times(ran.map(({ query }) => query)),
    bytesPerMessage: Math.round(total(({ bytes }) => bytes) / messages),
    modelCallsPerMessage: perMessage('modelCalls'),
    modelTokensPerMessage: Math.round(perMessage('promptTokens') + perMessage('answerTokens')),
    ...(perMessage('embeddedTexts') > 0 ? { textsEmbeddedPerMessage: perMessage('embeddedTexts') } : {}),
    machinesTried: total(({ elsewhere }) => elsewhere.length),
  };
}

/** `processor`: of the process itself, the mean of one step; the embedder works in the engine's, for both. */
function times(timed: Timed[]): Figures {
  const wall = timed.flatMap((one) => one.wall);
  return { p50: percentile(wall, 0.5), p95: percentile(wall, 0.95), processor: timed.reduce((sum, one) => sum + one.processor, 0) / wall.length };
}

/** Facts point to the turn they were made of; each turn counts where its first stands. */
function recallAt(trials: Trial[], ran: Measured[], k: number): number {
  const shares = trials.flatMap(({ asked }, index) => asked.map(({ evidence }, at) => {
    const first = [...new Set(ran[index]!.found[at])].slice(0, k);
    return first.filter((id) => evidence.has(id)).length / evidence.size;
  }));
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
