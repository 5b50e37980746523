import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LoadEvent } from '../contract/model.ts';
import { writeRandomBert, writeRandomLlama, writeRandomLora } from '../engine/fixtures/randomModels.ts';
import type { GgufSummary } from '../engine/contract.ts';
import { createScriptedEngine, type ScriptedEngine } from '../engine/scripted.ts';
import { closeDatabase, openDatabase } from '../store/database.ts';
import { createModelStore, type ModelStore } from '../store/models.ts';
import { bundledDefaults, readCatalogue } from './catalogue.ts';
import { createModels, roleOf, type ModelDependencies, type Models } from './models.ts';

const catalogue = readCatalogue(resolve(import.meta.dirname, '../../models'));
const starter = catalogue.models.find((model) => model.role === 'chat')!;
const windowTokens = starter.trainedWindowTokens ?? 0;

let folder: string;
let engine: ScriptedEngine;
let store: ModelStore<GgufSummary>;
let paths: ReturnType<ModelDependencies['paths']>;
let told: string[];
let close: () => void;
let models: Models;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engram-models-'));
  const database = openDatabase(folder);
  close = () => closeDatabase(database);
  store = createModelStore(database);
  engine = createScriptedEngine({ loaded: { chat: false, embedder: false } });
  paths = bundledDefaults(catalogue);
  told = [];
  models = createModels({
    engine,
    store,
    catalogue,
    paths: () => paths,
    remember: (part) => (paths = { ...paths, ...part }),
    changed: () => {},
    notify: (message) => told.push(message),
  });
});

afterEach(() => {
  close();
  rmSync(folder, { recursive: true, force: true });
});

const signal = () => new AbortController().signal;
async function load(id: string): Promise<LoadEvent[]> {
  const events: LoadEvent[] = [];
  for await (const event of models.handlers.load({ id }, signal())) events.push(event);
  return events;
}

describe('given a fresh installation', () => {
  test('starting loads what is bundled, and the starter keeps to the window it was trained to', async () => {
    await models.start();
    expect(engine.status().embedder?.path).toBe(paths.embedderPath);
    expect(models.chat()).toEqual({ name: basename(starter.path), path: starter.path, windowTokens, trusted: false });
    const listed = await models.handlers.list({}, signal());
    expect(listed.map(({ role, loaded, bundled, present }) => ({ role, loaded, bundled, present }))).toEqual([
      { role: 'chat', loaded: true, bundled: true, present: true },
      { role: 'embedder', loaded: true, bundled: true, present: true },
      { role: 'reranker', loaded: true, bundled: true, present: true },
    ]);
    expect(listed[0]).toMatchObject({ architecture: 'llama', quantisation: 'F16', trusted: false, windowTokens });
  });

  test('the header of the loaded base is there for adapters to be held against', async () => {
    expect(await models.base()).toBeNull();
    await models.start();
    expect(await models.base()).toMatchObject({ architecture: 'llama', parameters: 4_689_152 });
  });

  test('an unloaded model stays unloaded at the next start', async () => {
    await models.start();
    await models.handlers.unload({ id: starter.sha256 }, signal());
    expect(models.chat()).toBeNull();
    expect(paths.chatModelPath).toBeNull();
    await models.start();
    expect(models.chat()).toBeNull();
  });

  test('a bundled model cannot be taken off the list', async () => {
    await expect(models.handlers.remove({ id: starter.sha256 }, signal())).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('given a file of the owner', () => {
  test('it is added with the role its header tells, loaded, remembered, and removed without touching the file', async () => {
    const path = join(folder, 'mine.gguf');
    writeRandomLlama(path);
    const added = await models.handlers.add({ path }, signal());
    expect(added).toMatchObject({ role: 'chat', bundled: false, loaded: false, trusted: false, windowTokens: 2_048, quantisation: 'F32' });
    const events = await load(added.id);
    expect(events.at(-1)).toMatchObject({ type: 'loaded', model: { id: added.id, loaded: true } });
    expect(paths.chatModelPath).toBe(path);
    await models.handlers.remove({ id: added.id }, signal());
    expect(models.chat()).toBeNull();
    expect((await models.handlers.list({}, signal())).map(({ id }) => id)).not.toContain(added.id);
  });

  test('a reranker is loaded, comes back at the next start, and stays unloaded once it was unloaded', async () => {
    const path = join(folder, 'ranks.gguf');
    writeRandomBert(path, { ranks: true });
    const added = await models.handlers.add({ path }, signal());
    expect(added.role).toBe('reranker');
    await load(added.id);
    expect(paths.rerankerPath).toBe(path);
    await engine.unloadReranker();
    const order: string[] = [];
    const off = engine.onStatus(({ chatModel, reranker }) => void order.push(`${chatModel ? 'chat' : ''} ${reranker ? 'reranker' : ''}`));
    await models.start();
    off();
    expect(engine.status().reranker).toEqual({ path, name: 'Random reranker' });
    // A first question waits for the chat model, and nothing is examined beside it.
    expect(order).toContain('chat ');
    expect(order).not.toContain(' reranker');
    await models.handlers.unload({ id: added.id }, signal());
    await models.start();
    expect(engine.status().reranker).toBeNull();
    expect(engine.status().embedder).not.toBeNull();
  });

  test('one that was erased with the settings does not stay loaded', async () => {
    const path = join(folder, 'ranks.gguf');
    writeRandomBert(path, { ranks: true });
    await load((await models.handlers.add({ path }, signal())).id);
    paths = bundledDefaults(catalogue);
    await models.start();
    expect(engine.status().reranker?.path).toBe(paths.rerankerPath);
  });

  test('adding it twice keeps one row, with what the file says now', async () => {
    const path = join(folder, 'mine.gguf');
    writeRandomBert(path);
    const first = await models.handlers.add({ path }, signal());
    writeRandomLlama(path);
    const second = await models.handlers.add({ path }, signal());
    expect(second.id).toBe(first.id);
    expect([first.role, second.role]).toEqual(['embedder', 'chat']);
    expect(store.list()).toHaveLength(1);
  });

  test('adding a bundled file by its path gives the bundled entry, not a twin without its trained window', async () => {
    expect((await models.handlers.add({ path: starter.path }, signal())).id).toBe(starter.sha256);
    expect(store.list()).toHaveLength(0);
  });

  test.each([
    ['an adapter', (path: string) => writeRandomLora(path), 'Personas'],
    ['a text', (path: string) => writeFileSync(path, 'hello '.repeat(100)), 'not a model file'],
    ['nothing', (path: string) => writeFileSync(path, ''), 'not a model file'],
  ])('%s is refused with a sentence', async (_what, write, sentence) => {
    const path = join(folder, 'mine.gguf');
    write(path);
    await expect(models.handlers.add({ path }, signal())).rejects.toMatchObject({ code: 'bad-file', message: expect.stringContaining(sentence) });
  });

  test('a relative path is refused: it would mean something else tomorrow', async () => {
    await expect(models.handlers.add({ path: '../mine.gguf' }, signal())).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('a model file that has gone falls back to the bundled one and says so', async () => {
    paths = { ...paths, chatModelPath: join(folder, 'gone.gguf') };
    await models.start();
    expect(models.chat()?.path).toBe(starter.path);
    expect(told.join()).toContain('gone.gguf');
  });

  test('what is loaded while the app comes up is not replaced by what was loaded last time', async () => {
    const path = join(folder, 'mine.gguf');
    writeRandomLlama(path);
    const { id } = await models.handlers.add({ path }, signal());
    await Promise.all([models.start(), load(id)]);
    expect(models.chat()?.path).toBe(path);
    expect(paths.chatModelPath).toBe(path);
    expect(engine.status().embedder?.path).toBe(paths.embedderPath);
  });

  test('loading a file that has gone names it and leaves what is loaded', async () => {
    await models.start();
    const path = join(folder, 'mine.gguf');
    writeRandomLlama(path);
    const { id } = await models.handlers.add({ path }, signal());
    rmSync(path);
    await expect(load(id)).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining(path) });
    expect(models.chat()?.path).toBe(starter.path);
    expect((await models.handlers.list({}, signal())).find((model) => model.id === id)?.present).toBe(false);
  });
});

test('a role is told by pooling and architecture, so that an embedder never ends up as the chat model', () => {
  const file = { kind: 'model', name: 'x', architecture: 'llama', pooling: 'none' } as const;
  expect(roleOf(file)).toBe('chat');
  expect(roleOf({ ...file, architecture: 'nomic-bert' })).toBe('embedder');
  expect(roleOf({ ...file, architecture: 'qwen3', pooling: 'last' })).toBe('embedder');
  expect(roleOf({ ...file, architecture: 'bert', pooling: 'rank' })).toBe('reranker');
});
