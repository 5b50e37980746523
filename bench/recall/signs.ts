/** The coarsest way there is: the signs of numbers around their means, one bit each; the most alike are then looked at exactly. */
import { largest } from '../../main/vectors/largest.ts';

const bits = 32;

export function createSigns(vectors: Float32Array[]) {
  const dimensions = vectors[0]!.length;
  const words = Math.ceil(dimensions / bits);
  const means = new Float32Array(dimensions);
  for (const vector of vectors) vector.forEach((value, index) => (means[index]! += value / vectors.length));
  const signsOf = (vector: Float32Array) => {
    const signs = new Uint32Array(words);
    vector.forEach((value, index) => value > means[index]! && (signs[index >> 5]! |= 1 << (index & 31)));
    return signs;
  };
  const rows = new Uint32Array(vectors.length * words);
  vectors.forEach((vector, at) => rows.set(signsOf(vector), at * words));

  return {
    bytes: rows.byteLength,
    nearest(vector: Float32Array, { limit, rescored }: { limit: number; rescored: number }): number[] {
      const wanted = signsOf(vector);
      const alike = new Float32Array(vectors.length);
      for (let at = 0; at < vectors.length; at += 1) {
        let different = 0;
        for (let word = 0; word < words; word += 1) different += ones(rows[at * words + word]! ^ wanted[word]!);
        alike[at] = 1 - (2 * different) / dimensions;
      }
      const exact = largest(alike, rescored).map((at) => ({ at, similarity: dot(vectors[at]!, vector) }));
      return exact.sort((a, b) => b.similarity - a.similarity).slice(0, limit).map(({ at }) => at);
    },
  };
}

/** How many bits are set (Hacker's Delight, 5-1). */
function ones(word: number): number {
  let count = word - ((word >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}
