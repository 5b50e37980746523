/**
 * How many tokens of a prompt to read in one go. llama.cpp cannot be stopped inside a chunk, so a chunk should take a
 * tenth of a second: long enough to read fast, short enough to stop at once.
 */
export type Pace = {
  /** Tokens of the next chunk. */
  chunk(): number;
  /** Tells how long a chunk took. */
  measured(tokens: number, ms: number): void;
};

const chunkMs = 100;
const smallestChunk = 8;

/**
 * `largest` is the llama context's batch. Sizes are powers of two and change only when the speed clearly has: reading the
 * same prompt in the same chunks gives the same numbers to the last bit, and so the same answer at temperature 0.
 */
export function createPace(largest: number): Pace {
  let tokensPerMs: number | null = null;
  let size = smallestChunk;
  return {
    chunk: () => size,
    measured(tokens, ms) {
      // A handful of tokens says more about the fixed cost of a call than about speed.
      if (tokens < Math.min(size, smallestChunk)) return;
      const now = tokens / Math.max(ms, 0.01);
      tokensPerMs = tokensPerMs === null ? now : (tokensPerMs + now) / 2;
      const ideal = tokensPerMs * chunkMs;
      if (ideal >= size * 2.2 || ideal < size * 0.9) size = clamp(2 ** Math.floor(Math.log2(ideal)), smallestChunk, largest);
    },
  };
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
