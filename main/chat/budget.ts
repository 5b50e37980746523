/** How a model's window is shared out: the answer, what is remembered, and the conversation so far. Tokens throughout. */

export type Budget = {
  /** Kept free for the answer. */
  answer: number;
  /** At most for remembered lines. */
  memory: number;
  /** For everything the model is given: system text, history, question, remembered lines. */
  prompt: number;
};

/** What a chat template puts around one message, generously. */
export const messageOverhead = 8;

/** Recall gains little beyond this, and small readers lose. */
const mostMemory = 2_000;

/** Passages of notes take more room than remembered sentences, of the same tokens. */
const mostNoted = 6_000;

/** `notes`: passages of notes may be among the lines. */
export function budgetFor(model: { windowTokens: number; longestAnswer: number; memoryTokens: number | null; notes?: boolean }): Budget {
  const answer = Math.min(model.longestAnswer, Math.floor(model.windowTokens / 4));
  const prompt = model.windowTokens - answer - messageOverhead;
  const memory = model.memoryTokens ?? Math.min(mostMemory, Math.floor(model.windowTokens * 0.15));
  if (model.notes) return { answer, prompt, memory: Math.max(memory, Math.min(mostNoted, Math.floor(prompt / 2))) };
  return { answer, prompt, memory: Math.min(memory, Math.floor(prompt / 3)) };
}

/** When a cut is needed, this share of the room is filled, so that the next cut is many turns away. */
const keptAfterCut = 0.6;

/**
 * Index of the first turn that is given to the model. `costs` are the turns', oldest first, the question's last; it is
 * always kept. The cut stays where it was (`firstKept`) as long as everything after it fits: the prompt's beginning is
 * then the same from turn to turn, and the model reads only what is new.
 */
export function fitTurns(costs: number[], room: number, firstKept = 0): number {
  const last = costs.length - 1;
  const sumFrom = (index: number) => costs.slice(index).reduce((sum, cost) => sum + cost, 0);
  let first = Math.min(Math.max(firstKept, 0), Math.max(last, 0));
  if (sumFrom(first) <= room) return first;
  while (first < last && sumFrom(first) > room * keptAfterCut) first += 1;
  return first;
}

/** How many of these, in order, fit into the room. */
export function countThatFit(costs: number[], room: number): number {
  let used = 0;
  const end = costs.findIndex((cost) => (used += cost) > room);
  return end === -1 ? costs.length : end;
}
