/** A question and lines in, how far each line answers it out. */
import { LlamaVocabularyType, type Llama, type LlamaModel, type LlamaRankingContext, type Token } from 'node-llama-cpp';
import type { GgufSummary } from './contract.ts';
import { spaceOutSymbols } from './embed.ts';
import { readGguf } from './gguf.ts';
import { createMutex } from './mutex.ts';
import { notLoaded } from './notLoaded.ts';

export type Reranker = {
  /** One number a line, 0 to 1, in order. What is longer than the window is cut. Stops between lines. */
  rank(question: string, lines: string[], signal: AbortSignal): Promise<number[]>;
  close(): Promise<void>;
};

/** A remembered line with its question is short; memory grows with the square. */
const longestWindow = 512;

/** `summary` is that of a checked file. Fails with `bad-file` or `too-large`, and a sentence. */
export async function openReranker(llama: Llama, path: string, summary: GgufSummary): Promise<Reranker> {
  const model = await llama.loadModel({ modelPath: path }).catch((error: unknown) => {
    throw notLoaded(path, error);
  });
  try {
    const windowTokens = Math.min(summary.contextLength || longestWindow, longestWindow);
    const llamaContext = await model.createRankingContext({ contextSize: windowTokens, batchSize: windowTokens, threads: Math.max(1, llama.maxThreads) });
    const one = model.tokenize('a');
    // Marks at both ends and between, or a template's words; and one place that the library keeps free.
    const taken = llamaContext.calculateInputLength(one, one) - 2 * one.length + 1;
    return createReranker({ model, llamaContext, windowTokens, taken, layout: await layoutOf(path) });
  } catch (error) {
    await model.dispose();
    throw notLoaded(path, error);
  }
}

type Layout = {
  /** A reader of ours tells question and line apart by their places: the question takes so many, filled up; 0: as many as it has. */
  places: number;
  filler: Token;
  /** The longest line it was trained on; 0: as long as the window. */
  lineTokens: number;
};
type Loaded = {
  model: LlamaModel;
  llamaContext: LlamaRankingContext;
  windowTokens: number;
  /** Of the window, by neither question nor line. */
  taken: number;
  layout: Layout;
};

async function layoutOf(path: string): Promise<Layout> {
  const { metadata } = await readGguf(path);
  const number = (key: string) => Number(metadata.get(key) ?? 0);
  return { places: number('engram.reader.question_tokens'), filler: number('tokenizer.ggml.padding_token_id') as Token, lineTokens: number('engram.reader.line_tokens') };
}

function createReranker({ model, llamaContext, windowTokens, taken, layout }: Loaded): Reranker {
  const mutex = createMutex();
  const closing = new AbortController();
  const wordPieces = model.vocabularyType === LlamaVocabularyType.wpm;
  const tokenize = (text: string) => model.tokenize(wordPieces ? spaceOutSymbols(text) : text);

  return {
    async rank(question, lines, signal) {
      const any = AbortSignal.any([signal, closing.signal]);
      const asked = inPlaces(tokenize(question).slice(0, layout.places || windowTokens / 2), layout);
      const scores: number[] = [];
      for (const line of lines) {
        const room = windowTokens - asked.length - taken;
        const release = await mutex.acquire(any);
        try {
          const parts = partsOf(tokenize(line), Math.min(room, layout.lineTokens || room));
          scores.push(Math.max(...(await Promise.all(parts.map((part) => llamaContext.rank(asked, part))))));
        } finally {
          release();
        }
      }
      return scores;
    },
    async close() {
      closing.abort();
      await mutex.acquire();
      await llamaContext.dispose();
      await model.dispose();
    },
  };
}

/** A long line is read in parts that overlap by half, the first few of them; the best counts. */
function partsOf(line: Token[], most: number): Token[][] {
  const parts = Math.min(mostParts, 1 + Math.ceil(Math.max(0, line.length - most) / (most / 2)));
  return Array.from({ length: parts }, (_, part) => line.slice((part * most) / 2, (part * most) / 2 + most));
}

const mostParts = 4;

const inPlaces = (question: Token[], { places, filler }: Layout): Token[] => [...question, ...Array<Token>(Math.max(0, places - question.length)).fill(filler)];
