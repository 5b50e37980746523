import type { Migration } from '../migrate.ts';

/**
 * What was imported from elsewhere, by hashes of where it stood there (see `imported.ts`): no text of the owner's. A row
 * points to the conversation or the message it became. When that goes, the row stays and points to nothing, so that a
 * deleted thing does not come back with the same file. Conversations from elsewhere are long: their sittings are looked
 * for by an index.
 */
export const imported: Migration = {
  number: 3,
  name: 'imported',
  up: (db) => db.exec(`
    CREATE TABLE imported (
      hash BLOB NOT NULL UNIQUE,
      conversation_id TEXT REFERENCES conversation (id) ON DELETE SET NULL,
      message INTEGER REFERENCES message (seq) ON DELETE SET NULL
    ) STRICT;
    CREATE INDEX imported_by_conversation ON imported (conversation_id) WHERE conversation_id IS NOT NULL;
    CREATE INDEX imported_by_message ON imported (message) WHERE message IS NOT NULL;
    CREATE INDEX message_by_sitting ON message (conversation_id, sitting);
  `),
};
