/** Pins the internal call of node-llama-cpp that swaps adapters on a live llama context, and what is built on it. */
import { copyFileSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBackend, type Backend } from './backend.ts';
import type { GgufSummary } from './contract.ts';
import { tinyShape, writeRandomLlama, writeRandomLora } from './fixtures/randomModels.ts';
import { starterPersona } from './fixtures/serving.ts';
import { inspectGguf } from './inspect.ts';
import { createOverlays, type Adapters, type Overlays } from './overlays.ts';
import { Slots } from './slots.ts';

let folder: string;
let backend: Backend;
let model: LlamaModel;
let base: GgufSummary;
let overlays: Overlays;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'engram-overlays-'));
  writeRandomLlama(file('base.gguf'));
  writeRandomLora(file('a.gguf'), { seed: 7 });
  writeRandomLora(file('b.gguf'), { seed: 9 });
  backend = await openBackend({ gpu: 'cpu', threads: 1, log: () => {} });
  base = await inspectGguf(file('base.gguf'));
  model = await backend.llama.loadModel({ modelPath: file('base.gguf') });
});
beforeEach(() => {
  overlays = createOverlays(model, base);
});
afterAll(async () => {
  await backend.llama.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const prompt = [1, 40, 77, 120, 200, 33] as Token[];

/** Twelve greedy tokens after the prompt. */
async function write(sequence: Awaited<ReturnType<Slots['settle']>>): Promise<number[]> {
  await sequence.clearHistory();
  const tokens: number[] = [];
  for await (const token of sequence.evaluate(prompt, { temperature: 0 })) {
    tokens.push(token);
    if (tokens.length === 12) break;
  }
  return tokens;
}

async function writeFresh(adapters: Adapters): Promise<number[]> {
  const llamaContext = await model.createContext({ contextSize: 256, ...(adapters.length > 0 ? { lora: { adapters } } : {}) });
  const tokens = await write(llamaContext.getSequence());
  await llamaContext.dispose();
  return tokens;
}

const openSlots = (with_: Overlays = overlays) => Slots.open({ model, overlays: with_, windowTokens: 200, sequences: 2 });

describe('the internal call', () => {
  test('A, A at a tenth, B, both, none: each gives what a llama context made with it gives', async () => {
    const llamaContext: LlamaContext = await model.createContext({ contextSize: 256 });
    const sequence = llamaContext.getSequence();
    const a = { filePath: file('a.gguf'), scale: 1 };
    const b = { filePath: file('b.gguf'), scale: 1 };
    const outputs: string[] = [];
    for (const adapters of [[a], [{ ...a, scale: 0.1 }], [b], [a, { ...b, scale: 0.5 }], []]) {
      expect(await overlays.apply(llamaContext, adapters)).toBe(true);
      const live = await write(sequence);
      expect(live).toEqual(await writeFresh(adapters));
      outputs.push(live.join());
    }
    // An adapter too weak to show would make all of the above say nothing.
    expect(new Set([outputs[0], outputs[2], outputs[3], outputs[4]]).size).toBe(4);
    await llamaContext.dispose();
  });

  test('a swap leaves the base loaded and takes milliseconds', async () => {
    const slots = await openSlots();
    const overlay = [{ path: file('a.gguf'), scale: 1 }];
    await slots.settle(await overlays.resolve(overlay), prompt);
    const from = performance.now();
    for (let round = 0; round < 10; round += 1) {
      await slots.settle(await overlays.resolve([]), prompt);
      await slots.settle(await overlays.resolve(overlay), prompt);
    }
    expect((performance.now() - from) / 20).toBeLessThan(50);
    await slots.close();
  });
});

describe('without the internal call', () => {
  const broken = (): Overlays => ({ ...overlays, apply: async () => false });

  test('a llama context made anew gives the same answers', async () => {
    const slots = await openSlots(broken());
    const overlay = await overlays.resolve([{ path: file('a.gguf'), scale: 1 }]);
    expect(await write(await slots.settle(overlay, prompt))).toEqual(await writeFresh(overlay.adapters));
    expect(await write(await slots.settle(await overlays.resolve([]), prompt))).toEqual(await writeFresh([]));
    await slots.close();
  });

  test('adapters that cannot be applied leave the base usable', async () => {
    const slots = await openSlots(broken());
    writeFileSync(file('junk.gguf'), 'GGUF and nothing else');
    await expect(slots.settle({ key: 'junk', adapters: [{ filePath: file('junk.gguf'), scale: 1 }] }, prompt)).rejects.toMatchObject({ code: 'bad-file' });
    expect(await write(await slots.settle(await overlays.resolve([]), prompt))).toEqual(await writeFresh([]));
    await slots.close();
  });

  test('it is noticed that the call has gone', async () => {
    const llamaContext = await model.createContext({ contextSize: 256 });
    Object.defineProperty(llamaContext, '_setLoras', { value: undefined });
    expect(await overlays.apply(llamaContext, [])).toBe(false);
    await llamaContext.dispose();
  });
});

describe('files', () => {
  test('a file replaced at the same path is read again', async () => {
    const path = file('replaced.gguf');
    copyFileSync(file('a.gguf'), path);
    const slots = await openSlots();
    const write_ = async () => write(await slots.settle(await overlays.resolve([{ path, scale: 1 }]), prompt));
    const before = await write_();
    copyFileSync(file('b.gguf'), path);
    utimesSync(path, new Date(), new Date(Date.now() + 5_000));
    const after = await write_();
    expect(before).toEqual(await writeFresh([{ filePath: file('a.gguf'), scale: 1 }]));
    expect(after).toEqual(await writeFresh([{ filePath: file('b.gguf'), scale: 1 }]));
    await slots.close();
  });

  test('scale 0 is the base, and the same overlay always has the same key', async () => {
    const use = (scale: number) => overlays.resolve([{ path: file('a.gguf'), scale }]);
    expect((await use(0)).key).toBe((await overlays.resolve([])).key);
    expect((await use(1)).key).toBe((await use(1)).key);
    expect((await use(1)).key).not.toBe((await use(0.5)).key);
  });

  test('an adapter for another base is refused, naming both', async () => {
    const refused = overlays.resolve([{ path: starterPersona('witty'), scale: 1 }]);
    await expect(refused).rejects.toMatchObject({ code: 'bad-file', message: expect.stringMatching(/persona.*Random 2x64/su) });
    writeRandomLora(file('wide.gguf'), { shape: { ...tinyShape, embedding: 128 } });
    await expect(overlays.resolve([{ path: file('wide.gguf'), scale: 1 }])).rejects.toMatchObject({ code: 'bad-file', message: expect.stringContaining('128') });
  });

  test.each([
    ['missing', () => {}, 'not-found'],
    ['junk', (path: string) => writeFileSync(path, 'x'.repeat(5_000)), 'bad-file'],
    ['empty', (path: string) => writeFileSync(path, ''), 'bad-file'],
    ['a base model', (path: string) => writeRandomLlama(path), 'bad-file'],
    [
      'cut off',
      (path: string) => {
        writeRandomLora(path);
        truncateSync(path, 9_000);
      },
      'bad-file',
    ],
  ])('%s: a sentence, and the next overlay works', async (name, write_, code) => {
    const path = file(`bad-${name}.gguf`);
    write_(path);
    await expect(overlays.resolve([{ path, scale: 1 }])).rejects.toMatchObject({ code, message: expect.stringMatching(/[A-Z/].*\./u) });
    expect((await overlays.resolve([{ path: file('a.gguf'), scale: 1 }])).adapters).toHaveLength(1);
  });
});
