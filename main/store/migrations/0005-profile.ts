import type { Migration } from '../migrate.ts';

/**
 * `claim.merged_from`: what a claim said before the owner merged it into another, as JSON.
 * `profile`: the owner's own text about themselves, for all personas (`shared`) or one that keeps to its own (`own:` and
 * its id). `basis`: hashes of what was compiled when it was written, so that what holds no longer can be told.
 */
export const profile: Migration = {
  number: 5,
  name: 'profile',
  up: (db) => db.exec(`
    ALTER TABLE claim ADD COLUMN merged_from TEXT;
    CREATE INDEX claim_merged ON claim (seq) WHERE merged_from IS NOT NULL;
    CREATE TABLE profile (id TEXT PRIMARY KEY, text TEXT NOT NULL, basis TEXT NOT NULL, edited_at INTEGER NOT NULL) STRICT;
  `),
};
