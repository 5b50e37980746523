/** The engine's side of its contract. */
import type { BackendOptions } from './backend.ts';
import type { EngineHandlers } from './contract.ts';
import { generate, prepare } from './generate.ts';
import { inspectGguf } from './inspect.ts';
import { LoadedModels } from './loadedModels.ts';
import { createProgress } from './progress.ts';

export type EngineServer = { handlers: EngineHandlers; close(): Promise<void> };

export function createEngineServer(options: BackendOptions): EngineServer {
  const models = new LoadedModels(options);
  return {
    close: () => models.close(),
    handlers: {
      engine: {
        probe: () => models.probe(),
        inspect: ({ path }) => inspectGguf(path),
        loaded: () => models.loaded(),
        async *loadChat(input, signal) {
          const progress = createProgress();
          const loading = models.loadChat({ ...input, signal, onProgress: progress.put });
          for await (const fraction of progress.until(loading)) yield { fraction, windowTokens: 0 };
          yield { fraction: 1, windowTokens: (await loading).windowTokens };
        },
        async unloadChat() {
          await models.unloadChat();
          return {};
        },
        async loadEmbedder({ path }) {
          const { dimensions, windowTokens } = await models.loadEmbedder(path);
          return { dimensions, windowTokens };
        },
        async unloadEmbedder() {
          await models.unloadEmbedder();
          return {};
        },
        async loadReranker({ path }) {
          await models.loadReranker(path);
          return {};
        },
        async unloadReranker() {
          await models.unloadReranker();
          return {};
        },
        prepare: (input, signal) => prepare(models.chat(), input, signal),
        async *generate(input, signal) {
          yield* generate(models.chat(), input, signal);
        },
        embed: async ({ texts, by }, signal) => ({ vectors: await (by === undefined ? models.embedder() : await models.embedderAt(by)).embed(texts, signal) }),
        rank: async ({ question, lines }, signal) => ({ scores: await models.reranker().rank(question, lines, signal) }),
        processorMs() {
          const { user, system } = process.cpuUsage();
          return { ms: (user + system) / 1_000 };
        },
        countTokens: ({ texts }) => ({ counts: texts.map((text) => models.chat().model.tokenize(text).length) }),
      },
    },
  };
}
