import type { Migration } from '../migrate.ts';

/**
 * The owner's files as they were last read. Times are Unix milliseconds; JSON columns hold lists, `properties` an object.
 * `note.state`: 'waiting' is the queue of what is to be read (again). `path` is relative to its folder, with '/'; the
 * columns called `key` hold the same text without capitals and accents.
 * `chunk.seq` is its note's seq in the upper bits and a slot from 1 in the lower 20, so that a hit in `chunk_words` tells
 * its note without a look elsewhere. Slot 0 of `chunk_words` is the note's own row: aliases, tags and path; its title is
 * in every row, so that words of the title and of the text are found together.
 * `chunk_words` merges its segments in small steps of ours (see `mergeSometimes`), 64 of a size being the most it bears.
 * `chunk_vectors` are the tables of vectors there are: whose embedder's, its file, and whether every chunk was in it once;
 * `chunk.embedded_by` is the newest of them that has it.
 * `chunk_removal` lists chunks whose vector must go: deleted ones, and ones that are to be embedded anew.
 */
export const notes: Migration = {
  number: 1,
  name: 'notes',
  up: (db) => db.exec(`
    CREATE TABLE note_folder (
      id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, kind TEXT NOT NULL CHECK (kind IN ('plain','obsidian')),
      state TEXT NOT NULL CHECK (state IN ('present','away')), paused INTEGER NOT NULL DEFAULT 0, options TEXT NOT NULL DEFAULT '{}',
      mounts TEXT NOT NULL DEFAULT '{}', added_at INTEGER NOT NULL, scanned_at INTEGER
    ) STRICT;

    CREATE TABLE note (
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, folder_id TEXT NOT NULL REFERENCES note_folder (id) ON DELETE CASCADE,
      path TEXT NOT NULL, path_key TEXT NOT NULL, size INTEGER NOT NULL, modified_at INTEGER NOT NULL, inode TEXT,
      hash TEXT, title TEXT NOT NULL, title_key TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL DEFAULT '[]', properties TEXT NOT NULL DEFAULT '{}',
      mark TEXT, state TEXT NOT NULL CHECK (state IN ('waiting','read','failed')), added_at INTEGER NOT NULL, read_at INTEGER,
      UNIQUE (folder_id, path)
    ) STRICT;
    CREATE INDEX note_waiting ON note (modified_at) WHERE state = 'waiting';
    CREATE INDEX note_waiting_in ON note (folder_id) WHERE state = 'waiting';
    CREATE INDEX note_marked_in ON note (folder_id) WHERE mark IS NOT NULL;
    CREATE INDEX note_by_hash ON note (hash) WHERE hash IS NOT NULL;
    CREATE INDEX note_by_time ON note (modified_at);

    CREATE TABLE note_tag (
      note_seq INTEGER NOT NULL REFERENCES note (seq) ON DELETE CASCADE, key TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (note_seq, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX note_tag_by_key ON note_tag (key);

    CREATE TABLE note_link (
      note_seq INTEGER NOT NULL REFERENCES note (seq) ON DELETE CASCADE, n INTEGER NOT NULL, target TEXT NOT NULL, name_key TEXT NOT NULL,
      heading TEXT, shown TEXT NOT NULL, embed INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (note_seq, n)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX note_link_by_name ON note_link (name_key);

    CREATE TABLE chunk (
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, note_seq INTEGER NOT NULL REFERENCES note (seq) ON DELETE CASCADE,
      n INTEGER NOT NULL, place_from INTEGER NOT NULL, place_to INTEGER NOT NULL, page INTEGER,
      headings TEXT NOT NULL, kind TEXT NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL, embedded_by TEXT
    ) STRICT;
    CREATE INDEX chunk_by_note ON chunk (note_seq, n);
    CREATE INDEX chunk_by_embedder ON chunk (embedded_by);

    CREATE VIRTUAL TABLE chunk_words USING fts5 (text, headings, title, tokenize = "porter unicode61 remove_diacritics 2", prefix = '2');
    INSERT INTO chunk_words (chunk_words, rank) VALUES ('secure-delete', 1);
    INSERT INTO chunk_words (chunk_words, rank) VALUES ('automerge', 0), ('usermerge', 8), ('crisismerge', 64);

    CREATE TABLE chunk_vectors (name TEXT PRIMARY KEY, path TEXT NOT NULL, dimensions INTEGER NOT NULL, whole INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
    CREATE TABLE chunk_removal (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TRIGGER chunk_removed AFTER DELETE ON chunk BEGIN
      DELETE FROM chunk_words WHERE rowid = old.seq;
      INSERT OR IGNORE INTO chunk_removal (id) VALUES (old.id);
    END;
    CREATE TRIGGER note_removed AFTER DELETE ON note BEGIN
      DELETE FROM chunk_words WHERE rowid = old.seq << 20;
    END;
  `),
};
