/** Two messages on the same matter, the later one telling of a change: for a question about the present it stands above the earlier one. Pure. */
import type { RecallScores } from '../contract/memory.ts';
import type { MemoryRow } from '../store/memoryRecall.ts';
import type { Asked, Tense } from './asked.ts';
import { tellsChange } from './changes.ts';
import type { Newer } from './levers.ts';
import { mattersOf } from './matters.ts';
import { rarity } from './rank.ts';

type Scored = { row: MemoryRow; scores: RecallScores };

/** What speaks for a later message as the present state of what an earlier one says. */
export type Renewal = {
  /** Its score, as a share of the earlier one's. */
  ratio: number;
  /** It says that something is other than it was: 1, or 0. */
  change: number;
  /** Rarity of the words both have, summed: of the question's own, and of all others. */
  asked: number;
  shared: number;
  /** How far it tells the answer, as log odds above what lines usually have; 0 where nothing was read again. */
  told: number;
};

/** Lower than that of most lines found: what was read is given the benefit, on our own histories. */
const usualOdds = -2.4;
const asksForPresent = new Set<Tense>(['now', 'present']);
/** Messages this far down are looked at; what stands lower is rarely on the matter. */
const looked = 15;
/** Enough to tell which words many of them have. */
const compared = 40;
/** In one sitting people say a thing in several ways; what changed is told on another day. */
const leastApartMs = 86_400_000;

/** `ranked`: best first. A later message that renews an earlier one takes the place above the highest it renews. */
export function withNewerAbove<One extends Scored>(ranked: One[], asked: Asked, lever: Newer): One[] {
  if (!lever.on || !asksForPresent.has(asked.tense)) return ranked;
  // Most of what it looks at is never needed: in an import nobody tells the owner's changes.
  let measure: ReturnType<typeof measureAmong> | null = null;
  const measured = (later: One, earlier: One) => (measure ??= measureAmong(ranked, mattersOf([...asked.words].join(' '))))(later, earlier);
  const order = [...ranked];
  for (let at = 1; at < Math.min(looked, order.length); at++) {
    const later = order[at]!;
    const above = order.slice(0, at).findIndex((earlier) => mayRenew(later, earlier) && renews(measured(later, earlier), lever));
    if (above < 0) continue;
    order.splice(at, 1);
    order.splice(above, 0, { ...later, scores: { ...later.scores, total: order[above]!.scores.total } });
  }
  return order;
}

/** Only the owner's statements: an assistant retells what it was told, and of others in an import nothing was gained on LoCoMo (-.001). */
const mayRenew = (later: Scored, earlier: Scored) => isTold(later) && isTold(earlier) && later.row.createdAt - earlier.row.createdAt >= leastApartMs;
const isTold = ({ row }: Scored) => row.role === 'user' && row.speaker === null && !row.question;

const renews = ({ ratio, change, asked, shared, told }: Renewal, lever: Newer) =>
  lever.ratio * ratio + lever.change * change + lever.asked * asked + lever.shared * shared + lever.told * told > lever.least;

/** Words are rare or not among the best of what was found; each text is taken apart once. */
function measureAmong(all: Scored[], asked: Set<string>): (later: Scored, earlier: Scored) => Renewal {
  const ranked = all.slice(0, compared);
  const holders = new Map<string, number>();
  const matters = new Map(ranked.map(({ row }) => [row.id, mattersOf(row.text)]));
  for (const words of matters.values()) for (const word of words) holders.set(word, (holders.get(word) ?? 0) + 1);
  const rarityOf = (words: string[]) => words.reduce((sum, word) => sum + rarity(holders.get(word)!, ranked.length), 0);
  return (later, earlier) => {
    const said = matters.get(earlier.row.id)!;
    const both = [...matters.get(later.row.id)!].filter((word) => said.has(word));
    return {
      ratio: later.scores.total / Math.max(earlier.scores.total, Number.EPSILON),
      change: Number(tellsChange(later.row.text)),
      asked: rarityOf(both.filter((word) => asked.has(word))),
      shared: rarityOf(both.filter((word) => !asked.has(word))),
      told: later.scores.told === undefined ? 0 : logOdds(later.scores.told) - usualOdds,
    };
  };
}

const logOdds = (share: number): number => Math.log(share / (1 - share));
