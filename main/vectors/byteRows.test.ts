import { describe, expect, it } from 'vitest';
import { createByteRows } from './byteRows.ts';

/** Unit vectors that lean to one side, as real embeddings do. */
function vector(seed: number, dimensions: number): Float32Array {
  const raw = Float32Array.from({ length: dimensions }, (_, index) => Math.sin(seed * 12.9898 + index * 78.233 + seed * index * 0.37) + (index % 5 === 0 ? 0.8 : 0));
  const length = Math.hypot(...raw);
  return raw.map((value) => value / length);
}
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);

function filled(count: number, dimensions: number) {
  const rows = createByteRows(dimensions);
  const vectors = Array.from({ length: count }, (_, at) => vector(at, dimensions));
  vectors.forEach((one, at) => rows.set(at, one));
  return { rows, vectors };
}

describe('rows of bytes', () => {
  // 5,000 rows do not fit the memory it begins with, nor one block of products; 50 numbers are no multiple of a step.
  it.each([[1, 192], [5_000, 192], [5_000, 50], [3, 8], [20, 2_048]])('tell the cosine of %i rows of %i numbers', (count, dimensions) => {
    const { rows, vectors } = filled(count, dimensions);
    const query = vector(9_999, dimensions);
    const cosines = rows.cosines(query);
    expect(cosines).toHaveLength(count);
    expect(Math.max(...vectors.map((one, at) => Math.abs(dot(one, query) - cosines[at]!)))).toBeLessThan(0.005);
    expect(Math.max(...vectors.map((one, at) => Math.abs(dot(one, query) - rows.cosine(at, query))))).toBeLessThan(0.00003);
  });

  // Bug: the largest numbers there are overflow 32 bits and turn the closest row into the farthest.
  it('do not overflow where every number is at its largest', () => {
    const rows = createByteRows(4_096);
    rows.set(0, new Float32Array(4_096).fill(1));
    rows.set(1, new Float32Array(4_096).fill(-1));
    expect([...rows.cosines(new Float32Array(4_096).fill(0.3))].map((cosine) => cosine.toFixed(3))).toEqual(['1.000', '-1.000']);
  });

  it('are replaced and removed in place', () => {
    const { rows } = filled(10, 192);
    const [old, fresh, last] = [vector(3, 192), vector(77, 192), vector(9, 192)];
    rows.set(3, fresh);
    expect(rows.cosines(fresh)[3]).toBeCloseTo(1, 3);
    expect(rows.cosines(old)[3]).toBeLessThan(0.9);
    rows.remove(3);
    expect([rows.count(), rows.cosines(last)[3], rows.cosine(3, last)]).toEqual([9, expect.closeTo(1, 3), expect.closeTo(1, 5)]);
    rows.remove(8);
    expect(rows.count()).toBe(8);
    rows.set(8, old);
    expect(rows.cosines(old)[8]).toBeCloseTo(1, 3);
  });

  it('without any number are near nothing', () => {
    const rows = createByteRows(16);
    expect(rows.cosines(vector(1, 16))).toHaveLength(0);
    rows.set(0, new Float32Array(16));
    expect([...rows.cosines(vector(1, 16)), rows.cosine(0, vector(1, 16))]).toEqual([0, 0]);
  });
});
