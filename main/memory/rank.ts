/**
 * Which memories bear on a question, from counts and distances alone. Pure. A question's key words often stand in one
 * message and the fact in the next, so words count for the messages around them too, and for the sitting they fell in.
 */

/** Where a memory stands: `place` steps into its sitting. Rival versions of a message share a place. `asks`: it ends with a question. */
export type Place = { seq: number; sitting: number; place: number; asks: boolean };
/**
 * A memory that holds a word; `strength` is BM25's share without the word's rarity, 0 to 2.2. `alike`: it holds only a word
 * that means much the same.
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
  /** How well the whole sitting fits. */
  prior: number;
  /** By its own meaning; 0 where that does not stand out. */
  meaning: number;
  /** By its meaning and those around it. For the order alone: a little closeness counts, too. */
  nearness: number;
};

/** Chosen on one half of LoCoMo-10 and held on the other, like the weight of the sitting. */
const reach = [1, 0.5, 0.25] as const;
/** What follows a question is its answer, more often than not. Chosen likewise: .786 of the turns asked for among ten became .791, by words. */
const answerReach = 0.8;
/** Among a few hundred memories chance alone brings some this many standard deviations closer than usual. */
const chance = 2.5;
/** Chosen like the reach of words, for the embedder that comes with the app. Beyond `fullNearness` deviations there is no nearer. */
const meaningReach = [1, 0.5, 0.15] as const;
const fullNearness = 10;
/** The first bit of closeness says most: which of many memories are about the matter at all. */
const nearnessBend = 0.4;
const saturation = 1.2;
const lengthShare = 0.75;
/** Sittings looked into. Beyond them nothing in a store of a hundred thousand memories was ever among the first ten. */
const sittingsKept = 200;

export type Sizes = (sittings: number[]) => Map<number, number>;
export type Evidence = { terms: Term[]; near: Near[]; corpus: Corpus; /** Memories in each of these sittings. */ sizes: Sizes };

/** BM25's weight of a word by how few memories (or sittings) hold it. Never negative. */
export const rarity = (holders: number, all: number): number => Math.log(1 + (Math.max(all, holders) - holders + 0.5) / (holders + 0.5));

/** Scores every place that a word or a meaning points to, and the places around words. Unordered. */
export function scoreSpots(evidence: Evidence): Spot[] {
  const kept = promisingSittings(evidence);
  const spots = new Map<number, Spot>();
  // A word that nobody has said weighs as one said once: what is asked then stands only partly here.
  const weights = evidence.terms.map((term) => rarity(Math.max(1, term.holders), evidence.corpus.memories));
  const whole = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  evidence.terms.forEach((term, index) => spread(spots, { term, weight: weights[index]!, whole, kept }));
  const priors = sittingPriors(evidence, kept);
  spreadMeanings(spots, evidence.near);
  for (const spot of spots.values()) spot.prior = priors.get(spot.sitting) ?? 0;
  normalise([...spots.values()]);
  return [...spots.values()];
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

/** Adds one word's worth to the places that hold it and to those around. */
function spread(spots: Map<number, Spot>, { term, weight, whole, kept }: { term: Term; weight: number; whole: number; kept: Set<number> }): void {
  const around = new Map<number, { at: Place; own: number; strength: number; said: number }>();
  for (const hit of strongestOfRivals(term.hits)) {
    if (!kept.has(hit.sitting)) continue;
    for (let step = 1 - reach.length; step < reach.length; step += 1) {
      const place = hit.place + step;
      if (place < 0) continue;
      const key = keyOf(hit.sitting, place);
      let found = around.get(key);
      if (!found) around.set(key, (found = { at: { ...hit, place }, own: 0, strength: 0, said: 0 }));
      const worth = reachOf(reach, hit, step) * hit.strength;
      found.strength += worth;
      if (!hit.alike) found.said += worth;
      if (step === 0) found.own = hit.strength;
    }
  }
  for (const { at, own, strength, said } of around.values()) {
    const spot = spotAt(spots, at);
    spot.words += weight * own;
    spot.neighbours += weight * (strength - own);
    spot.coverage += (weight * Math.min(1, said)) / whole;
    spot.sense += (weight * Math.min(1, strength)) / whole;
  }
}

const reachOf = (usual: readonly number[], { asks }: Place, step: number) => (asks && step === 1 ? Math.max(answerReach, usual[1]!) : usual[Math.abs(step)]!);

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

/** A meaning counts for its place and, less, for those around: the answer often stands beside what sounds like the question. */
function spreadMeanings(spots: Map<number, Spot>, near: Near[]): void {
  const best = new Map<number, Near>();
  for (const one of near) {
    const key = keyOf(one.sitting, one.place);
    if (one.distinction > (best.get(key)?.distinction ?? 0)) best.set(key, one);
  }
  // What lies just beyond the nearest ones is not among them: from there on nearness counts.
  const least = Math.max(0, Math.min(...near.map(({ distinction }) => distinction)));
  for (const one of best.values()) {
    spotAt(spots, one).meaning = Math.max(0, one.distinction - chance);
    for (let step = 1 - meaningReach.length; step < meaningReach.length; step += 1) {
      const place = one.place + step;
      if (place >= 0) spotAt(spots, { ...one, place }).nearness += reachOf(meaningReach, one, step) * (one.distinction - least);
    }
  }
}

/** BM25 of each sitting taken as one long message, the best being 1. */
function sittingPriors({ terms, corpus, sizes }: Evidence, kept: Set<number>): Map<number, number> {
  const size = sizes([...kept]);
  const usual = corpus.memories / Math.max(1, corpus.sittings);
  const scores = new Map<number, number>();
  for (const term of terms) {
    const { counts, holders } = countBySitting(term.hits);
    const weight = rarity(holders, corpus.sittings);
    for (const [sitting, count] of counts) {
      if (!kept.has(sitting)) continue;
      const length = saturation * (1 - lengthShare + (lengthShare * (size.get(sitting) ?? usual)) / usual);
      scores.set(sitting, (scores.get(sitting) ?? 0) + (weight * count * (saturation + 1)) / (count + length));
    }
  }
  const best = Math.max(0, ...scores.values()) || 1;
  return new Map([...scores].map(([sitting, score]) => [sitting, score / best]));
}

/** How often each sitting says a word, words alike counted as far as they are; and how many say the word itself. */
function countBySitting(hits: Hit[]): { counts: Map<number, number>; holders: number } {
  const counts = new Map<number, number>();
  const holding = new Set<number>();
  for (const { sitting, strength, alike } of hits) {
    counts.set(sitting, (counts.get(sitting) ?? 0) + (alike ? strength : 1));
    if (!alike) holding.add(sitting);
  }
  return { counts, holders: holding.size };
}

/** Scales words and neighbours by the best place, meaning and nearness into 0 to 1. Saying the whole question counts twice saying half. */
function normalise(spots: Spot[]): void {
  const best = Math.max(0, ...spots.map((spot) => (spot.words + spot.neighbours) * (1 + spot.sense))) || 1;
  for (const spot of spots) {
    const scale = (1 + spot.sense) / best;
    spot.words *= scale;
    spot.neighbours *= scale;
    spot.meaning = spot.meaning / (1 + spot.meaning);
    spot.nearness = Math.min(1, spot.nearness / fullNearness) ** nearnessBend;
  }
}

const keyOf = (sitting: number, place: number) => sitting * 2 ** 20 + place;

function spotAt(spots: Map<number, Spot>, { sitting, place }: { sitting: number; place: number }): Spot {
  const key = keyOf(sitting, place);
  let spot = spots.get(key);
  if (!spot) spots.set(key, (spot = { sitting, place, words: 0, neighbours: 0, coverage: 0, sense: 0, prior: 0, meaning: 0, nearness: 0 }));
  return spot;
}
