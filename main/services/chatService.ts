import type { Handlers } from '../contract/contract.ts';
import type { ChatDependencies, ChatModel } from '../chat/chatTypes.ts';
import { systemText } from '../chat/prompt.ts';
import { receiptOf } from '../chat/receipt.ts';
import { createTurns } from '../chat/turn.ts';
import type { PromptMessage } from '../engine/contract.ts';
import type { ReaderPool } from '../notes/readerPool.ts';
import type { Engine } from '../engine/engine.ts';
import { createAttachHandlers } from './attachHandlers.ts';
import { createLife, type Life } from './life.ts';
import type { Events } from './events.ts';
import { chunkText } from '../store/noteList.ts';
import type { OpenStores } from './stores.ts';
import { createTitles } from './titles.ts';

export type ChatServiceDependencies = Pick<ChatDependencies, 'acting' | 'persona' | 'keeping' | 'model' | 'recall' | 'overview' | 'markUsed' | 'modelSettled' | 'notes' | 'now'> & {
  stores: OpenStores;
  engine: Engine;
  /** For files that are dropped into a conversation. */
  readers: Pick<ReaderPool, 'digest'>;
  dataFolder: string;
  events: Events;
  /** Work in the background stops until the returned function is called. */
  holdBackground(): () => void;
  /** Something was said. */
  said(): void;
  failed(event: string, error: unknown): void;
};

export type ChatService = {
  handlers: Handlers['chat'];
  /** Stops what is being answered, as Stop does, and resolves when it is saved. Answers can be asked for again. */
  interrupt(): Promise<void>;
  /** Resolves when no title is being thought of; one that was is made of the question's own words. */
  settleTitles(): Promise<void>;
};

export function createChatService(deps: ChatServiceDependencies): ChatService {
  const { stores, events } = deps;
  const life: Life = createLife();
  const titles = createTitles({
    engine: deps.engine,
    model: deps.model,
    wanted: () => stores.settings.get().automaticTitles,
    conversations: (id) => stores.route(id).conversations,
    messages: (id) => stores.route(id).messages,
    titled: (id) => tellChange(events, id),
    failed: (error) => deps.failed('a title was not thought of', error),
  });
  const turns = createTurns({
    ...deps,
    conversation: (id) => stores.route(id).conversations.get(id),
    messages: (id) => stores.route(id).messages,
    attachments: (id) => stores.route(id).attachments,
    settings: () => stores.settings.get(),
    begins(conversationId) {
      titles.stepAside();
      const release = deps.holdBackground();
      return () => {
        release();
        deps.said();
        tellChange(events, conversationId);
        events.changed('memories');
      };
    },
    ended: (end) => titles.consider(end),
  });
  function settleTitles(): Promise<void> {
    titles.stepAside();
    return titles.settled();
  }
  return {
    handlers: {
      send: (input, signal) => life.follow((ending) => turns.send(input, ending), signal),
      regenerate: (input, signal) => life.follow((ending) => turns.regenerate(input, ending), signal),
      continue: (input, signal) => life.follow((ending) => turns.continue(input, ending), signal),
      ...createAttachHandlers({ notesDb: stores.notesDb, readers: deps.readers, folder: deps.dataFolder, attachments: (id) => stores.route(id).attachments }),
      prepare: (input, signal) => turns.prepare(input, signal),
      receipt: ({ conversationId, answerId }) => receiptOf({ db: stores.db, messages: stores.route(conversationId).messages, passage: (id) => chunkText(stores.notesDb, id) }, answerId),
    },
    async interrupt() {
      await life.interrupt();
      // An answer that was stopped just now may have begun one.
      await settleTitles();
    },
    settleTitles,
  };
}

function tellChange(events: Events, conversationId: string): void {
  events.changed('conversation', conversationId);
  events.changed('conversations');
}

/** What the loaded model would be given as the first question of a new conversation. */
export function firstPrompt(model: ChatModel | null, parts: { instructions: string; question: string; now: number }): PromptMessage[] {
  const system = systemText({ trained: model?.trained ?? null, instructions: parts.instructions, remembers: false, at: parts.now });
  return [
    { role: 'system', text: system },
    { role: 'user', text: parts.question },
  ];
}
