/** Forgetting through the whole assistant: of what was told, claimed, embedded, cited, titled, imported and backed up no byte is left. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { killedWhile } from '../store/fixtures/testing.ts';
import { openAssistant, scripted, temporaryFolder } from './fixtures/assistant.ts';
import { createRandom, forgetNow, noting, standing, tellMany, tracesOf, until } from './fixtures/forgetScenario.ts';

it('of memories forgotten at random, killed in the middle, no byte of word, value or vector stands in any file', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder();
  const { engine, vectors } = noting(scripted({ answer: ({ messages }) => `You told me: ${messages.at(-1)!.text.slice(0, 400)}` }));
  const first = await openAssistant(engine, { dataFolder: folder });
  await first.api.app.changeSettings({ quoteMemories: 'never' });
  const told = await tellMany(first.api, { count: 16, seed: 7, folder: temporaryFolder() });
  const claims = (await first.api.claims.list({ status: 'all', subject: null, text: '', limit: 500, before: null })).claims;
  expect([...new Set(claims.map(({ status }) => status))].sort()).toEqual(['active', 'proposed', 'superseded']);
  await first.services.close();

  const random = createRandom(11);
  const chosen = told.map((telling) => ({ telling, at: random() })).sort((a, b) => a.at - b.at).slice(0, 10).map(({ telling }) => telling);
  const traces = tracesOf(chosen.flatMap(({ words }) => words), vectors);
  const before = standing(folder, traces);
  // Else nothing would be shown by finding nothing.
  expect(['text', 'sum', 'vector'].map((what) => before.some(({ trace }) => trace.what === what))).toEqual([true, true, true]);
  expect(before.filter(({ file }) => file.startsWith('backups')).length).toBeGreaterThan(0);

  const child = path.join(import.meta.dirname, 'fixtures/forgettingChild.ts');
  for (const [from, afterMs] of [[0, 100], [3, 1_000]] as const) await killedWhile([child, folder, ...chosen.slice(from).map(({ id }) => id)], afterMs + Math.random() * 400);
  const { api, services, failures } = await openAssistant(noting(scripted()).engine, { dataFolder: folder });
  await until(async () => (await api.memory.forgettings({})).every(({ state }) => state === 'erased'));
  for (const { id } of chosen) {
    const isHere = await api.memory.get({ id }).then(({ text }) => !/^\s*\[forgotten\]\s*(?:It rains today\.)?\s*$/u.test(text), () => false);
    if (isHere) await forgetNow(api, id);
  }
  await until(async () => (await api.memory.index({})).state === 'up-to-date');
  await services.close();
  expect(failures).toEqual([]);
  expect(standing(folder, traces).map(({ trace, file }) => `${trace.of} (${trace.what}): ${file}`)).toEqual([]);
  const kept = tracesOf(told.filter((telling) => !chosen.includes(telling)).flatMap(({ words }) => words), new Map()).filter(({ what }) => what === 'text');
  expect(new Set(standing(folder, kept).map(({ trace }) => trace.of)).size, 'what was not forgotten stands').toBe(new Set(kept.map(({ of }) => of)).size);
});
