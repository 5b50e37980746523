/** The app's engine on one thread of the processor, without the rest of the app: what is measured is the files. */
import path from 'node:path';
import type { Sampling } from '../../main/contract/persona.ts';
import { createEngine, type ProcessEngine } from '../../main/engine/client.ts';
import type { GenerateStats, Overlay, PromptMessage } from '../../main/engine/contract.ts';
import { childProcessLauncher } from '../../main/engine/launch.ts';

const workerPath = path.resolve(import.meta.dirname, '../../dist/main/engineWorker.js');

export const openEngine = (): ProcessEngine => createEngine({ launcher: childProcessLauncher({ workerPath, log: () => {} }), gpu: 'cpu', threads: 1 });

export type Answer = { text: string; stats: GenerateStats };
export type Asking = { overlay?: Overlay; longest?: number; grammar?: string | undefined };
/** Greedy; adapters laid over the base, and a grammar, for this answer only. */
export type Ask = (messages: PromptMessage[], asking?: Asking) => Promise<Answer>;

/** An answer that is not over by then does not stop by itself. Tokens. */
export const longestAnswer = 96;

/** `instructions` stand where a prompt has no system message: the models know none without. */
export function askOf(engine: ProcessEngine, instructions: string): Ask {
  const sampling: Sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, maxTokens: longestAnswer, seed: null };
  return async (given, { overlay = [], longest = longestAnswer, grammar } = {}) => {
    const messages: PromptMessage[] = given[0]?.role === 'system' ? given : [{ role: 'system', text: instructions }, ...given];
    let text = '';
    const request = { messages, answerSoFar: '', overlay, lane: 'chat' as const, sampling: { ...sampling, maxTokens: longest }, grammar };
    for await (const event of engine.generate(request, new AbortController().signal)) {
      if (event.type === 'delta') text += event.text;
      if (event.type === 'done') return { text, stats: event.stats };
    }
    throw new Error('An answer did not end.');
  };
}
