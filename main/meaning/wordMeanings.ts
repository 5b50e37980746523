/**
 * Words of the memories that mean much the same as a word of a question: "children" for "kids". A sentence's one vector tells what
 * it is about; the vectors of its words tell which of them a question would have used.
 */
import { createByteRows } from '../vectors/byteRows.ts';
import { largest } from '../vectors/largest.ts';
import type { WordFile } from '../vectors/wordFile.ts';
import { isTelling, stem, wordsOf } from './words.ts';

/** A word that is said somewhere in the memories; `closeness` above 0, to 1 for one that means the same. */
export type Alike = { word: string; closeness: number };

export type WordMeanings = {
  /** Takes in the words of these texts; those not met before are embedded, some at a time. */
  learn(texts: Iterable<string>, embed: (words: string[]) => Promise<Float32Array[]>): Promise<void>;
  /** For each word of a question the said words most like it, other forms of it left out. Words not met before are embedded. */
  alike(words: string[], embed: (words: string[]) => Promise<Float32Array[]>): Promise<Map<string, Alike[]>>;
  /** All other words are forgotten, on the disk too. */
  keepOnly(said: ReadonlySet<string>): void;
};

/** Beyond them a new word is not taken in: looking through more would be felt. */
const mostWords = 30_000;
const embeddedAtOnce = 32;
/**
 * By how many standard deviations beyond the usual word one must lie to count, and how many more make it the same. Chosen on
 * LoCoMo-10 with the bundled embedder; around them little changes.
 */
const fromDeviations = 1.5;
const fullDeviations = 6;
const mostAlike = 8;
/** Nearly always these have as many different stems. */
const firstLooked = 64;

export function createWordMeanings(file: WordFile, dimensions: number): WordMeanings {
  let words: string[] = [];
  let stems: string[] = [];
  let known = new Set<string>();
  let rows = createByteRows(dimensions);

  function take(word: string, vector: ArrayLike<number>): void {
    rows.set(words.length, vector);
    words.push(word);
    stems.push(stem(word));
    known.add(word);
  }

  function mostLike(word: string, vector: ArrayLike<number>): Alike[] {
    const own = stem(word);
    const cosines = rows.cosines(vector);
    const { mean, spread } = usual(cosines);
    const closenessOf = (at: number) => ((rows.cosine(at, vector) - mean) / spread - fromDeviations) / fullDeviations;
    for (let looked = firstLooked; ; looked *= 8) {
      const close = largest(cosines, looked, (at) => stems[at] !== own).map((at) => ({ at, closeness: closenessOf(at) }));
      const byStem = new Map<string, Alike>();
      for (const { at, closeness } of close.sort((a, b) => b.closeness - a.closeness)) {
        if (closeness > 0 && !byStem.has(stems[at]!)) byStem.set(stems[at]!, { word: words[at]!, closeness: Math.min(1, closeness) });
      }
      if (byStem.size >= mostAlike || looked >= words.length || close.at(-1)!.closeness <= 0) return [...byStem.values()].slice(0, mostAlike);
    }
  }

  return {
    async learn(texts, embed) {
      const unmet: string[] = [];
      for (const word of freshIn(texts, known)) {
        const vector = file.find(word);
        if (vector && known.size < mostWords) take(word, vector);
        else if (!vector) unmet.push(word);
      }
      for (let from = 0; from < unmet.length && known.size < mostWords; from += embeddedAtOnce) {
        const some = unmet.slice(from, from + embeddedAtOnce);
        const made = await embed(some);
        file.add(some.map((word, index) => ({ word, vector: made[index]! })));
        some.forEach((word, index) => take(word, made[index]!));
      }
    },
    async alike(asked, embed) {
      const unmet = asked.filter((word) => !file.find(word));
      const made = unmet.length > 0 ? await embed(unmet) : [];
      const vectorOf = (word: string) => file.find(word) ?? made[unmet.indexOf(word)]!;
      return new Map(asked.map((word) => [word, mostLike(word, vectorOf(word))]));
    },
    keepOnly(said) {
      const kept = words.filter((word) => said.has(word));
      if (kept.length < words.length) {
        [words, stems, known, rows] = [[], [], new Set(), createByteRows(dimensions)];
        for (const word of kept) take(word, file.find(word)!);
      }
      file.keep(said);
    },
  };
}

/** Words worth knowing that are not known yet, each once. */
function freshIn(texts: Iterable<string>, known: ReadonlySet<string>): Set<string> {
  const fresh = new Set<string>();
  for (const text of texts) for (const word of wordsOf(text)) if (!known.has(word) && isTelling(word)) fresh.add(word);
  return fresh;
}

function usual(values: Float32Array): { mean: number; spread: number } {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, spread: Math.sqrt(Math.max(0, squares / values.length - mean * mean)) || 1 };
}
