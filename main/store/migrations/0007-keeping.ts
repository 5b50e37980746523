import type { Migration } from '../migrate.ts';

/**
 * `conversation.kept`: what is said in it is recalled in it, and nowhere else. `memory.kept_in`: the only conversation in
 * which it is recalled, whoever else its scope lets see it; null for any, empty for none (see `keeping.ts`). It does not
 * outlive that conversation, and its vector is made again under its new scope. `memory.kept_alone`: it was to be kept
 * there itself, whatever becomes of the rest.
 */
export const keeping: Migration = {
  number: 7,
  name: 'keeping',
  up: (db) => db.exec(`
    ALTER TABLE conversation ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE memory ADD COLUMN kept_in TEXT;
    ALTER TABLE memory ADD COLUMN kept_alone INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX memory_by_keeping ON memory (kept_in) WHERE kept_in IS NOT NULL;
    CREATE TRIGGER memory_kept AFTER UPDATE OF kept_in ON memory WHEN new.kept_in IS NOT old.kept_in BEGIN
      UPDATE memory SET embedded_by = NULL WHERE seq = new.seq;
      INSERT OR IGNORE INTO vector_removal (id) VALUES (new.id);
    END;
    CREATE TRIGGER conversation_kept_gone BEFORE DELETE ON conversation BEGIN
      DELETE FROM memory WHERE kept_in = old.id;
    END;
  `),
};
