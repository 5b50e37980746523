/** How long recall and search take among very many memories: made-up talk with made-up embeddings, the embedder's own time left out. */
import path from 'node:path';
import type { Figures } from '../bench.ts';
import { createScriptedEngine } from '../../main/engine/scripted.ts';
import { createMemoryIndexer } from '../../main/memory/indexer.ts';
import { createMemory } from '../../main/memory/memory.ts';
import { closeDatabase, openDatabase, type Database } from '../../main/store/database.ts';
import { rememberMessage } from '../../main/store/memories.ts';
import { createStores } from '../../main/store/stores.ts';
import { createVectors } from '../../main/vectors/vectors.ts';
import { createMadeUpEmbedder } from './madeUpVectors.ts';
import { percentile } from './scores.ts';

const dimensions = 192;
const questions = 100;
/** What is left out of a question: about what a list of stop words holds. */
const commonWords = 120;
const linesASitting = 24;
const personaId = 'measured';

export async function latencyAt(folder: string, memories: number): Promise<Figures> {
  const db = openDatabase(folder);
  const talk = createTalk();
  const writeMs = tell(db, memories, talk);
  const vectors = createVectors(path.join(folder, 'vectors'));
  const engine = { ...createScriptedEngine({ dimensions }), embed: createMadeUpEmbedder(dimensions) };
  const indexer = createMemoryIndexer({ db, vectors, engine, log: console.log });
  const persona = { id: personaId, name: personaId, memoryScope: 'shared' as const };
  const memory = createMemory({ db, indexer, persona: () => persona as never, changed: () => undefined, now: Date.now });
  await indexer.settled();
  const flat = await measure(memory, talk);
  const graphFrom = performance.now();
  await vectors.tidy();
  const graphMs = performance.now() - graphFrom;
  const tidied = await measure(memory, talk);
  await indexer.dispose();
  closeDatabase(db);
  return { writeMs: writeMs / memories, ...flat, tidyMs: graphMs, tidied: { hybrid: tidied.hybrid ?? null } };
}

/** A question has few of the words that everybody uses all the time. */
type Talk = { line(words: number): string; question(words: number): string };

/** Words as people use them: few are said all the time, most hardly ever. The same talk every time. */
function createTalk(): Talk {
  let state = 12_345;
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  const vocabulary = Array.from({ length: 30_000 }, () => Array.from({ length: 2 + Math.floor(random() * 3) }, () => `${'bdfgklmnprstvz'[Math.floor(random() * 14)]}${'aeiou'[Math.floor(random() * 5)]}`).join(''));
  const word = (rarest: number) => vocabulary[Math.floor(rarest * (vocabulary.length / rarest) ** random()) - 1] ?? vocabulary[0]!;
  const words = (count: number, rarest: number) => Array.from({ length: count }, () => word(rarest)).join(' ');
  return { line: (count) => words(count, 1), question: (count) => words(count, commonWords) };
}

function tell(db: Database, memories: number, talk: Talk): number {
  const stores = createStores(db, { remember: rememberMessage });
  const from = performance.now();
  for (let told = 0; told < memories; told += linesASitting) {
    db.transaction(() => {
      const createdAt = Date.UTC(2022, 0, 1) + (told / memories) * 4 * 365 * 86_400_000;
      const { id: conversationId } = stores.conversations.create({ personaId, title: talk.line(4), createdAt });
      for (let line = 0; line < Math.min(linesASitting, memories - told); line += 1) {
        stores.messages.append({ conversationId, role: line % 2 === 0 ? 'user' : 'assistant', text: `${talk.line(12)}.`, createdAt: createdAt + line * 30_000 });
      }
    })();
  }
  return performance.now() - from;
}

async function measure(memory: ReturnType<typeof createMemory>, talk: Talk): Promise<Figures> {
  const signal = new AbortController().signal;
  const times: Record<'words' | 'hybrid' | 'search', number[]> = { words: [], hybrid: [], search: [] };
  for (let asked = 0; asked < questions; asked += 1) {
    const question = talk.question(6);
    for (const meaning of [false, true]) {
      const { ms } = await memory.handlers.memory.recall({ question, personaId, limit: 10, meaning }, signal);
      times[meaning ? 'hybrid' : 'words'].push(ms);
    }
    const { ms } = await memory.handlers.search.query({ text: question.split(' ').slice(0, 2).join(' ').slice(0, -1), limit: 30 }, signal);
    times.search.push(ms);
  }
  return Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, { p50: percentile(ms, 0.5), p95: percentile(ms, 0.95) }]));
}
