import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killedWhile, storeIn, temporaryFolder } from '../store/fixtures/testing.ts';
import { gptTalk } from './fixtures/exports.ts';

/** `ENGRAM_KILL_ROUNDS=200` for the long run. */
const rounds = Number(process.env.ENGRAM_KILL_ROUNDS ?? 2);
const child = join(import.meta.dirname, 'fixtures/importingChild.ts');

test(`an import killed ${rounds} times and begun again has everything, once`, { timeout: 10_000 + rounds * 4_000 }, async () => {
  const [folder, file] = [temporaryFolder(), join(temporaryFolder(), 'conversations.json')];
  const conversations = Array.from({ length: 400 }, (_, index) => gptTalk(`c${index}`, [`Question ${index}`, `Answer ${index}`, 'Thanks'], 1_600_000_000 + index * 1_000));
  writeFileSync(file, JSON.stringify(conversations));

  for (let round = 0; round < rounds; round += 1) await killedWhile([child, folder, file], Math.random() * 150);
  const killedAt = storeIn(folder).db.prepare('SELECT count(*) FROM message').pluck().get() as number;
  const lines = await killedWhile([child, folder, file], 60_000);
  expect(lines.at(-1)).toBe(`done ${1_200 - killedAt} ${killedAt}`);

  const { db } = storeIn(folder);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.prepare('SELECT count(*) FROM conversation').pluck().get()).toBe(400);
  expect(db.prepare('SELECT text, count(*) AS n FROM message GROUP BY text HAVING n <> 1').all()).toEqual([{ text: 'Thanks', n: 400 }]);
  expect(db.prepare('SELECT count(*) FROM imported').pluck().get()).toBe(400 + 1_200);
  expect(db.prepare(`SELECT count(*) FROM memory_words WHERE memory_words MATCH 'question'`).pluck().get()).toBe(400);
});
