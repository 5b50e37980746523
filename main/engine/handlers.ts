/** The engine's side of its contract: what is loaded, and who may use it. */
import type { Llama } from 'node-llama-cpp';
import { AppError } from '../contract/errors.ts';
import { openBackend, type Backend, type BackendOptions } from './backend.ts';
import { openChatModel, type ChatModel } from './chatModel.ts';
import type { EngineHandlers } from './contract.ts';
import { openEmbedder, type Embedder } from './embed.ts';
import { generate, prepare } from './generate.ts';
import { inspectGguf } from './inspect.ts';
import { checkChatModel, checkEmbedder } from './loadable.ts';
import { createMutex } from './mutex.ts';

export type EngineServer = { handlers: EngineHandlers; close(): Promise<void> };

/** llama.cpp itself is loaded when it is first needed: reading a file's header needs none of it. */
export function createEngineServer(options: BackendOptions): EngineServer {
  let backend: Promise<Backend> | null = null;
  const loading = createMutex();
  let chat: ChatModel | null = null;
  let embedder: Embedder | null = null;

  const open = (): Promise<Backend> => (backend ??= openBackend(options));
  const llama = async (): Promise<Llama> => (await open()).llama;

  function loadedChat(): ChatModel {
    if (!chat) throw new AppError('no-model', 'No chat model is loaded. Choose one under Models.');
    return chat;
  }

  function loadedEmbedder(): Embedder {
    if (!embedder) throw new AppError('no-model', 'No embedder is loaded, so texts cannot be compared by meaning. Choose one under Models.');
    return embedder;
  }

  async function* loadChat(input: { path: string; windowTokens: number }, signal: AbortSignal): AsyncGenerator<{ fraction: number; windowTokens: number }> {
    const release = await loading.acquire(signal);
    try {
      // Checked before the present one is given up: a bad file must not cost it.
      const summary = await checkChatModel(input.path);
      await closeChat();
      const progress = createProgress();
      const opening = openChatModel(await llama(), { ...input, summary, signal, onProgress: progress.put });
      for await (const fraction of progress.until(opening)) yield { fraction, windowTokens: 0 };
      chat = await opening;
      yield { fraction: 1, windowTokens: chat.windowTokens };
    } finally {
      release();
    }
  }

  async function closeChat(): Promise<void> {
    const closing = chat;
    chat = null;
    await closing?.close();
  }

  async function unloadChat(): Promise<void> {
    const release = await loading.acquire();
    await closeChat().finally(release);
  }

  async function changeEmbedder(path: string | null): Promise<void> {
    const release = await loading.acquire();
    try {
      const summary = path === null ? null : await checkEmbedder(path);
      const closing = embedder;
      embedder = null;
      await closing?.close();
      if (path !== null && summary) embedder = await openEmbedder(await llama(), path, summary);
    } finally {
      release();
    }
  }

  return {
    handlers: {
      engine: {
        probe: async () => (await open()).probe,
        inspect: ({ path }) => inspectGguf(path),
        loaded: () => ({ chat: chat !== null, embedder: embedder !== null }),
        loadChat,
        unloadChat: async () => {
          await unloadChat();
          return {};
        },
        loadEmbedder: async ({ path }) => {
          await changeEmbedder(path);
          const { dimensions, windowTokens } = loadedEmbedder();
          return { dimensions, windowTokens };
        },
        unloadEmbedder: async () => {
          await changeEmbedder(null);
          return {};
        },
        prepare: (input, signal) => prepare(loadedChat(), input, signal),
        async *generate(input, signal) {
          yield* generate(loadedChat(), input, signal);
        },
        embed: async ({ texts }, signal) => ({ vectors: await loadedEmbedder().embed(texts, signal) }),
        countTokens: ({ texts }) => ({ counts: texts.map((text) => loadedChat().model.tokenize(text).length) }),
      },
    },
    async close() {
      await unloadChat();
      await changeEmbedder(null);
      if (backend) await (await backend).llama.dispose();
    },
  };
}

/** Turns progress callbacks into something to loop over; only the latest fraction counts, in steps of a hundredth. */
function createProgress() {
  let latest: number | null = null;
  let told = -1;
  let wake = () => {};
  return {
    put(fraction: number): void {
      if (fraction - told < 0.01) return;
      told = fraction;
      latest = fraction;
      wake();
    },
    async *until(work: Promise<unknown>): AsyncGenerator<number> {
      let ended = false;
      const end = () => {
        ended = true;
        wake();
      };
      work.then(end, end);
      while (!ended) {
        if (latest === null) await new Promise<void>((resolve) => { wake = resolve; });
        if (latest !== null) yield latest;
        latest = null;
      }
    },
  };
}
