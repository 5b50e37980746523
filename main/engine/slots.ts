/**
 * A llama context and its sequences, one for each of the last few overlays, so that going back to a persona finds what
 * was already read under it.
 */
import type { LlamaContext, LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { AppError } from '../contract/errors.ts';
import type { Adapters, Overlays, ResolvedOverlay } from './overlays.ts';

/** Tokens that are read in one call at most. */
export const batchTokens = 512;

export type SlotOptions = {
  model: LlamaModel;
  overlays: Overlays;
  /** Tokens of prompt and answer together. */
  windowTokens: number;
  /** How many overlays keep their cache at once; each costs a window's worth of memory. */
  sequences: number;
};

/** A sequence and the overlay under which its cache was made: under another it would be a mix of both. */
type Slot = { sequence: LlamaContextSequence; overlay: string; usedAt: number };

export class Slots {
  private readonly options: SlotOptions;
  private llamaContext: LlamaContext;
  private applied = '';
  private slots: Slot[] = [];
  private clock = 0;

  static async open(options: SlotOptions): Promise<Slots> {
    return new Slots(options, await createLlamaContext(options, []));
  }

  private constructor(options: SlotOptions, llamaContext: LlamaContext) {
    this.options = options;
    this.llamaContext = llamaContext;
  }

  /** Applies the overlay and gives the sequence to read these tokens into. Nothing may be computed meanwhile. */
  async settle(overlay: ResolvedOverlay, tokens: Token[]): Promise<LlamaContextSequence> {
    if (overlay.key !== this.applied) await this.swap(overlay);
    const slot = await this.choose(overlay.key, tokens);
    this.clock += 1;
    slot.usedAt = this.clock;
    return slot.sequence;
  }

  async close(): Promise<void> {
    await this.llamaContext.dispose();
  }

  private async swap(overlay: ResolvedOverlay): Promise<void> {
    if (!(await this.options.overlays.apply(this.llamaContext, overlay.adapters))) await this.recreate(overlay.adapters);
    this.applied = overlay.key;
  }

  private async recreate(adapters: Adapters): Promise<void> {
    await this.llamaContext.dispose();
    this.slots = [];
    try {
      this.llamaContext = await createLlamaContext(this.options, adapters);
    } catch (error) {
      this.llamaContext = await createLlamaContext(this.options, []);
      this.applied = '';
      const reason = error instanceof Error ? error.message : String(error);
      throw new AppError('bad-file', `The persona’s adapters could not be applied (${reason}). The base model is unchanged.`, error);
    }
  }

  /** A sequence that holds much of this already; else one not used yet; else the one used longest ago. */
  private async choose(overlay: string, tokens: Token[]): Promise<Slot> {
    const best = this.slots
      .filter((slot) => slot.overlay === overlay)
      .map((slot) => ({ slot, common: slot.sequence.compareContextTokens(tokens).firstDifferentIndex }))
      .sort((a, b) => b.common - a.common)[0];
    if (best && isWorthCutting({ common: best.common, held: best.slot.sequence.nextTokenIndex, wanted: tokens.length })) return best.slot;
    if (this.slots.length < this.options.sequences) {
      const slot: Slot = { sequence: this.llamaContext.getSequence(), overlay, usedAt: 0 };
      this.slots.push(slot);
      return slot;
    }
    const oldest = this.slots.reduce((a, b) => (a.usedAt < b.usedAt ? a : b));
    if (oldest.overlay !== overlay) await oldest.sequence.clearHistory();
    oldest.overlay = overlay;
    return oldest;
  }
}

/**
 * A prompt that is there whole is the same conversation, asked again. One that shares less than half of what is held is
 * another, and the cache of this one worth keeping while there is room.
 */
const isWorthCutting = ({ common, held, wanted }: { common: number; held: number; wanted: number }) => common >= wanted - 1 || common >= held / 2;

function createLlamaContext({ model, windowTokens, sequences }: SlotOptions, adapters: Adapters): Promise<LlamaContext> {
  return model.createContext({
    // The library keeps one place free.
    contextSize: windowTokens + 1,
    batchSize: Math.min(batchTokens, windowTokens + 1),
    sequences,
    failedCreationRemedy: false,
    ...(adapters.length > 0 ? { lora: { adapters } } : {}),
  });
}
