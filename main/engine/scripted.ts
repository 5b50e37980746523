import { AppError } from '../contract/errors.ts';
import type { EngineStatus } from '../contract/model.ts';
import type { GenerateEvent, GenerateRequest, GgufSummary, Prompt } from './contract.ts';
import type { Engine } from './engine.ts';

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
  /** False starts with nothing loaded. */
  loaded?: { chat: boolean; embedder: boolean };
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
  const windowTokens = script.windowTokens ?? 2_048;
  const dimensions = script.dimensions ?? 64;
  const loaded = script.loaded ?? { chat: true, embedder: true };
  const requests: GenerateRequest[] = [];
  const prepared: Prompt[] = [];
  const listeners = new Set<(status: EngineStatus) => void>();
  let life = new AbortController();
  let status: EngineStatus = {
    state: 'ready',
    notice: null,
    restarts: 0,
    gpu: { kind: 'cpu', devices: [], why: 'A script answers; there is no model.' },
    threads: 1,
    host: 'in-process',
    chatModel: loaded.chat ? { path: 'scripted-chat.gguf', name: 'Scripted', windowTokens } : null,
    embedder: loaded.embedder ? { path: 'scripted-embedder.gguf', name: 'Scripted embedder', dimensions } : null,
  };

  function change(part: Partial<EngineStatus>): void {
    status = { ...status, ...part };
    for (const listener of listeners) listener(status);
  }

  function requireChat(): void {
    if (!status.chatModel) throw new AppError('no-model', 'No chat model is loaded. Choose one under Models.');
  }

  return {
    requests,
    prepared,
    status: () => status,
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async inspect(path) {
      const summary = script.files?.[path];
      if (!summary) throw new AppError('bad-file', `${path} is not a model file in GGUF format.`);
      return summary;
    },
    async loadChat(model, options) {
      options?.onProgress?.(1);
      change({ chatModel: { path: model.path, name: model.name, windowTokens: model.windowTokens || windowTokens } });
    },
    async unloadChat() {
      change({ chatModel: null });
    },
    async loadEmbedder(model) {
      change({ embedder: { ...model, dimensions } });
    },
    async unloadEmbedder() {
      change({ embedder: null });
    },
    async prepare(prompt) {
      requireChat();
      prepared.push(prompt);
      return { tokens: promptTokens(prompt), reused: 0, switchMs: 0, readMs: 0 };
    },
    async *generate(request, signal) {
      requireChat();
      requests.push(request);
      if (promptTokens(request) >= status.chatModel!.windowTokens) {
        throw new AppError('too-large', 'The prompt is longer than the model’s window.');
      }
      const answer = script.answer?.(request, signal) ?? echo(request);
      yield* play(request, typeof answer === 'string' ? pieces(answer) : answer, AbortSignal.any([signal, life.signal]));
    },
    async embed(texts) {
      if (!status.embedder) throw new AppError('no-model', 'No embedder is loaded.');
      return texts.map((text) => hashEmbedding(text, dimensions));
    },
    async countTokens(texts) {
      return texts.map(countWords);
    },
    crash() {
      life.abort(new AppError('engine-stopped', 'The model’s process stopped. It has been restarted; what was said is kept.'));
      life = new AbortController();
      change({ state: 'crashed', notice: 'The model’s process stopped and is being restarted.' });
      change({ state: 'ready', restarts: status.restarts + 1 });
    },
    async restart() {
      change({ state: 'starting' });
      change({ state: 'ready', notice: null });
    },
    async dispose() {
      change({ state: 'stopped' });
      listeners.clear();
    },
  };
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
