/** Figures of what was recalled for the histories' questions. Pure. */
import type { Figures } from '../bench.ts';
import { kinds, type HistoryQuestion } from './histories.ts';

export type Answered = {
  history: string;
  language: string;
  question: HistoryQuestion;
  /** Lines, best first, as many as were asked for. */
  found: string[];
  /** How likely something that was found tells the answer, 0 to 1. */
  bearing: number;
};

export function scoreMemory(answered: Answered[]): Figures {
  const answerable = answered.filter(({ question }) => question.evidence.length > 0);
  const replaced = answerable.filter(({ question }) => question.stale.length > 0);
  const guarded = answered.filter(({ question }) => question.forbidden.length > 0);
  return {
    questions: answered.length,
    /** Share of questions about a value that changed for which the old one stands above the present one. */
    stale: mean(replaced, (one) => Number(staleFirst(one))),
    /** Questions for which something was recalled that must not be. */
    leakage: guarded.filter(({ question, found }) => question.forbidden.some((id) => found.includes(id))).length,
    abstention: { auroc: auroc(answerable.map(({ bearing }) => bearing), answered.filter(({ question }) => question.kind === 'abstain').map(({ bearing }) => bearing)) },
    all: recalls(answerable),
    byKind: Object.fromEntries(kinds.flatMap((kind) => group(answerable, kind, ({ question }) => question.kind))),
    byLanguage: Object.fromEntries([...new Set(answered.map(({ language }) => language))].flatMap((language) => group(answerable, language, (one) => one.language))),
  };
}

const group = (answered: Answered[], name: string, nameOf: (one: Answered) => string): [string, Figures][] => {
  const own = answered.filter((one) => nameOf(one) === name);
  return own.length === 0 ? [] : [[name, recalls(own)]];
};

const recalls = (answered: Answered[]): Figures => ({ n: answered.length, r1: mean(answered, recallAt(1)), r5: mean(answered, recallAt(5)), r10: mean(answered, recallAt(10)) });

const recallAt = (k: number) => ({ question, found }: Answered) => question.evidence.filter((id) => found.slice(0, k).includes(id)).length / question.evidence.length;

/** A present value that was not found at all stands below everything. */
function staleFirst({ question, found }: Answered): boolean {
  const placeOf = (ids: string[]) => Math.min(...ids.map((id) => (found.includes(id) ? found.indexOf(id) : Infinity)));
  return placeOf(question.stale) < placeOf(question.evidence);
}

/** How likely one that can be answered scores above one that cannot; .5 is chance. */
export function auroc(positive: number[], negative: number[]): number | null {
  if (positive.length === 0 || negative.length === 0) return null;
  const above = positive.reduce((sum, one) => sum + negative.reduce((wins, other) => wins + (one > other ? 1 : one === other ? 0.5 : 0), 0), 0);
  return above / (positive.length * negative.length);
}

const mean = (answered: Answered[], value: (one: Answered) => number) =>
  answered.length === 0 ? null : answered.reduce((sum, one) => sum + value(one), 0) / answered.length;
