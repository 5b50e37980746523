/** Whether a memory is of the time that a question names: it tells of it, or it was said then. Pure. */
import type { MemoryRow } from '../store/memoryRecall.ts';
import { readTimes, type TimeTold } from '../times/read.ts';

/** A time that is told weighs more than the day on which something was said: "last summer" is told in autumn. */
const saidThen = 0.7;

/** 0 to 1; 0 where the question names no time. */
export function datedness({ text, createdAt }: Pick<MemoryRow, 'text' | 'createdAt'>, asked: TimeTold[]): number {
  if (asked.length === 0) return 0;
  const told = readTimes(text, createdAt).filter(({ lasting }) => !lasting);
  if (told.some((time) => asked.some((wanted) => meets(time, wanted)))) return 1;
  const said = { from: createdAt, until: createdAt + 1 };
  return asked.some((wanted) => meets(said, wanted)) ? saidThen : 0;
}

function meets(time: { from: number; until: number }, { from, until, side }: TimeTold): boolean {
  switch (side) {
    case 'before':
      return time.from < from;
    case 'after':
      return time.until > until;
    case 'since':
      return time.until > from;
    case 'until':
      return time.from < until;
    case 'in':
      return time.from < until && time.until > from;
  }
}
