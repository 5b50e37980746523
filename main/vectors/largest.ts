const buckets = 4_096;

/** Places of the largest of these numbers from -1 to 1, largest first; those of equal ones in order. */
export function largest(values: Float32Array, limit: number, isWanted: (at: number) => boolean = () => true): number[] {
  const bucketOf = (value: number) => Math.max(0, Math.min(buckets - 1, Math.floor(((value + 1) / 2) * buckets)));
  const held = new Uint32Array(buckets);
  for (let at = 0; at < values.length; at += 1) if (isWanted(at)) held[bucketOf(values[at]!)]! += 1;
  let least = buckets - 1;
  for (let count = held[least]!; count < limit && least > 0; count += held[least]!) least -= 1;
  const found: number[] = [];
  for (let at = 0; at < values.length; at += 1) if (bucketOf(values[at]!) >= least && isWanted(at)) found.push(at);
  return found.sort((a, b) => values[b]! - values[a]!).slice(0, limit);
}
