import type { Migration } from '../migrate.ts';

/**
 * The folders of notes that the owner chose, and what of them is read (JSON). What stands in the files is kept beside,
 * in `notes.db`, which can be made anew from them; this cannot.
 */
export const noteSources: Migration = {
  number: 8,
  name: 'note sources',
  up: (db) => db.exec(`
    CREATE TABLE note_source (
      id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, paused INTEGER NOT NULL DEFAULT 0, options TEXT NOT NULL DEFAULT '{}', added_at INTEGER NOT NULL
    ) STRICT;
  `),
};
