/** Which of several claims about one thing stands. Pure. */
import type { Claim, ClaimOrigin } from '../contract/claim.ts';

export type Rival = Pick<Claim, 'id' | 'slot' | 'ended' | 'assertedAt'> & {
  seq: number;
  valueKey: string;
  single: boolean;
  change: boolean;
  /** The owner said that it stands beside what it contradicts. */
  settled: boolean;
  origin: ClaimOrigin;
};

export type Outcome = { supersededBy: string | null; conflictWith: string | null };

/**
 * What becomes of each, whatever order they were read in. A later one takes the place of what it contradicts when it
 * speaks of a change, or was said on another day; a like and its denial, or two values of one day, are for the owner to say.
 */
export function settle(rivals: readonly Rival[]): Map<string, Outcome> {
  const outcomes = new Map<string, Outcome>(rivals.map(({ id }) => [id, { supersededBy: null, conflictWith: null }]));
  let standing: Rival[] = [];
  for (const rival of [...rivals].sort((a, b) => a.assertedAt - b.assertedAt || a.seq - b.seq)) {
    const against = standing.filter((one) => contradict(one, rival));
    const replaced = against.filter((one) => replaces(rival, one));
    for (const one of replaced) outcomes.set(one.id, { supersededBy: rival.id, conflictWith: null });
    standing = [...standing.filter((one) => !replaced.includes(one)), rival];
    const disputed = against.find((one) => !replaced.includes(one) && !(one.settled && rival.settled));
    if (!disputed) continue;
    outcomes.get(rival.id)!.conflictWith = disputed.id;
    outcomes.get(disputed.id)!.conflictWith = rival.id;
  }
  return mended(outcomes);
}

/** A dispute with what was superseded since is over. */
function mended(outcomes: Map<string, Outcome>): Map<string, Outcome> {
  for (const outcome of outcomes.values()) {
    const other = outcome.conflictWith === null ? undefined : outcomes.get(outcome.conflictWith);
    if (other?.supersededBy || outcome.supersededBy) outcome.conflictWith = null;
  }
  return outcomes;
}

function contradict(one: Rival, other: Rival): boolean {
  const same = one.valueKey === other.valueKey;
  if (one.single && !one.ended && !other.ended) return !same;
  if (!same) return false;
  return one.slot === other.slot ? one.ended !== other.ended : !one.ended && !other.ended;
}

function replaces(later: Rival, earlier: Rival): boolean {
  if (later.origin === 'owner' || later.change) return true;
  const isDenial = !later.single && !earlier.ended;
  return !isDenial && !isSameDay(later.assertedAt, earlier.assertedAt);
}

const isSameDay = (one: number, other: number) => new Date(one).toDateString() === new Date(other).toDateString();
