/** From scored places to an order of memories: soft boosts, then everything that keeps memory from feeding on itself. Pure. */
import type { RecallScores } from '../contract/memory.ts';
import type { MemoryRow } from '../store/memoryRecall.ts';
import { signalNames, type Levers } from './levers.ts';
import type { Spot } from './rank.ts';
import { readQuestion, type Asked } from './asked.ts';
import { withNewerAbove } from './newer.ts';
import { newnessAmong, signalsOf, type Candidate } from './signals.ts';
import { contentStems, wordsOf } from '../meaning/words.ts';

/** A memory in its place of the order. */
export type Ranked = {
  row: MemoryRow;
  spot: Spot;
  scores: RecallScores;
  /** It was found because an earlier answer drew on it, because it corrects what was found, or because it says how that is now. */
  through: 'answer' | 'correction' | 'update' | null;
};

export type OrderOptions = {
  question: string;
  /** When it is asked. */
  now: number;
  /** Memories that answers cite and corrections, by id; absent when gone, out of view, or already in the prompt. */
  related: Map<string, MemoryRow>;
  /** By place in the store: memories whose claims no longer hold, and the memory that says what holds. */
  overtaken: Map<number, MemoryRow>;
  levers: Levers;
};

const shares = { question: 0.4, assistant: 0.8, throughAnswer: 0.9, pinned: 1.15, overtaken: 0.5 };

/** Best first; each memory once, questions asked again and again once, what was corrected as its correction. */
export function orderMemories(candidates: Candidate[], options: OrderOptions): Ranked[] {
  const asked = readQuestion(options.question, options.now);
  const weigher = weigherFor(candidates, asked, options.levers);
  const found = new Map<string, Ranked>();
  for (const candidate of candidates) {
    const ranked = weigher(candidate);
    for (const target of standsFor(candidate.row, options.related)) {
      for (const { share, ...present } of presentOf(target, options.overtaken)) {
        const total = ranked.scores.total * share * (present.through === 'answer' ? shares.throughAnswer : 1);
        keepBetter(found, { ...ranked, ...present, scores: { ...ranked.scores, total } });
      }
    }
  }
  return scaled(withNewerAbove(collapse([...found.values()].sort(byTotal)), asked, options.levers.newer));
}

/** What answers one part of a question well counts nearly as what answers the whole; `share` of what it has there. */
export function withParts(whole: Ranked[], parts: Ranked[][], share: number): Ranked[] {
  if (parts.length === 0) return whole;
  const found = new Map<string, Ranked>();
  for (const ranked of whole) keepBetter(found, ranked);
  for (const ranked of parts.flat()) keepBetter(found, { ...ranked, scores: { ...ranked.scores, total: ranked.scores.total * share } });
  // Not by time where scores are alike: the order within each is settled.
  return [...found.values()].sort((a, b) => b.scores.total - a.scores.total);
}

function weigherFor(candidates: Candidate[], asked: Asked, { weights }: Levers): (candidate: Candidate) => Ranked {
  const newness = newnessAmong(candidates);
  return ({ row, spot }) => {
    const signals = signalsOf({ row, spot }, asked, newness({ row, spot }));
    const sum = signalNames.reduce((total, name) => total + weights[name] * signals[name], 0);
    const { words, neighbours, prior: sitting, meaning } = spot;
    const total = Math.max(0, sum) * shareOf(row, asked);
    return { row, spot, through: null, scores: { words, neighbours, sitting, meaning, total } };
  };
}

/** Statements before questions, the owner's lines before the assistant's; a pin tips the scale. */
function shareOf(row: MemoryRow, asked: Asked): number {
  const kind = row.question ? shares.question : row.role === 'assistant' && row.speaker === null && !asked.aboutAssistant ? shares.assistant : 1;
  return kind * (row.pinned ? shares.pinned : 1);
}

type Target = { row: MemoryRow; through: Ranked['through'] };

/** What a memory stands for: itself, what corrects it, or what an earlier answer drew on. Nothing when that is gone. */
function standsFor(row: MemoryRow, related: Map<string, MemoryRow>): Target[] {
  if (row.replacedBy !== null) return current(row, related).map((target) => ({ row: target, through: 'correction' }));
  const cited = row.cites.flatMap((id) => (related.has(id) ? [related.get(id)!] : []));
  const targets: Target[] = cited.flatMap((target) => current(target, related)).map((target) => ({ row: target, through: 'answer' }));
  if (row.cites.length === 0 || saysMore(row, cited)) targets.push({ row, through: null });
  return targets;
}

/** What no longer holds stands below what holds, which is found wherever the other was. */
function presentOf(target: Target, overtaken: Map<number, MemoryRow>): (Target & { share: number })[] {
  const present = overtaken.get(target.row.seq);
  if (!present) return [{ ...target, share: 1 }];
  return [{ row: present, through: 'update', share: 1 }, { ...target, share: shares.overtaken }];
}

function current(row: MemoryRow, related: Map<string, MemoryRow>): MemoryRow[] {
  if (row.replacedBy === null) return [row];
  const correction = related.get(row.replacedBy);
  return correction ? current(correction, related) : [];
}

/** An answer that goes well beyond what it cites (a plan, a recipe) is worth recalling for itself, too. */
function saysMore(answer: MemoryRow, cited: MemoryRow[]): boolean {
  const known = new Set(cited.flatMap(({ text }) => [...contentStems(text)]));
  const said = [...contentStems(answer.text)];
  const novel = said.filter((word) => !known.has(word)).length;
  return novel >= 12 && novel > said.length / 2;
}

function keepBetter(found: Map<string, Ranked>, ranked: Ranked): void {
  const before = found.get(ranked.row.id);
  if (!before || ranked.scores.total > before.scores.total) found.set(ranked.row.id, ranked);
}

const byTotal = (a: Ranked, b: Ranked) => b.scores.total - a.scores.total || b.row.createdAt - a.row.createdAt || b.row.seq - a.row.seq;

/** The same thing said or asked again adds nothing: the best one stays. */
function collapse(ranked: Ranked[]): Ranked[] {
  const seen = new Set<string>();
  return ranked.filter(({ row }) => {
    const said = row.question ? `?${[...contentStems(row.text)].sort().join(' ')}` : `${row.role} ${row.speaker ?? ''} ${wordsOf(row.text).join(' ')} ${row.caption ?? ''}`;
    return !seen.has(said) && seen.add(said);
  });
}

function scaled(ranked: Ranked[]): Ranked[] {
  const best = ranked[0]?.scores.total || 1;
  return ranked.map((one) => ({ ...one, scores: { ...one.scores, total: one.scores.total / best } }));
}
