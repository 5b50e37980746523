import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { budgetFor, countThatFit, fitTurns } from './budget.ts';

describe('sharing out the window', () => {
  it('never promises more than the window has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 131_072 }), fc.integer({ min: 1, max: 32_768 }), fc.option(fc.integer({ min: 0, max: 3_000 })), (windowTokens, longestAnswer, memoryTokens) => {
        const budget = budgetFor({ windowTokens, longestAnswer, memoryTokens });
        expect(budget.answer + budget.prompt).toBeLessThanOrEqual(windowTokens);
        expect(budget.memory).toBeLessThan(budget.prompt);
        expect(Math.min(...Object.values(budget))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
  it('gives memory what small readers can use', () => {
    expect(budgetFor({ windowTokens: 2_048, longestAnswer: 512, memoryTokens: null }).memory).toBe(307);
    expect(budgetFor({ windowTokens: 131_072, longestAnswer: 1_024, memoryTokens: null }).memory).toBe(2_000);
    expect(budgetFor({ windowTokens: 8_192, longestAnswer: 512, memoryTokens: 0 }).memory).toBe(0);
  });
});

describe('which turns are given', () => {
  it('keeps everything that fits', () => expect(fitTurns([10, 20, 30], 60)).toBe(0));

  it('drops the oldest whole turns, the question never', () => {
    expect(fitTurns([50, 50, 50], 60)).toBe(2);
    expect(fitTurns([50, 500], 60)).toBe(1);
    expect(fitTurns([500], 60)).toBe(0);
    expect(fitTurns([], 60)).toBe(0);
  });

  it('moves the cut rarely, so that the model need not read everything again every turn', () => {
    const costs: number[] = [];
    let first = 0;
    let moves = 0;
    for (let turn = 0; turn < 100; turn += 1) {
      costs.push(50);
      const next = fitTurns(costs, 1_000, first);
      expect(costs.slice(next).reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1_000);
      moves += Number(next !== first);
      first = next;
    }
    expect(moves).toBeLessThanOrEqual(10);
  });

  it('stands a cut from a longer branch', () => expect(fitTurns([10, 10], 60, 9)).toBe(1));
});

it('counts lines that fit, in order', () => {
  expect(countThatFit([10, 10, 10], 25)).toBe(2);
  expect(countThatFit([30, 1], 25)).toBe(0);
  expect(countThatFit([], 25)).toBe(0);
});
