import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PersonaFile, type PersonaDraft } from '../contract/persona.ts';
import type { GgufSummary } from '../engine/contract.ts';
import { createScriptedEngine } from '../engine/scripted.ts';
import { createAdapters as createAdapterStore } from '../store/adapters.ts';
import { closeDatabase, openDatabase, type Database } from '../store/database.ts';
import { createPersonas as createPersonaStore } from '../store/personas.ts';
import { act } from './acting.ts';
import { createAdapters } from './adapters.ts';
import { readBuiltIns, seedBuiltIns } from './builtIn.ts';
import { compare } from './compare.ts';
import { createPersonas } from './personas.ts';

const resources = path.resolve(import.meta.dirname, '../../resources/personas');

const model = (name: string, architecture: string, width: number): GgufSummary => ({
  kind: 'model', architecture, name, parameters: 1, quantisation: 'F16', sizeBytes: 1, contextLength: 512, pooling: 'none', chatTemplate: true, rank: 0,
  tensors: [{ name: 'blk.0.attn_q.weight', dimensions: [width, width] }],
});
const lora = (name: string, architecture: string, width: number): GgufSummary => ({ ...model(name, architecture, width), kind: 'adapter', rank: 8 });

let folder: string;
let db: Database;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'engram-persona-'));
  db = openDatabase(folder);
});
afterEach(() => {
  closeDatabase(db);
  rmSync(folder, { recursive: true, force: true });
});

function open(base: GgufSummary | null = null) {
  const files = new Map<string, GgufSummary>();
  const file = (name: string, summary: GgufSummary) => {
    const place = path.join(folder, name);
    writeFileSync(place, name);
    files.set(place, summary);
    return place;
  };
  const engine = createScriptedEngine();
  const loaded = { base };
  const adapters = createAdapters({
    store: createAdapterStore(db),
    inspect: async (place) => files.get(place) ?? engine.inspect(place),
    base: async () => loaded.base,
    now: () => 1,
  });
  const store = createPersonaStore(db);
  return { adapters, personas: createPersonas({ store, adapterName: adapters.nameOf, now: () => 2 }), store, file, loaded, engine };
}

const draft: PersonaDraft = {
  name: 'Pirate',
  instructions: 'Arr.',
  sampling: { temperature: 1, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, maxTokens: 100, seed: null },
  adapters: [],
  memoryScope: 'own',
};

describe('built-in personas', () => {
  it('are five, in order, each with instructions, sampling and an adapter', () => {
    const builtIns = readBuiltIns(resources);
    expect(builtIns.map(({ id }) => id)).toEqual(['friendly', 'professional', 'witty', 'caring', 'enthusiastic']);
    for (const { instructions, adapters } of builtIns) expect(instructions.length * adapters.length).toBeGreaterThan(100);
  });

  it('are what this version says, at every start, and written once', () => {
    const { store } = open();
    const builtIns = readBuiltIns(resources);
    const options = { adapterOf: (file: string) => `hash of ${file}`, now: 10 };
    seedBuiltIns(store, builtIns, options);
    store.save({ ...store.get('witty'), instructions: 'tampered' });
    seedBuiltIns(store, builtIns, { ...options, now: 20 });
    expect(store.list().map(({ id }) => id)).toEqual(builtIns.map(({ id }) => id));
    expect(store.get('witty')).toMatchObject({ builtIn: true, updatedAt: 20, createdAt: 12, adapters: [{ adapterId: 'hash of starter/persona-witty.gguf', scale: 1 }] });
    expect(store.get('witty').instructions).not.toBe('tampered');
    expect(store.get('caring').updatedAt).toBe(10);
  });

  it('cannot be changed or deleted, but copied', () => {
    const { store, personas } = open();
    seedBuiltIns(store, readBuiltIns(resources), { adapterOf: () => null, now: 1 });
    expect(() => personas.update('friendly', draft)).toThrow(/Duplicate it/u);
    expect(() => personas.delete('friendly')).toThrow(/Duplicate it/u);
    const copy = personas.duplicate('friendly');
    expect(copy).toMatchObject({ name: 'Friendly copy', builtIn: false });
    expect(personas.duplicate(copy.id).name).toBe('Friendly copy 2');
    expect(personas.update(copy.id, { ...copy, name: 'Mine' }).name).toBe('Mine');
  });
});

describe('export and import', () => {
  it('goes there and back, adapters by hash', async () => {
    const { personas, adapters, file } = open();
    const adapter = await adapters.add(file('voice.gguf', lora('voice', 'llama', 4)));
    const persona = personas.create({ ...draft, adapters: [{ adapterId: adapter.id, scale: 0.5 }] });
    const sent = PersonaFile.parse(JSON.parse(JSON.stringify(personas.export(persona.id))));
    expect(personas.import(sent)).toMatchObject({ persona: { ...draft, adapters: [{ adapterId: adapter.id, scale: 0.5 }] }, missing: [] });
  });

  it('brings a persona without the adapters that are not here, and names them', () => {
    const { personas } = open();
    const file: PersonaFile = { format: 'engram-persona', version: 1, persona: { ...draft, adapters: [{ adapterId: 'abc', scale: 1 }] }, adapterNames: { abc: 'Pirate voice' } };
    expect(personas.import(file)).toMatchObject({ persona: { adapters: [] }, missing: ['Pirate voice'] });
  });
});

describe('adapters', () => {
  it('are known by the hash of their file, wherever it lies', async () => {
    const { adapters, file } = open();
    const added = await adapters.add(file('voice.gguf', lora('voice', 'llama', 4)));
    expect(added.id).toBe(createHash('sha256').update('voice.gguf').digest('hex'));
    expect(added).toMatchObject({ name: 'voice', rank: 8, misfit: null, present: true });
  });

  it('are refused when they are something else', async () => {
    const { adapters, file } = open();
    await expect(adapters.add(file('chat.gguf', model('chat', 'llama', 4)))).rejects.toMatchObject({ code: 'bad-file', message: expect.stringContaining('chat.gguf') as string });
    await expect(adapters.add(file('empty.gguf', { ...lora('empty', 'llama', 4), tensors: [] }))).rejects.toMatchObject({ code: 'bad-file' });
    await expect(adapters.add(path.join(folder, 'none.gguf'))).rejects.toMatchObject({ code: 'not-found' });
    writeFileSync(path.join(folder, 'junk.gguf'), 'junk');
    await expect(adapters.add(path.join(folder, 'junk.gguf'))).rejects.toMatchObject({ code: 'bad-file' });
    expect(await adapters.list()).toEqual([]);
  });

  it('that do not fit the loaded base say so, naming both, and the persona speaks without them', async () => {
    const { adapters, personas, file, loaded } = open(model('Base A', 'llama', 4));
    const fits = await adapters.add(file('fits.gguf', lora('fits', 'llama', 4)));
    const wide = await adapters.add(file('wide.gguf', lora('wide', 'llama', 8)));
    expect((await adapters.list()).map(({ misfit }) => misfit)).toEqual([null, expect.stringMatching(/wide.*Base A/u)]);
    const persona = personas.create({ ...draft, adapters: [{ adapterId: fits.id, scale: 2 }, { adapterId: wide.id, scale: 1 }, { adapterId: fits.id, scale: 1 }].slice(0, 2) });
    expect(await act(persona, adapters.usable)).toMatchObject({ overlay: [{ path: fits.path, scale: 2 }], problems: [expect.stringMatching(/wide.*Base A/u)] });
    loaded.base = model('Base B', 'llama', 8);
    expect((await act(persona, adapters.usable)).overlay).toEqual([{ path: wide.path, scale: 1 }]);
    rmSync(wide.path);
    expect(await act(persona, adapters.usable)).toMatchObject({ overlay: [], problems: { length: 2 } });
  });

  it('stay while a persona uses them', async () => {
    const { adapters, personas, file } = open();
    const adapter = await adapters.add(file('voice.gguf', lora('voice', 'llama', 4)));
    const persona = personas.create({ ...draft, adapters: [{ adapterId: adapter.id, scale: 1 }] });
    expect(() => adapters.remove(adapter.id, personas.list())).toThrow(/Pirate/u);
    personas.delete(persona.id);
    adapters.remove(adapter.id, personas.list());
    expect(await adapters.list()).toEqual([]);
    expect(() => personas.create({ ...draft, adapters: [{ adapterId: adapter.id, scale: 1 }] })).toThrow(/Nothing was saved/u);
  });

  it('that come with the app are known by the catalogue’s hash, follow it when it moves, and stay', async () => {
    const { adapters, file } = open();
    await adapters.seed([{ path: file('a.gguf', lora('a', 'llama', 4)), name: 'A', sha256: 'hash-a' }], () => undefined);
    await adapters.seed([{ path: file('moved.gguf', lora('a', 'llama', 4)), name: 'A', sha256: 'hash-a' }], () => undefined);
    expect(await adapters.list()).toMatchObject([{ id: 'hash-a', path: path.join(folder, 'moved.gguf'), bundled: true }]);
    expect(() => adapters.remove('hash-a', [])).toThrow(/comes with Engram/u);
  });

  it('of a newer version of the app take the place of the older ones, in the owner’s personas too', async () => {
    const { adapters, personas, file } = open();
    await adapters.seed([{ path: file('a.gguf', lora('a', 'llama', 4)), name: 'A', sha256: 'old-a' }, { path: file('p.gguf', lora('p', 'llama', 4)), name: 'P', sha256: 'old-p' }], () => undefined);
    const own = personas.create({ ...draft, adapters: [{ adapterId: 'old-p', scale: 1 }, { adapterId: 'old-a', scale: 0.5 }] });
    const newer = [{ path: file('a.gguf', lora('a', 'llama', 8)), name: 'A', sha256: 'new-a' }];
    const crash = () => {
      throw new Error('killed');
    };
    await expect(adapters.seed(newer, crash)).rejects.toThrow('killed');
    expect(personas.list().find(({ id }) => id === own.id)?.adapters.every(({ adapterId }) => adapters.nameOf(adapterId) !== null)).toBe(true);
    await adapters.seed(newer, personas.replaceAdapters);
    expect(await adapters.list()).toMatchObject([{ id: 'new-a', rank: 8, present: true }]);
    expect(personas.list().find(({ id }) => id === own.id)?.adapters).toEqual([{ adapterId: 'old-p', scale: 1 }, { adapterId: 'new-a', scale: 0.5 }]);
    expect(await adapters.usable('old-p')).toEqual({ problem: 'One of its adapters is not here any more.' });
  });
});

describe('comparing', () => {
  it('asks the same greedily with the overlay and without any', async () => {
    const { adapters, file, engine } = open();
    const adapter = await adapters.add(file('voice.gguf', lora('voice', 'llama', 4)));
    const promptFor = (instructions: string, question: string) => [{ role: 'system' as const, text: instructions }, { role: 'user' as const, text: question }];
    const heard: Record<string, string> = { with: '', without: '' };
    const comparison = { instructions: 'Arr.', adapters: [{ adapterId: adapter.id, scale: 2 }], question: 'Who are you?' };
    for await (const { side, text } of compare({ engine, usable: adapters.usable, promptFor }, comparison, new AbortController().signal)) heard[side] += text;
    expect(heard).toEqual({ with: 'You said: Who are you?', without: 'You said: Who are you?' });
    expect(engine.requests.map(({ overlay, lane, sampling }) => [overlay.length, lane, sampling.temperature])).toEqual([[1, 'side', 0], [0, 'side', 0]]);
  });
});
