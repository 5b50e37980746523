import { describe, expect, test } from 'vitest';
import { distinctiveWords, weightOf, type Corpus } from './forgetWords.ts';
import { createRedactor, isBare, segmentsOf, type Needles } from './redact.ts';

const porto: Needles = { sentences: ['My sister lives in Porto.'], words: ['Porto'], weak: [] };
const redact = (text: string, needles = porto) => createRedactor(needles).text(text);

describe('taking it out of a text', () => {
  test.each([
    ['My sister lives in Porto. She likes tea.', '[forgotten] She likes tea.'],
    ['She likes tea. My sister lives in Porto.', 'She likes tea. [forgotten]'],
    ['PORTO! Or pórto? Or Porto’s bridges? Yes.', '[forgotten] Yes.'],
    ['- one\n- to Porto\n- three', '- one\n- [forgotten]\n- three'],
    ['Support the Portofino bid.', 'Support the Portofino bid.'],
    ['Nothing here.', 'Nothing here.'],
    ['', ''],
  ])('%j reads %j', (before, after) => {
    expect(redact(before)).toBe(after);
  });

  test('a sentence without telling words is found whole, however it is written', () => {
    const needles: Needles = { sentences: ['I have never been there before.'], words: [], weak: [] };
    expect(redact('So: i have never been there before!\nI have been there.', needles)).toBe('[forgotten]\nI have been there.');
    expect(redact('Yes. No.', { sentences: ['Yes.'], words: [], weak: [] })).toBe('Yes. No.');
  });

  test('ordinary words count only two together in one sentence', () => {
    const needles: Needles = { sentences: [], words: [], weak: ['allergic', 'peanuts'] };
    expect(redact('You are allergic to a peanut. I bought peanuts. Allergic people sneeze.', needles)).toBe(
      '[forgotten] I bought peanuts. Allergic people sneeze.',
    );
  });

  test('titles lose words, not themselves', () => {
    expect(createRedactor(porto).title('Trip to Porto, again')).toBe('Trip to [forgotten], again');
    expect(createRedactor(porto).title('my sister lives in porto')).toBe('my sister lives in [forgotten]');
  });

  test('JSON keeps its shape, also within JSON, and ids are not touched', () => {
    const cell = JSON.stringify({ id: 'porto-1', plan: JSON.stringify([{ quote: 'To Porto. By boat.' }]) });
    const after = JSON.parse(createRedactor(porto).cell(cell)) as { plan: string };
    expect(JSON.parse(after.plan)).toEqual([{ quote: '[forgotten] By boat.' }]);
    expect(createRedactor(porto).cell('[not json, about Porto]')).toBe('[forgotten]');
  });

  test('texts that were left are left whole, and redacting twice changes nothing more', () => {
    expect(createRedactor(porto, new Set(['Porto is left.'])).cell('["Porto is left.","Porto goes."]')).toBe('["Porto is left.","[forgotten]"]');
    expect(redact(redact('In Porto. By boat.'))).toBe('[forgotten] By boat.');
  });

  test('segments joined are the text; a text of marks is bare', () => {
    const text = '  Dr. No said 3.5!\n\n1. "Go?"  他走了。好。';
    expect(segmentsOf(text).join('')).toBe(text);
    expect([isBare('[forgotten] …'), isBare('[forgotten] a')]).toEqual([true, false]);
  });
});

describe('which words tell', () => {
  const corpusOf = (texts: string[]): Corpus => {
    const holding = (word: string) => texts.filter((text) => new RegExp(`\\b${word}\\b`, 'i').test(text));
    return { messages: texts.length, frequency: (word) => holding(word).length, examples: holding };
  };
  const none = corpusOf([]);

  test.each([
    ['My sister lives in Porto.', ['Porto']],
    ['The code is 4711.', ['4711']],
    ['MY SISTER IS IN A BOX', []],
    ['I live at 7 Elm Street', ['Elm', 'Street']],
    ['He works for NASA and loves his iPhone', ['NASA', 'iPhone']],
  ])('%s', (sentence, words) => {
    expect(distinctiveWords(sentence, none).words).toEqual(words);
  });

  test('a name first in its sentence, or in small letters, is known from where it stands elsewhere', () => {
    const corpus = corpusOf(['We went to Porto by train.', 'Is Porto far?']);
    expect(distinctiveWords('porto is where my sister lives', corpus).words).toEqual(['porto']);
  });

  test('a name that stands everywhere says who, not what', () => {
    const corpus = corpusOf([...Array.from({ length: 15 }, () => 'I met Anna.'), 'Anna lives in Porto.']);
    expect(distinctiveWords('My sister Anna lives in Porto.', corpus).words).toEqual(['Porto']);
  });

  test('without names and numbers the rarest ordinary words are taken', () => {
    const corpus = corpusOf([...Array.from({ length: 30 }, () => 'I am so tired of being allergic'), 'peanuts']);
    expect(distinctiveWords('I am allergic to peanuts and cats', corpus)).toEqual({ words: [], weak: ['cats', 'peanuts'] });
  });

  test('of two sentences the one with the name tells more', () => {
    expect(weightOf('My sister lives in Porto.', none)).toBeGreaterThan(weightOf('She likes very strong green tea in the evening.', none));
  });
});
