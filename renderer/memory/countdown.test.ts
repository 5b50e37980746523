import { describe, expect, it } from 'vitest';
import { duration, nextTick, timeLeft } from './countdown.ts';

describe('duration', () => {
  it('says the grace periods on offer in their own unit', () => {
    expect([60, 3_600, 86_400, 7 * 86_400].map((seconds) => duration(seconds))).toEqual(['1 minute', '1 hour', '1 day', '7 days']);
  });

  it('never says less than it is', () => {
    expect(duration(61)).toBe('61 seconds');
    expect(duration(5_400)).toBe('90 minutes');
    expect(duration(3 * 3_600 + 1)).toBe('4 hours');
    expect(duration(0)).toBe('0 seconds');
  });
});

describe('timeLeft', () => {
  it('counts down as a clock and ends at nought, not below', () => {
    expect([59_001, 60_000, 3_850_000, 400, 0, -5].map((ms) => timeLeft(ms))).toEqual(['1:00', '1:00', '1:04:10', '0:01', '0:00', '0:00']);
  });

  it('uses days for long periods', () => {
    expect(timeLeft(6 * 86_400_000 + 1)).toBe('7 days');
  });
});

describe('nextTick', () => {
  it('wakes when the shown second changes, hourly for days, and stops at the end', () => {
    expect(nextTick(59_250)).toBe(250);
    expect(nextTick(60_000)).toBe(1_000);
    expect(nextTick(7 * 86_400_000)).toBe(3_600_000);
    expect(nextTick(0)).toBeNull();
  });
});
