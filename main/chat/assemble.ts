import { AppError } from '../contract/errors.ts';
import type { PromptMessage } from '../engine/contract.ts';
import type { PromptRecord } from '../store/given.ts';
import { budgetFor, countThatFit, fitTurns, messageOverhead, type Budget } from './budget.ts';
import type { ActingPersona, ChatDependencies, ChatModel } from './chatTypes.ts';
import { systemText, turnsOf, type HistoryMessage, type PromptTurn, type TrainedForm } from './prompt.ts';

export type PlanParts = {
  conversationId: string;
  model: ChatModel;
  acting: ActingPersona;
  /** Up to and including the question; up to the last answer when reading ahead. */
  history: HistoryMessage[];
  /** What the answer already says, when it is continued. */
  answerSoFar: string;
  /** Remembered lines may follow. */
  remembers: boolean;
  /** Passages of notes may be among them. */
  notes: boolean;
};

export type Plan = {
  budget: Budget;
  /** Ids of the messages that the model will see. */
  seen: string[];
  /** How many of these lines, in order, fit into the memory's tokens, or into a share of them. */
  countLines(lines: string[], share?: number): Promise<number>;
  /** The prompt with these lines in their place, what remains for the answer, tokens, and what rebuilds it later. */
  write(lines: string[]): Promise<{ messages: PromptMessage[]; longestAnswer: number; record: PromptRecord }>;
};

/** An answer shorter than this is not worth beginning. */
const shortestAnswer = 24;

export type Assembler = { plan(parts: PlanParts): Promise<Plan> };

/**
 * Decides which part of a conversation the model is given. It remembers, by conversation, where it last cut, and the
 * token counts of texts it has seen.
 */
export function createAssembler(deps: Pick<ChatDependencies, 'settings' | 'now'> & { engine: Pick<ChatDependencies['engine'], 'countTokens'> }): Assembler {
  const cuts = new Map<string, string>();
  const count = createCounter((texts) => deps.engine.countTokens(texts));

  const memoryTokens = ({ remembers, notes }: PlanParts) => (remembers || notes ? deps.settings().memoryTokens : 0);

  async function plan(parts: PlanParts): Promise<Plan> {
    const { model, acting, history, conversationId } = parts;
    const { instructions, sampling } = acting.persona;
    const budget = budgetFor({ windowTokens: model.windowTokens, longestAnswer: sampling.maxTokens, memoryTokens: memoryTokens(parts), notes: parts.notes });
    const { trained } = model;
    const system = systemText({ trained, instructions, remembers: parts.remembers, notes: parts.notes, at: deps.now() });

    const turns = followable(turnsOf(history, [], trained !== null), trained);
    const [systemCost = 0, soFarCost = 0] = await count(model.name, [system, parts.answerSoFar]);
    const costs = await Promise.all(turns.map(async ({ messages }) => sum(await count(model.name, messages.map(({ text }) => text))) + messages.length * messageOverhead));
    const room = budget.prompt - systemCost - soFarCost - messageOverhead;
    const first = fitTurns(costs, room - budget.memory, turns.findIndex(({ id }) => id === cuts.get(conversationId)));
    const cost = sum(costs.slice(first));
    // A question alone may take the memory's room and, all but a little, the answer's.
    const spare = model.windowTokens - systemCost - soFarCost - cost - 2 * messageOverhead;
    if (spare < Math.min(shortestAnswer, budget.answer)) throw tooLong(costs.at(-1) ?? soFarCost, model, parts.answerSoFar);
    if (first > 0) cuts.set(conversationId, turns[first]!.id);

    const kept = new Set(turns.slice(first).map(({ id }) => id));
    const record = { model: model.name, system, from: turns[first]?.id ?? null, marksInFront: trained !== null, soFar: parts.answerSoFar.length };
    const start = history.findIndex(({ id }) => kept.has(id));
    return {
      budget: { ...budget, memory: Math.max(0, Math.min(budget.memory, spare - shortestAnswer)) },
      seen: start === -1 ? [] : history.slice(start).map(({ id }) => id),
      async countLines(lines, share = 1) {
        return countThatFit(await count(model.name, lines), share * Math.max(0, Math.min(budget.memory, spare - shortestAnswer)));
      },
      async write(lines) {
        const linesCost = lines.length === 0 ? 0 : sum(await count(model.name, lines)) + 2 * messageOverhead;
        const messages = followable(turnsOf(history, lines, trained !== null), trained).slice(first).flatMap((turn) => turn.messages);
        return { messages: [{ role: 'system', text: system }, ...messages], longestAnswer: Math.max(1, spare - linesCost), record };
      },
    };
  }
  return { plan };
}

/** A model that knows one prompt follows only so many turns before the question. */
const followable = (turns: PromptTurn[], trained: TrainedForm | null) => (trained ? turns.slice(-1 - trained.historyTurns) : turns);

function tooLong(tokens: number, model: ChatModel, answerSoFar: string): AppError {
  const window = `${model.name} reads at most ${model.windowTokens.toLocaleString('en')} tokens at once`;
  const advice = 'load a model with a larger window under Models';
  return answerSoFar
    ? new AppError('too-large', `This answer fills the window: ${window}. What it says is saved; ask for the rest in a new message, or ${advice}.`)
    : new AppError('too-large', `This message is about ${tokens.toLocaleString('en')} tokens long, and ${window}. The message is saved; send it in parts, or ${advice}.`);
}

/** Counts tokens by the loaded model, each text once. */
function createCounter(countTokens: (texts: string[]) => Promise<number[]>) {
  const known = new Map<string, number>();
  return async (model: string, texts: string[]): Promise<number[]> => {
    const missing = [...new Set(texts)].filter((text) => text !== '' && !known.has(key(model, text)));
    const counts = missing.length === 0 ? [] : await countTokens(missing);
    if (known.size + missing.length > 20_000) known.clear();
    for (const [index, text] of missing.entries()) known.set(key(model, text), counts[index] ?? 0);
    const found = new Map(missing.map((text, index) => [text, counts[index] ?? 0]));
    return texts.map((text) => (text === '' ? 0 : (found.get(text) ?? known.get(key(model, text)) ?? 0)));
  };
}

const key = (model: string, text: string) => `${model}\n${text}`;

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
