/** The embedder: closeness of sentences, and paragraphs found for questions by words, by meaning and by both. */
import type { Client } from '../../main/contract/contract.ts';
import type { ProcessEngine } from '../../main/engine/client.ts';
import type { Figures } from '../bench.ts';
import { embedded } from '../assistant.ts';
import { importConversation, withAssistant } from './assistant.ts';
import type { Squad, StsPair } from './sets.ts';
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
export const measureRecall = (squad: Squad, { modelsFolder, embedderPath }: { modelsFolder: string; embedderPath: string }): Promise<{ words: number; fused: number }> =>
  withAssistant(modelsFolder, async (client) => {
    await loadEmbedder(client, embedderPath);
    const personaId = (await client.app.settings({})).defaultPersonaId;
    const paragraphOf = new Map<string, string>();
    for (const { id, text } of squad.paragraphs) {
      const [messageId = ''] = await importConversation(client, personaId, [{ role: 'user', text, at: Date.now() }]);
      paragraphOf.set(messageId, id);
    }
    await embedded(client);
    return askAll(client, { squad, personaId, paragraphOf });
  });

async function loadEmbedder(client: Client, embedderPath: string): Promise<void> {
  const { id } = await client.model.add({ path: embedderPath });
  for await (const event of client.model.load({ id })) if (event.type === 'loaded') break;
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
