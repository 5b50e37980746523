/** The assistant's side of the engine: what is loaded, what the process is doing, and every call to it. */
import { basename } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { EngineStatus } from '../contract/model.ts';
import type { GpuChoice } from './backend.ts';
import type { EngineClient, GenerateEvent } from './contract.ts';
import type { Engine } from './engine.ts';
import type { Launcher } from './launch.ts';
import { createMutex } from './mutex.ts';
import { createSupervisor, isGone } from './supervisor.ts';
import { writeWorkerOptions } from './workerOptions.ts';

export type EngineOptions = {
  launcher: Launcher;
  gpu?: GpuChoice;
  /** Null, the default, leaves cores free. */
  threads?: number | null;
};

/** An Engine that also tells its process's number, for tests that kill it and for measurements. */
export type ProcessEngine = Engine & { pid(): number | null };

type ChatFile = { path: string; name: string; windowTokens: number };
type EmbedderFile = { path: string; name: string };

const startingAgain = 'It is being started again;';
const startedAgain = 'It was started again;';

/** Texts that cross to the process in one message. */
const embedBatch = 64;

/** Starts nothing: the process is started by the first call that needs it. */
export function createEngine(options: EngineOptions): ProcessEngine {
  const listeners = new Set<(status: EngineStatus) => void>();
  const loading = createMutex();
  /** What is loaded, and loaded again after a crash. */
  const wanted: { chat: ChatFile | null; embedder: EmbedderFile | null } = { chat: null, embedder: null };
  /** The file being loaded right now, and how often the process died over it. */
  let restoring: string | null = null;
  const deaths = new Map<string, number>();
  let status: EngineStatus = {
    state: 'stopped',
    notice: null,
    restarts: 0,
    gpu: null,
    threads: options.threads ?? 0,
    host: options.launcher.host,
    chatModel: null,
    embedder: null,
  };

  function change(part: Partial<EngineStatus>): void {
    status = { ...status, ...part };
    for (const listener of listeners) listener(status);
  }

  const supervisor = createSupervisor({
    launcher: options.launcher,
    environment: writeWorkerOptions({ gpu: options.gpu ?? 'auto', threads: options.threads ?? null }),
    restore,
    onStarting: () => change({ state: 'starting' }),
    onReady: (probe) =>
      change({ state: 'ready', gpu: probe.gpu, threads: probe.threads, notice: status.notice?.replace(startingAgain, startedAgain) ?? null }),
    onCrash(words) {
      countDeath();
      change({
        state: 'crashed',
        // (What was loaded stays in the status: it is loaded again, and a question asked meanwhile waits for it.)
        restarts: status.restarts + 1,
        notice: `The model’s process ${words}. ${startingAgain} everything said is kept.`,
      });
    },
    onGivenUp(words) {
      countDeath();
      change({ state: 'stopped', chatModel: null, embedder: null, notice: `The model’s process ${words} again and again while starting, so it was left off. Restart it under Models.` });
    },
  });

  function leaveOutChat(): void {
    wanted.chat = null;
    change({ chatModel: null });
  }

  function leaveOutEmbedder(): void {
    wanted.embedder = null;
    change({ embedder: null });
  }

  function countDeath(): void {
    if (restoring !== null) deaths.set(restoring, (deaths.get(restoring) ?? 0) + 1);
    restoring = null;
  }

  async function restore(client: EngineClient): Promise<void> {
    const { chat, embedder } = wanted;
    if (embedder) await restoreFile(embedder, () => loadEmbedderInto(client, embedder), leaveOutEmbedder);
    if (chat) await restoreFile(chat, () => loadChatInto(client, chat), leaveOutChat);
  }

  /** A file that cannot be loaded any more, or at which the process died twice, is left out and named. */
  async function restoreFile(file: { path: string; name: string }, load: () => Promise<void>, leaveOut: () => void): Promise<void> {
    if ((deaths.get(file.path) ?? 0) >= 2) {
      leaveOut();
      change({ notice: `${file.name} made the model’s process stop twice, so it was left out. Its file is ${file.path}; choose another under Models.` });
      return;
    }
    restoring = file.path;
    try {
      await load();
      restoring = null;
    } catch (error) {
      if (isGone(error)) throw error;
      restoring = null;
      leaveOut();
      change({ notice: `${file.name} could not be loaded again. ${AppError.from(error).message}` });
    }
  }

  async function loadChatInto(client: EngineClient, file: ChatFile, load: { onProgress?(fraction: number): void; signal?: AbortSignal } = {}): Promise<void> {
    let windowTokens = 0;
    for await (const event of client.loadChat({ path: file.path, windowTokens: file.windowTokens }, load.signal)) {
      windowTokens = event.windowTokens;
      load.onProgress?.(event.fraction);
    }
    change({ chatModel: { path: file.path, name: file.name, windowTokens } });
  }

  async function loadEmbedderInto(client: EngineClient, file: EmbedderFile): Promise<void> {
    const { dimensions } = await client.loadEmbedder({ path: file.path });
    change({ embedder: { ...file, dimensions } });
  }

  /** Runs a load; when it fails, sees to it that what was there before is there again. */
  async function replace(file: { path: string; name: string }, load: (client: EngineClient) => Promise<void>): Promise<void> {
    const release = await loading.acquire();
    try {
      const client = await supervisor.connect();
      change({ state: 'loading' });
      try {
        await load(client);
        deaths.delete(file.path);
        change({ state: 'ready', notice: null });
      } catch (error) {
        if (isGone(error)) throw diedOver(file, error);
        await bringBack(client);
        throw error;
      }
    } finally {
      release();
    }
  }

  async function bringBack(client: EngineClient): Promise<void> {
    const loaded = await client.loaded({}).catch(() => ({ chat: true, embedder: true }));
    const { chat, embedder } = wanted;
    if (chat && !loaded.chat) await restoreFile(chat, () => loadChatInto(client, chat), leaveOutChat).catch(() => {});
    if (embedder && !loaded.embedder) await restoreFile(embedder, () => loadEmbedderInto(client, embedder), leaveOutEmbedder).catch(() => {});
    if (status.state === 'loading') change({ state: 'ready' });
  }

  function diedOver(file: { path: string; name: string }, error: unknown): AppError {
    const before = wanted.chat ?? wanted.embedder;
    return new AppError(
      'bad-file',
      `Loading ${basename(file.path)} made the model’s process stop: the file may be damaged, or too large for this machine’s memory.` +
        (before ? ` ${before.name} is being loaded again.` : ' Choose another file.'),
      error,
    );
  }

  /** Every call but loading: waits for the process, and says in words when it died meanwhile. */
  async function ask<T>(work: (client: EngineClient) => Promise<T>): Promise<T> {
    const client = await supervisor.connect();
    return work(client).catch((error: unknown) => {
      throw isGone(error) ? died(error) : error;
    });
  }

  return {
    pid: () => supervisor.pid(),
    status: () => status,
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    inspect: (path, signal) => ask((client) => client.inspect({ path }, signal)),
    loadChat: (file, load) =>
      replace(file, async (client) => {
        await loadChatInto(client, file, load);
        wanted.chat = file;
      }),
    async unloadChat() {
      const loaded = wanted.chat !== null;
      leaveOutChat();
      if (loaded) await ask((client) => client.unloadChat({}));
    },
    loadEmbedder: (file) =>
      replace(file, async (client) => {
        await loadEmbedderInto(client, file);
        wanted.embedder = file;
      }),
    async unloadEmbedder() {
      const loaded = wanted.embedder !== null;
      leaveOutEmbedder();
      if (loaded) await ask((client) => client.unloadEmbedder({}));
    },
    prepare: (prompt, signal) => ask((client) => client.prepare(prompt, signal)),
    async *generate(request, signal): AsyncGenerator<GenerateEvent> {
      const client = await orAborted(supervisor.connect(), signal);
      if (client === null) {
        yield { type: 'done', stats: nothingWritten };
        return;
      }
      try {
        yield* client.generate(request, signal);
        if (status.notice !== null) change({ notice: null });
      } catch (error) {
        throw isGone(error) ? died(error) : error;
      }
    },
    embed: (texts, signal) =>
      ask(async (client) => {
        const vectors: Float32Array[] = [];
        for (let from = 0; from < texts.length; from += embedBatch) {
          vectors.push(...(await client.embed({ texts: texts.slice(from, from + embedBatch) }, signal)).vectors);
        }
        return vectors;
      }),
    countTokens: (texts) => ask(async (client) => (await client.countTokens({ texts })).counts),
    async restart() {
      deaths.clear();
      change({ notice: null });
      await supervisor.restart();
    },
    async dispose() {
      supervisor.dispose();
      change({ state: 'stopped', chatModel: null, embedder: null });
      listeners.clear();
    },
  };
}

const nothingWritten = { promptTokens: 0, reusedTokens: 0, answerTokens: 0, readMs: 0, writeMs: 0, end: 'stopped' } as const;

/** A stop is heard also while the process is being started. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(null);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

const died = (error: unknown) =>
  new AppError('engine-stopped', 'The model’s process stopped before it had finished. It is being started again; everything said is kept. Try once more.', error);
