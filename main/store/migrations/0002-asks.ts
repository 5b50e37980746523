import type { Migration } from '../migrate.ts';

/** `memory.asks`: it ends with a question, whatever stands before it, so what is said next may be the answer. */
export const asks: Migration = {
  number: 2,
  name: 'asks',
  up: (db) => db.exec(`
    ALTER TABLE memory ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;
    UPDATE memory SET asks = 1 WHERE kind = 'said'
      AND substr(rtrim((SELECT text FROM message WHERE message.id = memory.message_id), ' ' || char(9, 10, 13)), -1) IN ('?', '？', '؟');
  `),
};
