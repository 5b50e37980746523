import { expect, it } from 'vitest';
import { idInOrder, isOurId } from './ids.ts';

// Bug: a clock set back, or ten thousand ids within a millisecond, and two are one, or they no longer stand side by side.
it('ids in order are so however many are made at once, and whatever the clock says', () => {
  const now = 1_800_000_000_000;
  const ids = [now, ...Array.from({ length: 10_000 }, () => now + 1), now - 5_000, now + 60_000].map((at) => idInOrder(at));
  expect(ids).toEqual([...new Set(ids)].sort());
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(ids[0]!.slice(0, 13).replace('-', ''), 16)).toBe(now);
  expect(isOurId(ids[0])).toBe(false);
});
