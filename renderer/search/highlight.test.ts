import { describe, expect, it } from 'vitest';
import { excerptOf, highlight, markedWords, wordsIn } from './highlight.ts';

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

const shown = (pieces: { text: string; marked: boolean }[]) => pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('');

describe('excerptOf', () => {
  it('is all of a short text, in one line', () => expect(shown(excerptOf('a list\n- of\tthings', [[2, 6]]))).toBe('a [list] - of things'));

  it('is what stands around the first mark of a long one, cut between words', () => {
    const text = `${'before it '.repeat(60)}the match ${'behind it '.repeat(60)}`;
    expect(shown(excerptOf(text, [[604, 609]]))).toMatch(/^…(before it ){6,7}the \[match\] (behind it )+behind…$|^…(?:it )?(before it )+the \[match\] (behind it )+(?:behind)?…$/u);
    expect(shown(excerptOf('x'.repeat(900), []))).toHaveLength(261);
  });
});

describe('wordsIn', () => {
  it('marks the words that were met in another text of the same note', () => {
    const words = markedWords('My Sisters live', [[3, 10]]);
    expect(shown(wordsIn('sisters, and one sister', words))).toBe('[sisters], and one sister');
    expect(shown(wordsIn('nothing', []))).toBe('nothing');
  });
});
