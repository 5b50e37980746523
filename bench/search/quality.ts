/** How much of what is sought stands among the first, for one set. Pure. */

export type Ranked<T> = { found: readonly T[]; gold: ReadonlyMap<T, number> };

/** The share of the sought among the first so many. */
export function recallAt<T>({ found, gold }: Ranked<T>, depth: number): number {
  const first = new Set(found.slice(0, depth));
  return [...gold.keys()].filter((one) => first.has(one)).length / gold.size;
}

/** Of ten: what is relevant, the sooner the better; 1 where all that is stands first. */
export function ndcg10<T>({ found, gold }: Ranked<T>): number {
  const worth = (place: number) => 1 / Math.log2(place + 2);
  const gained = found.slice(0, 10).reduce((sum, one, place) => sum + (gold.has(one) ? worth(place) : 0), 0);
  const most = Array.from({ length: Math.min(10, gold.size) }, (_, place) => worth(place)).reduce((sum, one) => sum + one, 0);
  return gained / most;
}

/** How often one that should have the larger number has it. */
export function auroc(larger: readonly number[], smaller: readonly number[]): number {
  const all = [...larger.map((value) => ({ value, isLarger: true })), ...smaller.map((value) => ({ value, isLarger: false }))].sort((a, b) => a.value - b.value);
  let ranks = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]!.value === all[from]!.value) to += 1;
    for (let at = from; at < to; at += 1) if (all[at]!.isLarger) ranks += (from + to + 1) / 2;
    from = to;
  }
  return (ranks - (larger.length * (larger.length + 1)) / 2) / (larger.length * smaller.length);
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of all, and of every other one by itself: what was chosen on the even ones is measured on the odd. */
export function withHalves<T>(items: readonly T[], value: (item: T) => number): { all: number; even: number; odd: number } {
  const values = items.map(value);
  return { all: mean(values), even: mean(values.filter((_, index) => index % 2 === 0)), odd: mean(values.filter((_, index) => index % 2 === 1)) };
}
