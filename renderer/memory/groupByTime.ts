import type { Memory } from '../../main/contract/memory.ts';
import { daysBetween, language } from '../format.ts';

/** A memory as the list shows it; `heading` names the stretch of time that begins with it. */
export type Row = { memory: Memory; heading: string | null };

const DAYS_NAMED = 7;

/**
 * Memories, newest first, with a heading before each stretch of time: today, yesterday, each of the last seven
 * days, then months. Headings come from the language's own words, so they need no catalogue.
 */
export function groupByTime(memories: readonly Memory[], now: number): Row[] {
  const headingOf = headingsByTime(now);
  return memories.map((memory) => ({ memory, heading: headingOf(memory.createdAt) }));
}

/** The heading before each of several times, asked in order; null where the last one goes on. */
export function headingsByTime(now: number): (at: number) => string | null {
  const stretch = stretches(now);
  let last = '';
  return (at) => {
    const { key, label } = stretch(at);
    // Only the first of a stretch is put into words: this runs over everything that has been scrolled.
    const heading = key === last ? null : label();
    last = key;
    return heading;
  };
}

function stretches(now: number) {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
  const month = new Intl.DateTimeFormat(language, { month: 'long' });
  const monthAndYear = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' });
  const thisYear = new Date(now).getFullYear();

  return (at: number): { key: string; label: () => string } => {
    const date = new Date(at);
    // A clock that was put back must not make tomorrow out of this morning.
    const days = Math.max(daysBetween(at, now), 0);
    const key = days < DAYS_NAMED ? `day-${days}` : `month-${date.getFullYear()}-${date.getMonth()}`;
    return { key, label: () => capital(label(date, days)) };
  };

  function label(date: Date, days: number): string {
    if (days <= 1) return relative.format(-days, 'day');
    if (days < DAYS_NAMED) return weekday.format(date);
    return (date.getFullYear() === thisYear ? month : monthAndYear).format(date);
  }
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
