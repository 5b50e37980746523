/** Dates, numbers and sizes, written the reader's way. Times are Unix milliseconds throughout. */

const preferred = typeof navigator === 'undefined' ? ['en'] : navigator.languages;
/** The language of the catalogue, in the reader's regional form where they have one (en-GB writes dates its own way). */
export const language = preferred.find((tag) => tag.toLowerCase().startsWith('en')) ?? 'en';

const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
const dayThisYear = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' });
const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric' });
const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' });
const moment = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });

export const formatNumber = (value: number): string => number.format(value);
/** 0.42 becomes 42%. */
export const formatPercent = (fraction: number): string => percent.format(fraction);
export const formatTime = (at: number): string => time.format(at);
/** Day and month; the year only when it is not this one. */
export const formatDay = (at: number, now = Date.now()): string =>
  new Date(at).getFullYear() === new Date(now).getFullYear() ? dayThisYear.format(at) : day.format(at);
export const formatMonth = (at: number): string => month.format(at);
/** The full date and time, for tooltips and receipts. */
export const formatMoment = (at: number): string => moment.format(at);

/** "today at 14:02", "yesterday at 9:10", "12 March": how one would say it now. */
export function formatWhen(at: number, now = Date.now()): string {
  const days = daysBetween(at, now);
  if (days > 1 || days < -1) return formatDay(at, now);
  return `${relative.format(-days, 'day')}, ${formatTime(at)}`;
}

/** Calendar days from `at` to `now` in local time; 0 is today, 1 yesterday. */
export function daysBetween(at: number, now: number): number {
  const midnight = (value: number) => {
    const date = new Date(value);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  };
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Bytes in the largest unit that leaves at least one of it, decimal as disks are sold. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), sizes.length - 1);
  const value = bytes / 1000 ** step;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: sizes[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step < 2 || value >= 100 ? 0 : 1,
  }).format(value);
}

/** Milliseconds as a length of time: <1 ms, 240 ms, 3.2 s, 2 min, 5 days. Nothing takes no time at all. */
export function formatDuration(ms: number): string {
  if (ms < 0.5) return `<${formatDuration(1)}`;
  const [value, unit] = largestUnit(ms);
  const rounded = unit === 'second' ? value : Math.round(value);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : 'short', maximumFractionDigits: 1 }).format(rounded);
}

function largestUnit(ms: number): [number, 'millisecond' | 'second' | 'minute' | 'hour' | 'day'] {
  if (ms < 1_000) return [ms, 'millisecond'];
  if (ms < 60_000) return [ms / 1_000, 'second'];
  if (ms < 3_600_000) return [ms / 60_000, 'minute'];
  if (ms < 86_400_000) return [ms / 3_600_000, 'hour'];
  return [ms / 86_400_000, 'day'];
}
