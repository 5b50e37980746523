import { AppError } from '../contract/errors.ts';
import type { AdapterUse, Sampling } from '../contract/persona.ts';
import type { Engine, Overlay } from '../engine/engine.ts';
import type { PromptMessage } from '../engine/contract.ts';

export type Side = 'with' | 'without';
export type Comparison = { instructions: string; adapters: AdapterUse[]; question: string };

export type CompareDependencies = {
  engine: Pick<Engine, 'generate'>;
  usable(adapterId: string): Promise<{ path: string } | { problem: string }>;
  /** The prompt the loaded model would be given in a new conversation. */
  promptFor(instructions: string, question: string): PromptMessage[];
};

const greedy: Sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, maxTokens: 200, seed: 0 };

/** One answer with the overlay, then one without any: greedy, so that what differs is the overlay's doing. Nothing is kept. */
export async function* compare(deps: CompareDependencies, { instructions, adapters, question }: Comparison, signal: AbortSignal): AsyncIterable<{ side: Side; text: string }> {
  const overlay: Overlay = [];
  for (const { adapterId, scale } of adapters) {
    const found = await deps.usable(adapterId);
    if ('problem' in found) throw new AppError('bad-file', found.problem);
    overlay.push({ path: found.path, scale });
  }
  const messages = deps.promptFor(instructions, question);
  const sides: [Side, Overlay][] = [['with', overlay], ['without', []]];
  for (const [side, applied] of sides) {
    for await (const event of deps.engine.generate({ messages, answerSoFar: '', overlay: applied, lane: 'side', sampling: greedy }, signal)) {
      if (event.type === 'delta') yield { side, text: event.text };
    }
    if (signal.aborted) return;
  }
}
