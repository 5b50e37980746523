import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Sampling } from '../main/contract/persona.ts';
import { createEngine, type ProcessEngine } from '../main/engine/client.ts';
import type { Overlay, PromptMessage } from '../main/engine/contract.ts';
import { speedShape, writeRandomLora } from '../main/engine/fixtures/randomModels.ts';
import { childProcessLauncher } from '../main/engine/launch.ts';
import { median, type Bench, type Figures } from './bench.ts';
import { writeSpeedModel } from './randomGguf.ts';

export const bench: Bench = {
  name: 'overlay',
  about: 'switching personas against reloading the model; first word after a switch with 1,000 tokens of history [--switches 40]',
  async run({ arguments: given }) {
    const { values } = parseArgs({ args: given, options: { switches: { type: 'string', default: '40' } } });
    const folder = mkdtempSync(path.join(tmpdir(), 'engram-bench-'));
    const workerPath = path.resolve(import.meta.dirname, '../dist/main/engineWorker.js');
    const engine = createEngine({ launcher: childProcessLauncher({ workerPath, log: () => {} }) });
    try {
      return await measure(engine, folder, Number(values.switches));
    } finally {
      await engine.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** As strong personas have them: rank 16 on all seven matrices of every layer. */
const targets = ['attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down'];

async function measure(engine: ProcessEngine, folder: string, switches: number): Promise<Figures> {
  const base = path.join(folder, 'random.gguf');
  writeSpeedModel(base);
  const overlays = [3, 4].map((seed): Overlay => {
    const file = path.join(folder, `adapter-${seed}.gguf`);
    writeRandomLora(file, { shape: speedShape, rank: 16, seed, targets, strength: 0.05 });
    return [{ path: file, scale: 1 }];
  }) as [Overlay, Overlay];

  const load = () => timed(() => engine.loadChat({ path: base, name: 'Random', windowTokens: 2_048 }));
  await load();
  const reloadMs = median([await load(), await load(), await load()]);
  const pid = engine.pid();

  const first = [await switchTo(engine, overlays[0]), await switchTo(engine, overlays[1])];
  const later: number[] = [];
  for (let turn = 0; turn < switches; turn += 1) later.push(await switchTo(engine, overlays[turn % 2]!));
  const switchMs = { p50: percentile(later, 0.5), p95: percentile(later, 0.95), firstUse: Math.max(...first) };
  const words = await firstWords(engine, overlays);
  return {
    switchMs,
    ratioToReload: switchMs.p50 / reloadMs,
    reloadMs,
    ...words,
    processKept: engine.pid() === pid && engine.status().restarts === 0,
    switches,
  };
}

/** What is asked is as short as can be: the switch alone is measured. */
const switchTo = async (engine: ProcessEngine, overlay: Overlay): Promise<number> =>
  (await engine.prepare({ messages: [{ role: 'user', text: 'a' }], answerSoFar: '', overlay, lane: 'chat' })).switchMs;

const sampling: Sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, maxTokens: 1, seed: null };
const historyTokens = 1_000;

/** From sending to the first delta: without a moment to read ahead, after reading ahead, and back to the first persona. */
async function firstWords(engine: ProcessEngine, [first, second]: [Overlay, Overlay]): Promise<Figures> {
  const history = await historyOf(engine);
  const ask = (overlay: Overlay, question: string) => {
    const messages: PromptMessage[] = [...history, { role: 'user', text: question }];
    return timed(async () => {
      for await (const event of engine.generate({ messages, answerSoFar: '', overlay, lane: 'chat', sampling }, new AbortController().signal)) {
        if (event.type === 'delta') break;
      }
    });
  };
  await ask(first, 'and tea');
  const firstWordAfterSwitchMs = await ask(second, 'and coffee');
  const back = await ask(first, 'and water');
  // A third voice, so that nothing of it is kept from before.
  const third: Overlay = first.map(({ path: file }) => ({ path: file, scale: 0.5 }));
  const ahead = await engine.prepare({ messages: history, answerSoFar: '', overlay: third, lane: 'chat' });
  const readAhead = await ask(third, 'and milk');
  return { firstWordAfterSwitchMs, firstWordMs: { readAhead, back }, readAheadMs: ahead.readMs, historyTokens: ahead.tokens };
}

async function historyOf(engine: ProcessEngine): Promise<PromptMessage[]> {
  const turn: PromptMessage[] = [
    { role: 'user', text: 'what is the name of this city and what time of the day is it' },
    { role: 'assistant', text: 'that is not for me to say and it is not in the memory that you have' },
  ];
  const history: PromptMessage[] = [];
  const cost = (await engine.countTokens(turn.map(({ text }) => text))).reduce((sum, tokens) => sum + tokens + 8, 0);
  while ((history.length / 2) * cost < historyTokens) history.push(...turn);
  return history;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
