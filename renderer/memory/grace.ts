import { t } from '../messages.ts';
import { duration } from './countdown.ts';

const MINUTE = 60;
const DAY = 86_400;
/** What is offered between Forget and the end of the bytes, seconds. */
const OFFERED = [0, MINUTE, 60 * MINUTE, DAY, 7 * DAY];

/** The periods to choose from, one set elsewhere included, shortest first. */
export function graceOptions(current: number): { value: string; seconds: number; label: string }[] {
  const all = OFFERED.includes(current) ? OFFERED : [...OFFERED, current].sort((a, b) => a - b);
  return all.map((seconds) => ({
    value: String(seconds),
    seconds,
    label: seconds === 0 ? t('forget.graceNone') : t('forget.graceAfter', { duration: duration(seconds) }),
  }));
}
