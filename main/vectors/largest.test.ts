import fc from 'fast-check';
import { expect, it } from 'vitest';
import { largest } from './largest.ts';

it('are those that sorting finds, whatever the numbers, in the same order', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.float({ min: -1, max: 1, noNaN: true }), fc.constantFrom(-1, 0, 0.5, 1)), { maxLength: 300 }), fc.integer({ min: 1, max: 40 }), (numbers, limit) => {
      const values = Float32Array.from(numbers);
      const isWanted = (at: number) => at % 3 !== 1;
      const sorted = [...values.keys()].filter(isWanted).sort((a, b) => values[b]! - values[a]!);
      expect(largest(values, limit, isWanted)).toEqual(sorted.slice(0, limit));
    }),
  );
});
