/** Texts in, vectors of unit length out. */
import { LlamaVocabularyType, type Llama, type LlamaEmbeddingContext, type LlamaModel, type Token } from 'node-llama-cpp';
import { AppError } from '../contract/errors.ts';
import type { GgufSummary } from './contract.ts';
import { createMutex } from './mutex.ts';
import { notLoaded } from './notLoaded.ts';

export type Embedder = {
  dimensions: number;
  windowTokens: number;
  /** One vector a text, in order. Longer texts are cut to the window. Stops between texts. */
  embed(texts: string[], signal: AbortSignal): Promise<Float32Array<ArrayBuffer>[]>;
  close(): Promise<void>;
};

/** Beyond this a passage says too many things for one vector, and memory grows with the square. */
const longestWindow = 2_048;

/** `summary` is that of a checked file. Fails with `bad-file` or `too-large`, and a sentence. */
export async function openEmbedder(llama: Llama, path: string, summary: GgufSummary): Promise<Embedder> {
  const model = await llama.loadModel({ modelPath: path }).catch((error: unknown) => {
    throw notLoaded(path, error);
  });
  try {
    const windowTokens = Math.min(summary.contextLength || longestWindow, longestWindow);
    const llamaContext = await model.createEmbeddingContext({
      contextSize: windowTokens,
      // A text that does not see all of itself at once gets a wrong vector: the batch holds the whole window.
      batchSize: windowTokens,
      threads: Math.max(1, llama.maxThreads),
    });
    return createEmbedder(model, llamaContext, windowTokens);
  } catch (error) {
    await model.dispose();
    throw notLoaded(path, error);
  }
}

function createEmbedder(model: LlamaModel, llamaContext: LlamaEmbeddingContext, windowTokens: number): Embedder {
  const mutex = createMutex();
  const wordPieces = model.vocabularyType === LlamaVocabularyType.wpm;
  const closing = new AbortController();

  async function embedOne(text: string): Promise<Float32Array<ArrayBuffer>> {
    // Two places for the marks at both ends, one the library keeps free.
    const tokens = model.tokenize(wordPieces ? spaceOutSymbols(text) : text).slice(0, windowTokens - 3);
    const { vector } = await llamaContext.getEmbeddingFor(tokens.length > 0 ? tokens : emptyText());
    return toUnitLength(vector);
  }

  /** Even nothing has a vector: that of the marks alone. */
  function emptyText(): Token[] {
    const mark = model.tokens.bos ?? model.tokens.eos;
    return mark === null ? model.tokenize('.') : [mark];
  }

  return {
    dimensions: model.embeddingVectorSize,
    windowTokens,
    async embed(texts, signal) {
      const any = AbortSignal.any([signal, closing.signal]);
      const vectors: Float32Array<ArrayBuffer>[] = [];
      for (const text of texts) {
        // Taken anew for each text, so that a question's one vector does not wait for a whole batch.
        const release = await mutex.acquire(any);
        try {
          vectors.push(await embedOne(text));
        } finally {
          release();
        }
      }
      return vectors;
    },
    async close() {
      closing.abort();
      await mutex.acquire();
      await llamaContext.dispose();
      await model.dispose();
    },
  };
}

/**
 * llama.cpp's WordPiece splits off punctuation and ASCII signs but not other symbols, so "€12" becomes one unknown word.
 * Pure.
 */
export const spaceOutSymbols = (text: string): string => text.replace(/\p{S}/gu, ' $& ');

/** Pure. Fails when the model produced no numbers. */
export function toUnitLength(vector: readonly number[]): Float32Array<ArrayBuffer> {
  const length = Math.hypot(...vector);
  if (!Number.isFinite(length) || length === 0) {
    throw new AppError('bad-file', 'The embedder gave no usable vector: its file is damaged. Search by words goes on; choose another embedder.');
  }
  return Float32Array.from(vector, (value) => value / length);
}
