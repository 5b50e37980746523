/** What "yesterday" was: the dates that a remembered sentence tells from the day on which it was said. Pure. */
import { asksWhen } from '../times/asking.ts';
import { readTimes, type TimeTold } from '../times/read.ts';
import { writtenDay } from './wording.ts';

const mostDates = 3;

/** " (7 May 2023)" behind what is quoted, or " (last night: 7 May 2023; next week: 8–14 May 2023)"; nothing where none was asked for or is told. */
export function datesTold(question: string, { sentence, saidAt }: { sentence: string; saidAt: number }): string {
  if (!asksWhen(question)) return '';
  const told = readTimes(sentence, saidAt).filter(({ whole, lasting, unsure }) => !whole && !lasting && !unsure);
  if (told.length === 0) return '';
  if (told.length === 1) return ` (${written(told[0]!)})`;
  return ` (${told.slice(0, mostDates).map((time) => `${sentence.slice(time.start, time.end)}: ${written(time)}`).join('; ')})`;
}

function written(time: TimeTold): string {
  const [side, about] = [time.side === 'in' ? '' : `${time.side} `, time.rough ? 'around ' : ''];
  return `${side}${about}${stretch(time)}`;
}

/** 2022 · May 2023 · June–August 2022 · 7 May 2023 · 8–14 May 2023 · 30 May – 5 June 2023; about then, the day in the middle. */
function stretch({ from, until, rough }: TimeTold): string {
  const [first, after, last] = [new Date(from), new Date(until), new Date(until - 1)];
  if (first.getDate() === 1 && after.getDate() === 1) return months(first, last);
  if (rough) return writtenDay((from + until) / 2);
  if (writtenDay(from) === writtenDay(until - 1)) return writtenDay(from);
  const isOneMonth = first.getMonth() === last.getMonth() && first.getFullYear() === last.getFullYear();
  return isOneMonth ? `${first.getDate()}–${writtenDay(until - 1)}` : `${sameYear(first, last) ? dayMonth.format(from) : writtenDay(from)} – ${writtenDay(until - 1)}`;
}

function months(first: Date, last: Date): string {
  if (first.getMonth() === 0 && last.getMonth() === 11) return sameYear(first, last) ? String(first.getFullYear()) : `${first.getFullYear()}–${last.getFullYear()}`;
  if (first.getMonth() === last.getMonth() && sameYear(first, last)) return monthYear.format(first);
  return `${sameYear(first, last) ? monthOnly.format(first) : monthYear.format(first)}–${monthYear.format(last)}`;
}

const sameYear = (a: Date, b: Date) => a.getFullYear() === b.getFullYear();
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });
const monthYear = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' });
const monthOnly = new Intl.DateTimeFormat('en-GB', { month: 'long' });
