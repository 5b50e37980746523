import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Client } from '../main/contract/contract.ts';
import { embedded, withAssistant } from './assistant.ts';
import type { Bench, Figures } from './bench.ts';
import { inFolder } from './folders.ts';
import { ablate, byHalves } from './recall/ablate.ts';
import { withEmbedder } from './recall/embedder.ts';
import { gather } from './recall/lab.ts';
import { latencyAt } from './recall/latency.ts';
import { readLongMemEval, type Haystack } from './recall/longmemeval.ts';
import { conversationOf, readLocomo, type LocomoQuestion, type LocomoTurn, type Sample } from './recall/locomo.ts';
import { percentile, scoreRankings, tokensOf, type Ranking } from './recall/scores.ts';
import { readTalk } from './recall/talk.ts';

export const bench: Bench = {
  name: 'recall',
  about: 'evidence found in LoCoMo-format conversations, by words and hybrid --data <file> [--evidence <file>] [--longmemeval <file>] [--halves] [--ablate]; times at size --memories 10000,200000 [--texts <folder>]',
  async run({ arguments: given }) {
    const { values } = parseArgs({
      args: given,
      options: { data: { type: 'string' }, evidence: { type: 'string' }, memories: { type: 'string' }, texts: { type: 'string' }, longmemeval: { type: 'string' }, halves: { type: 'boolean' }, ablate: { type: 'boolean' } },
    });
    if (values.data === undefined && values.memories === undefined && values.longmemeval === undefined) throw new Error('Give --data <LoCoMo-format file>, --longmemeval <file>, or --memories <count>[,<count>…] for times among so many.');
    const samples = values.data === undefined ? [] : readLocomo(path.resolve(values.data), values.evidence);
    const quality = samples.length === 0 ? {} : await measure(samples);
    const sizes = (values.memories ?? '').split(',').map(Number).filter((size) => size > 0);
    const times = sizes.length === 0 ? {} : { memories: await timesAt(sizes, values.texts) };
    const haystacks = values.longmemeval === undefined ? {} : { longmemeval: await measureHaystacks(readLongMemEval(path.resolve(values.longmemeval))) };
    return { ...quality, ...haystacks, ...(await study(samples, values)), ...times };
  },
};

function timesAt(sizes: number[], texts: string | undefined): Promise<Figures> {
  const talk = readTalk(texts);
  return withEmbedder(1, async (engine) => {
    const times: Figures = {};
    for (const memories of sizes) times[String(memories)] = await inFolder((folder) => latencyAt(folder, { memories, talk, engine }));
    return times;
  });
}

/** Where the first of the sittings that answer stands, from 1; words only and with meaning. */
async function measureHaystacks(haystacks: Haystack[]): Promise<Figures> {
  const figures: Figures = {};
  for (const { id, kind, question, gold, sittings } of haystacks) {
    const found = await inFolder((dataFolder) => withAssistant(dataFolder, async (client) => {
      const personaId = (await client.app.settings({})).defaultPersonaId;
      const sittingOf = new Map<string, number>();
      for (const [index, file] of sittings.entries()) sittingOf.set((await client.conversation.import({ file, personaId })).id, index);
      await embedded(client);
      const places = async (meaning: boolean) => {
        const { citations } = await client.memory.recall({ question, personaId, limit: depth, meaning });
        const order = [...new Set(citations.map(({ conversationId }) => sittingOf.get(conversationId ?? '')))];
        const ranks = [...gold].map((one) => order.indexOf(one) + 1);
        return { best: Math.min(...ranks.map((rank) => rank || depth)), inTop5: ranks.filter((rank) => rank > 0 && rank <= 5).length / gold.size };
      };
      return { kind, sittings: sittings.length, words: await places(false), hybrid: await places(true) };
    }));
    figures[id] = found;
    console.log(`haystack ${id}: ${JSON.stringify(found)}`);
  }
  return figures;
}

/** The weights chosen on one half and measured on the other, and what each lever is worth. */
async function study(samples: Sample[], { halves, ablate: leverByLever }: { halves?: boolean; ablate?: boolean }): Promise<Figures> {
  if (!halves && !leverByLever) return {};
  const cases = await gather(samples);
  return { ...(halves ? { halves: byHalves(cases) } : {}), ...(leverByLever ? { ablation: ablate(cases) } : {}) };
}

type Measured = { words: Ranking[]; hybrid: Ranking[]; wordsMs: number[]; hybridMs: number[]; modes: string[] };

async function measure(samples: Sample[]): Promise<Figures> {
  const all: Measured = { words: [], hybrid: [], wordsMs: [], hybridMs: [], modes: [] };
  for (const [index, sample] of samples.entries()) {
    const measured = await inFolder((folder) => measureSample(folder, sample));
    for (const key of Object.keys(all) as (keyof Measured)[]) (all[key] as unknown[]).push(...measured[key]);
    console.log(`conversation ${index + 1} of ${samples.length}: ${sample.turns.length} turns, ${sample.questions.length} questions`);
  }
  const times = (ms: number[]): Figures => ({ p50: percentile(ms, 0.5), p95: percentile(ms, 0.95) });
  return {
    questions: all.words.length,
    turns: samples.reduce((sum, { turns }) => sum + turns.length, 0),
    /** Questions that were answered by meaning, too: all, unless the embedder failed. */
    hybridShare: all.modes.filter((mode) => mode === 'hybrid').length / all.modes.length,
    words: scoreRankings(all.words),
    hybrid: scoreRankings(all.hybrid),
    latencyMs: { ...times(all.hybridMs), words: times(all.wordsMs) },
  };
}

/** The whole assistant on a fresh data folder: the conversation is imported, remembered, embedded, and asked about. */
const measureSample = (dataFolder: string, sample: Sample): Promise<Measured> =>
  withAssistant(dataFolder, async (client) => {
    const { personaId, turnOf } = await importTurns(client, sample.turns);
    await embedded(client);
    return askAll(client, { questions: sample.questions, personaId, turnOf });
  });

async function importTurns(client: Client, turns: LocomoTurn[]): Promise<{ personaId: string; turnOf: Map<string, LocomoTurn> }> {
  const personaId = (await client.app.settings({})).defaultPersonaId;
  const { id } = await client.conversation.import({ file: conversationOf(turns), personaId });
  const opened = await client.conversation.open({ id });
  return { personaId, turnOf: new Map(opened.messages.map((message, index) => [message.id, turns[index]!])) };
}

/** Deep enough for the largest token budget. */
const depth = 100;
/** What a turn brings before the model, about. */
const usual = 10;

type Asked = { questions: LocomoQuestion[]; personaId: string; turnOf: Map<string, LocomoTurn> };

async function askAll(client: Client, { questions, personaId, turnOf }: Asked): Promise<Measured> {
  const measured: Measured = { words: [], hybrid: [], wordsMs: [], hybridMs: [], modes: [] };
  const ask = (question: string, options: { limit: number; meaning: boolean }) => client.memory.recall({ question, personaId, ...options });
  for (const { text, category, evidence } of questions) {
    const ranking = ({ citations }: Awaited<ReturnType<typeof ask>>): Ranking => {
      const found = citations.flatMap(({ messageId }) => turnOf.get(messageId ?? '') ?? []);
      return { category, evidence, found: found.map(({ id }) => id), tokens: found.map(tokensOf) };
    };
    const hybrid = await ask(text, { limit: depth, meaning: true });
    measured.words.push(ranking(await ask(text, { limit: depth, meaning: false })));
    measured.hybrid.push(ranking(hybrid));
    measured.modes.push(hybrid.mode);
    measured.wordsMs.push((await ask(text, { limit: usual, meaning: false })).ms);
    measured.hybridMs.push((await ask(text, { limit: usual, meaning: true })).ms);
  }
  return measured;
}
