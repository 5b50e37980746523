import { describe, expect, it } from 'vitest';
import type { MemoryRow } from '../store/memoryRecall.ts';
import { readQuestion } from './asked.ts';
import { usualLevers } from './levers.ts';
import { withNewerAbove } from './newer.ts';
import type { Ranked } from './order.ts';

const day = 86_400_000;
const spot = { sitting: 1, place: 0, words: 0, neighbours: 0, coverage: 0, sense: 0, matched: 0, prior: 0, priorNearness: 0, meaning: 0, nearness: 0 };
const told = (days: number, text: string, { total = 1, ...more }: Partial<MemoryRow> & { total?: number } = {}): Ranked => ({
  row: {
    id: text, seq: days, sitting: days, place: 0, kind: 'said', text, caption: null, speaker: null, role: 'user', question: false, asks: 0, messageId: null,
    conversationId: null, conversationTitle: null, pinned: false, createdAt: days * day, replacedBy: null, cites: [], ...more,
  },
  spot,
  scores: { words: 0, neighbours: 0, sitting: 0, meaning: 0, total },
  through: null,
});
/** Words are rare only among others that do not have them. */
const beside = ['The bus was late.', 'Soup again for lunch.', 'We saw two films.', 'My boots leak.', 'Rain until Friday.', 'The printer hums.'].map((text, index) => told(index, text, { total: 0.2 }));
const order = (question: string, ...ranked: Ranked[]) => withNewerAbove([...ranked, ...beside], readQuestion(question), usualLevers.newer).map(({ row }) => row.text);

const [montag, freitag] = ['Choir practice is on Mondays at the parish hall.', 'Choir practice has moved to Fridays, still the parish hall.'];

describe('two messages on one matter', () => {
  it.each([
    ['the later one stands above for a question about the present', 'When is choir?', [told(1, montag), told(40, freitag, { total: 0.9 })], freitag],
    ['the order stays for a question about the past', 'When was choir?', [told(1, montag), told(40, freitag, { total: 0.9 })], montag],
    ['and for one about former days', 'When was choir before it moved?', [told(1, montag), told(40, freitag, { total: 0.9 })], montag],
    // Bug: the day before is moved above what replaced it.
    ['an earlier one does not pass a later one', 'When is choir?', [told(40, freitag), told(1, montag, { total: 0.9 })], freitag],
    ['in one sitting nothing passes', 'When is choir?', [told(40, montag), told(40, freitag, { total: 0.9 })], montag],
    // Bug: whatever was said last stands on top.
    ['another matter does not pass', 'When is choir?', [told(1, montag), told(40, 'I sold the van and bought a bicycle.', { total: 0.9 })], montag],
    ['nor the same matter with nothing changed', 'When is choir?', [told(1, montag), told(40, 'Choir sang well at the wedding.', { total: 0.6 })], montag],
    ['nor a question', 'When is choir?', [told(1, montag), told(40, 'Has choir practice moved to the parish hall on Fridays?', { question: true, total: 0.9 })], montag],
    // Bug: what the assistant makes of it replaces what the owner said.
    ['nor what the assistant says', 'When is choir?', [told(1, montag), told(40, freitag, { role: 'assistant', total: 0.9 })], montag],
  ])('%s', (...[, question, ranked, first]) => expect(order(question, ...ranked)[0]).toBe(first));

  it('changes twice: the last one stands first', () => {
    const third = 'Choir practice has moved again, Tuesdays now, parish hall as ever.';
    expect(order('When is choir?', told(1, montag), told(40, freitag, { total: 0.9 }), told(80, third, { total: 0.8 })).slice(0, 1)).toEqual([third]);
  });

  it('takes the score of the place it takes, and leaves the rest in order', () => {
    const ranked = [told(1, montag), told(2, 'Something between.', { total: 0.95 }), told(40, freitag, { total: 0.9 })];
    const renewed = withNewerAbove([...ranked, ...beside], readQuestion('When is choir?'), usualLevers.newer);
    expect(renewed.slice(0, 3).map(({ row, scores }) => [row.text, scores.total])).toEqual([[freitag, 1], [montag, 1], ['Something between.', 0.95]]);
  });

  it('can be turned off', () => {
    const ranked = [told(1, montag), told(40, freitag, { total: 0.9 }), ...beside];
    expect(withNewerAbove(ranked, readQuestion('When is choir?'), { ...usualLevers.newer, on: false })).toBe(ranked);
  });
});

it('looks only so far down', () => {
  const many = Array.from({ length: 20 }, (_, index) => told(index, `Nothing ${index} of note.`, { total: 0.95 }));
  expect(withNewerAbove([told(1, montag), ...many, told(40, freitag, { total: 0.9 })], readQuestion('When is choir?'), usualLevers.newer)[0]!.row.text).toBe(montag);
});
