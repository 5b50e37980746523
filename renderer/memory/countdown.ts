import { language } from '../format.ts';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A length of time in one unit and the language's own words: "45 seconds", "2 hours". Rounded up: never less than it is. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  // 90 minutes is better said as 90 minutes: a bigger unit only where it comes out even or there are two of it.
  const [unit, size] = UNITS.find(([, each]) => whole >= each && (whole % each === 0 || whole >= 2 * each)) ?? UNITS[3];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.ceil(whole / size));
}

/** What is left of a grace period, as a clock: 0:59, 1:04:10; days in words. */
export function timeLeft(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  if (seconds >= 2 * 86_400) return duration(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** How long until the shown time would change, for the next tick of a countdown; null when it is over. */
export function nextTick(ms: number): number | null {
  if (ms <= 0) return null;
  const unit = ms > 2 * 86_400_000 ? 3_600_000 : 1_000;
  return ms % unit || unit;
}
