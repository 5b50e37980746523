/** How well passages bear on what was asked: by its words, where they stand, and by meaning. Pure. */
import { folded, searchable } from '../store/noteText.ts';
import { stem } from '../words/marks.ts';

/** What is looked for: words in a row, by their stems; `others`: stems that stand for a single word, too. */
export type Term = { stems: readonly string[]; others: readonly string[]; /** The last may go on. */ begins: string | null; /** By how few passages hold it. */ rarity: number; isTelling: boolean };
export type Candidate = { title: string; headings: readonly string[]; text: string; /** By how many standard deviations it is nearer in meaning than an ordinary one; null where that is not known. */ distinction: number | null };
/** `total`: comparable within one ranking only. `coverage`: of the telling words, weighed by rarity, what stands in it, 0 to 1. */
export type Score = { total: number; coverage: number; distinction: number };

/**
 * Chosen on one half of SQuAD's development questions, Cranfield and Obsidian's help, and measured on the other; both
 * halves choose much the same: `npm run bench -- search`.
 */
export const weights = {
  saturation: 2,
  lengthShare: 0.5,
  headings: 2,
  title: 6,
  /** A word that tells nothing, of one that does. */
  idle: 0.3,
  /** Words that stand beside each other as they were asked. */
  beside: 0.1,
  /** All that was asked, in one passage. */
  coverage: 0.2,
  /** A standard deviation in meaning, for an embedder that has earned all it can. */
  meaning: 0.1,
};

/** `trust`: of the weight of meaning. */
export function scorePassages(candidates: readonly Candidate[], terms: readonly Term[], trust: number): Score[] {
  const texts = candidates.map(({ text }) => fieldOf(text));
  const usualLength = sumOf(texts.map(({ length }) => length)) / Math.max(1, texts.length) || 1;
  const usualDistinction = median(candidates.flatMap(({ distinction }) => distinction ?? []));
  const worths = terms.map(({ rarity, isTelling }) => rarity * (isTelling ? 1 : weights.idle));
  const whole = sumOf(worths) || 1;
  const wholeTelling = sumOf(terms.map(({ rarity, isTelling }) => (isTelling ? rarity : 0))) || whole;
  return candidates.map((candidate, index) => {
    const fields = { text: texts[index]!, headings: fieldOf(candidate.headings.join('\n')), title: fieldOf(candidate.title) };
    const length = weights.saturation * (1 - weights.lengthShare + (weights.lengthShare * fields.text.length) / usualLength);
    const counts = terms.map((term) => countIn(fields.text, term) + weights.headings * countIn(fields.headings, term) + weights.title * countIn(fields.title, term));
    const words = sumOf(counts.map((count, at) => (worths[at]! * count * (weights.saturation + 1)) / (count + length)));
    const held = sumOf(counts.map((count, at) => (count > 0 ? worths[at]! : 0)));
    const coverage = sumOf(counts.map((count, at) => (count > 0 && (terms[at]!.isTelling || wholeTelling === whole) ? terms[at]!.rarity : 0))) / wholeTelling;
    const said = ((words + weights.beside * besides(fields.text, terms)) / whole) * (1 + (weights.coverage * held) / whole);
    const distinction = candidate.distinction ?? usualDistinction;
    return { total: said + weights.meaning * trust * Math.max(0, distinction), coverage: Math.min(1, coverage), distinction: candidate.distinction ?? 0 };
  });
}

/** BM25's weight of a word by how few passages hold it. Never negative. */
export const rarityOf = (holders: number, all: number): number => Math.log(1 + (Math.max(all, holders) - holders + 0.5) / (holders + 0.5));

/** Where each stem stands. */
type Field = { length: number; places: Map<string, number[]> };

function fieldOf(text: string): Field {
  const stems = stemsOf(text);
  const places = new Map<string, number[]>();
  for (const [at, one] of stems.entries()) {
    const known = places.get(one);
    if (known) known.push(at);
    else places.set(one, [at]);
  }
  return { length: stems.length, places };
}

/** The worth of telling words that stand within three words of the next, as they were asked. */
function besides(text: Field, terms: readonly Term[]): number {
  const telling = terms.filter(({ isTelling }) => isTelling);
  const places = telling.map((term) => placesOf(text, term));
  return sumOf(telling.slice(1).map((term, at) => (places[at]!.some((one) => places[at + 1]!.some((other) => Math.abs(other - one) <= nearby)) ? Math.min(term.rarity, telling[at]!.rarity) : 0)));
}

const nearby = 3;

const countIn = (field: Field, term: Term): number => placesOf(field, term).length;

function placesOf({ places }: Field, { stems, others, begins }: Term): readonly number[] {
  const [first, ...next] = stems;
  const lasts = (stem: string) => places.get(stem) ?? none;
  const begun = begins === null ? none : [...places].flatMap(([one, at]) => (one.startsWith(begins) ? at : []));
  if (next.length === 0) return others.length === 0 && begun === none ? lasts(first!) : [...new Set([first!, ...others].flatMap(lasts).concat(begun))];
  const follows = (at: number) => next.every((one, offset) => lasts(one).includes(at + offset + 1) || (offset === next.length - 1 && begun.includes(at + offset + 1)));
  return lasts(first!).filter(follows);
}

const none: readonly number[] = [];

/** Most words are met again and again; stemming takes longer than looking up. */
const mostKnown = 200_000;
const known = new Map<string, string>();

export function stemsOf(text: string): string[] {
  if (known.size > mostKnown) known.clear();
  return (folded(searchable(text)).match(/[\p{L}\p{N}\p{Co}]+/gu) ?? []).map((word) => {
    let found = known.get(word);
    if (found === undefined) known.set(word, (found = stem(word)));
    return found;
  });
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
