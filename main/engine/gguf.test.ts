import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../contract/errors.ts';
import { tensorTypes, writeGguf } from './fixtures/ggufWriter.ts';
import { writeRandomBert, writeRandomLlama, writeRandomLora } from './fixtures/randomModels.ts';
import { createRandom, randomTensor } from './fixtures/randomTensors.ts';
import { starterChat, starterEmbedder, starterPersona } from './fixtures/serving.ts';
import { readGguf } from './gguf.ts';
import { ggufTensorTypes } from './ggufTypes.ts';
import { inspectGguf } from './inspect.ts';
import { adapterMisfit, checkChatModel, checkEmbedder } from './loadable.ts';

let folder: string;
let whole: Buffer;
const file = (name: string) => join(folder, name);
const write = (name: string, bytes: Uint8Array | string) => {
  writeFileSync(file(name), bytes);
  return file(name);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'engram-gguf-'));
  writeRandomLlama(file('whole.gguf'));
  writeRandomLora(file('adapter.gguf'));
  writeRandomBert(file('bert.gguf'));
  whole = readFileSync(file('whole.gguf'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what a file says about itself', () => {
  test('a chat model', async () => {
    expect(await inspectGguf(starterChat)).toMatchObject({
      kind: 'model', architecture: 'llama', parameters: expect.any(Number), quantisation: 'F16', sizeBytes: statSync(starterChat).size,
      contextLength: 2_048, pooling: 'none', chatTemplate: true, rank: 0,
    });
  });

  test('an adapter, with the matrices it changes', async () => {
    const adapter = await inspectGguf(starterPersona('caring'));
    expect(adapter).toMatchObject({ kind: 'adapter', architecture: 'llama', rank: expect.any(Number), contextLength: 0 });
    // All seven of each layer.
    expect(adapter.tensors.length % 7).toBe(0);
    expect((await inspectGguf(starterChat)).tensors).toEqual(expect.arrayContaining(adapter.tensors));
  });

  test('an embedder', async () => {
    expect(await inspectGguf(starterEmbedder)).toMatchObject({ architecture: 'bert', pooling: 'mean', contextLength: expect.any(Number), chatTemplate: false });
  });

  test('a model in parts is one model, and a missing part is named', async () => {
    const part = (index: number) => `big-0000${index}-of-00002.gguf`;
    write(part(1), whole);
    await expect(inspectGguf(file(part(1)))).rejects.toMatchObject({ code: 'bad-file', message: expect.stringContaining(part(2)) });
    write(part(2), whole);
    expect((await inspectGguf(file(part(1)))).sizeBytes).toBe(2 * whole.length);
  });

  test('the table of types agrees with the writer: a wrong size would refuse good files', () => {
    for (const [name, { id, elements, bytes }] of Object.entries(tensorTypes)) expect(ggufTensorTypes[id]).toEqual({ name, elements, bytes });
  });
});

describe('files that are not what they should be', () => {
  const refused = async (path: string, words: RegExp) => expect(readGguf(path)).rejects.toMatchObject({ code: 'bad-file', message: expect.stringMatching(words) });

  test('missing, a folder, empty, a text, a picture', async () => {
    await expect(readGguf(file('nowhere.gguf'))).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('nowhere.gguf') });
    mkdirSync(file('folder.gguf'));
    await refused(file('folder.gguf'), /^folder.gguf is not a file/u);
    await expect(readGguf('/tmp/a\0b.gguf')).rejects.toMatchObject({ code: 'not-found' });
    await refused(write('empty.gguf', ''), /^empty.gguf is not a model file/u);
    await refused(write('text.gguf', 'Dear diary, '.repeat(50)), /not a model file/u);
    await refused(write('picture.gguf', Buffer.from('89504e470d0a1a0a'.repeat(20), 'hex')), /not a model file/u);
  });

  test.skipIf(process.platform === 'win32')('a pipe, which would be waited for without end, and a link to itself', async () => {
    execFileSync('mkfifo', [file('pipe.gguf')]);
    await refused(file('pipe.gguf'), /^pipe.gguf is not a file/u);
    symlinkSync(file('round.gguf'), file('round.gguf'));
    await expect(readGguf(file('round.gguf'))).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a version of the future, and the other byte order', async () => {
    const other = Buffer.from(whole);
    other.writeUInt32LE(9, 4);
    await refused(write('future.gguf', other), /version 9/u);
    other.writeUInt32BE(3, 4);
    await refused(write('big-endian.gguf', other), /other order/u);
  });

  test('a download that was cut off anywhere is refused, not half loaded', async () => {
    const path = write('cut.gguf', whole);
    for (let length = whole.length - 1; length > 0; length = Math.floor(length * 0.8)) {
      truncateSync(path, length);
      await expect(readGguf(path), `${length} bytes`).rejects.toMatchObject({ code: 'bad-file' });
    }
  });

  test('counts that would take memory or time without end', async () => {
    for (const offset of [8, 16]) {
      for (const count of [2n ** 63n, 2n ** 40n, 1_000_000n]) {
        const bytes = Buffer.from(whole);
        bytes.writeBigUInt64LE(count, offset);
        const from = performance.now();
        await refused(write('counts.gguf', bytes), /damaged|cut off/u);
        expect(performance.now() - from).toBeLessThan(1_000);
      }
    }
  });

  test('a thousand random damages end in a summary or a sentence, never in anything else', async () => {
    const random = createRandom(42);
    // Beyond the header there are only numbers to damage.
    const reach = 24_000;
    for (let round = 0; round < 1_000; round += 1) {
      const bytes = Buffer.from(whole);
      for (let flips = 0; flips < 1 + round % 4; flips += 1) bytes[Math.floor(random() * reach)] = Math.floor(random() * 256);
      const path = write('damaged.gguf', bytes);
      await checkChatModel(path).catch((error: unknown) => {
        expect(error).toBeInstanceOf(AppError);
        expect((error as AppError).code).toMatch(/bad-file|not-found/u);
      });
    }
  }, 60_000);
});

describe('what may be loaded as what', () => {
  test('an embedder is no chat model, a chat model no embedder, an adapter neither', async () => {
    await expect(checkChatModel(starterEmbedder)).rejects.toMatchObject({ message: expect.stringContaining('cannot chat') });
    await expect(checkEmbedder(starterChat)).rejects.toMatchObject({ message: expect.stringContaining('does not make embeddings') });
    await expect(checkChatModel(starterPersona('witty'))).rejects.toMatchObject({ message: expect.stringContaining('Personas') });
    await expect(checkEmbedder(starterPersona('witty'))).rejects.toMatchObject({ message: expect.stringContaining('Personas') });
  });

  test('a model without a vocabulary', async () => {
    const tensor = randomTensor({ name: 'token_embd.weight', dimensions: [8, 8], type: 'F32' }, 1, 1);
    writeGguf(file('mute.gguf'), [{ key: 'general.architecture', type: 'string', value: 'llama' }], [tensor]);
    await expect(checkChatModel(file('mute.gguf'))).rejects.toMatchObject({ code: 'bad-file', message: expect.stringContaining('no vocabulary') });
    writeGguf(file('nameless.gguf'), [], [tensor]);
    await expect(checkChatModel(file('nameless.gguf'))).rejects.toMatchObject({ code: 'bad-file', message: expect.stringContaining('which kind') });
  });

  test('an adapter is held against name, size and architecture of what it changes', async () => {
    const base = await inspectGguf(file('whole.gguf'));
    const adapter = await inspectGguf(file('adapter.gguf'));
    expect(adapterMisfit(base, adapter)).toBeNull();
    expect(adapterMisfit({ ...base, architecture: 'qwen3' }, adapter)).toMatch(/another base model than Random 2x64.*llama.*qwen3/u);
    expect(adapterMisfit({ ...base, tensors: base.tensors.slice(1, 2) }, adapter)).toMatch(/does not have/u);
    expect(adapterMisfit(await inspectGguf(starterChat), adapter)).toMatch(/64 by 64.*\d+ by \d+/u);
    expect(adapterMisfit(base, { ...adapter, tensors: [] })).toMatch(/changes nothing/u);
    expect(adapterMisfit(base, base)).toMatch(/not an adapter/u);
  });
});
