/** For tests beside memory: a real store with personas and conversations, and recall by words over it. */
import type { Citation } from '../contract/memory.ts';
import type { Persona } from '../contract/persona.ts';
import { createPersonas } from '../store/personas.ts';
import { storeIn, temporaryFolder, type Store } from '../store/fixtures/testing.ts';
import { citeRanked, rankMemories, viewOf } from './recall.ts';

export function persona(id: string, memoryScope: Persona['memoryScope'] = 'shared'): Persona {
  return {
    id,
    name: id,
    instructions: '',
    sampling: { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, maxTokens: 64, seed: null },
    adapters: [],
    memoryScope,
    builtIn: false,
    createdAt: 0,
    updatedAt: 0,
  };
}

export type Told = { store: Store; friendly: Persona };

export function storeWithPersona(): Told {
  const store = storeIn(temporaryFolder());
  const friendly = persona('friendly');
  createPersonas(store.db).save(friendly);
  return { store, friendly };
}

/** A conversation of alternating lines, the owner's first; answers its messages' ids. An hour passes before each. */
export function converse({ store }: Pick<Told, 'store'>, lines: string[], personaId = 'friendly'): { conversationId: string; ids: string[] } {
  store.clock.now += 3_600_000;
  const { id: conversationId } = store.conversations.create({ personaId });
  const ids = lines.map((text, index) => {
    store.clock.now += 10_000;
    return store.messages.append({ conversationId, role: index % 2 === 0 ? 'user' : 'assistant', text, personaId: index % 2 === 0 ? null : personaId }).id;
  });
  return { conversationId, ids };
}

/** Recalled by words, best first. */
export function recallWords({ store }: Pick<Told, 'store'>, question: string, options: { persona?: Persona; leaveOut?: string[]; limit?: number } = {}): Citation[] {
  const view = viewOf(options.persona ?? persona('friendly'));
  if (!view) return [];
  const ranked = rankMemories(store.db, {
    text: question, view, leaveOut: options.leaveOut ?? [], limit: options.limit ?? 10, meanings: null, now: store.clock.now,
  });
  return citeRanked(store.db, question, ranked);
}
