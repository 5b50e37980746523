import { describe, expect, it } from 'vitest';
import type { Memory } from '../../main/contract/memory.ts';
import { groupByTime } from './groupByTime.ts';

const now = new Date(2026, 10, 20, 0, 30).getTime();
const at = (...parts: [number, number, number, number]) => new Date(...parts).getTime();
const memory = (createdAt: number): Memory => ({
  id: String(createdAt), kind: 'said', text: 'x', role: 'user', question: false, messageId: null, conversationId: null,
  conversationTitle: null, scope: 'shared', personaId: null, keptIn: null, pinned: false, createdAt, replacedBy: null, replaces: null,
});
const headings = (times: number[]) =>
  groupByTime(times.map(memory), now).flatMap((row) => row.heading ?? []);

describe('groupByTime', () => {
  it('counts calendar days, not stretches of 24 hours', () => {
    expect(headings([at(2026, 10, 20, 0), at(2026, 10, 19, 23), at(2026, 10, 19, 1)])).toEqual(['Today', 'Yesterday']);
  });

  it('names the days of the last week, then months, with the year where it is another one', () => {
    expect(headings([at(2026, 10, 16, 9), at(2026, 10, 2, 9), at(2026, 9, 30, 9), at(2025, 9, 30, 9)])).toEqual([
      expect.stringMatching(/^Monday.*16/), 'November', 'October', 'October 2025',
    ]);
  });

  it('keeps one heading for one stretch and loses no memory', () => {
    const rows = groupByTime([3, 2, 1].map((hour) => memory(at(2026, 8, 3, hour))), now);
    expect(rows.map((row) => row.heading)).toEqual(['September', null, null]);
  });

  it('calls a time ahead of the clock today', () => {
    expect(headings([at(2026, 10, 21, 9), at(2026, 10, 20, 0)])).toEqual(['Today']);
  });
});
