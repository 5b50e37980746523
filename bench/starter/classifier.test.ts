import { describe, expect, it } from 'vitest';
import { largestShare, stripRecurring, tellApart, type Spoken } from './classifier.ts';
import { spearman } from './statistics.ts';

const topics = ['tea', 'rain', 'a long day', 'my garden', 'the news', 'your cat', 'trains', 'bread', 'the sea', 'an old song'];
const speak = (persona: string, say: (topic: string) => string): Spoken[] => topics.map((topic, prompt) => ({ persona, prompt, text: say(topic) }));

describe('telling voices apart', () => {
  it('works by their choice of words, on prompts it has not learnt from', () => {
    const spoken = [...speak('caring', (topic) => `I feel with you, ${topic} can weigh on a heart.`), ...speak('witty', (topic) => `If puns were money, ${topic} would buy us a joke.`)];
    expect(tellApart(spoken)).toBe(1);
  });

  it('gives no credit for a fixed opening or ending on the same words', () => {
    const spoken = [...speak('caring', (topic) => `Oh dear friend, ${topic} matters. Take care now.`), ...speak('witty', (topic) => `Easy one pal, ${topic} matters. Never forget that.`)];
    expect(stripRecurring(spoken).map(({ text }) => text)).toContain('tea matters');
    expect(tellApart(spoken)).toBeLessThan(0.75);
  });

  it('names the opening and ending that recur most, marks aside', () => {
    const answers = ['Your sister lives in Porto. [1]', 'Your sister is Ana. [2]', 'Your dog is in Porto! [1]'];
    expect(largestShare(answers, 'opening')).toEqual({ share: 2 / 3, words: 'your sister' });
    expect(largestShare(answers, 'ending')).toEqual({ share: 2 / 3, words: 'in porto' });
  });
});

describe('rank correlation', () => {
  it('is 1, 0 or -1 where it should be, ties shared', () => {
    expect(spearman([1, 2, 3, 4], [10, 20, 30, 99])).toBeCloseTo(1);
    expect(spearman([1, 2, 3, 4], [9, 3, 2, 1])).toBeCloseTo(-1);
    // By hand: ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
    expect(spearman([0, 5, 5, 7], [1, 2, 3, 4])).toBeCloseTo(0.9487, 4);
  });
});
