import { expect, test } from 'vitest';
import { storeIn, killedWhile, storeChild, temporaryFolder, type Store } from './fixtures/testing.ts';

/** `ENGRAM_KILL_ROUNDS=200` for the long run. */
const rounds = Number(process.env.ENGRAM_KILL_ROUNDS ?? 25);

test(`what was acknowledged is there after ${rounds} kills at random moments`, { timeout: 10_000 + rounds * 2_000 }, async () => {
  const folder = temporaryFolder();
  const acknowledged: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const lines = await killedWhile([storeChild, 'talk', folder], Math.random() * 60);
    acknowledged.push(...lines.filter((line) => line !== 'ready'));
  }
  expect(acknowledged.length).toBeGreaterThan(rounds);

  const store = storeIn(folder);
  store.messages.settleInterrupted();
  expect(acknowledged.filter((line) => !isThere(store, line))).toEqual([]);
  expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(store.db.pragma('foreign_key_check')).toEqual([]);
  expect(store.db.prepare(`SELECT count(*) FROM message WHERE status = 'growing'`).pluck().get()).toBe(0);
  expectWordsToAgree(store);
});

function isThere({ db, messages, conversations }: Store, line: string): boolean {
  const [what, id = ''] = line.split(' ');
  if (what === 'conversation') return conversations.get(id).id === id;
  if (what === 'wrote') return db.prepare(`SELECT 1 FROM memory WHERE id = ?`).get(id) !== undefined;
  return messages.get(id).status === 'complete';
}

/** Every message that says something has one memory and one entry in the words, and the words hold what it says. */
function expectWordsToAgree({ db }: Store): void {
  db.exec(`INSERT INTO memory_words (memory_words) VALUES ('integrity-check')`);
  const missing = db.prepare(`
    SELECT message.id FROM message LEFT JOIN memory ON memory.message_id = message.id LEFT JOIN memory_words ON memory_words.rowid = memory.seq
    WHERE message.text <> '' AND (memory_words.key IS NULL OR instr(memory_words.key, message.text) = 0)`);
  expect(missing.all()).toEqual([]);
  expect(db.prepare('SELECT count(*) FROM memory_words').pluck().get()).toBe(db.prepare('SELECT count(*) FROM memory').pluck().get());
}
