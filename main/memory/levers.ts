/**
 * What recall weighs, all in one place, so that each can be turned off to show its worth, and chosen on one half of the data
 * for the other: `npm run bench -- recall --ablate`.
 */

/** What speaks for a memory; see signals.ts. */
export const signalNames = ['said', 'matched', 'sitting', 'near', 'sittingNear', 'named', 'time', 'dated', 'names', 'asks', 'recent'] as const;
export type Signals = Record<(typeof signalNames)[number], number>;

/** When a later message stands above an earlier one on the same matter; see newer.ts. */
export type Newer = { on: boolean; ratio: number; change: number; asked: number; shared: number; told: number; least: number };

export type Levers = {
  /** A word's worth to the message beside the one that says it, and to the next but one. */
  beside: number;
  further: number;
  /** What follows a question is its answer, more often than not. */
  answer: number;
  /** A word that means the same beside the word itself: of what the embedder has earned, and at most. */
  alike: number;
  alikeMost: number;
  /** A meaning's worth to the messages around it. */
  nearBeside: number;
  nearFurther: number;
  /** How much of its weight a meaning has for what the embedder has earned, at most 1. */
  trust: number;
  /** What speaks for a memory, and how much. */
  weights: Signals;
  newer: Newer;
  /** What is found for one part of a question that asks several things, of what it would have alone; 0: only the whole is asked. */
  parts: number;
  /** What a line gains that surely tells the answer, read again by a reranker, of what the best has; less for a reranker that knows less. */
  told: number;
};

export const usualLevers: Levers = {
  beside: 0.4,
  further: 0.3,
  answer: 0.8,
  alike: 3,
  alikeMost: 0.9,
  nearBeside: 0.5,
  nearFurther: 0.15,
  trust: 3.4,
  weights: { said: 1, matched: 0.07, sitting: 0.29, sittingNear: 0.3, near: 0.43, named: 0.11, time: 0.34, dated: 0.5, names: 0.19, asks: -0.15, recent: 0.5 },
  newer: { on: true, ratio: 1, change: 1, asked: 0.385, shared: 0.245, told: 0.3, least: 2.28 },
  parts: 0.9,
  told: 0.5,
};
