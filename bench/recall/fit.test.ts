import { expect, it } from 'vitest';
import { usualLevers } from '../../main/memory/levers.ts';
import type { MemoryRow } from '../../main/store/memoryRecall.ts';
import { fitWeights } from './fit.ts';
import { rank, type LabCase } from './lab.ts';
import type { LocomoTurn } from './locomo.ts';

const texts = ['It was lovely.', 'It happened last Tuesday.', 'It was good.'];
const rows = texts.map((text, place): MemoryRow => ({
  id: `m${place}`, seq: place, sitting: 1, place, kind: 'said', text, caption: null, speaker: 'Ann', role: 'user', question: false, asks: 0, messageId: `m${place}`,
  conversationId: 'c', conversationTitle: null, pinned: false, createdAt: 0, replacedBy: null, cites: [],
}));
const turns = rows.map(({ text, place }): LocomoTurn => ({ id: `D1:${place}`, sitting: 1, speaker: 'Ann', text, caption: null, at: 0 }));

/** "When" questions whose words are said a little better in the wrong line. */
const asked = (wanted: string): LabCase => ({
  sample: 0, category: 2, evidence: new Set([wanted]), question: 'When was the picnic?',
  rowAt: (_, place) => rows[place],
  turnOf: (row) => turns[row.place]!,
  found: {
    terms: [{ word: 'picnic', holders: 3, hits: [0, 1, 2].map((place) => ({ seq: place, sitting: 1, place, asks: false, strength: place === 1 ? 0.2 : 0.3 })) }],
    near: [], corpus: { memories: 100, sittings: 10 }, sizes: () => new Map([[1, 3]]), earned: 0,
  },
});

it('weighs what tells the answers apart more, and what does not less', () => {
  const blind = { ...usualLevers, beside: 0, further: 0, answer: 0, weights: { ...usualLevers.weights, time: 0 } };
  expect(rank(asked('D1:1'), blind).found[0]).not.toBe('D1:1');
  const weights = fitWeights([asked('D1:1'), asked('D1:1')], blind);
  expect(weights.said).toBe(1);
  expect(weights.time).toBeGreaterThan(0.2);
  expect(rank(asked('D1:1'), { ...blind, weights }).found[0]).toBe('D1:1');
  expect(fitWeights([asked('D1:0')], blind).time).toBeLessThan(0);
});
