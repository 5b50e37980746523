/** The days that `before:` and `after:` name. Pure. */

const words: Record<string, number> = { today: 0, yesterday: 1 };
const daysIn: Record<string, number> = { d: 1, w: 7 };

/** When the day begins, or the month, or the year: "2024", "2024-05", "2024-05-17", "today", "3w" ago. Null for what is none. */
export function dayOf(value: string, now: number): number | null {
  const text = value.trim().toLowerCase();
  const ago = words[text];
  return ago !== undefined ? daysBefore(now, ago) : (dateOf(text) ?? agoOf(text, now));
}

function dateOf(text: string): number | null {
  const [, year = '', month = '1', day = '1'] = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/u.exec(text) ?? [];
  if (year === '') return null;
  const date = new Date(2_000, Number(month) - 1, Number(day));
  date.setFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getMonth() === Number(month) - 1 && date.getDate() === Number(day) ? date.getTime() : null;
}

function agoOf(text: string, now: number): number | null {
  const [, count = '', unit = ''] = /^(\d{1,4})([dwmy])$/u.exec(text) ?? [];
  if (count === '') return null;
  const days = daysIn[unit];
  if (days !== undefined) return daysBefore(now, Number(count) * days);
  const date = new Date(daysBefore(now, 0));
  const months = Number(count) * (unit === 'y' ? 12 : 1);
  const day = date.getDate();
  date.setDate(1);
  date.setMonth(date.getMonth() - months);
  // A month ago from the 31st is the last day of a shorter month.
  date.setDate(Math.min(day, new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate()));
  return date.getTime();
}

function daysBefore(now: number, days: number): number {
  const date = new Date(now);
  date.setHours(0, 0, 0, 0);
  date.setDate(date.getDate() - days);
  return date.getTime();
}
