import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Client } from '../main/contract/contract.ts';
import type { Message } from '../main/contract/conversation.ts';
import { openApp } from './app.ts';
import type { BareResult, BareTask } from './fixtures/bareLoop.ts';
import { median, type Bench, type Figures } from './bench.ts';
import { writeSpeedModel } from './randomGguf.ts';

type Wanted = { runs: number; tokens: number; model: string | undefined };

export const bench: Bench = {
  name: 'chat',
  about: 'first word cold and on turn 10, words per second of the whole app against a bare loop [--runs 5] [--tokens 256] [--model <file>]',
  async run({ arguments: given }) {
    const { values } = parseArgs({
      args: given,
      options: { runs: { type: 'string', default: '5' }, tokens: { type: 'string', default: '256' }, model: { type: 'string' } },
    });
    const folder = mkdtempSync(path.join(tmpdir(), 'engram-bench-'));
    try {
      return await measure(folder, { runs: Number(values.runs), tokens: Number(values.tokens), model: values.model });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(folder: string, wanted: Wanted): Promise<Figures> {
  const file = wanted.model === undefined ? path.join(folder, 'random.gguf') : path.resolve(wanted.model);
  if (wanted.model === undefined) writeSpeedModel(file);
  const { client, close } = await openApp(path.join(folder, 'data'));
  try {
    const { id } = await client.model.add({ path: file });
    const loadFrom = performance.now();
    for await (const event of client.model.load({ id })) if (event.type === 'loaded') break;
    const loadMs = performance.now() - loadFrom;
    // Titles are made after the first answer, on the side: they would run into the next measurement.
    await client.app.changeSettings({ automaticTitles: false });
    const turns = await tenTurns(client);
    const speed = await compare(client, { file, ...wanted });
    const { gpu, threads } = await client.model.status({});
    return { ...speed, firstWordMs: { cold: turns.cold, turn10: turns.turn10 }, turn10: turns.read, loadMs, threads, device: gpu?.kind ?? null };
  } finally {
    await close();
  }
}

/** Greedy, so that every run writes the same; the adapters of the built-in personas are for another base. */
async function persona(client: Client, maxTokens: number): Promise<string> {
  const sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, maxTokens, seed: null };
  const instructions = 'You are a friendly assistant. Answer briefly and plainly.';
  return (await client.persona.create({ name: `Measured ${maxTokens}`, instructions, sampling, adapters: [], memoryScope: 'shared' })).id;
}

type Timed = { firstAt: number; lastAt: number; sentAt: number; text: string; message: Message };

async function send(client: Client, conversationId: string, text: string): Promise<Timed> {
  const timed = { sentAt: performance.now(), firstAt: 0, lastAt: 0, text: '' };
  for await (const event of client.chat.send({ conversationId, text, editOf: null })) {
    if (event.type === 'delta') {
      timed.lastAt = performance.now();
      timed.firstAt ||= timed.lastAt;
      timed.text += event.text;
    }
    if (event.type === 'saved') return { ...timed, message: event.message };
  }
  throw new Error('The turn did not end.');
}

/** From sending to the first delta: on the first message after loading, and on the tenth of the conversation. */
async function tenTurns(client: Client): Promise<{ cold: number; turn10: number; read: Figures }> {
  const { id } = await client.conversation.create({ personaId: await persona(client, 32), temporary: false });
  const turns: Timed[] = [];
  for (let turn = 1; turn <= 10; turn += 1) {
    turns.push(await send(client, id, `This is what I want to say in turn ${turn}: tea or coffee, and why?`));
    // The memory index embeds what was said; a person takes longer than that to type.
    await delay(300);
  }
  const wait = ({ firstAt, sentAt }: Timed) => firstAt - sentAt;
  const { promptTokens = 0, reusedTokens = 0 } = turns[9]?.message.stats ?? {};
  return { cold: wait(turns[0]!), turn10: wait(turns[9]!), read: { promptTokens, reusedTokens, readTokens: promptTokens - reusedTokens } };
}

type Comparison = Wanted & { file: string };

async function compare(client: Client, { file, runs, tokens }: Comparison): Promise<Figures> {
  const { threads } = await client.model.status({});
  const bare = await openBareLoop(file, threads);
  try {
    const personaId = await persona(client, tokens);
    const app: number[] = [];
    const loop: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { id } = await client.conversation.create({ personaId, temporary: false });
      const answer = await send(client, id, 'Please write as much as you can about tea.');
      app.push(wordsPerSecond(answer));
      if ((answer.message.stats?.answerTokens ?? 0) < tokens) throw new Error('The model ended its answer too early to measure.');
      await delay(300);
      loop.push(wordsPerSecond(await bare.write({ promptTokens: answer.message.stats?.promptTokens ?? 64, answerTokens: tokens })));
    }
    const [appMedian, loopMedian] = [median(app), median(loop)];
    return { wordsPerSecondRatio: appMedian / loopMedian, wordsPerSecond: { app: appMedian, bare: loopMedian }, answerTokens: tokens, runs };
  } finally {
    bare.close();
  }
}

/** Words after the first delta, over the time from the first to the last. */
function wordsPerSecond({ text, firstAt, lastAt }: Pick<Timed, 'text' | 'firstAt' | 'lastAt'>): number {
  const words = text.split(/\s+/u).filter(Boolean).length;
  return ((words - 1) * 1_000) / (lastAt - firstAt);
}

async function openBareLoop(file: string, threads: number): Promise<{ write(task: BareTask): Promise<BareResult>; close(): void }> {
  const child = fork(path.join(import.meta.dirname, 'fixtures/bareLoop.ts'), [file, String(threads)], { execArgv: [] });
  const next = <T>() => new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)));
  await next<'ready'>();
  return {
    write(task) {
      child.send(task);
      return next<BareResult>();
    },
    close: () => void child.kill(),
  };
}
