/** The lock on a llama context: one answer or one reading ahead at a time. */
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { createMutex } from './mutex.ts';
import type { ResolvedOverlay } from './overlays.ts';
import type { Pace } from './pace.ts';
import { batchTokens, Slots, type SlotOptions } from './slots.ts';
import { createStopper, stopped, type Stopper } from './stopper.ts';

/** The lane, held. Everything on it goes through here, one step at a time. */
export type Held = {
  /** Aborts when the caller stops, when the lane closes, or when an answer needs the lane that only reads ahead. */
  signal: AbortSignal;
  stopper: Stopper;
  /** Applies the overlay and finds the sequence that holds most of these tokens under it. */
  settle(overlay: ResolvedOverlay, tokens: Token[]): Promise<LlamaContextSequence>;
  /** Hands the lane on as soon as the step in progress has ended. */
  release(): void;
};

export type Lane = {
  hold(purpose: 'answer' | 'read-ahead', signal: AbortSignal): Promise<Held>;
  /** Stops what runs, waits for its last step, frees the memory. */
  close(): Promise<void>;
};

export async function openLane(options: SlotOptions): Promise<Lane> {
  const slots = await Slots.open(options);
  const mutex = createMutex();
  const closing = new AbortController();
  let readingAhead: AbortController | null = null;

  return {
    async hold(purpose, signal) {
      // An answer is waited for; reading ahead is not, and what it has read stays.
      readingAhead?.abort();
      const release = await mutex.acquire(AbortSignal.any([signal, closing.signal]));
      const preempted = new AbortController();
      readingAhead = purpose === 'read-ahead' ? preempted : null;
      const any = AbortSignal.any([signal, closing.signal, preempted.signal]);
      const stopper = createStopper(any);
      return {
        signal: any,
        stopper,
        settle: (overlay, tokens) => slots.settle(overlay, tokens),
        release: () => void stopper.settled().then(release),
      };
    },
    async close() {
      closing.abort();
      await mutex.acquire();
      await slots.close();
    },
  };
}

export type Reading = {
  /** Tokens that were already in the cache. */
  reused: number;
  /** Tokens in the cache now, of those that were to be read. */
  done: number;
};

/**
 * Reads all but the last token into the sequence, in chunks, yielding after each. Ends early when the signal says so:
 * what was read stays, and is used again when the next prompt begins alike.
 */
export async function* readPrompt(held: Held, sequence: LlamaContextSequence, work: { tokens: Token[]; pace: Pace }): AsyncGenerator<Reading> {
  const { tokens, pace } = work;
  const last = tokens.length - 1;
  const reused = await keepCommonPart(held, sequence, tokens);
  if (reused === null) return;
  yield { reused, done: reused };
  for (let done = reused; done < last; ) {
    if (held.signal.aborted) return;
    const chunk = tokens.slice(done, Math.min(done + pace.chunk(), last));
    const startedAt = performance.now();
    const read = await held.stopper.race(sequence.evaluateWithoutGeneratingNewTokens(chunk));
    if (read === stopped) return;
    pace.measured(chunk.length, performance.now() - startedAt);
    done += chunk.length;
    yield { reused, done };
  }
  // Models that cannot forget the end of what they read (recurrent ones, sliding windows) can go back to a checkpoint.
  if (sequence.needsCheckpoints) await held.stopper.race(sequence.takeCheckpoint());
}

/** How many tokens stay; null when stopped meanwhile. */
async function keepCommonPart(held: Held, sequence: LlamaContextSequence, tokens: Token[]): Promise<number | null> {
  const common = Math.min(sequence.compareContextTokens(tokens).firstDifferentIndex, tokens.length - 1);
  if (common === sequence.nextTokenIndex) return common;
  // Where going back means reading again, all of it would be one step that cannot be stopped: then begin anew.
  const again = sequence.getRestoreToPrefixIndexEvaluationSize(common - 1);
  const keep = again > batchTokens ? 0 : common;
  const erased = await held.stopper.race(sequence.eraseContextTokenRanges([{ start: keep, end: sequence.nextTokenIndex }]));
  return erased === stopped ? null : sequence.nextTokenIndex;
}
