import { settleMoved } from '../claims/moved.ts';
import { createForget, type Forget } from '../memory/forget.ts';
import type { MemoryIndexer } from '../memory/indexer.ts';
import { notesHolding } from '../notes/holding.ts';
import type { Events } from './events.ts';
import type { ServicesOptions } from './options.ts';
import type { OpenStores } from './stores.ts';

type Parts = { stores: OpenStores; events: Events; indexer: MemoryIndexer; quiet(): Promise<void> };

/** Forgetting, and who hears of it. */
export function connectForget({ dataFolder, now }: Required<Pick<ServicesOptions, 'dataFolder' | 'now'>>, { stores, events, indexer, quiet }: Parts): Forget {
  const { db, settings } = stores;
  return createForget({
    db,
    folder: dataFolder,
    backups: stores.backups,
    eraseVectors: () => indexer.eraseRemoved(),
    quiet,
    inNotes: (said) => notesHolding(stores.notesDb, { ...said, now: now() }),
    graceSeconds: () => settings.get().forgetGraceSeconds,
    moved: (memories) => settleMoved(db, memories),
    now,
    onChange(forgetting) {
      events.emit({ type: 'forgetting', forgetting });
      for (const what of ['conversations', 'conversation', 'memories', 'claims', 'personas'] as const) events.changed(what);
      indexer.wake();
    },
  });
}
