/** Engram's side: told one message at a time through the store, embedded by the indexer, asked through the memory's own recall. */
import path from 'node:path';
import type { Persona } from '../../main/contract/persona.ts';
import type { Engine } from '../../main/engine/engine.ts';
import { createMemoryIndexer } from '../../main/memory/indexer.ts';
import { createMemory } from '../../main/memory/memory.ts';
import { closeDatabase, openDatabase } from '../../main/store/database.ts';
import { rememberMessage } from '../../main/store/memories.ts';
import { createStores } from '../../main/store/stores.ts';
import { createVectors } from '../../main/vectors/vectors.ts';
import { processorTime, type Ran, type Timed } from './timed.ts';
import type { Trial } from './sets.ts';

const personaId = 'measured';
const persona = { id: personaId, name: personaId, memoryScope: 'shared' } as Persona;

/** `stored`: on disk and found by words; `write`: its embedding too. */
export type EngramRan = Ran & { stored: Timed };

export async function runEngram(folder: string, { told, asked }: Trial, { engine, topK, usual }: { engine: Engine; topK: number; usual: number }): Promise<EngramRan> {
  const db = openDatabase(folder);
  const indexer = createMemoryIndexer({ db, vectors: createVectors(path.join(folder, 'vectors')), engine, log: console.log });
  const memory = createMemory({ db, indexer, persona: () => persona, changed: () => undefined, now: Date.now });
  const stores = createStores(db, { remember: rememberMessage });
  try {
    indexer.wake();
    await indexer.settled();
    const [stored, write, query] = [processorTime(), processorTime(), processorTime()];
    const conversations = new Map<number, string>();
    const idOf = new Map<string, string>();
    for (const { id, conversation, role, speaker, caption, text, at } of told) {
      if (!conversations.has(conversation)) conversations.set(conversation, stores.conversations.create({ personaId, title: '', createdAt: at }).id);
      await write.time(async () => {
        const message = await stored.time(() => stores.messages.append({ conversationId: conversations.get(conversation)!, role, speaker, caption, text, createdAt: at }));
        idOf.set(message.id, id);
        indexer.wake();
        await indexer.settled();
      });
    }
    const found: string[][] = [];
    for (const { text } of asked) {
      const recall = (limit: number) => memory.handlers.memory.recall({ question: text, personaId, limit, meaning: true }, new AbortController().signal);
      await query.time(() => recall(usual));
      const { citations } = await recall(topK);
      found.push(citations.flatMap(({ messageId }) => idOf.get(messageId ?? '') ?? []));
    }
    return { stored: stored.figures(), write: write.figures(), query: query.figures(), found };
  } finally {
    await indexer.dispose();
    closeDatabase(db);
  }
}
