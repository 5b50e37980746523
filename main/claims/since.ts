/** Since when something holds, from the words of a sentence and the day it was said. Pure. */
import { readTimes } from '../times/read.ts';

/** Null when the sentence names no time, or first one that lies ahead: it has not begun. Midnight of the first day it can mean. */
export function sinceOf(sentence: string, at: number): number | null {
  const told = readTimes(sentence, at).find(({ side }) => side !== 'until' && side !== 'before');
  if (!told) return null;
  // "Two weeks ago" is any day of a week around then.
  const from = told.rough && told.until - told.from <= weekMs ? new Date((told.from + told.until) / 2).setHours(0, 0, 0, 0) : told.from;
  return from <= at ? from : null;
}

/** With an hour more for the clock put back. */
const weekMs = 7 * 86_400_000 + 3_600_000;
