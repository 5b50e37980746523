/** Search with meaning: the whole app with its models, once the passages are embedded, or as many as there was time for. */
import { cpSync, existsSync } from 'node:fs';
import type { Client } from '../../main/contract/contract.ts';
import { withAssistant } from '../assistant.ts';
import type { Figures } from '../bench.ts';
import { passagesIn } from '../fixtures/passages.ts';
import { vectorFolders, vectorsOf } from '../fixtures/vectorsOf.ts';
import { withEmbedder } from '../recall/embedder.ts';
import { besideLance, sizeOf } from './beside.ts';
import type { Cases } from './cases.ts';
import { countFound, searchOf, timeTyping } from './typing.ts';

export type Meaning = {
  /** A data folder whose notes are indexed by words. */
  data: string;
  /** Where it is kept with its embeddings for the next run; null to keep nothing. */
  keep: string | null;
  cases: Cases;
  embedSeconds: number;
};

/** Passages fewer than this are nothing to search in with meaning. */
const leastEmbedded = 1_000;

export async function measureMeaning({ data, keep, cases, embedSeconds }: Meaning): Promise<Figures> {
  if (keep !== null && !existsSync(keep)) cpSync(data, keep, { recursive: true });
  const folder = keep ?? data;
  const figures = await withAssistant(folder, (client) => measure(client, { cases, embedSeconds }));
  const lance = figures === null ? null : await beside(folder, { data, cases });
  return { ...(figures ?? { keystroke: {}, found: {} }), vectorsMegabytes: vectorFolders(folder).reduce((sum, one) => sum + sizeOf(one), 0), ...(lance ? { lance } : {}) };
}

async function measure(client: Client, { cases, embedSeconds }: Pick<Meaning, 'cases' | 'embedSeconds'>): Promise<Figures | null> {
  const embedding = await embedFor(client, embedSeconds);
  if ((embedding.embedded as number) < Math.min(leastEmbedded, embedding.chunks as number)) return null;
  // What is left is not embedded meanwhile.
  await client.notes.pause({ paused: true });
  const search = searchOf(client, true);
  const keystroke = { meaning: await timeTyping(cases.typed, search) };
  const found = { meaning: await countFound(cases.known, search) };
  await client.notes.pause({ paused: false });
  return { embedding, keystroke, found, memory: { withModelsMegabytes: process.memoryUsage().rss / 1e6 } };
}

/** Until every passage is embedded and can be asked about, or the time is over; how many there were before is no part of the rate. */
async function embedFor(client: Client, seconds: number): Promise<Figures> {
  const before = (await client.notes.status({})).embedded;
  const from = performance.now();
  const passed = () => (performance.now() - from) / 1_000;
  let status = await client.notes.status({});
  while (passed() < seconds && (status.embedded < status.chunks || status.chunks === 0 || status.meaning !== 'ready')) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    status = await client.notes.status({});
  }
  const made = status.embedded - before;
  return { embedded: status.embedded, chunks: status.chunks, made, seconds: passed(), perSecond: made === 0 ? null : made / passed() };
}

/** LanceDB gets the very vectors that the app made. */
async function beside(folder: string, { data, cases }: Pick<Meaning, 'data' | 'cases'>): Promise<Figures> {
  const passages = passagesIn(folder);
  const vectors = await vectorsOf(folder, new Set(passages.map(({ id }) => id)));
  const embedded = passages.flatMap((passage) => {
    const vector = vectors.get(passage.id);
    return vector ? [{ ...passage, vector }] : [];
  });
  return withEmbedder(null, (engine) => {
    const signal = new AbortController().signal;
    return besideLance({ folder: data, cases }, { passages: embedded, embed: async (text) => (await engine.embed([text], signal))[0]! });
  });
}
