import type { Migration } from '../migrate.ts';

/**
 * The first schema. Times are Unix milliseconds; JSON columns hold the contract's shapes.
 * `message.parent_id` does not cascade: SQLite cascades at most 1,000 deep, and a conversation is deeper.
 * `memory_words` holds the searchable key of each memory (speaker, date, caption, text) under the memory's seq.
 * `memory.scope` 'none' is findable by the owner's search but never recalled. `memory.sitting` is the seq of the
 * sitting's first memory, `place` the distance from the sitting's first message (rival versions share it).
 * `vector_removal` lists memories whose vector must go: deleted ones, and ones whose text changed.
 */
export const first: Migration = {
  number: 1,
  name: 'first',
  up: (db) => db.exec(`
    CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

    CREATE TABLE persona (
      id TEXT PRIMARY KEY, built_in INTEGER NOT NULL, name TEXT NOT NULL, instructions TEXT NOT NULL,
      sampling TEXT NOT NULL, adapters TEXT NOT NULL, memory_scope TEXT NOT NULL CHECK (memory_scope IN ('shared','own','none')),
      created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE model (
      id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('chat','embedder','reranker')),
      summary TEXT NOT NULL, window_tokens INTEGER NOT NULL, bundled INTEGER NOT NULL, added_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE adapter (
      id TEXT PRIMARY KEY, path TEXT NOT NULL, name TEXT NOT NULL, summary TEXT NOT NULL, bundled INTEGER NOT NULL, added_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE conversation (
      id TEXT PRIMARY KEY, title TEXT NOT NULL, titled_by TEXT NOT NULL CHECK (titled_by IN ('nobody','model','owner')),
      persona_id TEXT NOT NULL, pinned INTEGER NOT NULL, archived INTEGER NOT NULL, draft TEXT NOT NULL,
      leaf_id TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
    ) STRICT;
    CREATE INDEX conversation_by_time ON conversation (updated_at);
    CREATE INDEX conversation_deleted ON conversation (deleted_at) WHERE deleted_at IS NOT NULL;

    CREATE TABLE message (
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
      conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      parent_id TEXT REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED,
      role TEXT NOT NULL CHECK (role IN ('user','assistant','system','tool')), speaker TEXT, caption TEXT, text TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('growing','complete','stopped','failed')), failure TEXT, persona_id TEXT,
      created_at INTEGER NOT NULL, sitting INTEGER NOT NULL,
      citations TEXT NOT NULL DEFAULT '[]', given TEXT NOT NULL DEFAULT '[]', quoted INTEGER NOT NULL DEFAULT 0, stats TEXT
    ) STRICT;
    CREATE INDEX message_by_conversation ON message (conversation_id, seq);
    CREATE INDEX message_by_parent ON message (parent_id);
    CREATE INDEX message_first ON message (conversation_id, role) WHERE parent_id IS NULL;
    CREATE INDEX message_growing ON message (seq) WHERE status = 'growing';

    CREATE TABLE memory (
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL CHECK (kind IN ('said','written')),
      message_id TEXT UNIQUE REFERENCES message (id) ON DELETE CASCADE, text TEXT,
      role TEXT NOT NULL CHECK (role IN ('user','assistant')), question INTEGER NOT NULL,
      scope TEXT NOT NULL CHECK (scope IN ('shared','own','none')), persona_id TEXT,
      conversation_id TEXT REFERENCES conversation (id) ON DELETE SET NULL,
      sitting INTEGER NOT NULL, place INTEGER NOT NULL,
      pinned INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL,
      replaced_by TEXT REFERENCES memory (id) ON DELETE SET NULL,
      embedded_by TEXT
    ) STRICT;
    CREATE INDEX memory_by_conversation ON memory (conversation_id, seq);
    CREATE INDEX memory_by_sitting ON memory (sitting, place);
    CREATE INDEX memory_by_time ON memory (created_at);
    CREATE INDEX memory_by_replacement ON memory (replaced_by) WHERE replaced_by IS NOT NULL;
    CREATE INDEX memory_kept ON memory (created_at) WHERE pinned = 1 OR kind = 'written';
    CREATE INDEX memory_by_embedder ON memory (embedded_by);

    CREATE TABLE vector_removal (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TRIGGER memory_removed AFTER DELETE ON memory BEGIN
      DELETE FROM memory_words WHERE rowid = old.seq;
      INSERT OR IGNORE INTO vector_removal (id) VALUES (old.id);
    END;

    CREATE VIRTUAL TABLE memory_words USING fts5 (key, tokenize = "porter unicode61 remove_diacritics 2");
    INSERT INTO memory_words (memory_words, rank) VALUES ('secure-delete', 1);

    CREATE TABLE forgetting (
      id TEXT PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('pending','erasing','erased','undone','failed')),
      requested_at INTEGER NOT NULL, erases_at INTEGER NOT NULL, erased_at INTEGER,
      plan TEXT NOT NULL, result TEXT, failure TEXT
    ) STRICT;
  `),
};
