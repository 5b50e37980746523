import { describe, expect, it } from 'vitest';
import type { MemoryRow } from '../store/memoryRecall.ts';
import { readQuestion } from './asked.ts';
import { signalNames, type Signals } from './levers.ts';
import { newnessAmong, signalsOf } from './signals.ts';

const spot = { sitting: 1, place: 0, words: 0, neighbours: 0, coverage: 0.2, sense: 0.4, matched: 0.5, prior: 0.6, priorNearness: 0.1, meaning: 0, nearness: 0.3 };
const row = (text: string, more: Partial<MemoryRow> = {}): MemoryRow => ({
  id: 'm', seq: 1, sitting: 1, place: 0, kind: 'said', text, caption: null, speaker: null, role: 'user', question: false, asks: 0, messageId: null,
  conversationId: null, conversationTitle: null, pinned: false, createdAt: 0, replacedBy: null, cites: [], ...more,
});
const of = (name: keyof Signals, question: string, answer: MemoryRow) => signalsOf({ row: answer, spot }, readQuestion(question), 0.5)[name];

it('hands on what the spot says, all of it from 0 to 1', () => {
  const signals = signalsOf({ row: row('Porto.'), spot }, readQuestion('Where?'), 0);
  expect(signals).toMatchObject({ said: 0.4, matched: 0.5, sitting: 0.6, sittingNear: 0.1, near: 0.3 });
  for (const name of signalNames) expect(signals[name]).toBeGreaterThanOrEqual(0);
});

describe('who speaks', () => {
  it.each<[string, Partial<MemoryRow>, number]>([
    ['Where does my sister live?', {}, 1],
    ['Where does my sister live?', { role: 'assistant' }, 0],
    ['What did you suggest?', { role: 'assistant' }, 1],
    ['What did Caroline paint?', { speaker: 'Caroline' }, 1],
    ['What did Caroline paint?', { speaker: 'Melanie' }, 0],
  ])('%s, said by %o: %d', (question, more, named) => expect(of('named', question, row('A lake.', more))).toBe(named));
});

describe('a time told', () => {
  it.each([
    ['When did I move?', 'I moved last Tuesday.', 1],
    ['When did I move?', 'I moved to Porto.', 0],
    ['How long have I lived here?', 'Since 2019.', 1],
    // Bug: a time counts for every question, and lines full of dates are on top of everything.
    ['Where did I move?', 'I moved last Tuesday.', 0],
    // Bug: only English tells times.
    ['Wann bin ich umgezogen?', 'Ich bin vorgestern umgezogen.', 1],
    ['¿Cuándo me mudé?', 'Me mudé el verano pasado.', 1],
    ['いつ引っ越した?', '先週引っ越した。', 1],
    ['How often do I swim?', 'I swim every Monday.', 1],
    ['How often do I swim?', 'I can swim.', 0],
    ['Wie oft schwimme ich?', 'Jeden Montag.', 1],
  ])('%s %s: %d', (question, text, told) => expect(of('time', question, row(text))).toBe(told));
});

it('counts names that the question does not have, three at most; not the first word', () => {
  expect(of('names', 'Who came with Ann?', row('Ann came with Ravi and Tomek.'))).toBeCloseTo(2 / 3, 5);
  expect(of('names', 'Who came?', row('Nobody came.'))).toBe(0);
  expect(of('names', 'Who came?', row('There were Ann, Ravi, Tomek, Lena and Émile.'))).toBe(1);
});

it('tells what ends with a question', () => {
  expect([of('asks', 'Where?', row('In Porto. And you?', { asks: 1 })), of('asks', 'Where?', row('In Porto.'))]).toEqual([1, 0]);
});

it('wants what was told last of a question about the present, what was told first of one about former days', () => {
  const [oldest, newest] = [row('I live in Porto.', { createdAt: 1_000 }), row('I live in Lisbon.', { createdAt: 9_000 })].map((one) => ({ row: one, spot }));
  const newness = newnessAmong([oldest!, newest!]);
  expect([newness(oldest!), newness(newest!)]).toEqual([0, 1]);
  const recent = (question: string) => signalsOf(newest!, readQuestion(question), 1).recent;
  const [now, mine, others, past, former] = ['Where do I live now?', 'Where do I live?', 'Where does Ann live?', 'Where did I eat?', 'Where did I live before?'].map(recent);
  expect([now! > mine!, mine! > others!, others! > past!, past, past! > former!]).toEqual([true, true, true, 0, true]);
});
