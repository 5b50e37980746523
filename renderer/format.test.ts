import { describe, expect, it } from 'vitest';
import { daysBetween, formatBytes, formatDuration, formatWhen } from './format.ts';

describe('format', () => {
  it('counts calendar days across a change of the clock', () => {
    expect(daysBetween(new Date(2026, 2, 28, 23, 59).getTime(), new Date(2026, 2, 30, 0, 1).getTime())).toBe(2);
    expect(daysBetween(new Date(2026, 9, 25, 0, 1).getTime(), new Date(2026, 9, 25, 23, 59).getTime())).toBe(0);
  });

  it('says today and yesterday, and a date for the rest', () => {
    const now = new Date(2026, 10, 20, 9).getTime();
    expect(formatWhen(new Date(2026, 10, 20, 8).getTime(), now)).toMatch(/^today/);
    expect(formatWhen(new Date(2026, 10, 19, 23).getTime(), now)).toMatch(/^yesterday/);
    expect(formatWhen(new Date(2025, 10, 19).getTime(), now)).toMatch(/2025/);
  });

  it('writes sizes in the largest unit that leaves one, nothing and less included', () => {
    expect([0, 999, 6_420_000, 2_000_000_000].map(formatBytes)).toEqual(['0 bytes', '999 bytes', '6.4 MB', '2 GB']);
  });

  it('writes lengths of time without false precision', () => {
    expect(formatDuration(0.2)).toBe('<1 ms');
    expect(formatDuration(182.4)).toBe('182 ms');
    expect(formatDuration(3_210)).toMatch(/^3\.2 s/);
    expect(formatDuration(7 * 86_400_000)).toBe('7 days');
  });
});
