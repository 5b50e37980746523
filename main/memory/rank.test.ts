import { describe, expect, it } from 'vitest';
import { usualLevers } from './levers.ts';
import { rarity, scoreSpots, type Evidence, type Spot, type Term } from './rank.ts';

const hit = (sitting: number, place: number, strength = 1) => ({ seq: sitting * 100 + place, sitting, place, asks: false, strength });
const term = (word: string, holders: number, hits: Term['hits']): Term => ({ word, holders, hits });

function score(evidence: Partial<Evidence>): (sitting: number, place: number) => Spot | undefined {
  const spots = scoreSpots({ terms: [], near: [], corpus: { memories: 1_000, sittings: 50 }, sizes: () => new Map(), earned: 1, ...evidence }, usualLevers);
  return (sitting, place) => spots.find((spot) => spot.sitting === sitting && spot.place === place);
}
const worded = (spot: Spot | undefined) => (spot?.words ?? 0) + (spot?.neighbours ?? 0);

describe('scoreSpots', () => {
  it('weighs a rare word above a common one', () => {
    expect(rarity(2, 1_000)).toBeGreaterThan(rarity(400, 1_000));
    expect(rarity(1_000, 1_000)).toBeGreaterThan(0);
    const at = score({ terms: [term('porto', 2, [hit(1, 0)]), term('good', 400, [hit(2, 0)])] });
    expect(at(1, 0)!.words).toBeGreaterThan(at(2, 0)!.words);
  });

  it('reaches two places to both sides, never before the first, never into another sitting', () => {
    const at = score({ terms: [term('porto', 2, [hit(5, 1)])] });
    expect([0, 2].map((place) => at(5, place)!.neighbours)).toEqual([at(5, 0)!.neighbours, at(5, 0)!.neighbours]);
    expect(at(5, 3)!.neighbours).toBeCloseTo((at(5, 2)!.neighbours * usualLevers.further) / usualLevers.beside / ((1 + at(5, 2)!.coverage) / (1 + at(5, 3)!.coverage)), 5);
    expect(at(5, 4)).toBeUndefined();
    expect(scoreSpots({ terms: [term('porto', 2, [hit(5, 0)])], near: [], corpus: { memories: 10, sittings: 2 }, sizes: () => new Map(), earned: 1 }, usualLevers).every(({ sitting, place }) => sitting === 5 && place >= 0)).toBe(true);
  });

  // Bug: an answer regenerated five times counts five times, and buries everything else.
  it('counts rival versions at one place once', () => {
    const once = score({ terms: [term('porto', 9, [hit(1, 3), hit(2, 0)])] });
    const rivals = Array.from({ length: 5 }, (_, version) => ({ ...hit(1, 3), seq: 900 + version }));
    const often = score({ terms: [term('porto', 9, [...rivals, hit(2, 0)])] });
    expect(worded(often(1, 3)) / worded(often(2, 0))).toBeCloseTo(worded(once(1, 3)) / worded(once(2, 0)), 5);
  });

  it('prefers a place where the whole question is said to one that repeats half of it', () => {
    const at = score({ terms: [term('sister', 20, [hit(1, 0), hit(2, 0, 2)]), term('live', 20, [hit(1, 0)])] });
    expect(worded(at(1, 0))).toBeGreaterThan(worded(at(2, 0)) * 1.2);
    expect(at(1, 0)!.coverage).toBeCloseTo(1, 5);
    expect(at(2, 0)!.coverage).toBeCloseTo(0.5, 5);
  });

  // Bug: what nobody ever said is left out of the count, and half a question passes for the whole of it.
  it('counts words that nobody said as missing', () => {
    const at = score({ terms: [term('sister', 20, [hit(1, 0)]), term('zebra', 0, [])] });
    expect(at(1, 0)!.coverage).toBeLessThan(0.5);
  });

  it('prefers the sitting that is about the question, shorter sittings first', () => {
    const at = score({
      terms: [term('sister', 20, [hit(1, 0), hit(1, 4), hit(2, 0), hit(3, 0)]), term('live', 20, [hit(1, 8)])],
      sizes: () => new Map([[1, 10], [2, 10], [3, 200]]),
    });
    expect(at(1, 0)!.prior).toBe(1);
    expect(at(2, 0)!.prior).toBeGreaterThan(at(3, 0)!.prior);
  });

  it('takes in meanings that no word points to, and nothing that chance would bring', () => {
    const at = score({ terms: [term('sister', 2, [hit(1, 0)])], near: [{ ...hit(7, 2), distinction: 5.5 }, { ...hit(8, 0), distinction: 2.4 }] });
    expect(at(7, 2)).toMatchObject({ words: 0, meaning: 0.75 });
    expect(at(8, 0)!.meaning).toBe(0);
  });

  it('lets a meaning count for what stands beside it, less with distance, rival versions once', () => {
    const near = [{ ...hit(7, 3), distinction: 4 }, { ...hit(7, 3), seq: 999, distinction: 4 }, { ...hit(9, 0), distinction: 1 }];
    const at = score({ near });
    const [own, beside, further] = [3, 4, 5].map((place) => at(7, place)!);
    expect(own!.nearness).toBeGreaterThan(beside!.nearness);
    expect(beside!.nearness).toBeGreaterThan(further!.nearness);
    // An embedder that passes the whole exam counts twice, not more.
    expect(own!.nearness).toBeCloseTo(2 * 0.3 ** 0.4, 5);
    expect(at(7, 2)!.nearness).toBe(beside!.nearness);
    expect([beside!.meaning, at(7, 6), at(9, 0)!.nearness]).toEqual([0, undefined, 0]);
  });
});
