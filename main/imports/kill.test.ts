import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killedWhile, storeIn, temporaryFolder } from '../store/fixtures/testing.ts';
import { gptTalk } from './fixtures/exports.ts';
import { importPast } from './importer.ts';

/** `ENGRAM_KILL_ROUNDS=200` for the long run. */
const rounds = Number(process.env.ENGRAM_KILL_ROUNDS ?? 2);
const child = join(import.meta.dirname, 'fixtures/importingChild.ts');

test(`an import killed ${rounds} times and begun again has everything, once`, { timeout: 10_000 + rounds * 4_000 }, async () => {
  const [folder, file] = [temporaryFolder(), join(temporaryFolder(), 'conversations.json')];
  const conversations = Array.from({ length: 400 }, (_, index) => gptTalk(`c${index}`, [`Question ${index}`, `Answer ${index}`, 'Thanks'], 1_600_000_000 + index * 1_000));
  writeFileSync(file, JSON.stringify(conversations));

  for (let round = 0; round < rounds; round += 1) await killedWhile([child, folder, file], Math.random() * 150);
  const store = storeIn(folder);
  const { db } = store;
  const before = db.prepare('SELECT count(*) FROM message').pluck().get() as number;
  const events = [];
  for await (const event of importPast({ db, stores: store, defaultPersonaId: () => 'friendly', importOwn: () => Promise.reject(new Error('It is none of ours.')), changed: () => undefined }, file, new AbortController().signal)) events.push(event);
  expect(events.at(-1)).toMatchObject({ type: 'done', figures: { messages: { added: 1_200 - before, known: before } } });

  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.prepare('SELECT count(*) FROM conversation').pluck().get()).toBe(400);
  expect(db.prepare('SELECT text, count(*) AS n FROM message GROUP BY text HAVING n <> 1').all()).toEqual([{ text: 'Thanks', n: 400 }]);
  expect(db.prepare('SELECT count(*) FROM imported').pluck().get()).toBe(400 + 1_200);
  expect(db.prepare(`SELECT count(*) FROM memory_words WHERE memory_words MATCH 'question'`).pluck().get()).toBe(400);
});
