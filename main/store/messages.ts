import type { Database } from 'better-sqlite3';
import type { ConversationFile, Message, MessageStats } from '../contract/conversation.ts';
import { AppError } from '../contract/errors.ts';
import type { Citation } from '../contract/memory.ts';
import { relaxed } from './database.ts';
import { readGiven, writeGiven, type Given } from './given.ts';
import { asksColumn, attachmentsColumn, researchColumn, shownBranch, shownColumns, tipThrough, toMessage, type MessageRow, type ShownRow } from './messageRows.ts';
import { prepared } from './prepared.ts';

export type NewMessage = {
  /** Of a file of ours that names it. */
  id?: string;
  conversationId: string;
  role: Message['role'];
  text: string;
  /** What it follows. Absent: the tip of the branch that is shown. An edit takes the parent of what it edits. */
  parentId?: string | null;
  personaId?: string | null;
  speaker?: string | null;
  caption?: string | null;
  createdAt?: number;
};

export type NewAnswer = { conversationId: string; parentId: string; personaId: string; citations?: Citation[]; given?: string[] };

export type Ending = {
  text: string;
  status: 'complete' | 'stopped' | 'failed';
  failure?: string | null;
  citations?: Citation[];
  given?: Given;
  quoted?: boolean;
  stats?: MessageStats | null;
};

/** A message as the prompt needs it. */
export type HistoryMessage = Pick<Message, 'id' | 'parentId' | 'role' | 'text' | 'status' | 'personaId' | 'createdAt'> & {
  speaker: string | null;
  /** The remembered lines that an answer was given with its question. */
  given: string[];
};

export type MessageStore = {
  /** Writes a whole message, on disk when it returns, and shows its branch. */
  append(message: NewMessage): Message;
  /** Opens an empty answer to be grown and finished. */
  beginAnswer(answer: NewAnswer): Message;
  /** Goes on with an answer that had ended. */
  reopen(id: string): Message;
  /** The answer so far, whole. Cheap: it is not made findable and does not wait for the disk. */
  grow(id: string, text: string): void;
  /** What a growing answer rests on, known before its words: it is still known where a crash cuts them off. Cheap, as `grow`. */
  rest(id: string, on: Required<Pick<Ending, 'citations' | 'given'>>): void;
  /** The end of an answer, on disk when it returns. */
  finish(id: string, ending: Ending): Message;
  /** Fails with `not-found`. */
  get(id: string): Message;
  /** What an answer was made from. Fails with `not-found`. */
  given(id: string): Given;
  /** The branch that is shown, first to last. */
  branch(conversationId: string): Message[];
  /** Shows the branch through this message: at each later fork the version written last. */
  chooseBranch(conversationId: string, messageId: string): void;
  /** What leads up to and includes this message, oldest first, at most `limit` messages. */
  history(messageId: string, limit: number): HistoryMessage[];
  /** As in a conversation's file: the whole tree in order of writing, or the branch that is shown. */
  exported(conversationId: string, which: 'all' | 'shown'): ConversationFile['messages'];
  /** Answers that a crash or a full disk cut off become `stopped` with what there is. Call while none is being written. */
  settleInterrupted(): number;
};

export type MessageOptions = {
  /** Makes a message findable as it now reads, inside the transaction that wrote it. */
  remember(db: Database, messageId: string): void;
  now(): number;
  newId(): string;
};

/** A pause this long begins a new sitting. */
const sittingGapMs = 30 * 60_000;

export function createMessages(db: Database, options: MessageOptions): MessageStore {
  const { remember } = options;
  return {
    get: (id) => getMessage(db, id),
    given: (id) => readGiven(rowOf(db, id).given),
    append: (message) =>
      db.transaction(() => {
        const id = insert(db, options, { ...message, status: 'complete' });
        remember(db, id);
        return getMessage(db, id);
      })(),
    beginAnswer: (answer) =>
      db.transaction(() => getMessage(db, insert(db, options, { ...answer, role: 'assistant', text: '', status: 'growing' })))(),
    reopen: (id) => reopen(db, id),
    grow(id, text) {
      relaxed(db, () => prepared(db, `UPDATE message SET text = ? WHERE id = ? AND status = 'growing'`).run(text, id));
    },
    rest(id, { citations, given }) {
      const values = { id, citations: JSON.stringify(citations), given: writeGiven(given) };
      relaxed(db, () => prepared(db, `UPDATE message SET citations = @citations, given = @given WHERE id = @id AND status = 'growing'`).run(values));
    },
    finish: (id, ending) =>
      db.transaction(() => {
        writeEnding(db, rowOf(db, id), ending);
        remember(db, id);
        return getMessage(db, id);
      })(),
    branch: (conversationId) => branch(db, conversationId),
    chooseBranch: (conversationId, messageId) => chooseBranch(db, conversationId, messageId),
    history: (messageId, limit) => history(db, messageId, limit),
    exported: (conversationId, which) => exported(db, conversationId, which),
    settleInterrupted: () => db.transaction(() => settleInterrupted(db, remember))(),
  };
}

function rowOf(db: Database, id: string): MessageRow {
  const row = prepared<MessageRow>(db, `SELECT *, ${asksColumn}, ${researchColumn}, ${attachmentsColumn} FROM message WHERE id = ?`).get(id);
  if (!row) throw new AppError('not-found', 'That message is not here any more.');
  return row;
}

function getMessage(db: Database, id: string): Message {
  const row = rowOf(db, id);
  return toMessage(row, siblingsOf(db, row));
}

function branch(db: Database, conversationId: string): Message[] {
  const rows = prepared<ShownRow>(db, `SELECT ${shownColumns} FROM message WHERE conversation_id = ? ORDER BY seq`).all(conversationId);
  const attached = attachedIn(db, conversationId);
  return shownBranch(rows, leafOf(db, conversationId)).map((message) => (attached.has(message.id) ? { ...message, attachments: attached.get(message.id)! } : message));
}

/** By the question they went with. */
const attachedIn = (db: Database, conversationId: string): Map<string, NonNullable<Message['attachments']>> =>
  new Map(
    prepared<{ id: string; attachments: string }>(db, `SELECT id, ${attachmentsColumn} FROM message WHERE id IN (SELECT message_id FROM attachment WHERE conversation_id = ?)`)
      .all(conversationId)
      .map(({ id, attachments }) => [id, JSON.parse(attachments) as NonNullable<Message['attachments']>]),
  );

function reopen(db: Database, id: string): Message {
  const { changes } = prepared(
    db,
    `UPDATE message SET status = 'growing', failure = NULL WHERE id = ? AND role = 'assistant' AND status <> 'growing'`,
  ).run(id);
  const message = getMessage(db, id);
  if (changes === 0) throw new AppError('conflict', 'That message cannot be continued: it is not an answer that has ended.');
  return message;
}

function chooseBranch(db: Database, conversationId: string, messageId: string): void {
  if (rowOf(db, messageId).conversation_id !== conversationId) {
    throw new AppError('not-found', 'That message is not part of this conversation.');
  }
  const links = prepared<Pick<MessageRow, 'id' | 'parent_id'>>(
    db,
    'SELECT id, parent_id FROM message WHERE conversation_id = ? ORDER BY seq',
  ).all(conversationId);
  prepared(db, 'UPDATE conversation SET leaf_id = ? WHERE id = ?').run(tipThrough(links, messageId), conversationId);
}

function exported(db: Database, conversationId: string, which: 'all' | 'shown'): ConversationFile['messages'] {
  const rows = prepared<MessageRow>(db, 'SELECT * FROM message WHERE conversation_id = ? ORDER BY seq').all(conversationId);
  const shown = new Set(which === 'all' ? [] : shownBranch(rows, leafOf(db, conversationId)).map((message) => message.id));
  return rows
    .filter((row) => which === 'all' || shown.has(row.id))
    .map(({ id, parent_id, role, speaker, caption, text, created_at }) => ({ id, parentId: parent_id, role, speaker, caption, text, createdAt: created_at }));
}

function settleInterrupted(db: Database, remember: MessageOptions['remember']): number {
  const growing = prepared<{ id: string }>(db, `SELECT id FROM message WHERE status = 'growing' ORDER BY seq`).all();
  for (const { id } of growing) {
    prepared(db, `UPDATE message SET status = 'stopped' WHERE id = ?`).run(id);
    remember(db, id);
  }
  return growing.length;
}

function insert(db: Database, options: MessageOptions, message: NewMessage & { status: Message['status']; citations?: Citation[]; given?: string[] }): string {
  const leafId = leafOf(db, message.conversationId);
  const id = message.id ?? options.newId();
  const createdAt = message.createdAt ?? options.now();
  prepared(
    db,
    `INSERT INTO message (id, conversation_id, parent_id, role, speaker, caption, text, status, persona_id, created_at, sitting, citations, given)
     VALUES (@id, @conversationId, @parentId, @role, @speaker, @caption, @text, @status, @personaId, @createdAt, @sitting, @citations, @given)`,
  ).run({
    id,
    conversationId: message.conversationId,
    parentId: message.parentId === undefined ? leafId : message.parentId,
    role: message.role,
    speaker: message.speaker ?? null,
    caption: message.caption ?? null,
    text: message.text,
    status: message.status,
    personaId: message.personaId ?? null,
    createdAt,
    sitting: sittingAt(db, message.conversationId, createdAt),
    citations: JSON.stringify(message.citations ?? []),
    given: JSON.stringify(message.given ?? []),
  });
  prepared(db, 'UPDATE conversation SET leaf_id = ?, updated_at = max(updated_at, ?) WHERE id = ?').run(id, createdAt, message.conversationId);
  return id;
}

function sittingAt(db: Database, conversationId: string, at: number): number {
  const last = prepared<{ sitting: number; createdAt: number }>(
    db,
    'SELECT sitting, created_at AS createdAt FROM message WHERE conversation_id = ? ORDER BY seq DESC LIMIT 1',
  ).get(conversationId);
  if (!last) return 0;
  return at - last.createdAt < sittingGapMs ? last.sitting : last.sitting + 1;
}

function leafOf(db: Database, conversationId: string): string | null {
  const conversation = prepared<{ leafId: string | null }>(
    db,
    'SELECT leaf_id AS leafId FROM conversation WHERE id = ? AND deleted_at IS NULL',
  ).get(conversationId);
  if (!conversation) throw new AppError('not-found', 'That conversation is not here any more.');
  return conversation.leafId;
}

/** What an ending does not mention stays as it was. */
function writeEnding(db: Database, row: MessageRow, ending: Ending): void {
  prepared(
    db,
    `UPDATE message SET text = @text, status = @status, failure = @failure, citations = @citations, given = @given, quoted = @quoted, stats = @stats
     WHERE seq = @seq`,
  ).run({
    seq: row.seq,
    text: ending.text,
    status: ending.status,
    failure: ending.failure ?? null,
    citations: ending.citations ? JSON.stringify(ending.citations) : row.citations,
    given: ending.given ? writeGiven(ending.given) : row.given,
    quoted: ending.quoted === undefined ? row.quoted : Number(ending.quoted),
    stats: ending.stats ? JSON.stringify(ending.stats) : row.stats,
  });
}

const siblingsOf = (db: Database, row: MessageRow): string[] =>
  (row.parent_id === null
    ? prepared<{ id: string }>(
        db,
        'SELECT id FROM message WHERE conversation_id = ? AND parent_id IS NULL AND role = ? ORDER BY seq',
      ).all(row.conversation_id, row.role)
    : prepared<{ id: string }>(db, 'SELECT id FROM message WHERE parent_id = ? AND role = ? ORDER BY seq').all(row.parent_id, row.role)
  ).map((sibling) => sibling.id);

/** Those of an answer that rests on what is kept to another conversation by now are not read again. */
const linesToRead = `CASE WHEN message.given = '[]' OR NOT EXISTS (
    SELECT 1 FROM memory WHERE memory.message_id = message.id AND memory.kept_in <> message.conversation_id) THEN message.given ELSE '[]' END`;

function history(db: Database, messageId: string, limit: number): HistoryMessage[] {
  const rows = prepared<Omit<HistoryMessage, 'given'> & { given: string }>(
    db,
    `WITH RECURSIVE up (id, depth) AS (
       SELECT id, 0 FROM message WHERE id = ?
       UNION ALL
       SELECT message.parent_id, depth + 1 FROM up JOIN message ON message.id = up.id WHERE message.parent_id IS NOT NULL LIMIT ?
     )
     SELECT message.id, parent_id AS parentId, role, text, status, persona_id AS personaId, created_at AS createdAt, speaker, ${linesToRead} AS given
     FROM up JOIN message ON message.id = up.id ORDER BY depth DESC`,
  ).all(messageId, limit);
  return rows.map((row) => ({ ...row, given: readGiven(row.given).lines }));
}
