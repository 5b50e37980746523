import { expect, it } from 'vitest';
import type { Ranked } from './order.ts';
import { selectBearing } from './select.ts';

type Parts = { total: number; coverage?: number; sense?: number; meaning?: number; words?: number; through?: Ranked['through'] };

function ranked({ total, coverage = 0.5, sense = coverage, meaning = 0, words = 10, through = null }: Parts, index: number): Ranked {
  const row = {
    id: `m${index}`, seq: index, sitting: 1, place: index, kind: 'said' as const, text: Array.from({ length: words }, () => 'word').join(' '), caption: null, speaker: null,
    role: 'user' as const, question: false, asks: 0, messageId: null, conversationId: null, conversationTitle: null, pinned: false, createdAt: 0, replacedBy: null, cites: [],
  };
  const spot = { sitting: 1, place: index, words: 1, neighbours: 0, coverage, sense, matched: 0, prior: 1, priorNearness: 0, meaning, nearness: 0 };
  return { row, spot, through, scores: { words: 1, neighbours: 0, sitting: 1, meaning, total } };
}
const chosen = (parts: Parts[], tokens = 600) => selectBearing(parts.map(ranked), tokens).map(({ row }) => row.id);

it('keeps what is worth it and drops the tail', () => expect(chosen([{ total: 1 }, { total: 0.6 }, { total: 0.3 }])).toEqual(['m0', 'm1']));

it('brings nothing when the question is about something else', () => expect(chosen([{ total: 1, coverage: 0.1 }, { total: 0.9, coverage: 0.05 }])).toEqual([]));

it('brings what is clear in meaning where no word is shared, a few of it', () => {
  expect(chosen(Array.from({ length: 6 }, () => ({ total: 1, coverage: 0, meaning: 0.6 })))).toEqual(['m0', 'm1', 'm2']);
});

// Bug: "Do I have kids?" and "My children start school" share no word, and nothing is brought.
it('brings what says it in other words, when it says enough of it', () => {
  expect(chosen([{ total: 1, coverage: 0, sense: 0.5 }, { total: 0.9, coverage: 0, sense: 0.1 }])).toEqual(['m0']);
  expect(chosen([{ total: 1, coverage: 0, sense: 0.3 }])).toEqual([]);
});

it('keeps to the tokens, and lets a shorter line in where a longer one does not fit', () => {
  // 10 words take 17 tokens.
  expect(chosen([{ total: 1 }, { total: 0.9, words: 100 }, { total: 0.8 }, { total: 0.7 }], 40)).toEqual(['m0', 'm2']);
  expect(chosen([{ total: 1 }], 0)).toEqual([]);
});

it('keeps a correction, whose own words need not share anything with the question', () => {
  expect(chosen([{ total: 1 }, { total: 0.9, coverage: 0, through: 'correction' }])).toEqual(['m0', 'm1']);
});
