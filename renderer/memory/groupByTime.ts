import type { Memory } from '../../main/contract/memory.ts';

/** A line of the list: the name of a stretch of time, or a memory that falls in it. */
export type Row = { kind: 'heading'; key: string; label: string } | { kind: 'memory'; key: string; memory: Memory };

const DAYS_NAMED = 7;

/**
 * Memories, newest first, with a heading before each stretch of time: today, yesterday, each of the last seven
 * days, then months. Headings come from the language's own words, so they need no catalogue.
 */
export function groupByTime(memories: readonly Memory[], now: number, language?: string): Row[] {
  const stretch = stretches(now, language);
  const rows: Row[] = [];
  let last = '';
  for (const memory of memories) {
    const { key, label } = stretch(memory.createdAt);
    if (key !== last) rows.push({ kind: 'heading', key, label });
    last = key;
    rows.push({ kind: 'memory', key: memory.id, memory });
  }
  return rows;
}

function stretches(now: number, language?: string) {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
  const month = new Intl.DateTimeFormat(language, { month: 'long' });
  const monthAndYear = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' });
  const today = new Date(now);

  return (at: number): { key: string; label: string } => {
    const date = new Date(at);
    const days = daysBetween(date, today);
    const key = days < DAYS_NAMED ? `day-${Math.max(days, 0)}` : `month-${date.getFullYear()}-${date.getMonth()}`;
    return { key, label: capital(label(date, days)) };
  };

  function label(date: Date, days: number): string {
    // A clock that was put back must not make yesterday out of this morning.
    if (days <= 0) return relative.format(0, 'day');
    if (days === 1) return relative.format(-1, 'day');
    if (days < DAYS_NAMED) return weekday.format(date);
    return (date.getFullYear() === today.getFullYear() ? month : monthAndYear).format(date);
  }
}

/** Calendar days, whatever the hours and whatever summer time does to the length of a day. */
function daysBetween(earlier: Date, later: Date): number {
  const midday = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), 12);
  return Math.round((midday(later) - midday(earlier)) / 86_400_000);
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);
