/** The embedder: closeness of sentences, and paragraphs found for questions by words, by meaning and by both. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contract, type Client } from '../../main/contract/contract.ts';
import { createClient } from '../../main/contract/route.ts';
import type { ProcessEngine } from '../../main/engine/client.ts';
import { silentLog } from '../../main/host/log.ts';
import { openServices } from '../../main/host/open.ts';
import type { Figures } from '../bench.ts';
import type { Paragraph, Squad, StsPair } from './sets.ts';
import { dot, meanOf, shareOf, spearman } from './statistics.ts';

type Embed = (texts: string[]) => Promise<Float32Array[]>;

const embedBy = (engine: ProcessEngine): Embed => async (texts) => {
  const vectors: Float32Array[] = [];
  for (let from = 0; from < texts.length; from += 100) vectors.push(...(await engine.embed(texts.slice(from, from + 100))));
  return vectors;
};

/** Spearman of cosine and human score within each set of each year, then the mean over all of them. */
export async function measureSts(engine: ProcessEngine, pairs: StsPair[]): Promise<Figures> {
  const embed = embedBy(engine);
  const texts = [...new Set(pairs.flatMap(({ s1, s2 }) => [s1, s2]))];
  const vectors = new Map((await embed(texts)).map((vector, index) => [texts[index]!, vector]));
  const groups = new Map<string, StsPair[]>();
  for (const pair of pairs) groups.set(`${pair.year} ${pair.set}`, [...(groups.get(`${pair.year} ${pair.set}`) ?? []), pair]);
  const scores = [...groups.values()].map((group) =>
    spearman(group.map(({ s1, s2 }) => dot(vectors.get(s1)!, vectors.get(s2)!)), group.map(({ score }) => score)),
  );
  return { spearman: meanOf(scores), sets: groups.size, pairs: pairs.length };
}

const depth = 5;

/** Share of questions whose paragraph is among the first five, by exact cosine over all paragraphs. */
export async function measureDense(engine: ProcessEngine, { paragraphs, questions }: Squad): Promise<number> {
  const embed = embedBy(engine);
  const lines = await embed(paragraphs.map(({ text }) => text));
  const asked = await embed(questions.map(({ text }) => text));
  return shareOf(
    questions.map(({ paragraphId }, index) => {
      const close = lines.map((line) => dot(line, asked[index]!));
      const own = close[paragraphs.findIndex(({ id }) => id === paragraphId)] ?? -1;
      return close.filter((value) => value > own).length < depth;
    }),
  );
}

/**
 * Words alone, and words with meaning as the app fuses them: a fresh assistant in which every paragraph was said once, in
 * a conversation of its own, so that none stands beside another.
 */
export async function measureRecall(squad: Squad, embedderPath: string): Promise<{ words: number; fused: number }> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'engram-bench-'));
  const services = await openServices({ dataFolder, log: silentLog, host: 'none', shell: null });
  try {
    const client = createClient(contract, services.transport);
    await services.ready;
    await loadEmbedder(client, embedderPath);
    const personaId = (await client.app.settings({})).defaultPersonaId;
    const paragraphOf = await importAll(client, personaId, squad.paragraphs);
    await embedded(client);
    return await askAll(client, { squad, personaId, paragraphOf });
  } finally {
    await services.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function loadEmbedder(client: Client, embedderPath: string): Promise<void> {
  const { id } = await client.model.add({ path: embedderPath });
  for await (const event of client.model.load({ id })) if (event.type === 'loaded') break;
}

/** Gives the paragraph's id by the message's. */
async function importAll(client: Client, personaId: string, paragraphs: Paragraph[]): Promise<Map<string, string>> {
  const paragraphOf = new Map<string, string>();
  for (const { id, text } of paragraphs) {
    const message = { id, parentId: null, role: 'user' as const, speaker: null, caption: null, text, createdAt: Date.now() };
    const made = await client.conversation.import({
      file: { format: 'engram-conversation', version: 1, title: 'Paragraph', createdAt: message.createdAt, messages: [message] },
      personaId,
    });
    const opened = await client.conversation.open({ id: made.id });
    paragraphOf.set(opened.messages[0]!.id, id);
  }
  return paragraphOf;
}

/** Waits until every memory has its embedding. */
async function embedded(client: Client): Promise<void> {
  const stop = new AbortController();
  for await (const event of client.app.events({}, stop.signal)) {
    if (event.type === 'index' && event.status.state === 'up-to-date' && event.status.embedded === event.status.total) break;
  }
  stop.abort();
}

type Asking = { squad: Squad; personaId: string; paragraphOf: Map<string, string> };

async function askAll(client: Client, { squad, personaId, paragraphOf }: Asking): Promise<{ words: number; fused: number }> {
  const found: { words: boolean[]; fused: boolean[] } = { words: [], fused: [] };
  for (const [index, { text, paragraphId }] of squad.questions.entries()) {
    for (const meaning of [false, true]) {
      const { citations } = await client.memory.recall({ question: text, personaId, limit: depth, meaning });
      found[meaning ? 'fused' : 'words'].push(citations.some(({ messageId }) => paragraphOf.get(messageId ?? '') === paragraphId));
    }
    if ((index + 1) % 1_000 === 0) console.log(`${index + 1} of ${squad.questions.length} questions asked`);
  }
  return { words: shareOf(found.words), fused: shareOf(found.fused) };
}
