import type { Migration } from '../migrate.ts';

/**
 * `conversation.notes`: which notes its answers may draw on, as JSON (see `NoteScope`); null for none.
 * `attachment`: what was brought into a conversation for its questions. `message_id`: the question it went with; null while
 * it waits in the composer. `note_id`: a note among the owner's, whose passages stand in `notes.db`; else `chunks` holds what
 * was read of a file, as JSON, and nothing else does. `given`: how many of its passages the last answer was given.
 */
export const asking: Migration = {
  number: 9,
  name: 'asking',
  up: (db) => db.exec(`
    ALTER TABLE conversation ADD COLUMN notes TEXT;
    CREATE TABLE attachment (
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      message_id TEXT REFERENCES message (id) ON DELETE CASCADE, note_id TEXT, folder_id TEXT, title TEXT NOT NULL, path TEXT NOT NULL,
      mark TEXT, passages INTEGER NOT NULL, given INTEGER, chunks TEXT NOT NULL DEFAULT '[]'
    ) STRICT;
    CREATE INDEX attachment_by_conversation ON attachment (conversation_id);
    CREATE INDEX attachment_by_message ON attachment (message_id) WHERE message_id IS NOT NULL;
  `),
};
