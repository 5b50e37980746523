import { describe, expect, it } from 'vitest';
import { broughtUpToDate, plainSentence, sinceText } from './claimText.ts';

describe('a claim in words', () => {
  it.each([
    [{ text: 'You: live in Porto', subject: 'you', slot: 'home', value: 'Porto' }, 'You live in Porto'],
    [{ text: 'Sister Ana: is no longer allergic to nuts', subject: 'sister Ana', slot: 'allergy', value: 'nuts' }, 'Your sister Ana is no longer allergic to nuts'],
    [{ text: 'Sister Ana: is called Ana', subject: 'sister Ana', slot: 'name', value: 'Ana' }, 'Your sister is called Ana'],
    [{ text: 'Tom: likes fish', subject: 'Tom', slot: 'likes', value: 'fish' }, 'Tom likes fish'],
    [{ text: 'You: favourite colour is blue', subject: 'you', slot: 'favourite colour', value: 'blue' }, 'Your favourite colour is blue'],
    [{ text: 'Dog Rex: birthday is 4 March', subject: 'dog Rex', slot: 'birthday', value: '4 March' }, 'Your dog Rex’s birthday is 4 March'],
    [{ text: 'You: rows on Sundays: always', subject: 'you', slot: 'fact', value: 'rows on Sundays: always' }, 'You: rows on Sundays: always'],
  ])('$text', (claim, sentence) => expect(plainSentence(claim)).toBe(sentence));

  // Bug: "since 2019" is shown as the first of January, a day nobody named.
  it('is no finer about since when than what was said', () => {
    const now = new Date(2026, 5, 1).getTime();
    expect([new Date(2019, 0, 1), new Date(2024, 2, 1), new Date(2026, 2, 4), new Date(2025, 2, 4)].map((date) => sinceText(date.getTime(), now))).toEqual(['2019', 'March 2024', 'March 4', 'March 4, 2025']);
  });
});

describe('a profile brought up to date', () => {
  it('loses what holds no longer and gains what was learnt, each where it belongs', () => {
    const text = 'You: live in Porto; like tea\nSister: lives in Graz\nBe brief; no lists.';
    const changes = { outdated: ['You: live in Porto', 'Sister: lives in Graz'], fresh: ['You: live in Braga', 'Dog Rex: likes cheese'] };
    expect(broughtUpToDate(text, changes)).toBe('You: like tea; live in Braga\nBe brief; no lists.\nDog Rex: likes cheese');
  });

  it('leaves alone what nothing is said about', () => {
    const text = 'You: live in Porto;like tea\n\nSpeaks plainly.';
    expect(broughtUpToDate(text, { outdated: ['You: like coffee'], fresh: [] })).toBe(text);
  });
});
