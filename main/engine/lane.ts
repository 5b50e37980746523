/**
 * A llama context with its key-value cache, and the lock on it. The chat lane keeps a sequence for each of the last few
 * overlays, so that going back to a persona finds what was already read under it; a side lane has one.
 */
import type { LlamaContext, LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { AppError } from '../contract/errors.ts';
import { createMutex } from './mutex.ts';
import type { Overlays, ResolvedOverlay } from './overlays.ts';
import type { Pace } from './pace.ts';
import { createStopper, stopped, type Stopper } from './stopper.ts';

export type LaneOptions = {
  model: LlamaModel;
  overlays: Overlays;
  pace: Pace;
  /** Tokens of prompt and answer together. */
  windowTokens: number;
  /** How many overlays keep their cache at once; each costs a window's worth of memory. */
  sequences: number;
};

export const laneBatch = 512;

/** A sequence and the overlay under which its cache was made: under another it would be a mix of both. */
type Slot = { sequence: LlamaContextSequence; overlay: string; usedAt: number };

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

export async function openLane(options: LaneOptions): Promise<Lane> {
  const mutex = createMutex();
  const closing = new AbortController();
  let readingAhead: AbortController | null = null;
  let context = await createContext(options, []);
  let applied = '';
  let slots: Slot[] = [];
  let clock = 0;

  async function hold(purpose: 'answer' | 'read-ahead', signal: AbortSignal): Promise<Held> {
    if (purpose === 'answer') readingAhead?.abort();
    const release = await mutex.acquire(AbortSignal.any([signal, closing.signal]));
    const preempted = new AbortController();
    if (purpose === 'read-ahead') readingAhead = preempted;
    const any = AbortSignal.any([signal, closing.signal, preempted.signal]);
    const stopper = createStopper(any);
    return {
      signal: any,
      stopper,
      settle,
      release() {
        if (readingAhead === preempted) readingAhead = null;
        void stopper.settled().then(release);
      },
    };
  }

  async function settle(overlay: ResolvedOverlay, tokens: Token[]): Promise<LlamaContextSequence> {
    if (overlay.key !== applied) await swap(overlay);
    const slot = await chooseSlot(overlay.key, tokens);
    clock += 1;
    slot.usedAt = clock;
    return slot.sequence;
  }

  async function swap(overlay: ResolvedOverlay): Promise<void> {
    if (await options.overlays.apply(context, overlay.adapters)) {
      applied = overlay.key;
      return;
    }
    await context.dispose();
    slots = [];
    try {
      context = await createContext(options, overlay.adapters);
      applied = overlay.key;
    } catch (error) {
      context = await createContext(options, []);
      applied = '';
      const reason = error instanceof Error ? error.message : String(error);
      throw new AppError('bad-file', `The persona’s adapters could not be applied (${reason}). The base model is unchanged.`, error);
    }
  }

  /** A sequence that holds much of this already; else one not used yet; else the one used longest ago. */
  async function chooseSlot(overlay: string, tokens: Token[]): Promise<Slot> {
    const best = slots
      .filter((slot) => slot.overlay === overlay)
      .map((slot) => ({ slot, common: slot.sequence.compareContextTokens(tokens).firstDifferentIndex }))
      .sort((a, b) => b.common - a.common)[0];
    // Below half it is another conversation, whose cache is worth keeping while there is room.
    if (best && best.common >= best.slot.sequence.nextTokenIndex / 2) return best.slot;
    if (slots.length < options.sequences) {
      const slot: Slot = { sequence: context.getSequence(), overlay, usedAt: 0 };
      slots.push(slot);
      return slot;
    }
    const oldest = slots.reduce((a, b) => (a.usedAt < b.usedAt ? a : b));
    if (oldest.overlay !== overlay) await oldest.sequence.clearHistory();
    oldest.overlay = overlay;
    return oldest;
  }

  return {
    hold,
    async close() {
      closing.abort();
      await mutex.acquire();
      await context.dispose();
    },
  };
}

function createContext({ model, windowTokens, sequences }: LaneOptions, adapters: ResolvedOverlay['adapters']): Promise<LlamaContext> {
  return model.createContext({
    // The library keeps one place free.
    contextSize: windowTokens + 1,
    batchSize: Math.min(laneBatch, windowTokens + 1),
    sequences,
    failedCreationRemedy: false,
    ...(adapters.length > 0 ? { lora: { adapters } } : {}),
  });
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
  const keep = again > laneBatch ? 0 : common;
  const erased = await held.stopper.race(sequence.eraseContextTokenRanges([{ start: keep, end: sequence.nextTokenIndex }]));
  return erased === stopped ? null : sequence.nextTokenIndex;
}
