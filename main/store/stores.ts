import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { createAttachments, type AttachmentStore } from './attachments.ts';
import { createConversations, type ConversationStore } from './conversations.ts';
import { createMessages, type MessageStore } from './messages.ts';

/** Conversations and their messages in one database. */
export type Stores = { conversations: ConversationStore; messages: MessageStore; attachments: AttachmentStore };

export type StoreOptions = {
  /** Makes a message findable as it now reads, inside the transaction that wrote it. */
  remember(db: Database, messageId: string): void;
  now?(): number;
};

/** What is kept. */
export const createStores = (db: Database, options: StoreOptions): Stores =>
  build(db, { now: Date.now, ...options, temporary: false, newId: randomUUID });

const temporaryPrefix = 'tmp-';

/** The same over a database in memory: conversations that are never written and never remembered. */
export const createTemporaryStores = (db: Database, now: () => number = Date.now): Stores =>
  build(db, { now, remember: () => undefined, temporary: true, newId: () => temporaryPrefix + randomUUID() });

/** Tells by the id of a conversation or message where it lives. */
export const routeStores =
  (kept: Stores, temporary: Stores) =>
  (id: string): Stores =>
    id.startsWith(temporaryPrefix) ? temporary : kept;

function build(db: Database, options: Required<StoreOptions> & { temporary: boolean; newId(): string }): Stores {
  return { conversations: createConversations(db, options), messages: createMessages(db, options), attachments: createAttachments(db) };
}
