import { describe, expect, it } from 'vitest';
import { datedness } from './dated.ts';
import { readQuestion } from './asked.ts';

const at = (year: number, month: number, day = 15) => new Date(year, month - 1, day, 12).getTime();
const now = at(2026, 11, 20);
const worth = (question: string, text: string, createdAt: number) => datedness({ text, createdAt }, readQuestion(question, now).times);

describe('of the time that is asked for', () => {
  it.each([
    ['told', 'What did we do last summer?', 'In July we went to Crete.', at(2026, 10), 1],
    ['told from another day', 'What did we do last summer?', 'We went to Crete two months ago.', at(2026, 9), 1],
    ['said then', 'What did we do last summer?', 'We are in Crete.', at(2026, 7), 0.7],
    ['another year', 'What did we do last summer?', 'In July we went to Crete.', at(2025, 10), 0],
    ['named in full', 'Where was I in July 2023?', 'I go to Rome next month.', at(2023, 6), 1],
    ['before', 'Where did I live before 2020?', 'We lived in Rome in 2015.', at(2026, 1), 1],
    ['not before', 'Where did I live before 2020?', 'We live in Porto.', at(2026, 1), 0],
    ['since', 'What has changed since March?', 'I stopped in April.', at(2026, 5), 1],
    ['not since', 'What has changed since March?', 'I smoke.', at(2025, 5), 0],
    ['another language', 'Was haben wir letzten Sommer gemacht?', 'Im Juli waren wir auf Kreta.', at(2026, 10), 1],
  ])('%s: %s %s', (...[, question, text, createdAt, expected]) => expect(worth(question, text, createdAt)).toBe(expected));
});

it('says nothing where the question names no time', () => {
  expect(worth('Where do I live?', 'I moved in July 2026.', now)).toBe(0);
  expect(datedness({ text: 'I moved yesterday.', createdAt: now }, readQuestion('What did I do yesterday?').times)).toBe(0);
});
