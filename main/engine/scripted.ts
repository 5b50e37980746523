import { AppError } from '../contract/errors.ts';
import type { EngineStatus } from '../contract/model.ts';
import type { GenerateEvent, GenerateRequest, GgufSummary, Prompt } from './contract.ts';
import type { Engine } from './engine.ts';
import { createStatusBoard, type StatusBoard } from './status.ts';

export type Script = {
  /**
   * What the model says to a request: whole text, or pieces as they come. Pieces from an async iterable let a test
   * hold an answer half-way. A thrown error fails the answer. Default: repeats the last message.
   */
  answer?(request: GenerateRequest, signal: AbortSignal): string | Iterable<string> | AsyncIterable<string>;
  /** Summaries of files that exist in the script, by path. */
  files?: Record<string, GgufSummary>;
  windowTokens?: number;
  dimensions?: number;
  /** What an embedder, told by its file, takes a text for. Default: itself. */
  embeddedAs?(text: string, path: string): string;
  /** False starts with nothing loaded. */
  loaded?: { chat: boolean; embedder: boolean; reranker?: boolean };
  /** How far a line answers a question, 0 to 1. Default: the share of the question's words that it says. */
  rank?(question: string, line: string): number;
};

export type ScriptedEngine = Engine & {
  /** Everything asked so far, in order. */
  readonly requests: GenerateRequest[];
  readonly prepared: Prompt[];
  /** Behaves as a dying process does: what waits fails with `engine-stopped`, then the engine is ready again. */
  crash(): void;
};

/** An Engine without weights or process: answers from a script, embeds by hashing words. For tests of everything above it. */
export function createScriptedEngine(script: Script = {}): ScriptedEngine {
  const board = createStatusBoard(scriptedStatus(script));
  const requests: GenerateRequest[] = [];
  const prepared: Prompt[] = [];
  const dimensions = script.dimensions ?? 64;
  let life = new AbortController();

  return {
    ...scriptedLoads(board, script),
    requests,
    prepared,
    status: () => board.get(),
    onStatus: (listener) => board.listen(listener),
    async inspect(path) {
      const summary = script.files?.[path];
      if (!summary) throw new AppError('bad-file', `${path} is not a model file in GGUF format.`);
      return summary;
    },
    async prepare(prompt) {
      loadedChat(board);
      prepared.push(prompt);
      return { tokens: promptTokens(prompt), reused: 0, switchMs: 0, readMs: 0 };
    },
    async *generate(request, signal) {
      const { windowTokens } = loadedChat(board);
      requests.push(request);
      if (promptTokens(request) >= windowTokens) throw new AppError('too-large', 'The prompt is longer than the model’s window.');
      const answer = script.answer?.(request, signal) ?? echo(request);
      yield* play(request, typeof answer === 'string' ? pieces(answer) : answer, AbortSignal.any([signal, life.signal]));
    },
    async embed(texts, _signal, by) {
      if (!board.get().embedder && by === undefined) throw new AppError('no-model', 'No embedder is loaded.');
      return texts.map((text) => hashEmbedding(script.embeddedAs?.(text, by ?? board.get().embedder!.path) ?? text, dimensions));
    },
    async rank(question, lines) {
      if (!board.get().reranker) throw new AppError('no-model', 'No reranker is loaded.');
      return lines.map((line) => (script.rank ?? sharedWords)(question, line));
    },
    countTokens: async (texts) => texts.map(countWords),
    processorMs: async () => 0,
    crash() {
      life.abort(new AppError('engine-stopped', 'The model’s process stopped. It has been restarted; what was said is kept.'));
      life = new AbortController();
      board.change({ state: 'crashed', notice: 'The model’s process stopped and is being restarted.' });
      board.change({ state: 'ready', restarts: board.get().restarts + 1 });
    },
    async restart() {
      board.change({ state: 'starting' });
      board.change({ state: 'ready', notice: null });
    },
    async dispose() {
      board.change({ state: 'stopped' });
      board.close();
    },
  };
}

function scriptedStatus(script: Script): EngineStatus {
  const { chat, embedder, reranker = false } = script.loaded ?? { chat: true, embedder: true };
  return {
    state: 'ready',
    notice: null,
    restarts: 0,
    gpu: { kind: 'cpu', devices: [], why: 'A script answers; there is no model.' },
    threads: 1,
    host: 'in-process',
    chatModel: chat ? { path: 'scripted-chat.gguf', name: 'Scripted', windowTokens: script.windowTokens ?? 2_048 } : null,
    embedder: embedder ? { path: 'scripted-embedder.gguf', name: 'Scripted embedder', dimensions: script.dimensions ?? 64 } : null,
    reranker: reranker ? { path: 'scripted-reranker.gguf', name: 'Scripted reranker' } : null,
  };
}

const scriptedLoads = (board: StatusBoard, script: Script): Pick<Engine, 'loadChat' | 'unloadChat' | 'loadEmbedder' | 'unloadEmbedder' | 'loadReranker' | 'unloadReranker'> => ({
  async loadChat({ path, name, windowTokens }, options) {
    options?.onProgress?.(1);
    board.change({ chatModel: { path, name, windowTokens: windowTokens || (script.windowTokens ?? 2_048) } });
  },
  unloadChat: async () => board.change({ chatModel: null }),
  loadEmbedder: async ({ path, name }) => board.change({ embedder: { path, name, dimensions: script.dimensions ?? 64 } }),
  unloadEmbedder: async () => board.change({ embedder: null }),
  loadReranker: async ({ path, name }) => board.change({ reranker: { path, name } }),
  unloadReranker: async () => board.change({ reranker: null }),
});

function sharedWords(question: string, line: string): number {
  const said = new Set(line.toLowerCase().match(/\p{L}+/gu));
  const asked = question.toLowerCase().match(/\p{L}+/gu) ?? [];
  return asked.length === 0 ? 0 : asked.filter((word) => said.has(word)).length / asked.length;
}

function loadedChat(board: StatusBoard): { windowTokens: number } {
  const { chatModel } = board.get();
  if (!chatModel) throw new AppError('no-model', 'No chat model is loaded. Choose one under Models.');
  return chatModel;
}

async function* play(request: GenerateRequest, answer: Iterable<string> | AsyncIterable<string>, signal: AbortSignal): AsyncIterable<GenerateEvent> {
  const total = promptTokens(request);
  const stats = { promptTokens: total, reusedTokens: 0, answerTokens: 0, readMs: 0, writeMs: 0 };
  yield { type: 'reading', done: total, total };
  let end: 'finished' | 'length' | 'stopped' = 'finished';
  const source = Symbol.asyncIterator in answer ? answer[Symbol.asyncIterator]() : answer[Symbol.iterator]();
  for (;;) {
    const next = await firstOf(source.next(), signal);
    if (next === 'stopped') {
      end = 'stopped';
      break;
    }
    if (next.done) break;
    if (stats.answerTokens >= request.sampling.maxTokens) {
      end = 'length';
      break;
    }
    stats.answerTokens += 1;
    yield { type: 'delta', text: next.value };
  }
  yield { type: 'done', stats: { ...stats, end } };
}

/** The next piece, or `stopped`; throws when the signal's reason is an AppError, as a crash's is. */
async function firstOf<T>(next: T | Promise<T>, signal: AbortSignal): Promise<T | 'stopped'> {
  const stopped = new Promise<'stopped'>((resolve, reject) => {
    const settle = () => (signal.reason instanceof AppError ? reject(signal.reason) : resolve('stopped'));
    if (signal.aborted) settle();
    else signal.addEventListener('abort', settle, { once: true });
  });
  stopped.catch(() => {});
  // Give the listener of the last event a turn to stop us, as a process channel would.
  await new Promise((resolve) => setImmediate(resolve));
  return Promise.race([stopped, next]);
}

const echo = (request: GenerateRequest) => `You said: ${request.messages.at(-1)?.text ?? ''}`;

/** Words with the space before them: joined they are the text again. */
const pieces = (text: string): string[] => text.match(/\s*\S+|\s+$/gu) ?? [];

const countWords = (text: string) => text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 0;

const promptTokens = (prompt: Prompt) =>
  prompt.messages.reduce((sum, message) => sum + countWords(message.text) + 4, countWords(prompt.answerSoFar));

/** Texts that share words come out close; the same text always the same. Unit length. */
export function hashEmbedding(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']) {
    for (const salt of [1, 2, 3]) {
      const hash = hashWord(word, salt);
      vector[hash % dimensions]! += hash & 0x10000 ? 1 : -1;
    }
  }
  const length = Math.hypot(...vector);
  if (length === 0) vector[0] = 1;
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hashWord(word: string, salt: number): number {
  let hash = 0x811c9dc5 ^ salt;
  for (let index = 0; index < word.length; index += 1) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
