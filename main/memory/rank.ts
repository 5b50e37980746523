/**
 * Which memories bear on a question, from counts and distances alone. Pure. A question's key words often stand in one
 * message and the fact in the next, so words count for the messages around them too, and for the sitting they fell in.
 */
import type { Levers } from './levers.ts';

/** Where a memory stands: `place` steps into its sitting. Rival versions of a message share a place. `asks`: it ends with a question. */
export type Place = { seq: number; sitting: number; place: number; asks: boolean };
/**
 * A memory that holds a word; `strength` is BM25's share without the word's rarity, 0 to 2.2. `alike`: it holds only a word
 * that means much the same, and `strength` says how much, 0 to 1.
 */
export type Hit = Place & { strength: number; alike?: boolean };
export type Term = { word: string; /** How many memories hold it. */ holders: number; hits: Hit[] };
/** A memory close in meaning; `distinction`: by how many standard deviations it is closer than a memory taken at random. */
export type Near = Place & { distinction: number };
export type Corpus = { memories: number; sittings: number };

/** A place in a sitting, scored. All parts are 0 to 1, comparable within one ranking only. */
export type Spot = {
  sitting: number;
  place: number;
  /** By the memory's own words. */
  words: number;
  /** By the words of the messages around it. */
  neighbours: number;
  /** How much of the question, weighed by rarity, is said here or just around. Comparable between questions. */
  coverage: number;
  /** The same, words that mean much the same counted as far as they do. For the order alone. */
  sense: number;
  /** The share of the question's words that this memory itself says. */
  matched: number;
  /** How well the whole sitting fits, by words. */
  prior: number;
  /** How near in meaning the sitting's nearest are. */
  priorNearness: number;
  /** By its own meaning; 0 where that does not stand out. */
  meaning: number;
  /** By its meaning and those around it. For the order alone: a little closeness counts, too. */
  nearness: number;
};

/** Among a few hundred memories chance alone brings some this many standard deviations closer than usual. */
const chance = 2.5;
/** Beyond so many deviations there is no nearer. */
const fullNearness = 10;
/** The first bit of closeness says most: which of many memories are about the matter at all. */
const nearnessBend = 0.4;
/** A better embedder than the bundled one may count for so much more. */
const mostTrust = 2;
const saturation = 1.2;
const lengthShare = 0.75;
/** Sittings looked into. Beyond them nothing in a store of a hundred thousand memories was ever among the first ten. */
const sittingsKept = 200;

export type Sizes = (sittings: number[]) => Map<number, number>;
export type Evidence = {
  terms: Term[];
  near: Near[];
  corpus: Corpus;
  /** Memories in each of these sittings. */
  sizes: Sizes;
  /** How well the embedder tells sense from chance, 0 to 1. */
  earned: number;
};

/** BM25's weight of a word by how few memories (or sittings) hold it. Never negative. */
export const rarity = (holders: number, all: number): number => Math.log(1 + (Math.max(all, holders) - holders + 0.5) / (holders + 0.5));

/** Scores every place that a word or a meaning points to, and the places around words. Unordered. */
export function scoreSpots(given: Evidence, levers: Levers): Spot[] {
  const evidence = { ...given, terms: weighAlike(given, levers) };
  const kept = promisingSittings(evidence);
  const spots = new Map<number, Spot>();
  // A word that nobody has said weighs as one said once: what is asked then stands only partly here.
  const weights = evidence.terms.map((term) => rarity(Math.max(1, term.holders), evidence.corpus.memories));
  const whole = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  evidence.terms.forEach((term, index) => spread(spots, { term, weight: weights[index]!, share: 1 / evidence.terms.length, whole, kept, levers }));
  const priors = sittingPriors(evidence, kept);
  const priorsByMeaning = spreadMeanings(spots, evidence.near, levers);
  for (const spot of spots.values()) {
    spot.prior = priors.get(spot.sitting) ?? 0;
    spot.priorNearness = Math.min(1, (priorsByMeaning.get(spot.sitting) ?? 0) / fullNearness);
  }
  normalise([...spots.values()], Math.min(mostTrust, levers.trust * evidence.earned));
  return [...spots.values()];
}

/** Words alike are worth what the embedder has earned. */
function weighAlike({ terms, earned }: Evidence, { alike, alikeMost }: Levers): Term[] {
  const worth = Math.min(alikeMost, alike * earned);
  return terms.map((term) => ({ ...term, hits: term.hits.flatMap((hit) => (!hit.alike ? hit : worth > 0 ? { ...hit, strength: worth * hit.strength } : [])) }));
}

/** The sittings with the strongest single memories, when there are very many. */
function promisingSittings({ terms, corpus }: Evidence): Set<number> {
  const own = new Map<number, { sitting: number; score: number }>();
  for (const term of terms) {
    const weight = rarity(term.holders, corpus.memories);
    for (const hit of term.hits) {
      const before = own.get(hit.seq);
      if (before) before.score += weight * hit.strength;
      else own.set(hit.seq, { sitting: hit.sitting, score: weight * hit.strength });
    }
  }
  const best = new Map<number, number>();
  for (const { sitting, score } of own.values()) if (score > (best.get(sitting) ?? 0)) best.set(sitting, score);
  const ordered = [...best].sort((a, b) => b[1] - a[1] || b[0] - a[0]).slice(0, sittingsKept);
  return new Set(ordered.map(([sitting]) => sitting));
}

/** `weight`: of the word, by rarity; `whole`: of all words; `share`: of one word, rarity aside. */
type Spreading = { term: Term; weight: number; share: number; whole: number; kept: Set<number>; levers: Levers };

type Around = { at: Place; own: number; strength: number; said: number; itself: boolean };

/** Adds one word's worth to the places that hold it and to those around. */
function spread(spots: Map<number, Spot>, { term, weight, share, whole, kept, levers }: Spreading): void {
  const around = new Map<number, Around>();
  for (const hit of strongestOfRivals(term.hits)) if (kept.has(hit.sitting)) reachOut(around, hit, levers);
  for (const { at, own, strength, said, itself } of around.values()) {
    const spot = spotAt(spots, at);
    spot.words += weight * own;
    spot.neighbours += weight * (strength - own);
    spot.coverage += (weight * Math.min(1, said)) / whole;
    spot.sense += (weight * Math.min(1, strength)) / whole;
    if (itself) spot.matched += share;
  }
}

function reachOut(around: Map<number, Around>, hit: Hit, levers: Levers): void {
  const reach = [1, levers.beside, levers.further];
  for (let step = Math.max(1 - reach.length, -hit.place); step < reach.length; step += 1) {
    const key = keyOf(hit.sitting, hit.place + step);
    let found = around.get(key);
    if (!found) around.set(key, (found = { at: { ...hit, place: hit.place + step }, own: 0, strength: 0, said: 0, itself: false }));
    const worth = reachOf(reach, step, hit.asks ? levers.answer : 0) * hit.strength;
    found.strength += worth;
    if (!hit.alike) found.said += worth;
    if (step === 0) {
      found.own = hit.strength;
      found.itself = !hit.alike;
    }
  }
}

const reachOf = (usual: number[], step: number, answer: number) => (step === 1 ? Math.max(answer, usual[1]!) : usual[Math.abs(step)]!);

/** One hit a place: versions of one message must not count twice. */
function strongestOfRivals(hits: Hit[]): Iterable<Hit> {
  const best = new Map<number, Hit>();
  for (const hit of hits) {
    const key = keyOf(hit.sitting, hit.place);
    const before = best.get(key);
    if (!before || hit.strength > before.strength) best.set(key, hit);
  }
  return best.values();
}

/**
 * A meaning counts for its place and, less, for those around: the answer often stands beside what sounds like the question. Returns
 * how near each sitting is: the mean of its nearest three.
 */
function spreadMeanings(spots: Map<number, Spot>, near: Near[], levers: Levers): Map<number, number> {
  const reach = [1, levers.nearBeside, levers.nearFurther];
  const best = new Map<number, Near>();
  for (const one of near) {
    const key = keyOf(one.sitting, one.place);
    if (one.distinction > (best.get(key)?.distinction ?? 0)) best.set(key, one);
  }
  // What lies just beyond the nearest ones is not among them: from there on nearness counts.
  const least = Math.max(0, Math.min(...near.map(({ distinction }) => distinction)));
  const bySitting = new Map<number, number[]>();
  for (const one of best.values()) {
    bySitting.set(one.sitting, [...(bySitting.get(one.sitting) ?? []), one.distinction - least]);
    spotAt(spots, one).meaning = Math.max(0, one.distinction - chance);
    for (let step = 1 - reach.length; step < reach.length; step += 1) {
      const place = one.place + step;
      if (place >= 0) spotAt(spots, { ...one, place }).nearness += reachOf(reach, step, one.asks ? levers.answer : 0) * (one.distinction - least);
    }
  }
  const nearest = (all: number[]) => all.sort((a, b) => b - a).slice(0, nearestCounted).reduce((sum, one) => sum + one, 0) / nearestCounted;
  return new Map([...bySitting].map(([sitting, all]) => [sitting, nearest(all)]));
}

const nearestCounted = 3;

/** BM25 of each sitting taken as one long message, the best being 1. By the question's own words: words alike are everywhere in a sitting. */
function sittingPriors({ terms, corpus, sizes }: Evidence, kept: Set<number>): Map<number, number> {
  const size = sizes([...kept]);
  const usual = corpus.memories / Math.max(1, corpus.sittings);
  const scores = new Map<number, number>();
  for (const term of terms) {
    const counts = countBySitting(term.hits);
    const weight = rarity(counts.size, corpus.sittings);
    for (const [sitting, count] of counts) {
      if (!kept.has(sitting)) continue;
      const length = saturation * (1 - lengthShare + (lengthShare * (size.get(sitting) ?? usual)) / usual);
      scores.set(sitting, (scores.get(sitting) ?? 0) + (weight * count * (saturation + 1)) / (count + length));
    }
  }
  const best = Math.max(0, ...scores.values()) || 1;
  return new Map([...scores].map(([sitting, score]) => [sitting, score / best]));
}

/** How often each sitting says a word. */
function countBySitting(hits: Hit[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { sitting, alike } of hits) if (!alike) counts.set(sitting, (counts.get(sitting) ?? 0) + 1);
  return counts;
}

/** Scales words and neighbours by the best place, meaning and nearness into 0 to 1. Saying the whole question counts twice saying half. */
function normalise(spots: Spot[], trust: number): void {
  const best = Math.max(0, ...spots.map((spot) => (spot.words + spot.neighbours) * (1 + spot.sense))) || 1;
  for (const spot of spots) {
    const scale = (1 + spot.sense) / best;
    spot.words *= scale;
    spot.neighbours *= scale;
    spot.meaning = spot.meaning / (1 + spot.meaning);
    spot.nearness = trust * Math.min(1, spot.nearness / fullNearness) ** nearnessBend;
    spot.priorNearness *= trust;
  }
}

const keyOf = (sitting: number, place: number) => sitting * 2 ** 20 + place;

function spotAt(spots: Map<number, Spot>, { sitting, place }: { sitting: number; place: number }): Spot {
  const key = keyOf(sitting, place);
  let spot = spots.get(key);
  if (!spot) spots.set(key, (spot = { sitting, place, words: 0, neighbours: 0, coverage: 0, sense: 0, matched: 0, prior: 0, priorNearness: 0, meaning: 0, nearness: 0 }));
  return spot;
}
