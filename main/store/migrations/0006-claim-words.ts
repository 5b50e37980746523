import type { Migration } from '../migrate.ts';

/** `claim_words`: the words of what claims say, by the claim's seq, so that "I moved to Porto" is found by "live". */
export const claimWords: Migration = {
  number: 6,
  name: 'claim-words',
  up: (db) => db.exec(`
    CREATE VIRTUAL TABLE claim_words USING fts5 (text, tokenize = "porter unicode61 remove_diacritics 2");
    INSERT INTO claim_words (claim_words, rank) VALUES ('secure-delete', 1);
    INSERT INTO claim_words (rowid, text) SELECT seq, text FROM claim;
    CREATE TRIGGER claim_said AFTER INSERT ON claim BEGIN
      INSERT INTO claim_words (rowid, text) VALUES (new.seq, new.text);
    END;
    CREATE TRIGGER claim_reworded AFTER UPDATE OF text ON claim BEGIN
      UPDATE claim_words SET text = new.text WHERE rowid = new.seq;
    END;
    CREATE TRIGGER claim_unsaid AFTER DELETE ON claim BEGIN
      DELETE FROM claim_words WHERE rowid = old.seq;
    END;
  `),
};
