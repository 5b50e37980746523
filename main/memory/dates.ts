/** Times that a question speaks of from where it stands ("yesterday", "letzte Woche", "in March"), as the dates in a memory's key. Pure. */
import { dateInWords } from '../store/memoryKey.ts';
import { readTimes, type TimeTold } from '../times/read.ts';

export type DatesAsked = {
  /** Each as it stands in the key: "Thursday 19 November 2026", "October 2026" or "2025". */
  dates: string[];
  /** The question without the words that only tell how far off it was; a month that is named stays, for it may have been said. */
  rest: string;
};

/** Null when it names none. Years, and months with their year, need no help: they are words of the key. */
export function datesAsked(question: string, now: number): DatesAsked | null {
  const time = readTimes(question, now).find(({ side, whole, lasting }) => side === 'in' && !whole && !lasting);
  const dates = time ? datesOf(time) : [];
  if (!time || dates.length === 0) return null;
  return { dates, rest: time.named ? question : `${question.slice(0, time.start)} ${question.slice(time.end)}` };
}

const mostDays = 31;
const mostMonths = 12;

/** Whole years and months as such, anything shorter day by day; nothing for a stretch that is too long to look for. */
function datesOf({ from, until }: TimeTold): string[] {
  const [first, after] = [new Date(from), new Date(until)];
  const months = 12 * (after.getFullYear() - first.getFullYear()) + after.getMonth() - first.getMonth();
  if (first.getDate() !== 1 || after.getDate() !== 1) return daysFrom(first, Math.round((until - from) / 86_400_000));
  if (months === 12 && first.getMonth() === 0) return [String(first.getFullYear())];
  return months > mostMonths ? [] : Array.from({ length: months }, (_, index) => monthInWords(first, index));
}

const daysFrom = (first: Date, count: number): string[] =>
  count > mostDays ? [] : Array.from({ length: count }, (_, index) => dateInWords(new Date(first.getFullYear(), first.getMonth(), first.getDate() + index, 12).getTime()));

/** "November 2026". */
const monthInWords = (first: Date, offset: number) => dateInWords(new Date(first.getFullYear(), first.getMonth() + offset, 15, 12).getTime()).split(' ').slice(2).join(' ');
