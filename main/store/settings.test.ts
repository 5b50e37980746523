import { expect, test } from 'vitest';
import { createAdapters } from './adapters.ts';
import { createPersonas } from './personas.ts';
import { createSettings, defaultSettings } from './settings.ts';
import { opened, temporaryFolder } from './fixtures/testing.ts';

test('settings are defaults until changed, and a value that no longer fits counts as never chosen', () => {
  const db = opened(temporaryFolder());
  const settings = createSettings(db);
  expect(settings.get()).toEqual(defaultSettings);
  expect(settings.change({ theme: 'dark', chatModelPath: '/models/a.gguf' })).toEqual({ ...defaultSettings, theme: 'dark', chatModelPath: '/models/a.gguf' });
  db.prepare(`UPDATE setting SET value = '"purple"' WHERE key = 'theme'`).run();
  db.prepare(`INSERT INTO setting VALUES ('gone', '1')`).run();
  expect(createSettings(db).get()).toEqual({ ...defaultSettings, chatModelPath: '/models/a.gguf' });
});

test('personas and adapters come back as they were saved', () => {
  const db = opened(temporaryFolder());
  const personas = createPersonas(db);
  const persona = {
    id: 'x', builtIn: false, name: 'Ada', instructions: 'Be exact.', memoryScope: 'own' as const, createdAt: 1, updatedAt: 2,
    sampling: { temperature: 0, topP: 1, topK: 40, minP: 0, repeatPenalty: 1, maxTokens: 10, seed: null },
    adapters: [{ adapterId: 'abc', scale: 0.5 }],
  };
  personas.save(persona);
  personas.save({ ...persona, id: 'y', builtIn: true });
  expect(personas.list().map(({ id }) => id)).toEqual(['y', 'x']);
  personas.save({ ...persona, name: 'Grace', updatedAt: 3 });
  expect(personas.get('x')).toEqual({ ...persona, name: 'Grace', updatedAt: 3 });
  personas.delete('x');
  expect(() => personas.get('x')).toThrow(/not here any more/);

  const adapters = createAdapters<{ rank: number }>(db);
  const adapter = { id: 'abc', path: '/a', name: 'A', summary: { rank: 8 }, bundled: true, addedAt: 5 };
  adapters.save(adapter);
  adapters.save({ ...adapter, path: '/b' });
  expect(adapters.list()).toEqual([{ ...adapter, path: '/b' }]);
});
