/** Figures of a ranking against what should have been found. Pure. */
import type { Figures } from '../bench.ts';
import type { LocomoTurn } from './locomo.ts';

export type Ranking = {
  category: number;
  /** Turn ids, best first. */
  found: string[];
  evidence: Set<string>;
  /** What each turn found would take in a prompt. */
  tokens: number[];
};

const budgets = [300, 600, 1_200] as const;
const categories = [1, 2, 3, 4, 5] as const;

/** 1 multi-hop, 2 temporal, 3 open domain, 4 single-hop, 5 adversarial. */
export function scoreRankings(rankings: Ranking[]): Figures {
  const upTo4 = rankings.filter(({ category }) => category <= 4);
  return {
    ...scoreGroup(rankings),
    categories1to4: { n: upTo4.length, ...scoreGroup(upTo4) },
    byCategory: Object.fromEntries(
      categories.map((category) => {
        const group = rankings.filter((ranking) => ranking.category === category);
        return [String(category), { n: group.length, ...turnScores(group), ...withinBudgets(group) }];
      }),
    ),
  };
}

/** In a line of a table. */
export const summarise = (rankings: Ranking[]): Figures => ({
  turnR10: mean(rankings, (ranking) => recallAt(ranking, 10)),
  sittingR10: mean(rankings, (ranking) => recallAt(bySitting(ranking), 10)),
  within600: mean(rankings, (ranking) => recallAt(ranking, countWithin(ranking.tokens, 600))),
  multiHopR10: mean(rankings.filter(({ category }) => category === 1), (ranking) => recallAt(ranking, 10)),
});

const scoreGroup = (group: Ranking[]): Figures => ({ turn: turnScores(group), sitting: turnScores(group.map(bySitting)), ...withinBudgets(group) });

const turnScores = (group: Ranking[]): Figures => ({
  r5: mean(group, (ranking) => recallAt(ranking, 5)),
  r10: mean(group, (ranking) => recallAt(ranking, 10)),
  r20: mean(group, (ranking) => recallAt(ranking, 20)),
  ndcg10: mean(group, (ranking) => ndcgAt(ranking, 10)),
});

const withinBudgets = (group: Ranking[]): Figures =>
  Object.fromEntries(budgets.map((budget) => [`within${budget}`, mean(group, (ranking) => recallAt(ranking, countWithin(ranking.tokens, budget)))]));

const recallAt = ({ found, evidence }: Ranking, k: number) => found.slice(0, k).filter((id) => evidence.has(id)).length / evidence.size;

function ndcgAt({ found, evidence }: Ranking, k: number): number {
  const gain = (rank: number) => 1 / Math.log2(rank + 2);
  const got = found.slice(0, k).reduce((sum, id, rank) => sum + (evidence.has(id) ? gain(rank) : 0), 0);
  const ideal = Array.from({ length: Math.min(k, evidence.size) }, (_, rank) => gain(rank)).reduce((sum, value) => sum + value, 0);
  return got / ideal;
}

/** 1.33 tokens a word and 4 a line, speaker and caption included. */
export const tokensOf = ({ speaker, text, caption }: LocomoTurn): number => Math.trunc(`${speaker}: ${text} ${caption ?? ''}`.trim().split(/\s+/u).length * 1.33) + 4;

/** Turns in order until the first that does not fit. */
function countWithin(tokens: number[], budget: number): number {
  let used = 0;
  const end = tokens.findIndex((cost) => (used += cost) > budget);
  return end === -1 ? tokens.length : end;
}

/** The same ranking as sittings: each where its first turn stands. A turn's id names its sitting before the colon. */
function bySitting(ranking: Ranking): Ranking {
  const sittingOf = (id: string) => id.slice(0, id.indexOf(':'));
  return { ...ranking, found: [...new Set(ranking.found.map(sittingOf))], evidence: new Set([...ranking.evidence].map(sittingOf)) };
}

const mean = (group: Ranking[], score: (ranking: Ranking) => number) =>
  group.length === 0 ? null : group.reduce((sum, ranking) => sum + score(ranking), 0) / group.length;

/** The value below which this share of the others lies. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
