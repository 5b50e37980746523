/** Of which day a note, or a sentence of it, is. Pure. */
import { readTimes } from '../../times/read.ts';
import type { Source, When } from './sources.ts';

const longestDay = 32 * 86_400_000;

/** The day that is named in full: "2025-03-04", "4 March 2025", "20250304"; a month where only that is named. */
export function dayNamed(text: string): { from: number; until: number; end: number } | null {
  const written = /(?<![\d.,])((?:19|20)\d\d)([-_./]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?(?!\d)/u.exec(text);
  if (written && (written[2] !== '' || written[4] !== undefined)) return spanOf(written);
  if (!/\d/u.test(text)) return null;
  const told = readTimes(text, 0).find(({ whole, side, from, until }) => whole && side === 'in' && until - from <= longestDay);
  return told ? { from: told.from, until: told.until, end: told.end } : null;
}

function spanOf({ 0: all, 1: year, 3: month, 4: day, index }: RegExpExecArray): { from: number; until: number; end: number } {
  const [y, m] = [Number(year), Number(month) - 1];
  const at = (months: number, d: number) => new Date(y, m + months, d).getTime();
  return day === undefined ? { from: at(0, 1), until: at(1, 1), end: index + all.length } : { from: at(0, Number(day)), until: at(0, Number(day) + 1), end: index + all.length };
}

/** Of the passage: by its innermost dated heading, the note's name, its front matter, or at last the file's time. */
export function whenOf({ headings, note }: Pick<Source, 'headings' | 'note'>, dated: number | null): When {
  for (const heading of headings.toReversed()) {
    const day = dayNamed(heading);
    if (day) return { from: day.from, until: day.until, by: 'heading' };
  }
  const named = dayNamed(note.title) ?? dayNamed(note.path.slice(note.path.lastIndexOf('/') + 1));
  if (named) return { from: named.from, until: named.until, by: 'title' };
  return dated === null ? { ...dayOf(note.modifiedAt), by: 'file' } : { ...dayOf(dated), by: 'property' };
}

function dayOf(at: number): { from: number; until: number } {
  const day = new Date(at);
  const midnight = (days: number) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + days).getTime();
  return { from: midnight(0), until: midnight(1) };
}

/** A sentence that begins with a date is of that date: "2025-03-04: roof sealed", "4 March 2025 – …". */
const nearBeginning = 28;

export function leadingDay(text: string): { from: number; until: number } | null {
  const head = text.slice(0, nearBeginning);
  const day = dayNamed(head);
  return day && /^(?:on |am |le |el |\p{L}{2,10},? )?[\d\p{L}\s,.\-_/年月日()]*$/u.test(head.slice(0, day.end)) ? { from: day.from, until: day.until } : null;
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' });

/** "4 March 2025", or "March 2025" where no more is known. */
export const writtenWhen = ({ from, until }: Pick<When, 'from' | 'until'>): string => (until - from > 25 * 86_400_000 ? (until - from > 300 * 86_400_000 ? String(new Date(from).getFullYear()) : month.format(from)) : day.format(from));

export const isWithin = ({ from, until }: Pick<When, 'from' | 'until'>, stretch: { from: number; until: number }): boolean => from < stretch.until && until > stretch.from;
