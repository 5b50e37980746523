/** Conversations of Engram's own files become conversations here: once, under their own names, with what is new in them. */
import { isOurId } from './ids.ts';
import type { Database } from 'better-sqlite3';
import type { ExportedConversation, ExportedMessage } from '../contract/exporting.ts';
import { AppError } from '../contract/errors.ts';
import { bringAttachments } from './attachments.ts';
import { writeGiven, type Given } from './given.ts';
import { importedConversation, importedMessage, importHash, markConversation, markMessage, markOrigin, ownConversation, ownMessage } from './imported.ts';
import { keepMessage } from './keeping.ts';
import { prepared } from './prepared.ts';
import type { Stores } from './stores.ts';

export type OwnImporting = {
  db: Database;
  stores: Stores;
  /** What a persona of the file is called here. */
  personaOf(id: string): string;
  defaultPersonaId: string;
  /** How many conversations without a name of their own have begun alike in this file, by their beginning. */
  alike: Map<string, number>;
  /** Those here that conversations of this file have become, or are. */
  taken: Set<string>;
  /** Memories here that the file keeps to a conversation other than their own, by what the file calls that one. */
  kept: Map<string, string>;
};

export type OwnImported = {
  outcome: 'added' | 'grown' | 'known' | 'deleted';
  id: string | null;
  added: number;
  known: number;
  /** Messages that are new, by what the file calls them. */
  ids: Map<string, string>;
};

/** Call inside a transaction: it fails with `bad-file` where the messages are no tree. What was deleted here stays deleted. */
export function importOwnConversation(importing: OwnImporting, file: ExportedConversation): OwnImported {
  const { db } = importing;
  const hash = hashOf(importing, file);
  const here = findConversation(importing, file, hash);
  if (here === null) return { outcome: 'deleted', id: null, added: 0, known: 0, ids: new Map() };
  const id = here ?? createFor(importing, file, hash);
  importing.taken.add(id);
  const before = shownOf(db, id);
  const { ids, known, places } = writeMessages(importing, file, { conversationId: id, isNew: here === undefined });
  if (here === undefined) finish(db, id, { file, shown: places.get(file.shown ?? '') ?? null });
  else prepared(db, 'UPDATE conversation SET leaf_id = ? WHERE id = ?').run(before, id);
  return { outcome: here === undefined ? 'added' : ids.size > 0 ? 'grown' : 'known', id, added: ids.size, known, ids };
}

/** Files of older versions do not say which conversation they are: they are known by how it begins. */
function hashOf({ alike }: OwnImporting, { id, messages }: ExportedConversation) {
  if (id !== undefined) return ownConversation(id);
  const beginning = JSON.stringify(messages.slice(0, 2).map(({ role, text, createdAt }) => [role, text.trim(), createdAt]));
  const nth = alike.get(beginning) ?? 0;
  alike.set(beginning, nth + 1);
  return importHash('engram', 'beginning', beginning, String(nth));
}

/** Undefined: not here. Null: it was, and was deleted. */
function findConversation({ db, taken }: OwnImporting, file: ExportedConversation, hash: Buffer): string | null | undefined {
  const marked = importedConversation(db, hash);
  if (marked !== undefined) return marked;
  const same = prepared<{ id: string; deleted: number }>(db, 'SELECT id, deleted_at IS NOT NULL AS deleted FROM conversation WHERE id = ?').get(file.id ?? '');
  if (same) return same.deleted === 1 ? null : same.id;
  const alike = file.id === undefined ? ofFirstMessage(db, file.messages[0]) : undefined;
  return alike !== undefined && taken.has(alike) ? undefined : alike;
}

/** A conversation that was never brought in, and stands here: by the name of its first message, or by its time and words. */
function ofFirstMessage(db: Database, first: ExportedMessage | undefined): string | undefined {
  if (!first) return undefined;
  const row =
    prepared<{ id: string }>(db, `SELECT conversation_id AS id FROM message WHERE id = ? AND role = ? AND created_at = ?`).get(first.id, first.role, first.createdAt) ??
    prepared<{ id: string }>(
      db,
      `SELECT message.conversation_id AS id FROM memory JOIN message ON message.id = memory.message_id
       WHERE memory.created_at = ? AND message.role = ? AND trim(message.text, ' ' || char(9, 10, 13)) = ?`,
    ).get(first.createdAt, first.role, first.text.trim());
  return row?.id;
}

function createFor({ db, stores, personaOf, defaultPersonaId }: OwnImporting, file: ExportedConversation, hash: Buffer): string {
  const title = file.title.trim().slice(0, 200);
  const { id } = stores.conversations.create({
    ...(isOurId(file.id) ? { id: file.id } : {}),
    personaId: file.personaId === undefined ? defaultPersonaId : personaOf(file.personaId),
    title,
    titledBy: file.titledBy ?? (title ? 'owner' : 'nobody'),
    createdAt: file.createdAt,
    kept: file.kept ?? false,
  });
  markConversation(db, hash, id);
  for (const origin of file.origins ?? []) markOrigin(db, origin, { conversationId: id });
  return id;
}

const shownOf = (db: Database, id: string): string | null => prepared(db, 'SELECT leaf_id FROM conversation WHERE id = ?').pluck().get(id) as string | null;

type Into = { conversationId: string; isNew: boolean };
/** `places`: every message of the file by its name there; null where it has gone, with nothing before it. */
type Written = { ids: Map<string, string>; known: number; places: Map<string, string | null> };

function writeMessages(importing: OwnImporting, file: ExportedConversation, into: Into): Written {
  const written: Written = { ids: new Map(), known: 0, places: new Map() };
  const find = into.isNew ? () => undefined : finder(importing.db, into.conversationId);
  for (const message of file.messages) {
    const parentId = message.parentId === null ? null : written.places.get(message.parentId);
    if (parentId === undefined || written.places.has(message.id)) throw brokenTree(file.title);
    const known = find(message);
    if (known === undefined) {
      const id = writeMessage(importing, { conversationId: into.conversationId, parentId, fileId: file.id }, message);
      written.ids.set(message.id, id);
      written.places.set(message.id, id);
    } else {
      written.known += 1;
      // What followed one that has gone follows the one before it.
      written.places.set(message.id, known ?? parentId);
    }
  }
  return written;
}

/** The message that this one is; null: it was here, and has gone. */
function finder(db: Database, conversationId: string): (message: ExportedMessage) => string | null | undefined {
  const rows = prepared<{ id: string; role: string; createdAt: number }>(db, 'SELECT id, role, created_at AS createdAt FROM message WHERE conversation_id = ? ORDER BY seq').all(conversationId);
  const ids = new Set(rows.map(({ id }) => id));
  const byTime = new Map(rows.map(({ id, role, createdAt }) => [`${role} ${createdAt}`, id]));
  return (message) => {
    const marked = importedMessage(db, ownMessage(conversationId, message.id));
    if (marked !== undefined) return marked;
    if (ids.has(message.id)) return message.id;
    // Markdown names no message, but says when it was said, to the millisecond.
    return isOurId(message.id) ? undefined : byTime.get(`${message.role} ${message.createdAt}`);
  };
}

type Place = { conversationId: string; parentId: string | null; fileId: string | undefined };

function writeMessage(importing: OwnImporting, { fileId, ...place }: Place, message: ExportedMessage): string {
  const { db, stores } = importing;
  const { role, text, createdAt, memory, origins = [] } = message;
  const isFree = isOurId(message.id) && prepared(db, 'SELECT 1 FROM message WHERE id = ?').get(message.id) === undefined;
  const named = { ...place, ...(isFree ? { id: message.id } : {}), personaId: speakerOf(importing, message) };
  const { id } = stores.messages.append({ ...named, role, text, speaker: message.speaker ?? null, caption: message.caption ?? null, createdAt });
  markMessage(db, ownMessage(place.conversationId, message.id), id);
  for (const origin of origins) markOrigin(db, origin, { messageId: id });
  writeRest(db, id, message);
  bringAttachments(db, { conversationId: place.conversationId, messageId: id }, message.attachments);
  if (memory) writeMemoryOf(importing, id, { memory, fileId });
  return id;
}

type OfFile = { memory: NonNullable<ExportedMessage['memory']>; fileId: string | undefined };

function writeMemoryOf({ db, personaOf, kept }: OwnImporting, id: string, { memory, fileId }: OfFile): void {
  writeMemoryState(db, id, { ...memory, personaId: memory.personaId === null ? null : personaOf(memory.personaId) });
  if (memory.keptAlone) keepMessage(db, id);
  if (memory.keptIn !== undefined && memory.keptIn !== fileId) kept.set(id, memory.keptIn);
}

function speakerOf({ personaOf, defaultPersonaId }: OwnImporting, { personaId, role }: ExportedMessage): string | null {
  if (personaId === undefined) return role === 'assistant' ? defaultPersonaId : null;
  return personaId === null ? null : personaOf(personaId);
}

function writeRest(db: Database, id: string, { status = 'complete', failure = null, citations = [], given = { lines: [] }, quoted = false, stats = null }: ExportedMessage): void {
  prepared(db, 'UPDATE message SET status = ?, failure = ?, citations = ?, given = ?, quoted = ?, stats = ? WHERE id = ?').run(
    status, failure, JSON.stringify(citations), writeGiven(given as Given), Number(quoted), stats === null ? null : JSON.stringify(stats), id,
  );
}

/** What corrects it comes later: see `linkCorrections`. */
function writeMemoryState(db: Database, messageId: string, { scope, personaId, pinned }: NonNullable<ExportedMessage['memory']>): void {
  prepared(db, 'UPDATE memory SET scope = ?, persona_id = ?, pinned = ? WHERE message_id = ?').run(scope, personaId, Number(pinned), messageId);
}

function finish(db: Database, id: string, { file, shown }: { file: ExportedConversation; shown: string | null }): void {
  prepared(
    db,
    `UPDATE conversation SET leaf_id = coalesce(@shown, leaf_id), pinned = @pinned, archived = @archived, draft = @draft, notes = @notes, updated_at = coalesce(@updatedAt, updated_at) WHERE id = @id`,
  ).run({ id, shown, pinned: Number(file.pinned ?? false), archived: Number(file.archived ?? false), draft: file.draft ?? '', notes: file.notes ? JSON.stringify(file.notes) : null, updatedAt: file.updatedAt ?? null });
  bringAttachments(db, { conversationId: id, messageId: null }, file.attachments);
}

export const brokenTree = (title: string) =>
  new AppError('bad-file', `The conversation “${title}” cannot be imported: a message in it follows one that is not before it, or two have one id. Nothing was imported.`);
