import { describe, expect, it } from 'vitest';
import { datesTold } from './dated.ts';
import { answerInsteadOfModel, answerWithoutModel } from './guard.ts';
import { caseOf } from './trust.ts';

/** A Monday. */
const saidAt = new Date(2023, 4, 8, 13, 56).getTime();
const told = (sentence: string, question = 'When did I go?') => datesTold(question, { sentence, saidAt });

it.each([
  ['I went to the support group yesterday.', ' (7 May 2023)'],
  ['I went last week.', ' (1–7 May 2023)'],
  ['I go next week.', ' (15–21 May 2023)'],
  ['I went two weeks ago.', ' (around 24 April 2023)'],
  ['I went last month.', ' (April 2023)'],
  ['I painted it last year.', ' (2022)'],
  ['I painted it last summer.', ' (June–August 2022)'],
  ['I was there last winter.', ' (December 2022–February 2023)'],
  ['I was there the last two weeks.', ' (24 April – 8 May 2023)'],
  ['I have had it since last March.', ' (since March 2023)'],
  ['I cooked yesterday and fly next month.', ' (yesterday: 7 May 2023; next month: June 2023)'],
  ['Ich war vorgestern dort.', ' (6 May 2023)'],
  // What is named in full needs no help, and how long something had lasted then says nothing of when.
  ['I went on 3 May 2023.', ''],
  ['I went there for three years.', ''],
  ['I went.', ''],
  // Which of two Thursdays nothing tells, nor whether today's Monday is meant: a wrong date is worse than none.
  ['Dentist on Thursday.', ''],
  ['My appointment is on Monday.', ''],
  ['My appointment is on Thursday.', ' (11 May 2023)'],
  ['I was there on Thursday.', ' (4 May 2023)'],
])('%s%s', (sentence, dates) => expect(told(sentence)).toBe(dates));

it('is given where a time is asked for, and nowhere else', () => {
  expect(['Where was I?', 'Wann war ich dort?', 'Quel jour étais-je là ?', '¿Qué día fui?', 'いつ行った?'].map((question) => told('I went yesterday.', question))).toEqual([
    '', ...Array.from({ length: 4 }, () => ' (7 May 2023)'),
  ]);
});

describe('an answer about when', () => {
  const text = 'I went to the dentist yesterday.';
  const rule = (question: string) => caseOf(question, [{ mark: 1, here: false, text, written: false, saidAt }], true);

  it('quotes with the date that is meant', () => {
    expect(answerWithoutModel(rule('When did I go to the dentist?'), true)).toEqual({ text: `You said on 8 May 2023: “${text}” (7 May 2023) [1]`, quoted: true });
  });

  // Bug: a small model repeats "yesterday" as if it were the day before today.
  it('is the quotation where a model that may only repeat would repeat "yesterday"', () => {
    const options = { remembers: true, narrow: true, weighs: true, picksNewer: true, general: false };
    expect(answerInsteadOfModel(rule('When did I go to the dentist?'), options)?.text).toContain('(7 May 2023)');
    expect(answerInsteadOfModel(rule('Did I go to the dentist?'), options)).toBeNull();
  });
});
