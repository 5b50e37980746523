import { expect, it } from 'vitest';
import { createEntry } from './entry.ts';

it('takes a code once, and only for five minutes', () => {
  let now = 1_000;
  const entry = createEntry(() => now);
  const [fresh, old] = [entry.createCode(), entry.createCode()];
  const token = entry.exchange(fresh);
  expect(token && entry.admits(token)).toBe(true);
  expect(entry.exchange(fresh)).toBeUndefined();
  now += 5 * 60_000 + 1;
  expect(entry.exchange(old)).toBeUndefined();
});

it('has another token at every launch', () => {
  const [one, other] = [createEntry(), createEntry()];
  const token = one.exchange(one.createCode()) ?? '';
  expect(other.admits(token)).toBe(false);
  expect(one.admits('')).toBe(false);
});
