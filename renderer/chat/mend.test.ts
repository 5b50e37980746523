import { describe, expect, it } from 'vitest';
import { mend } from './mend.ts';

describe('mend', () => {
  it.each([
    ['She lives in **Por', 'She lives in **Por**'],
    ['She lives in **', 'She lives in '],
    ['She lives in **Porto*', 'She lives in **Porto**'],
    ['Use `const a', 'Use `const a`'],
    ['Use `a ** b` and', 'Use `a ** b` and'],
    ['Use `a ** b', 'Use `a ** b`'],
    ['All **done** here.', 'All **done** here.'],
    ['```js\nconst a = `x', '```js\nconst a = `x'],
    ['* item', '* item'],
  ])('%j is drawn as %j', (block, drawn) => {
    expect(mend(block)).toBe(drawn);
  });
});
