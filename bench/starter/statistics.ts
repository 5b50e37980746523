/** Spearman's rank correlation; ties share the mean of their ranks. NaN where one side is all alike. */
export function spearman(first: number[], second: number[]): number {
  const [a, b] = [ranksOf(first), ranksOf(second)];
  const mean = (first.length + 1) / 2;
  let both = 0;
  let [ofA, ofB] = [0, 0];
  for (const [index, rank] of a.entries()) {
    const [fromA, fromB] = [rank - mean, b[index]! - mean];
    both += fromA * fromB;
    ofA += fromA ** 2;
    ofB += fromB ** 2;
  }
  return both / Math.sqrt(ofA * ofB);
}

function ranksOf(values: number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let until = from + 1;
    while (until < order.length && values[order[until]!] === values[order[from]!]) until += 1;
    // Ranks from 1: the mean of from + 1 … until.
    for (let at = from; at < until; at += 1) ranks[order[at]!] = (from + 1 + until) / 2;
    from = until;
  }
  return ranks;
}

export const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Share of true among them; NaN among none. */
export const shareOf = (verdicts: boolean[]): number => verdicts.filter(Boolean).length / verdicts.length;

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}
