/** So many times more than wanted are gathered before all but the largest are let go. */
const gathered = 4;

/** Places of the largest of these numbers, largest first; of equal ones the first. */
export function largest(values: Float32Array, limit: number, isWanted: (at: number) => boolean = () => true): number[] {
  let found: number[] = [];
  let least = -Infinity;
  for (let at = 0; at < values.length; at += 1) {
    if (values[at]! <= least || !isWanted(at)) continue;
    found.push(at);
    if (found.length === gathered * limit) {
      least = Float32Array.from(found, (place) => values[place]!).sort().at(-limit)!;
      found = firstAbove(found, least, { values, limit });
    }
  }
  return found.sort((a, b) => values[b]! - values[a]!).slice(0, limit);
}

/** As many as wanted; those as large as the least make up what is missing. */
function firstAbove(places: number[], least: number, { values, limit }: { values: Float32Array; limit: number }): number[] {
  const above = places.filter((at) => values[at]! > least);
  let missing = limit - above.length;
  return places.filter((at) => values[at]! > least || (values[at] === least && missing-- > 0));
}
