/** The engine in a process of its own: it dies in many ways, and the assistant notices, says so and goes on. */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../contract/errors.ts';
import type { EngineStatus } from '../contract/model.ts';
import type { Transport } from '../contract/transport.ts';
import { createEngine, type ProcessEngine } from './client.ts';
import { tinyShape, writeRandomBert, writeRandomLlama, writeRandomLora } from './fixtures/randomModels.ts';
import { answer, ask, askedOfStarter, greedy, request, starterChat, starterEmbedder, user } from './fixtures/serving.ts';
import { childProcessLauncher, describeEnd, inProcessLauncher, type EngineProcess, type Launcher } from './launch.ts';

const workerPath = resolve(import.meta.dirname, 'worker.ts');
const chatFile = { path: starterChat, name: 'Starter', windowTokens: 512 };
const question = askedOfStarter();

let folder: string;
const file = (name: string) => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'engram-client-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (launcher: Launcher = childProcessLauncher({ workerPath, log: () => {} })) => createEngine({ launcher, gpu: 'cpu', threads: 1 });

/** A random model whose header says something else: sound as a file, impossible as a model. */
function writeDeclaring(path: string, key: string, value: number): void {
  writeRandomLlama(path);
  const bytes = readFileSync(path);
  bytes.writeUInt32LE(value, bytes.indexOf(key) + key.length + 4);
  writeFileSync(path, bytes);
}

/** Resolves with the first status that passes, now or later. */
function statusWhere(engine: ProcessEngine, passes: (status: EngineStatus) => boolean): Promise<EngineStatus> {
  return new Promise((resolve_) => {
    const stop = engine.onStatus(check);
    check(engine.status());
    function check(status: EngineStatus): void {
      if (!passes(status)) return;
      queueMicrotask(() => stop());
      resolve_(status);
    }
  });
}

describe('given a chat model, an embedder and a reranker in a child process', () => {
  let engine: ProcessEngine;
  beforeAll(async () => {
    engine = open();
    await engine.loadEmbedder({ path: starterEmbedder, name: 'Starter embedder' });
    writeRandomBert(file('ranks.gguf'), { ranks: true });
    await engine.loadReranker({ path: file('ranks.gguf'), name: 'Reranker' });
    await engine.loadChat(chatFile);
  });
  afterAll(() => engine.dispose());

  test('the status tells what is loaded, where it runs and why on what', () => {
    expect(engine.status()).toMatchObject({
      state: 'ready', notice: null, host: 'child-process', threads: 1,
      gpu: { kind: 'cpu', why: expect.stringContaining('processor') },
      chatModel: { name: 'Starter', windowTokens: 512 },
      embedder: { name: 'Starter embedder', dimensions: expect.any(Number) },
      reranker: { name: 'Reranker' },
    });
  });

  test('answers and vectors cross the process boundary whole', async () => {
    expect((await ask(engine, question)).text).toBe('[1] Your sister lives in Porto.');
    const vectors = await engine.embed(Array.from({ length: 150 }, (_, index) => `text ${index}`));
    expect(vectors).toHaveLength(150);
    expect(vectors[149]).toBeInstanceOf(Float32Array);
    expect(Math.hypot(...vectors[149]!)).toBeCloseTo(1, 5);
    expect(await engine.countTokens(['Hello there', ''])).toEqual([expect.any(Number), 0]);
    expect(await engine.processorMs()).toBeGreaterThan(1);
  });

  test('killed in the middle of an answer: noticed within a second, said in a sentence, and the next message works', async () => {
    const before = engine.status().restarts;
    const events = engine.generate(request([user('Hello!')], { sampling: { ...greedy, temperature: 2, maxTokens: 400 } }), new AbortController().signal);
    let killedAt = 0;
    const dying = (async () => {
      for await (const event of events) {
        if (event.type !== 'delta' || killedAt > 0) continue;
        killedAt = performance.now();
        process.kill(engine.pid()!, 'SIGKILL');
        // Nothing may come that was still on its way: hold the loop until the end is known.
        await statusWhere(engine, ({ state }) => state === 'crashed');
      }
    })();
    await expect(dying).rejects.toMatchObject({ code: 'engine-stopped', message: expect.stringMatching(/process was ended.*kept.*Try once more/u) });
    expect(performance.now() - killedAt).toBeLessThan(1_000);
    expect(engine.status()).toMatchObject({ restarts: before + 1, notice: expect.stringContaining('started again') });
    // What was loaded is still named: the next question is asked at once and waits for it.
    expect(engine.status().chatModel?.name).toBe('Starter');
    expect((await ask(engine, question)).text).toBe('[1] Your sister lives in Porto.');
    expect((await engine.embed(['a']))[0]).toHaveLength(engine.status().embedder!.dimensions);
    expect(await engine.rank('Where?', ['In Porto.', 'On Tuesday.'])).toHaveLength(2);
    expect(engine.status()).toMatchObject({ state: 'ready', notice: null });
  });

  test('killed while nothing happens: it is back before it is needed', async () => {
    process.kill(engine.pid()!, 'SIGKILL');
    await statusWhere(engine, ({ state }) => state === 'crashed');
    const status = await statusWhere(engine, ({ state }) => state === 'ready');
    expect(status).toMatchObject({ chatModel: { name: 'Starter' }, embedder: { dimensions: engine.status().embedder?.dimensions }, notice: expect.stringContaining('was started again') });
  });

  test('Stop while it is being started again ends at once', async () => {
    process.kill(engine.pid()!, 'SIGKILL');
    await statusWhere(engine, ({ state }) => state === 'crashed');
    const controller = new AbortController();
    const stopping = answer(engine.generate(request(question), controller.signal));
    const from = performance.now();
    controller.abort();
    expect((await stopping).stats.end).toBe('stopped');
    expect(performance.now() - from).toBeLessThan(150);
    expect((await ask(engine, question)).text).toContain('Porto');
  });

  test.each([
    ['missing', () => {}, 'not-found'],
    ['junk', (path: string) => writeFileSync(path, 'x'.repeat(100_000)), 'bad-file'],
    ['an adapter', (path: string) => writeRandomLora(path), 'bad-file'],
    ['an embedder', (path: string) => writeRandomBert(path), 'bad-file'],
    [
      'cut off',
      (path: string) => {
        writeRandomLlama(path);
        truncateSync(path, 400_000);
      },
      'bad-file',
    ],
  ])('loading a file that is %s says so and keeps the model that was loaded', async (name, write, code) => {
    const path = file(`${name}.gguf`);
    write(path);
    const pid = engine.pid();
    await expect(engine.loadChat({ path, name, windowTokens: 0 })).rejects.toMatchObject({ code, message: expect.stringContaining(`${name}.gguf`) });
    expect(engine.status()).toMatchObject({ state: 'ready', chatModel: { name: 'Starter' } });
    expect((await ask(engine, question)).text).toContain('Porto');
    expect(engine.pid(), 'the process was not lost over it').toBe(pid);
  });

  test('a file that passes the checks and still cannot be loaded brings the former model back', async () => {
    const path = file('headless.gguf');
    // It declares nine layers and has two.
    writeDeclaring(path, 'llama.block_count', 9);
    await expect(engine.loadChat({ path, name: 'Headless', windowTokens: 0 })).rejects.toMatchObject({ code: 'bad-file' });
    expect((await ask(engine, question)).text).toContain('Porto');
    expect(engine.status().chatModel).toMatchObject({ name: 'Starter', windowTokens: 512 });
  });

  test('a file at which llama.cpp aborts its process is named, the former model comes back, and the next message works', async () => {
    const path = file('deadly.gguf');
    writeDeclaring(path, 'llama.feed_forward_length', 0);
    const { restarts } = engine.status();
    await expect(engine.loadChat({ path, name: 'Deadly', windowTokens: 0 })).rejects.toMatchObject({
      code: 'bad-file', message: expect.stringMatching(/^Loading deadly\.gguf made the model’s process stop.*Starter is being loaded again/u),
    });
    expect((await ask(engine, question)).text).toContain('Porto');
    expect(engine.status()).toMatchObject({ restarts: restarts + 1, chatModel: { name: 'Starter' } });
  });

  test('a window of nonsense in the header is not taken at its word', async () => {
    const path = file('boundless.gguf');
    writeDeclaring(path, 'llama.context_length', 2 ** 31 + 7);
    await engine.loadChat({ path, name: 'Boundless', windowTokens: 0 });
    expect(engine.status().chatModel?.windowTokens).toBe(2_048);
    await engine.loadChat(chatFile);
  });

  test('loading can be stopped, and the former model is there again', async () => {
    const path = file('large.gguf');
    writeRandomLlama(path, { ...tinyShape, embedding: 512, feedForward: 2_048, layers: 8, heads: 8 });
    await expect(engine.loadChat({ path, name: 'Large', windowTokens: 0 }, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    const controller = new AbortController();
    const loading = engine.loadChat({ path, name: 'Large', windowTokens: 0 }, { signal: controller.signal, onProgress: () => controller.abort() });
    await loading.catch((error: unknown) => expect(AppError.from(error).code).toBe('cancelled'));
    await engine.loadChat(chatFile);
    expect((await ask(engine, question)).text).toContain('Porto');
  });

  test('changing the model stops the answer that is being written, which keeps what it had', async () => {
    const path = file('other.gguf');
    writeRandomLlama(path);
    let loading: Promise<void> | null = null;
    const { stats } = await answer(
      (async function* () {
        for await (const event of engine.generate(request([user('Hello!')], { sampling: { ...greedy, temperature: 2, maxTokens: 450 } }), new AbortController().signal)) {
          if (event.type === 'delta') loading ??= engine.loadChat({ path, name: 'Other', windowTokens: 0 });
          yield event;
        }
      })(),
    );
    expect(['stopped', 'finished']).toContain(stats.end);
    await loading;
    expect(engine.status().chatModel?.name).toBe('Other');
    await engine.loadChat(chatFile);
  });

  test('unloading leaves nothing loaded, and a restart does not bring it back', async () => {
    await engine.unloadChat();
    expect(engine.status().chatModel).toBeNull();
    await expect(ask(engine, question)).rejects.toMatchObject({ code: 'no-model' });
    await engine.restart();
    expect(engine.status()).toMatchObject({ state: 'ready', chatModel: null, embedder: { name: 'Starter embedder' } });
    await engine.loadChat(chatFile);
    expect((await ask(engine, question)).text).toContain('Porto');
  });
});

test('nothing is started before it is needed, and disposing leaves no process behind', async () => {
  const engine = open();
  expect(engine.status().state).toBe('stopped');
  expect(engine.pid()).toBeNull();
  await engine.inspect(starterChat);
  const pid = engine.pid()!;
  await engine.dispose();
  await expect(engine.embed(['x'])).rejects.toMatchObject({ code: 'engine-stopped' });
  await gone(pid);
});

test('the engine ends when the assistant is killed', async () => {
  const parent = fork(resolve(import.meta.dirname, 'fixtures/assistant.ts'), [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const pid = await new Promise<number>((resolve_) => parent.once('message', (message) => resolve_(message as number)));
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await gone(pid);
});

test('in this very process it does the same', async () => {
  const engine = open(inProcessLauncher({ log: () => {} }));
  await engine.loadChat(chatFile);
  expect(engine.status()).toMatchObject({ host: 'in-process', state: 'ready' });
  expect((await ask(engine, question)).text).toContain('Porto');
  await engine.dispose();
});

describe('given a process that dies over one file', () => {
  let launches: number;
  let engine: ProcessEngine;
  /** Dies when asked to load a path with "deadly" in it. */
  const frail: Launcher = {
    host: 'child-process',
    launch: async () => {
      launches += 1;
      return frailProcess((path) => path.includes('deadly'));
    },
  };
  beforeEach(() => {
    launches = 0;
    engine = open(frail);
  });
  afterEach(() => engine.dispose());

  test('the load fails with the file’s name, and the former model comes back', async () => {
    await engine.loadChat({ path: '/good.gguf', name: 'Good', windowTokens: 0 });
    await expect(engine.loadChat({ path: '/deadly.gguf', name: 'Deadly', windowTokens: 0 })).rejects.toMatchObject({
      code: 'bad-file', message: expect.stringMatching(/deadly\.gguf.*Good is being loaded again/u),
    });
    await statusWhere(engine, ({ state, chatModel }) => state === 'ready' && chatModel?.name === 'Good');
  });

  test('a model that has become deadly is left out after two deaths, and named', async () => {
    const file_ = { path: '/model.gguf', name: 'Turned bad', windowTokens: 0 };
    let deadly = false;
    const turning: Launcher = { host: 'child-process', launch: async () => (launches++, (last = frailProcess(() => deadly))) };
    let last: EngineProcess;
    await engine.dispose();
    engine = open(turning);
    await engine.loadChat(file_);
    deadly = true;
    last!.kill();
    const status = await statusWhere(engine, ({ state, chatModel }) => state === 'ready' && chatModel === null);
    expect(status.notice).toMatch(/Turned bad.*2 times.*\/model\.gguf/u);
    expect(launches).toBe(4);
  });

  test('a process that never gets ready is given up after three starts, until a restart is asked for', async () => {
    let broken = true;
    await engine.dispose();
    engine = open({ host: 'child-process', launch: async () => (launches++, frailProcess(() => false, () => broken)) });
    await expect(engine.embed(['x'])).rejects.toMatchObject({ code: 'engine-stopped', message: expect.stringMatching(/3 times.*restart the engine/u) });
    expect(engine.status()).toMatchObject({ state: 'stopped', notice: expect.stringContaining('Restart it under Models') });
    await expect(engine.embed(['x'])).rejects.toMatchObject({ code: 'engine-stopped' });
    expect(launches).toBe(3);
    broken = false;
    await engine.restart();
    expect(engine.status().state).toBe('ready');
  });
});

/** Stands for an engine process: answers the calls of these tests and dies on cue, in the middle of a call. */
function frailProcess(diesLoading: (path: string) => boolean, diesAtStart: () => boolean = () => false): EngineProcess {
  let end = (_words: string) => {};
  const ended = new Promise<string>((resolve_) => (end = resolve_));
  const lost = new AppError('disconnected', 'gone');
  const answers: Record<string, unknown> = {
    'engine.probe': { gpu: { kind: 'cpu', devices: [], why: 'The processor.' }, threads: 1 },
    'engine.loaded': { chat: false, embedder: false, reranker: false },
    'engine.loadChat': { fraction: 1, windowTokens: 100 },
  };
  let alive = true;
  const die = () => {
    alive = false;
    end(describeEnd(null, 'SIGABRT'));
  };
  const transport: Transport = async function* (path, input) {
    await delay(1);
    if (path === 'engine.probe' && diesAtStart()) die();
    if (path === 'engine.loadChat' && diesLoading((input as { path: string }).path)) die();
    if (!alive) throw lost;
    yield answers[path];
  };
  return { transport, pid: null, ended, kill: die };
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** There is no event for the end of a process that is not ours. */
async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (!isAlive(pid)) return;
    await delay(20);
  }
  throw new Error(`Process ${pid} is still there.`);
}
