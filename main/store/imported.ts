import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';

/** Sixteen bytes that stand for where something stood in another program's export. */
export type ImportHash = Buffer;

/** The parts are kept apart: ('ab', 'c') is not ('a', 'bc'). */
export function importHash(...parts: string[]): ImportHash {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest().subarray(0, 16);
}

/** By these an import of our own file knows what was here already; they are made again from the ids. */
export const ownConversation = (id: string): ImportHash => importHash('engram', 'conversation', id);
export const ownMessage = (conversationId: string, id: string): ImportHash => importHash('engram', 'message', conversationId, id);
export const ownMemory = (id: string): ImportHash => importHash('engram', 'memory', id);

/** The conversation it became. Null: there was one, and it was deleted. Undefined: never imported. */
export function importedConversation(db: Database, hash: ImportHash): string | null | undefined {
  const row = prepared<{ id: string | null }>(
    db,
    `SELECT conversation.id FROM imported LEFT JOIN conversation ON conversation.id = imported.conversation_id AND conversation.deleted_at IS NULL
     WHERE imported.hash = ?`,
  ).get(hash);
  return row && row.id;
}

/** The message it became; null and undefined as for conversations. */
export function importedMessage(db: Database, hash: ImportHash): string | null | undefined {
  const row = prepared<{ id: string | null }>(
    db,
    'SELECT message.id FROM imported LEFT JOIN message ON message.seq = imported.message WHERE imported.hash = ?',
  ).get(hash);
  return row && row.id;
}

/** Call these in the transaction that writes what they stand for. */
export function markConversation(db: Database, hash: ImportHash, conversationId: string): void {
  prepared(db, 'INSERT INTO imported (hash, conversation_id) VALUES (?, ?)').run(hash, conversationId);
}

export function markMessage(db: Database, hash: ImportHash, messageId: string): void {
  prepared(db, 'INSERT INTO imported (hash, message) VALUES (?, (SELECT seq FROM message WHERE id = ?))').run(hash, messageId);
}

/** Where something brought in came from before that: another program's export of it brings nothing twice. `origin`: hex. */
export function markOrigin(db: Database, origin: string, became: { conversationId: string } | { messageId: string }): void {
  const { conversationId, messageId } = { conversationId: null, messageId: null, ...became };
  prepared(db, 'INSERT OR IGNORE INTO imported (hash, conversation_id, message) VALUES (?, ?, (SELECT seq FROM message WHERE id = ?))').run(Buffer.from(origin, 'hex'), conversationId, messageId);
}

/** It was here, and is not to come back with a file that still has it. */
export const markGone = (db: Database, hash: ImportHash): void => void prepared(db, 'INSERT OR IGNORE INTO imported (hash) VALUES (?)').run(hash);

export const isGone = (db: Database, hash: ImportHash): boolean => prepared(db, 'SELECT 1 FROM imported WHERE hash = ?').get(hash) !== undefined;

/** The message at the tip of the branch that is shown, and whether it was imported: the owner has not gone on from there. */
export function shownTip(db: Database, conversationId: string): { id: string | null; imported: boolean } {
  const row = prepared<{ id: string | null; imported: number }>(
    db,
    `SELECT leaf_id AS id, EXISTS (SELECT 1 FROM message JOIN imported ON imported.message = message.seq WHERE message.id = leaf_id) AS imported
     FROM conversation WHERE id = ?`,
  ).get(conversationId);
  return { id: row?.id ?? null, imported: row?.imported === 1 };
}
