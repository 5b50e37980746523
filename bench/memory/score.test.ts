import { expect, it } from 'vitest';
import type { HistoryQuestion } from './histories.ts';
import { auroc, scoreMemory, type Answered } from './score.ts';

const asked = (question: Partial<HistoryQuestion>, found: string[], bearing = 0.5): Answered => ({
  history: 'h', language: 'en', found, bearing,
  question: { id: 'q', kind: 'fact', persona: 'friendly', text: '', evidence: [], stale: [], forbidden: [], ...question },
});

it('counts evidence among the first, by kind', () => {
  const figures = scoreMemory([asked({ evidence: ['a', 'b'] }, ['a', 'x', 'b']), asked({ kind: 'multi', evidence: ['c'] }, ['x', 'x', 'x', 'x', 'x', 'c'])]);
  expect(figures.all).toMatchObject({ n: 2, r1: 0.25, r5: 0.5, r10: 1 });
  expect(figures.byKind).toMatchObject({ fact: { n: 1, r5: 1 }, multi: { n: 1, r5: 0 } });
});

it.each([
  ['the present one first', ['new', 'old'], 0],
  ['the old one first', ['old', 'new'], 1],
  // Bug: a present value that was not found at all passes for not being below.
  ['the old one alone', ['old'], 1],
  ['neither', ['x'], 0],
])('what was replaced: %s', (_, found, stale) => expect(scoreMemory([asked({ kind: 'update', evidence: ['new'], stale: ['old'] }, found)]).stale).toBe(stale));

it('counts what must not be recalled wherever it stands', () => {
  expect(scoreMemory([asked({ kind: 'scope', forbidden: ['s'] }, ['a', 'b', 's']), asked({ kind: 'scope', forbidden: ['s'] }, ['a'])]).leakage).toBe(1);
});

it('tells apart what can be answered and what cannot', () => {
  expect([auroc([0.9, 0.8], [0.1]), auroc([0.1], [0.9]), auroc([0.5], [0.5]), auroc([], [1])]).toEqual([1, 0, 0.5, null]);
  expect(scoreMemory([asked({ evidence: ['a'] }, [], 0.9), asked({ kind: 'abstain' }, [], 0.2)]).abstention).toEqual({ auroc: 1 });
});
