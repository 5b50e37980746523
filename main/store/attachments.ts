/** Notes and files that go with questions. */
import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { ExportedAttachment } from '../contract/exporting.ts';
import type { Attachment } from '../contract/note.ts';
import { AppError } from '../contract/errors.ts';
import { prepared } from './prepared.ts';

/** What was read of a file: passages as the chunks of a note are. */
export type AttachedChunk = { headings: string[]; kind: string; text: string; place: { from: number; to: number; page?: number } };

export type NewAttachment = Omit<Attachment, 'id' | 'given' | 'passages'> & { conversationId: string; folderId: string | null; /** Of a note: counted, not kept. */ passages: number; chunks: AttachedChunk[] };

/** With the question it went with. */
export type SentAttachment = Attachment & { messageId: string; folderId: string | null; chunks: AttachedChunk[] };

export type AttachmentStore = {
  add(attachment: NewAttachment): Attachment;
  /** What waits for the next question. */
  pending(conversationId: string): Attachment[];
  remove(conversationId: string, id: string): void;
  /** What waits goes with this question; and what went with the one that it edits. */
  send(conversationId: string, messageId: string, editOf: string | null): void;
  /** The earliest first. */
  sentWith(messageIds: readonly string[]): SentAttachment[];
  given(id: string, passages: number): void;
};

type Row = Omit<ExportedAttachment, 'chunks'> & { messageId: string | null; chunks: string };

/** By the question that they went with; under null, what waits for the next. */
export function attachmentsIn(db: Database, conversationId: string): Map<string | null, ExportedAttachment[]> {
  const found = new Map<string | null, ExportedAttachment[]>();
  const rows = prepared<Row>(
    db,
    `SELECT message_id AS messageId, note_id AS noteId, folder_id AS folderId, title, path, mark, passages, given, chunks FROM attachment WHERE conversation_id = ? ORDER BY seq`,
  ).all(conversationId);
  for (const { messageId, chunks, ...attachment } of rows) found.set(messageId, [...(found.get(messageId) ?? []), { ...attachment, chunks: JSON.parse(chunks) as AttachedChunk[] }]);
  return found;
}

/** As they stood in a file. */
export function bringAttachments(db: Database, to: { conversationId: string; messageId: string | null }, attachments: readonly ExportedAttachment[] = []): void {
  for (const { chunks, ...attachment } of attachments) {
    prepared(
      db,
      `INSERT INTO attachment (id, conversation_id, message_id, note_id, folder_id, title, path, mark, passages, given, chunks)
       VALUES (@id, @conversationId, @messageId, @noteId, @folderId, @title, @path, @mark, @passages, @given, @chunks)`,
    ).run({ ...attachment, ...to, id: randomUUID(), chunks: JSON.stringify(chunks) });
  }
}

/** A question with more is no question. */
const mostPending = 20;

const columns = 'id, note_id AS noteId, title, path, mark, passages, given';

export function createAttachments(db: Database): AttachmentStore {
  const pending = (conversationId: string) => prepared<Attachment>(db, `SELECT ${columns} FROM attachment WHERE conversation_id = ? AND message_id IS NULL ORDER BY seq`).all(conversationId);
  return {
    pending,
    add({ chunks, ...attachment }) {
      const waiting = pending(attachment.conversationId);
      const same = waiting.find(({ noteId }) => noteId !== null && noteId === attachment.noteId);
      if (same) return same;
      if (waiting.length >= mostPending) throw new AppError('too-large', `At most ${mostPending} notes and files go with one question. Take one out first.`);
      const id = randomUUID();
      prepared(
        db,
        `INSERT INTO attachment (id, conversation_id, note_id, folder_id, title, path, mark, passages, chunks)
         VALUES (@id, @conversationId, @noteId, @folderId, @title, @path, @mark, @passages, @chunks)`,
      ).run({ ...attachment, id, chunks: JSON.stringify(chunks) });
      return pending(attachment.conversationId).at(-1)!;
    },
    remove: (conversationId, id) => void prepared(db, 'DELETE FROM attachment WHERE conversation_id = ? AND id = ? AND message_id IS NULL').run(conversationId, id),
    send: (conversationId, messageId, editOf) =>
      db.transaction(() => {
        for (const { seq } of prepared<{ seq: number }>(db, 'SELECT seq FROM attachment WHERE message_id = ? ORDER BY seq').all(editOf)) {
          prepared(
            db,
            `INSERT INTO attachment (id, conversation_id, message_id, note_id, folder_id, title, path, mark, passages, chunks)
             SELECT @id, conversation_id, @messageId, note_id, folder_id, title, path, mark, passages, chunks FROM attachment WHERE seq = @seq`,
          ).run({ id: randomUUID(), messageId, seq });
        }
        prepared(db, 'UPDATE attachment SET message_id = ? WHERE conversation_id = ? AND message_id IS NULL').run(messageId, conversationId);
      })(),
    sentWith: (messageIds) =>
      prepared<Omit<SentAttachment, 'chunks'> & { chunks: string }>(
        db,
        `SELECT ${columns}, message_id AS messageId, folder_id AS folderId, chunks FROM attachment WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY seq`,
      )
        .all(JSON.stringify(messageIds))
        .map(({ chunks, ...attachment }) => ({ ...attachment, chunks: JSON.parse(chunks) as AttachedChunk[] })),
    given: (id, passages) => void prepared(db, 'UPDATE attachment SET given = ? WHERE id = ?').run(passages, id),
  };
}
