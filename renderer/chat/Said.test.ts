import { describe, expect, it } from 'vitest';
import { beginning } from './Said.tsx';

describe('a long message of the owner', () => {
  it('is whole when it is short, or only a little too long', () => {
    for (const text of ['', 'Hello', 'a'.repeat(3_500)]) expect(beginning(text)).toBe(text);
  });

  it('is cut at a word, and at thirty lines', () => {
    expect(beginning('word '.repeat(100_000)).length).toBeLessThanOrEqual(3_000);
    expect(beginning('word '.repeat(100_000))).toMatch(/word$/);
    expect(beginning('line\n'.repeat(500)).split('\n')).toHaveLength(30);
  });
});
