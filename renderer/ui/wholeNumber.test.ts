import { describe, expect, it } from 'vitest';
import { wholeNumber } from './wholeNumber.ts';

describe('wholeNumber', () => {
  it('takes whole numbers within the limits and nothing else', () => {
    expect(wholeNumber(' 12 ', 1, 50)).toBe(12);
    for (const wrong of ['', '0', '51', '1.5', '1e1', '-3', 'seven', '99999999999999999999']) expect(wholeNumber(wrong, 1, 50), wrong).toBeNull();
  });
});
