import type { Migration } from '../migrate.ts';

/**
 * `claim`: what a memory says of whom, with the quote it rests on; it goes with its memory. `single`: of its subject and
 * slot one value holds at a time. `ended`: it says that the value does not hold. `settled`: the owner said that it stands
 * beside what it contradicts. `superseded_by` and `conflict_with` are ids of claims; whatever pointed to one that goes is
 * mended, so that what it had superseded stands again.
 * `job`: memories still to be read, by `stage`: first by the rules, then by a model. A corrected memory claims nothing.
 */
export const claims: Migration = {
  number: 4,
  name: 'claims',
  up: (db) => db.exec(`
    CREATE TABLE claim (
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
      memory_id TEXT NOT NULL REFERENCES memory (id) ON DELETE CASCADE,
      subject TEXT NOT NULL, slot TEXT NOT NULL, value TEXT NOT NULL, value_key TEXT NOT NULL, text TEXT NOT NULL,
      quote TEXT NOT NULL, quote_start INTEGER NOT NULL, quote_end INTEGER NOT NULL,
      single INTEGER NOT NULL, ended INTEGER NOT NULL, change INTEGER NOT NULL, since INTEGER, asserted_at INTEGER NOT NULL,
      origin TEXT NOT NULL CHECK (origin IN ('rule','model','owner')),
      status TEXT NOT NULL CHECK (status IN ('proposed','active','superseded','rejected','quarantined')),
      superseded_by TEXT, conflict_with TEXT, settled INTEGER NOT NULL DEFAULT 0, pinned INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX claim_by_memory ON claim (memory_id);
    CREATE INDEX claim_by_subject ON claim (subject, slot, value_key);
    CREATE INDEX claim_by_status ON claim (status, asserted_at, id);
    CREATE INDEX claim_by_successor ON claim (superseded_by) WHERE superseded_by IS NOT NULL;
    CREATE INDEX claim_in_conflict ON claim (conflict_with) WHERE conflict_with IS NOT NULL;
    CREATE INDEX claim_emptied ON claim (seq) WHERE quote = '' OR instr(quote || value || text, '[forgotten]') > 0;

    CREATE TRIGGER claim_removed BEFORE DELETE ON claim BEGIN
      UPDATE claim SET superseded_by = old.superseded_by, status = CASE WHEN old.superseded_by IS NULL THEN 'active' ELSE status END
        WHERE superseded_by = old.id;
      UPDATE claim SET conflict_with = NULL WHERE conflict_with = old.id;
    END;

    CREATE TABLE job (
      seq INTEGER PRIMARY KEY REFERENCES memory (seq) ON DELETE CASCADE,
      stage TEXT NOT NULL DEFAULT 'rules' CHECK (stage IN ('rules','model')), tries INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX job_by_stage ON job (stage, seq);

    CREATE TRIGGER memory_to_read AFTER INSERT ON memory WHEN new.role = 'user' AND new.scope <> 'none' BEGIN
      INSERT INTO job (seq) VALUES (new.seq) ON CONFLICT (seq) DO UPDATE SET stage = 'rules', tries = 0, due = 0;
    END;
    CREATE TRIGGER memory_to_read_again AFTER UPDATE OF question ON memory WHEN new.role = 'user' AND new.scope <> 'none' BEGIN
      INSERT INTO job (seq) VALUES (new.seq) ON CONFLICT (seq) DO UPDATE SET stage = 'rules', tries = 0, due = 0;
    END;
    CREATE TRIGGER memory_corrected AFTER UPDATE OF replaced_by ON memory WHEN new.replaced_by IS NOT old.replaced_by BEGIN
      DELETE FROM claim WHERE memory_id = new.id AND new.replaced_by IS NOT NULL;
      INSERT INTO job (seq) SELECT new.seq WHERE new.replaced_by IS NULL AND new.role = 'user' AND new.scope <> 'none'
        ON CONFLICT (seq) DO UPDATE SET stage = 'rules', tries = 0, due = 0;
    END;

    INSERT INTO job (seq) SELECT seq FROM memory WHERE role = 'user' AND scope <> 'none';
  `),
};
