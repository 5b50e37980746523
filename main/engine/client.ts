/** The assistant's side of the engine: its status, and every call to its process. */
import { AppError } from '../contract/errors.ts';
import type { EngineStatus } from '../contract/model.ts';
import type { GpuChoice } from './backend.ts';
import type { EngineClient, GenerateEvent, GenerateRequest } from './contract.ts';
import type { Engine } from './engine.ts';
import type { Launcher } from './launch.ts';
import { createLoads } from './loads.ts';
import { createStatusBoard, type StatusBoard } from './status.ts';
import { createSupervisor, isGone, type Supervisor } from './supervisor.ts';
import { writeWorkerOptions } from './workerOptions.ts';

export type EngineOptions = {
  launcher: Launcher;
  gpu?: GpuChoice;
  /** Null, the default, leaves cores free. */
  threads?: number | null;
};

/** An Engine that also tells its process's number, for tests that kill it and for measurements. */
export type ProcessEngine = Engine & { pid(): number | null };

/** Starts nothing: the process is started by the first call that needs it. */
export function createEngine(options: EngineOptions): ProcessEngine {
  const board = createStatusBoard(beforeStart(options));
  const loads = createLoads(board, () => supervisor.connect());
  const supervisor: Supervisor = createSupervisor({
    launcher: options.launcher,
    environment: writeWorkerOptions({ gpu: options.gpu ?? 'auto', threads: options.threads ?? null }),
    restore: (client) => loads.restore(client),
    ...announcements(board, options.launcher, () => loads.died()),
  });
  const calls = createCalls(board, supervisor);

  return {
    ...calls,
    pid: () => supervisor.pid(),
    status: () => board.get(),
    onStatus: (listener) => board.listen(listener),
    loadChat: (file, load) => loads.loadChat(file, load),
    unloadChat: () => loads.unload('chat'),
    loadEmbedder: (file) => loads.loadEmbedder(file),
    unloadEmbedder: () => loads.unload('embedder'),
    loadReranker: (file) => loads.loadReranker(file),
    unloadReranker: () => loads.unload('reranker'),
    async restart() {
      loads.forgive();
      board.change({ notice: null });
      await supervisor.restart();
    },
    async dispose() {
      supervisor.dispose();
      board.change({ state: 'stopped', chatModel: null, embedder: null, reranker: null });
      board.close();
    },
  };
}

const beforeStart = ({ launcher, threads }: EngineOptions): EngineStatus => ({
  state: 'stopped',
  notice: null,
  restarts: 0,
  gpu: null,
  threads: threads ?? 0,
  host: launcher.host,
  chatModel: null,
  embedder: null,
  reranker: null,
});

const startingAgain = 'It is being started again;';
const startedAgain = 'It was started again;';

/** What the status says at each turn of the process's life. */
const announcements = (board: StatusBoard, launcher: Launcher, died: () => void) => ({
  onStarting: () => board.change({ state: 'starting' }),
  onReady: ({ gpu, threads }: Pick<EngineStatus, 'gpu' | 'threads'>) =>
    board.change({ state: 'ready', gpu, threads, host: launcher.host, notice: board.get().notice?.replace(startingAgain, startedAgain) ?? null }),
  onCrash(words: string) {
    died();
    // What was loaded stays in the status: it is loaded again, and a question asked meanwhile waits for it.
    board.change({
      state: 'crashed',
      restarts: board.get().restarts + 1,
      notice: `The model’s process ${words}. ${startingAgain} everything said is kept.`,
    });
  },
  onGivenUp(words: string) {
    died();
    board.change({
      state: 'stopped',
      chatModel: null,
      embedder: null,
      reranker: null,
      notice: `The model’s process ${words} again and again while starting, so it was left off. Restart it under Models.`,
    });
  },
});

/** Texts that cross to the process in one message. */
const embedBatch = 64;

function createCalls(board: StatusBoard, supervisor: Supervisor): Pick<Engine, 'inspect' | 'prepare' | 'generate' | 'embed' | 'rank' | 'countTokens' | 'processorMs'> {
  /** Waits for the process, and says in words when it died meanwhile. */
  async function ask<T>(work: (client: EngineClient) => Promise<T>): Promise<T> {
    const client = await supervisor.connect();
    return work(client).catch((error: unknown) => {
      throw isGone(error) ? diedMeanwhile(board.get(), error) : error;
    });
  }

  async function* generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent> {
    const client = await orAborted(supervisor.connect(), signal);
    if (client === null) {
      yield { type: 'done', stats: nothingWritten };
      return;
    }
    try {
      yield* client.generate(request, signal);
      if (board.get().notice !== null) board.change({ notice: null });
    } catch (error) {
      throw isGone(error) ? diedMeanwhile(board.get(), error) : error;
    }
  }

  return {
    inspect: (path, signal) => ask((client) => client.inspect({ path }, signal)),
    prepare: (prompt, signal) => ask((client) => client.prepare(prompt, signal)),
    generate,
    embed: (texts, signal, by) =>
      ask(async (client) => {
        const vectors: Float32Array[] = [];
        for (let from = 0; from < texts.length; from += embedBatch) {
          vectors.push(...(await client.embed({ texts: texts.slice(from, from + embedBatch), by }, signal)).vectors);
        }
        return vectors;
      }),
    rank: (question, lines, signal) => ask(async (client) => (await client.rank({ question, lines }, signal)).scores),
    countTokens: (texts) => ask(async (client) => (await client.countTokens({ texts })).counts),
    processorMs: async () => (supervisor.pid() === null ? 0 : ask(async (client) => (await client.processorMs({})).ms)),
  };
}

const nothingWritten = { promptTokens: 0, reusedTokens: 0, answerTokens: 0, readMs: 0, writeMs: 0, end: 'stopped' } as const;

/** A stop is heard also while the process is being started. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(null);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** The notice has the reason and what is being done; it is there before anyone who waited is told. */
const diedMeanwhile = ({ state, notice }: EngineStatus, error: unknown) =>
  new AppError('engine-stopped', `${state === 'ready' || notice === null ? 'The model’s process stopped before it had finished; everything said is kept.' : notice} Try once more.`, error);
