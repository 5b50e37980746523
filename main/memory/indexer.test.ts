import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../contract/errors.ts';
import { createScriptedEngine, type Script } from '../engine/scripted.ts';
import { rememberMessage, removeMemory } from '../store/memories.ts';
import { killedWhile, storeIn, temporaryFolder, type Store } from '../store/fixtures/testing.ts';
import { createVectors, type Vectors } from '../vectors/vectors.ts';
import { createMemoryIndexer, type MemoryIndexer } from './indexer.ts';
import { converse, recallWords } from './fixtures/told.ts';

const shared = { personaId: 'friendly', shared: true, conversationId: null };
const signal = new AbortController().signal;

type Begun = { store: Store; engine: ReturnType<typeof createScriptedEngine>; vectors: Vectors; indexer: MemoryIndexer; log: string[] };

function begin(folder: string, options: { script?: Script; store?: Store } = {}): Begun {
  const store = options.store ?? storeIn(folder);
  const engine = createScriptedEngine(options.script);
  const vectors = createVectors(join(folder, 'vectors'));
  const log: string[] = [];
  const indexer = createMemoryIndexer({ db: store.db, vectors, engine, log: (line) => log.push(line) });
  onTestFinished(() => indexer.dispose());
  return { store, engine, vectors, indexer, log };
}

function talk(begun: Begun, count: number): string[] {
  const { id: conversationId } = begun.store.conversations.create({ personaId: 'friendly' });
  const ids = Array.from({ length: count }, (_, line) => begun.store.messages.append({ conversationId, role: 'user', text: `Line ${line} is about subject number${line % 17}.` }).id);
  begun.indexer.wake();
  return ids;
}

const nearest = async ({ indexer }: Begun, question: string) => (await indexer.meaningsFor(question, shared, signal))!.near.map(({ id }) => id);
const embedded = ({ db }: Store) => db.prepare('SELECT count(*) FROM memory WHERE embedded_by IS NOT NULL').pluck().get();

describe('the index by meaning', () => {
  it('holds every memory soon after it was said, and finds it', async () => {
    const begun = begin(temporaryFolder());
    const ids = talk(begun, 40);
    await begun.indexer.settled();
    expect(begun.indexer.status()).toEqual({ embedded: 40, total: 40, state: 'up-to-date' });
    expect((await nearest(begun, 'Line 5 is about subject number5.'))[0]).toBe(ids[5]);
    const [later] = talk(begun, 1);
    await begun.indexer.settled();
    expect(await begun.vectors.ids()).toContain(later);
  });

  // Bug: the folder is gone, the marks in SQLite say that everything is embedded, and meaning stays empty for good.
  it('is rebuilt in the background when its folder was deleted; words are found meanwhile', async () => {
    const folder = temporaryFolder();
    const first = begin(folder);
    converse(first, ['My sister lives in Porto.', 'I see.']);
    talk(first, 30);
    await first.indexer.settled();
    await first.indexer.dispose();
    rmSync(join(folder, 'vectors'), { recursive: true });

    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => { release = resolve; });
    const again = begin(folder, { store: first.store });
    const embed = again.engine.embed;
    again.engine.embed = async (texts, stop) => { await held; return embed(texts, stop); };
    const states: string[] = [];
    again.indexer.onStatus(({ state }) => states.push(state));
    expect(recallWords(again, 'Where does my sister live?')[0]!.quote).toBe('My sister lives in Porto.');
    expect(await again.indexer.meaningsFor('Where does my sister live?', shared, signal)).toBeNull();
    release();
    await again.indexer.settled();
    expect(again.indexer.status()).toEqual({ embedded: 32, total: 32, state: 'up-to-date' });
    expect((await again.vectors.ids()).size).toBe(32);
    expect(states).toContain('rebuilding');
    expect(await nearest(again, 'My sister lives in Porto.')).toContain(first.store.db.prepare('SELECT id FROM memory ORDER BY seq').pluck().get());
  });

  it('is complete, with nothing twice, after kill -9 in the middle of indexing', async () => {
    const folder = temporaryFolder();
    const said = new Set<string>();
    for (const afterMs of [400, 700, 250]) {
      for (const line of await killedWhile([join(import.meta.dirname, 'fixtures/indexingChild.ts'), folder], afterMs)) if (line !== 'ready') said.add(line);
    }
    const begun = begin(folder);
    await begun.indexer.settled();
    const { total } = begun.indexer.status();
    expect(total).toBeGreaterThanOrEqual(said.size);
    const ids = await begun.vectors.ids();
    for (const id of said) expect(ids).toContain(id);
    expect([ids.size, await begun.vectors.size(), embedded(begun.store)]).toEqual([total, total, total]);
  });

  it('drops what was deleted, bytes included, on request', async () => {
    const folder = temporaryFolder();
    const begun = begin(folder);
    const ids = talk(begun, 30);
    await begun.indexer.settled();
    const vector = (await begun.engine.embed(['You: Line 3 is about subject number3.']))[0]!;
    const holds = () =>
      readdirSync(join(folder, 'vectors'), { recursive: true, withFileTypes: true }).some(
        (entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(Buffer.from(vector.buffer)),
      );
    expect(holds()).toBe(true);
    removeMemory(begun.store.db, ids[3]!);
    await begun.indexer.eraseRemoved();
    expect(holds()).toBe(false);
    expect((await begun.vectors.ids()).size).toBe(29);
  });

  // Bug: a sentence is redacted while its old text is being embedded, and the old text's vector is written after all.
  it('never keeps the vector of a text that changed while it was being embedded', async () => {
    const begun = begin(temporaryFolder());
    await begun.indexer.settled();
    const [id] = talk(begun, 1);
    const embed = begun.engine.embed;
    begun.engine.embed = async (texts, stop) => {
      begun.engine.embed = embed;
      begun.store.db.prepare('UPDATE message SET text = ? WHERE id = ?').run('Something else entirely.', id);
      rememberMessage(begun.store.db, id!);
      await begun.indexer.eraseRemoved();
      return embed(texts, stop);
    };
    await begun.indexer.settled();
    const [vector] = await begun.engine.embed(['You: Something else entirely.']);
    expect((await begun.vectors.nearest({ vector: vector!, scopes: ['shared'], limit: 1 }))[0]).toMatchObject({ id, similarity: expect.closeTo(1, 4) });
  });

  it('forgets vectors while no embedder is loaded, and embeds the rest again later', async () => {
    const folder = temporaryFolder();
    const first = begin(folder);
    const ids = talk(first, 10);
    await first.indexer.settled();
    await first.indexer.dispose();
    const without = begin(folder, { store: first.store, script: { loaded: { chat: true, embedder: false } } });
    await without.indexer.settled();
    expect(without.indexer.status().state).toBe('words-only');
    removeMemory(first.store.db, ids[0]!);
    await without.indexer.eraseRemoved();
    expect(readdirSync(folder)).not.toContain('vectors');
    await without.engine.loadEmbedder({ path: 'scripted-embedder.gguf', name: 'Scripted embedder' });
    await without.indexer.settled();
    expect((await without.vectors.ids()).size).toBe(9);
  });

  it('embeds everything again when another embedder is loaded', async () => {
    const begun = begin(temporaryFolder());
    talk(begun, 10);
    await begun.indexer.settled();
    const before = begun.store.db.prepare('SELECT DISTINCT embedded_by FROM memory').pluck().all();
    await begun.engine.loadEmbedder({ path: 'another.gguf', name: 'Another' });
    await begun.indexer.settled();
    const after = begun.store.db.prepare('SELECT DISTINCT embedded_by FROM memory').pluck().all();
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    expect((await begun.vectors.ids()).size).toBe(10);
  });

  it('steps aside while it is held', async () => {
    const begun = begin(temporaryFolder());
    await begun.indexer.settled();
    const release = begun.indexer.hold();
    talk(begun, 3);
    const asked = await begun.indexer.meaningsFor('Line 1', shared, signal);
    expect([asked?.near, embedded(begun.store)]).toEqual([[], 0]);
    release();
    await begun.indexer.settled();
    expect(embedded(begun.store)).toBe(3);
  });

  it('goes on after the engine failed, and leaves words to answer meanwhile', async () => {
    const begun = begin(temporaryFolder());
    talk(begun, 3);
    await begun.indexer.settled();
    const embed = begun.engine.embed;
    begun.engine.embed = () => Promise.reject(new AppError('engine-stopped', 'No room for: My sister lives in Porto.'));
    expect(await begun.indexer.meaningsFor('Line 1', shared, signal)).toBeNull();
    talk(begun, 2);
    await begun.indexer.settled();
    // The log says what kind of failure it was, and quotes nobody.
    expect(begun.log.join()).toContain('AppError (engine-stopped)');
    expect(begun.log.join()).not.toContain('Porto');
    begun.engine.embed = embed;
    begun.indexer.wake();
    await begun.indexer.settled();
    expect(embedded(begun.store)).toBe(5);
  });
});
