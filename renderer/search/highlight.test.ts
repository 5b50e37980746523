import { describe, expect, it } from 'vitest';
import { highlight } from './highlight.ts';

const show = (snippet: string, marks: [number, number][]) =>
  highlight(snippet, marks).map(({ text, marked }) => (marked ? `[${text}]` : text)).join('');

describe('highlight', () => {
  it('marks the matches and keeps everything between them', () => {
    expect(show('my sister lives in Porto', [[3, 9], [19, 24]])).toBe('my [sister] lives in [Porto]');
  });

  it('joins marks that touch or overlap and takes them in any order', () => {
    expect(show('abcdef', [[2, 4], [0, 2], [3, 5]])).toBe('[abcde]f');
  });

  it('survives marks outside the snippet: a receipt must not break the page', () => {
    expect(show('abc', [[2, 9], [7, 8], [-2, 1]])).toBe('[a]b[c]');
    expect(show('', [[0, 4]])).toBe('');
    expect(show('abc', [])).toBe('abc');
  });
});
