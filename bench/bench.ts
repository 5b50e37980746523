/** Nested: `{ words: { turn: { r10: 0.75 } } }` is printed as `words.turn.r10`. */
export type Figures = { [key: string]: number | string | boolean | null | Figures };

export type BenchOptions = {
  /** Only figures are wanted on the last line; whatever is said on the way goes before it. */
  json: boolean;
  /** What stood on the command line after the name, `--json` aside. */
  arguments: string[];
};

/** One measurement: `npm run bench -- <name>`. */
export type Bench = {
  name: string;
  /** One line for the list, options included. */
  about: string;
  run(options: BenchOptions): Promise<Figures>;
};

/** The middle value; the mean of the two middle ones where there is none. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}
