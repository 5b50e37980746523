import type { ChatModel } from '../chat/chatTypes.ts';
import { createClaims } from '../claims/claims.ts';
import { createClaimReader, type ClaimReader } from '../claims/reader.ts';
import type { Handlers } from '../contract/contract.ts';
import type { Engine } from '../engine/engine.ts';
import type { Events } from './events.ts';
import { createSometimes } from './sometimes.ts';
import type { OpenStores } from './stores.ts';

export type ClaimServiceDependencies = {
  stores: OpenStores;
  engine: Engine;
  events: Events;
  model(): ChatModel | null;
  log(message: string): void;
  now(): number;
};

export type ClaimService = Pick<ClaimReader, 'hold'> & {
  handlers: Handlers['claims'];
  /** The owner is typing, or about to: reading waits a little. */
  stepAside(): void;
  dispose(): Promise<void>;
};

/** Between two rounds of telling that claims have changed. */
const changedMs = 1_000;
/** After the last key stroke. */
const asideMs = 3_000;

export function createClaimService({ stores, engine, events, model, log, now }: ClaimServiceDependencies): ClaimService {
  const { db, settings } = stores;
  // A long import is read in thousands of breaths, and whoever looks asks anew each time.
  const changed = createSometimes(() => events.changed('claims'), changedMs);
  const reader = createClaimReader({
    db, engine, log, now,
    // A bundled model knows nothing but the prompts it was trained on, and a very small one makes things up.
    mayPropose: () => settings.get().proposeClaims === 'idle' && model()?.trained === null && model()?.trusted === true,
    changed: () => changed.soon(),
  });
  const claims = createClaims({ db, waiting: () => reader.waiting(), changed: () => (events.changed('claims'), events.changed('memories')), now });
  const off = [
    events.listen((event) => event.type === 'changed' && (event.what === 'memories' || event.what === 'settings') && reader.wake()),
    engine.onStatus(() => reader.wake()),
  ];
  let aside: { release(): void; timer: NodeJS.Timeout } | null = null;
  const endAside = () => {
    clearTimeout(aside?.timer);
    aside?.release();
    aside = null;
  };
  return {
    handlers: claims,
    hold: () => reader.hold(),
    stepAside() {
      const release = reader.hold();
      endAside();
      aside = { release, timer: setTimeout(endAside, asideMs).unref() };
    },
    async dispose() {
      endAside();
      changed.dispose();
      for (const unsubscribe of off) unsubscribe();
      await reader.dispose();
    },
  };
}
