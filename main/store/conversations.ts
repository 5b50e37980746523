import type { Database } from 'better-sqlite3';
import type { Conversation } from '../contract/conversation.ts';
import type { NoteScope } from '../contract/note.ts';
import { AppError } from '../contract/errors.ts';
import { relaxed } from './database.ts';
import { markGone, ownConversation } from './imported.ts';
import { prepared } from './prepared.ts';

export type ConversationStore = {
  /** Newest first. Deleted ones are not among them. */
  list(filter: { archived: boolean }): Conversation[];
  /** Fails with `not-found`, also for a deleted one. */
  get(id: string): Conversation;
  create(draft: { id?: string; personaId: string; kept?: boolean; title?: string; titledBy?: Conversation['titledBy']; createdAt?: number }): Conversation;
  /** The owner's title; it is never overwritten. */
  rename(id: string, title: string): Conversation;
  /** A title the model thought of. Refused quietly when the owner has chosen one meanwhile. */
  suggestTitle(id: string, title: string): Conversation;
  pin(id: string, pinned: boolean): Conversation;
  archive(id: string, archived: boolean): Conversation;
  setPersona(id: string, personaId: string): Conversation;
  /** Which notes its answers may draw on; null: none. */
  setNotes(id: string, notes: NoteScope | null): Conversation;
  setDraft(id: string, draft: string): void;
  /** Hides it; `purge` erases it later. */
  delete(id: string): { erasesAt: number };
  undoDelete(id: string): Conversation;
  /**
   * Erases for good what was deleted long enough ago, bytes included; answers how many conversations went. Their
   * memories go with them, and the vectors of those are queued for removal.
   */
  purge(): number;
};

export type ConversationOptions = { temporary: boolean; now(): number; newId(): string };

/** How long a deleted conversation can be brought back. */
export const deletedKeptMs = 10 * 60_000;

type Row = {
  id: string;
  title: string;
  titled_by: Conversation['titledBy'];
  persona_id: string;
  pinned: number;
  archived: number;
  kept: number;
  notes: string | null;
  draft: string;
  created_at: number;
  updated_at: number;
  message_count: number;
};

const columns = `id, title, titled_by, persona_id, pinned, archived, kept, notes, draft, created_at, updated_at,
  (SELECT count(*) FROM message WHERE message.conversation_id = conversation.id) AS message_count`;

export function createConversations(db: Database, options: ConversationOptions): ConversationStore {
  const { temporary, now } = options;
  function get(id: string): Conversation {
    const row = prepared<Row>(db, `SELECT ${columns} FROM conversation WHERE id = ? AND deleted_at IS NULL`).get(id);
    if (!row) throw gone();
    return fromRow(row, temporary);
  }
  function change(id: string, assignment: string, ...values: unknown[]): Conversation {
    prepared(db, `UPDATE conversation SET ${assignment} WHERE id = ? AND deleted_at IS NULL`).run(...values, id);
    return get(id);
  }

  return {
    get,
    list: ({ archived }) =>
      prepared<Row>(db, `SELECT ${columns} FROM conversation WHERE archived = ? AND deleted_at IS NULL ORDER BY updated_at DESC, rowid DESC`)
        .all(Number(archived))
        .map((row) => fromRow(row, temporary)),
    create(draft) {
      const id = draft.id ?? options.newId();
      const createdAt = draft.createdAt ?? now();
      prepared(
        db,
        `INSERT INTO conversation (id, title, titled_by, persona_id, pinned, archived, kept, draft, created_at, updated_at)
         VALUES (?, ?, ?, ?, 0, 0, ?, '', ?, ?)`,
      ).run(id, draft.title ?? '', draft.titledBy ?? 'nobody', draft.personaId, Number(draft.kept ?? false), createdAt, createdAt);
      return get(id);
    },
    rename: (id, title) => change(id, `title = ?, titled_by = 'owner'`, title),
    suggestTitle(id, title) {
      prepared(db, `UPDATE conversation SET title = ?, titled_by = 'model' WHERE id = ? AND titled_by <> 'owner'`).run(title, id);
      return get(id);
    },
    pin: (id, pinned) => change(id, 'pinned = ?', Number(pinned)),
    archive: (id, archived) => change(id, 'archived = ?', Number(archived)),
    setPersona: (id, personaId) => change(id, 'persona_id = ?', personaId),
    setNotes: (id, notes) => change(id, 'notes = ?', notes && JSON.stringify(notes)),
    setDraft(id, draft) {
      const { changes } = relaxed(db, () =>
        prepared(db, 'UPDATE conversation SET draft = ? WHERE id = ? AND deleted_at IS NULL').run(draft, id),
      );
      if (changes === 0) throw gone();
    },
    delete(id) {
      const deletedAt = now();
      const { changes } = prepared(db, 'UPDATE conversation SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL').run(deletedAt, id);
      if (changes === 0) throw gone();
      return { erasesAt: deletedAt + deletedKeptMs };
    },
    undoDelete(id) {
      prepared(db, 'UPDATE conversation SET deleted_at = NULL WHERE id = ?').run(id);
      return get(id);
    },
    purge: () => purge(db, now() - deletedKeptMs),
  };
}

function purge(db: Database, until: number): number {
  const changes = db.transaction(() => {
    const ids = prepared(db, 'SELECT id FROM conversation WHERE deleted_at <= ?').pluck().all(until) as string[];
    // A file of ours that still has it does not bring it back.
    for (const id of ids) markGone(db, ownConversation(id));
    return prepared(db, 'DELETE FROM conversation WHERE deleted_at <= ?').run(until).changes;
  })();
  if (changes > 0 && !db.memory) db.pragma('wal_checkpoint(TRUNCATE)');
  return changes;
}

const gone = () => new AppError('not-found', 'That conversation is not here any more.');

const fromRow = (row: Row, temporary: boolean): Conversation => ({
  id: row.id,
  title: row.title,
  titledBy: row.titled_by,
  personaId: row.persona_id,
  pinned: row.pinned === 1,
  archived: row.archived === 1,
  kept: row.kept === 1,
  temporary,
  notes: row.notes === null ? null : (JSON.parse(row.notes) as NoteScope),
  draft: row.draft,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  messageCount: row.message_count,
});
