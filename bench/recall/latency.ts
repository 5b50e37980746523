/** How long remembering, recall and search take among very many memories: real lines, the bundled embedder, its own time included. */
import path from 'node:path';
import type { Figures } from '../bench.ts';
import { createMemoryIndexer } from '../../main/memory/indexer.ts';
import { createMemory } from '../../main/memory/memory.ts';
import { searchEverything } from '../../main/memory/search.ts';
import { closeDatabase, openDatabase, type Database } from '../../main/store/database.ts';
import { rememberMessage } from '../../main/store/memories.ts';
import { memoryMap } from '../../main/store/memoryMap.ts';
import { createStores, type Stores } from '../../main/store/stores.ts';
import { createVectors } from '../../main/vectors/vectors.ts';
import { keptEmbeddings, type EmbedderEngine } from './embedder.ts';
import { percentile } from './scores.ts';
import type { Talk } from './talk.ts';
import { timesOf } from './times.ts';

const questions = 200;
/** Of each question the least counts. */
const rounds = 4;
const linesASitting = 24;
/** Told one by one at the end, each waiting for the disk as in the app. */
const timedWrites = 1_000;
const personaId = 'measured';

export async function latencyAt(folder: string, { memories, talk, engine }: { memories: number; talk: Talk; engine: EmbedderEngine }): Promise<Figures> {
  const db = openDatabase(folder);
  const remembering = tell(db, memories, talk);
  const vectors = createVectors(path.join(folder, 'vectors'));
  // Told lines are embedded once for all measurements; what is asked is embedded as in the app.
  let embed = await keptEmbeddings(engine);
  const indexer = createMemoryIndexer({ db, vectors, engine: { status: engine.status, onStatus: engine.onStatus, embed: (texts, signal) => embed(texts, signal) }, log: console.log });
  const persona = { id: personaId, name: personaId, memoryScope: 'shared' as const };
  const memory = createMemory({ db, indexer, persona: () => persona as never, changed: () => undefined, now: Date.now });
  await indexer.settled();
  const embedding = timesOf();
  embed = (texts, signal = new AbortController().signal) => embedding.during(() => engine.embed(texts, signal));
  const asked = talk.questions(questions);
  const told = await measure({ db, memory }, asked);
  const tidyFrom = performance.now();
  await vectors.tidy();
  const tidyMs = performance.now() - tidyFrom;
  const { hybrid } = await measure({ db, memory }, asked);
  await indexer.dispose();
  closeDatabase(db);
  return { remembering, ...told, embedding: embedding.figures(), tidyMs, tidied: { hybrid: hybrid ?? null } };
}

/** Milliseconds: of each message written by itself at the end, and of one among many before. */
function tell(db: Database, memories: number, talk: Talk): Figures {
  const stores = createStores(db, { remember: rememberMessage });
  const messages = talk.messages(memories);
  const atOnce = Math.max(0, memories - timedWrites);
  const from = performance.now();
  for (let told = 0; told < atOnce; told += linesASitting) {
    db.transaction(() => tellSitting(stores, messages, { told, count: Math.min(linesASitting, atOnce - told), memories }))();
  }
  const amongMany = (performance.now() - from) / atOnce;
  // As where something was asked before: from then on every write is followed.
  memoryMap(db);
  const times: number[] = [];
  for (let told = atOnce; told < memories; told += linesASitting) times.push(...tellSitting(stores, messages, { told, count: Math.min(linesASitting, memories - told), memories }));
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), most: Math.max(...times), amongMany };
}

function tellSitting({ conversations, messages }: Stores, lines: Iterator<string>, { told, count, memories }: { told: number; count: number; memories: number }): number[] {
  const createdAt = Date.UTC(2022, 0, 1) + (told / memories) * 4 * 365 * 86_400_000;
  const { id: conversationId } = conversations.create({ personaId, title: `Sitting ${told}`, createdAt });
  return Array.from({ length: count }, (_, line) => {
    const text = lines.next().value as string;
    const from = performance.now();
    messages.append({ conversationId, role: line % 2 === 0 ? 'user' : 'assistant', text, createdAt: createdAt + line * 30_000 });
    return performance.now() - from;
  });
}

async function measure({ db, memory }: { db: Database; memory: ReturnType<typeof createMemory> }, asked: string[]): Promise<Figures> {
  const signal = new AbortController().signal;
  const { recall } = memory.handlers.memory;
  const [words, hybrid, search] = [timesOf(), timesOf(), timesOf()];
  for (let round = 0; round < rounds; round += 1) {
    for (const [which, question] of asked.entries()) {
      await words.during(() => recall({ question, personaId, limit: 10, meaning: false }, signal), which);
      await hybrid.during(() => recall({ question, personaId, limit: 10, meaning: true }, signal), which);
      await search.during(() => searchEverything(db, { text: question.split(' ').slice(0, 2).join(' ').slice(0, -1), limit: 30, now: Date.now() }), which);
    }
  }
  return { words: words.figures(), hybrid: hybrid.figures(), search: search.figures() };
}
