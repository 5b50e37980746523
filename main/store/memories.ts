import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import type { Memory, MemoryScope } from '../contract/memory.ts';
import { flushWords } from './flushWords.ts';
import { markGone, ownMemory } from './imported.ts';
import { keptInOf, nowhere, type Keeping } from './keeping.ts';
import { memoryKey } from './memoryKey.ts';
import { getMemory } from './memoryList.ts';
import { prepared } from './prepared.ts';
import { endsAsking, isQuestion } from './question.ts';

type SaidRow = {
  id: string;
  conversationId: string;
  parentId: string | null;
  role: string;
  speaker: string | null;
  caption: string | null;
  text: string;
  status: string;
  personaId: string;
  personaName: string | null;
  scope: 'shared' | 'own' | 'none' | null;
  createdAt: number;
  sitting: number;
};

const selectSaid = `
  SELECT message.id, message.conversation_id AS conversationId, message.parent_id AS parentId, message.role, message.speaker,
    message.caption, message.text, message.status, message.created_at AS createdAt, message.sitting,
    coalesce(message.persona_id, conversation.persona_id) AS personaId, persona.name AS personaName, persona.memory_scope AS scope
  FROM message
    JOIN conversation ON conversation.id = message.conversation_id
    LEFT JOIN persona ON persona.id = coalesce(message.persona_id, conversation.persona_id)
  WHERE message.id = ?`;

/**
 * Makes a saved message findable by words, as it now reads. Call it inside the transaction that writes the message, and
 * again after every change of its text; a message that no longer says anything stops being a memory. Idempotent.
 * `isKeptAlone`: whether a text of the owner's asks to be kept to its conversation.
 */
export function rememberMessage(db: Database, messageId: string, isKeptAlone: (text: string) => boolean = () => false): void {
  const said = prepared<SaidRow>(db, selectSaid).get(messageId);
  const seq = prepared<{ seq: number }>(db, 'SELECT seq FROM memory WHERE message_id = ?').get(messageId)?.seq;
  if (!said || !isWorthKeeping(said)) {
    if (seq !== undefined) prepared(db, 'DELETE FROM memory WHERE seq = ?').run(seq);
    return;
  }
  const key = memoryKey({ speaker: speakerOf(said), at: said.createdAt, caption: said.caption, text: said.text });
  if (seq === undefined) insertSaid(db, { ...said, alone: said.role === 'user' && isKeptAlone(said.text) }, key);
  else changeKey(db, { seq, id: messageId, key, text: said.text });
}

const isWorthKeeping = (said: SaidRow) =>
  (said.role === 'user' || said.role === 'assistant') && said.status !== 'growing' && `${said.text}${said.caption ?? ''}`.trim() !== '';

const speakerOf = (said: SaidRow) => said.speaker ?? (said.role === 'user' ? 'You' : (said.personaName ?? 'Assistant'));

function insertSaid(db: Database, said: SaidRow & { alone: boolean }, key: string): void {
  const { sitting, place } = placeOf(db, said);
  const keptIn = keptInOf(db, { ...said, kind: 'said', role: said.role as Keeping['role'], seq: null });
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO memory (id, kind, message_id, role, question, asks, scope, persona_id, conversation_id, kept_in, kept_alone, sitting, place, created_at)
     VALUES (@id, 'said', @id, @role, @question, @asks, @scope, @personaId, @conversationId, @keptIn, @alone, @sitting, @place, @createdAt)`,
  ).run({ ...said, ...asking(said.text), scope: said.scope ?? 'shared', keptIn, alone: Number(said.alone), sitting: sitting ?? -1, place });
  if (sitting === null) prepared(db, 'UPDATE memory SET sitting = seq WHERE seq = ?').run(lastInsertRowid);
  prepared(db, 'INSERT INTO memory_words (rowid, key) VALUES (?, ?)').run(lastInsertRowid, key);
}

/**
 * Where in its sitting a message stands: one place after the message it follows, so that rival versions (edits,
 * regenerations) share a place and both stand next to what was said before them. Null sitting: it opens a new one.
 */
function placeOf(db: Database, said: SaidRow): { sitting: number | null; place: number } {
  const before = prepared<{ sitting: number; place: number; same: number }>(
    db,
    `SELECT memory.sitting, memory.place, message.sitting = ? AS same
     FROM memory JOIN message ON message.id = memory.message_id WHERE memory.message_id = ?`,
  ).get(said.sitting, said.parentId);
  if (before?.same) return { sitting: before.sitting, place: before.place + 1 };
  const sitting = prepared<{ sitting: number; place: number }>(
    db,
    `SELECT memory.sitting, max(memory.place) AS place FROM message JOIN memory ON memory.message_id = message.id
     WHERE message.conversation_id = ? AND message.sitting = ? GROUP BY memory.sitting ORDER BY memory.seq DESC LIMIT 1`,
  ).get(said.conversationId, said.sitting);
  if (!sitting) return { sitting: null, place: 0 };
  // A message without a parent is a rival of the first; one whose parent is no memory (a tool's) comes last.
  return { sitting: sitting.sitting, place: said.parentId === null ? 0 : sitting.place + 1 };
}

/** Whether it only asks, and whether it ends by asking. */
const asking = (text: string) => ({ question: Number(isQuestion(text)), asks: Number(endsAsking(text)) });

/** `text`: null for what the owner wrote down, which asks nothing. */
function changeKey(db: Database, memory: { seq: number; id: string; key: string; text: string | null }): void {
  const old = prepared<{ key: string }>(db, 'SELECT key FROM memory_words WHERE rowid = ?').get(memory.seq)?.key;
  if (old === memory.key) return;
  prepared(db, 'DELETE FROM memory_words WHERE rowid = ?').run(memory.seq);
  flushWords(db);
  prepared(db, 'INSERT INTO memory_words (rowid, key) VALUES (?, ?)').run(memory.seq, memory.key);
  prepared(db, 'UPDATE memory SET question = @question, asks = @asks, embedded_by = NULL WHERE seq = @seq').run({ seq: memory.seq, ...asking(memory.text ?? '') });
  prepared(db, 'INSERT OR IGNORE INTO vector_removal (id) VALUES (?)').run(memory.id);
}

/** `keptIn`: the only conversation in which it is to be recalled. */
export type WrittenDraft = { id?: string; text: string; scope: MemoryScope; personaId: string | null; keptIn?: KeptWith | null; at: number };

/** `alone`: even where the conversation as a whole is not kept to itself. */
export type KeptWith = { conversationId: string; alone: boolean };

/** Keeps a line the owner wrote. */
export function writeMemory(db: Database, draft: WrittenDraft): Memory {
  return db.transaction(() => getMemory(db, insertWritten(db, draft)))();
}

function insertWritten(db: Database, draft: WrittenDraft): string {
  if (draft.scope === 'own' && draft.personaId === null) {
    throw new AppError('invalid-input', 'A memory of one persona needs that persona. Nothing was written; choose one, or share it.');
  }
  const { keptIn, ...rest } = draft;
  const id = draft.id ?? randomUUID();
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO memory (id, kind, text, role, question, scope, persona_id, conversation_id, kept_in, kept_alone, sitting, place, created_at)
     VALUES (@id, 'written', @text, 'user', 0, @scope, @personaId, nullif(@keptIn, '${nowhere}'), @keptIn, @alone, -1, 0, @at)`,
  ).run({ ...rest, id, keptIn: keptIn?.conversationId ?? null, alone: Number(keptIn?.alone ?? false) });
  prepared(db, 'UPDATE memory SET sitting = seq WHERE seq = ?').run(lastInsertRowid);
  const key = memoryKey({ speaker: 'You', at: draft.at, caption: null, text: draft.text });
  prepared(db, 'INSERT INTO memory_words (rowid, key) VALUES (?, ?)').run(lastInsertRowid, key);
  return id;
}

/** Writes a line that replaces a memory in recall. The replaced one stays in the history; one already replaced is refused. */
export function correctMemory(db: Database, correction: { id: string; text: string; at: number }): Memory {
  return db.transaction(() => {
    const old = getMemory(db, correction.id);
    if (old.replacedBy !== null) {
      throw new AppError('conflict', 'This memory was corrected before. Nothing was changed; correct the newer one instead.');
    }
    const id = insertWritten(db, { text: correction.text, scope: old.scope, personaId: old.personaId, keptIn: keptWith(db, old.id), at: correction.at });
    prepared(db, 'UPDATE memory SET replaced_by = ? WHERE id = ?').run(id, old.id);
    if (old.pinned) prepared(db, 'UPDATE memory SET pinned = 1 WHERE id = ?').run(id);
    return getMemory(db, id);
  })();
}

/** How this memory is kept to its conversation; null where it is not. A line that is kept in none is written for none. */
export const keptWith = (db: Database, id: string): KeptWith | null => {
  const row = prepared<{ conversationId: string; alone: number }>(db, `SELECT kept_in AS conversationId, kept_alone AS alone FROM memory WHERE id = ? AND kept_in IS NOT NULL`).get(id);
  return row ? { conversationId: row.conversationId, alone: row.alone === 1 } : null;
};

/** Changes the text of a written memory in place: for redaction. A said memory changes with its message. */
export function rewriteMemory(db: Database, memory: { id: string; text: string }): void {
  db.transaction(() => {
    const row = prepared<{ seq: number; at: number }>(
      db,
      `SELECT seq, created_at AS at FROM memory WHERE id = ? AND kind = 'written'`,
    ).get(memory.id);
    if (!row) throw new AppError('not-found', 'That written memory is not here any more.');
    prepared(db, 'UPDATE memory SET text = ? WHERE seq = ?').run(memory.text, row.seq);
    const key = memoryKey({ speaker: 'You', at: row.at, caption: null, text: memory.text });
    changeKey(db, { seq: row.seq, id: memory.id, key, text: null });
  })();
}

export function pinMemory(db: Database, id: string, pinned: boolean): Memory {
  const { changes } = prepared(db, 'UPDATE memory SET pinned = ? WHERE id = ?').run(Number(pinned), id);
  if (changes === 0) throw new AppError('not-found', 'That memory is not here any more.');
  return getMemory(db, id);
}

/**
 * Removes the memory and its key; its vector is queued for removal. The message it points to is not touched. A line the
 * owner wrote does not come back with a file of ours that still has it.
 */
export function removeMemory(db: Database, id: string): void {
  markGone(db, ownMemory(id));
  prepared(db, 'DELETE FROM memory WHERE id = ?').run(id);
}
