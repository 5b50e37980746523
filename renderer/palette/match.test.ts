import { describe, expect, it } from 'vitest';
import { matchName } from './match.ts';

describe('matchName', () => {
  it('does not find scattered letters', () => {
    expect(matchName('Pin or unpin this conversation', 'porto')).toBe(0);
  });

  it('wants every word, in any order, whatever case and accents', () => {
    expect(matchName('Visiting Marta in Porto', 'porto mar')).toBeGreaterThan(0);
    expect(matchName('Visiting Marta in Porto', 'porto xyz')).toBe(0);
    expect(matchName('Évora by train', 'evora')).toBe(1);
  });

  it('prefers the beginning of a word to its middle', () => {
    expect(matchName('Personas', 'per')).toBeGreaterThan(matchName('Larger paper', 'per'));
    expect(matchName('Go to Memory', 'mem')).toBeGreaterThan(matchName('Remember', 'mem'));
  });

  it('takes signs as they are', () => {
    expect(matchName('What (exactly) is a+b?', '(exactly) a+b?')).toBeGreaterThan(0);
    expect(matchName('abc', '.*')).toBe(0);
    expect(matchName('a-b [c]', '[c] -b')).toBeGreaterThan(0);
  });
});
