import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createScriptedEngine } from '../engine/scripted.ts';
import { createBackups } from '../store/backups.ts';
import { dataFiles } from '../store/byteSearch.ts';
import { storeIn, temporaryFolder } from '../store/fixtures/testing.ts';
import { createVectors } from '../vectors/vectors.ts';
import { createForget } from './forget.ts';
import { createMemoryIndexer } from './indexer.ts';

async function filesHolding(folder: string, bytes: Buffer): Promise<string[]> {
  const files = await dataFiles(folder);
  const holding = await Promise.all(files.map(async (path) => (await readFile(path)).includes(bytes)));
  return files.filter((_, index) => holding[index]);
}

// Bug: the text is gone, but its vector, from which much of it can be guessed, stays in an older version of the index.
test('the vector of what was forgotten is in no file, and what was left is embedded anew', { timeout: 40_000 }, async () => {
  const folder = temporaryFolder();
  const store = storeIn(folder);
  const engine = createScriptedEngine();
  const vectors = createVectors(join(folder, 'vectors'));
  const indexer = createMemoryIndexer({ db: store.db, vectors, engine, log: () => undefined });
  onTestFinished(() => indexer.dispose());
  const backups = createBackups({ db: store.db, folder, kept: () => 3 });
  const forget = createForget({ db: store.db, folder, backups, eraseVectors: () => indexer.eraseRemoved(), graceSeconds: () => 0, onChange: () => indexer.wake() });

  const { id: conversationId } = store.conversations.create({ personaId: 'friendly' });
  const said = ['My sister lives in Porto. She likes tea.', 'It rains.', 'Tea is green.'].map(
    (text) => store.messages.append({ conversationId, role: 'user', text }).id,
  );
  indexer.wake();
  await indexer.settled();
  const vectorsNow = async () => (await vectors.sample(9)).map((vector) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
  const before = await vectorsNow();
  expect(before).toHaveLength(3);
  for (const vector of before) expect(await filesHolding(folder, vector)).not.toEqual([]);

  const [id = ''] = said;
  const carriers = (await forget.preview({ id })).carriers.map(({ key }) => key);
  expect(await forget.forget({ id, carriers, graceSeconds: 0 })).toMatchObject({ state: 'erased', check: { found: [] } });
  await indexer.settled();
  const after = await vectorsNow();
  const gone = before.filter((vector) => !after.some((other) => other.equals(vector)));
  expect(after).toHaveLength(3);
  expect(gone).toHaveLength(1);
  for (const vector of gone) expect(await filesHolding(folder, vector)).toEqual([]);
});

// Bug: the embedder's file has gone since, so the index is not open, and what it holds of the sentence stays.
test('the vector of what was forgotten is in no file, with no embedder loaded either', { timeout: 40_000 }, async () => {
  const folder = temporaryFolder();
  const store = storeIn(folder);
  const { id: conversationId } = store.conversations.create({ personaId: 'friendly' });
  const { id } = store.messages.append({ conversationId, role: 'user', text: 'My sister lives in Porto.' });
  const vectorsFolder = join(folder, 'vectors');
  const before = createMemoryIndexer({ db: store.db, vectors: createVectors(vectorsFolder), engine: createScriptedEngine(), log: () => undefined });
  before.wake();
  await before.settled();
  await before.dispose();
  const [vector] = await createScriptedEngine().embed(['You: My sister lives in Porto.']);
  const bytes = Buffer.from(vector!.buffer, vector!.byteOffset, vector!.byteLength);
  expect(await filesHolding(folder, bytes)).not.toEqual([]);

  const indexer = createMemoryIndexer({ db: store.db, vectors: createVectors(vectorsFolder), engine: createScriptedEngine({ loaded: { chat: true, embedder: false } }), log: () => undefined });
  onTestFinished(() => indexer.dispose());
  const backups = createBackups({ db: store.db, folder, kept: () => 3 });
  const forget = createForget({ db: store.db, folder, backups, eraseVectors: () => indexer.eraseRemoved(), graceSeconds: () => 0 });
  const carriers = (await forget.preview({ id })).carriers.map(({ key }) => key);
  expect(await forget.forget({ id, carriers, graceSeconds: 0 })).toMatchObject({ state: 'erased', check: { found: [] } });
  expect(await filesHolding(folder, bytes)).toEqual([]);
});
