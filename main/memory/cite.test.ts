import { describe, expect, it } from 'vitest';
import type { MemoryCitation } from '../contract/memory.ts';
import { markUsed, passage, tokensOfText } from './cite.ts';

const citation = (quote: string): MemoryCitation => ({
  mark: 1, memoryId: quote, messageId: null, conversationId: null, conversationTitle: null, role: 'user', quote, saidAt: 0,
  scores: { words: 0, meaning: 0, neighbours: 0, sitting: 0, total: 0 }, why: [], used: false,
});
const used = (answer: string, question: string, quotes: string[]) =>
  markUsed(answer, question, quotes.map(citation)).flatMap(({ quote, used: drawn }) => (drawn ? [quote] : []));

describe('markUsed', () => {
  const porto = 'My sister lives in Porto.';
  it('marks what the answer repeats beyond the question', () => {
    expect(used('She lives in Porto.', 'Where does my sister live?', [porto, 'My sister likes tea.'])).toEqual([porto]);
    expect(used('Your bike lock code is 4471.', 'What is my bike lock code?', ['my bike lock code is 4471'])).toHaveLength(1);
  });
  // Bug: an answer that only echoes the question counts as resting on everything recalled.
  it('does not take an echo of the question for use', () => {
    expect(used('I don’t know where your sister lives.', 'Where does my sister live?', [porto])).toEqual([]);
  });
  it('knows other forms of a word', () => {
    expect(used('You enjoy hiking in the mountains.', 'What do I like?', ['I like to hike in mountains.'])).toHaveLength(1);
  });
  it('marks nothing for small talk', () => {
    expect(used('You are welcome!', 'Thanks', [porto])).toEqual([]);
  });
});

describe('passage', () => {
  it('leaves what is short as it is', () => expect(passage('My sister lives in Porto.', ['porto'])).toBe('My sister lives in Porto.'));
  // Bug: a pasted page of text is quoted by its beginning, where nothing of the question stands.
  it('shows a long text where the words are, whole words only', () => {
    const text = `${'Nothing of note happened. '.repeat(200)}Then my sister moved to Porto. ${'And so it went on. '.repeat(200)}`;
    const shown = passage(text, ['sister', 'Porto']);
    expect(shown).toContain('Then my sister moved to Porto.');
    expect(shown.length).toBeLessThanOrEqual(1_202);
    expect(shown).toMatch(/^…\S.*\S…$/u);
  });
  it('shows the beginning when no word is known', () => expect(passage('word '.repeat(1_000), [])).toMatch(/^word word/u));
});

it('counts tokens by words, and characters where words are not spaced', () => {
  expect(tokensOfText('My sister lives in Porto.')).toBe(10);
  expect(tokensOfText('我姐姐住在波尔图我姐姐住在波尔图')).toBeGreaterThan(10);
});
