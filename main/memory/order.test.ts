import { expect, it } from 'vitest';
import type { MemoryRow } from '../store/memoryRecall.ts';
import { usualLevers } from './levers.ts';
import { orderMemories } from './order.ts';

const row = (seq: number, text: string): MemoryRow => ({
  id: `m${seq}`, seq, sitting: 1, place: seq, kind: 'said', text, caption: null, speaker: null, role: 'user', question: false, asks: 0, messageId: `m${seq}`,
  conversationId: 'c', conversationTitle: null, pinned: false, createdAt: seq * 1_000, replacedBy: null, cites: [],
});
const [porto, lisbon, tea] = [row(1, 'I live in Porto.'), row(2, 'Lisbon is home since spring.'), row(3, 'I live for tea.')];
const spot = (place: number, sense: number) => ({ sitting: 1, place, words: 0, neighbours: 0, coverage: sense, sense, matched: sense, prior: 0, priorNearness: 0, meaning: 0, nearness: 0 });
const order = (overtaken: Map<number, MemoryRow>) =>
  orderMemories([{ row: porto!, spot: spot(1, 0.9) }, { row: tea!, spot: spot(3, 0.6) }], { question: 'Where do I live?', now: 0, related: new Map(), overtaken, levers: usualLevers });

// Bug: what was told first stands on top for ever, because it says the question's words best.
it('brings what holds now wherever what no longer holds was found, and that below', () => {
  expect(order(new Map()).map(({ row: { id } }) => id)).toEqual(['m1', 'm3']);
  const ordered = order(new Map([[1, lisbon!]]));
  expect(ordered.map(({ row: { id }, through }) => [id, through])).toEqual([['m2', 'update'], ['m3', null], ['m1', null]]);
  expect(ordered[0]!.scores.total).toBe(1);
});
