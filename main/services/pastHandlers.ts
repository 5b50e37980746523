import type { Handlers } from '../contract/contract.ts';
import type { OwnImport } from '../store/importOwn.ts';
import type { Events } from './events.ts';
import type { Life } from './life.ts';
import type { OpenStores } from './stores.ts';

type Dependencies = {
  stores: OpenStores;
  events: Events;
  /** What replaces the data stops imports first. */
  imports: Life;
  importOwn(path: string): Promise<Pick<OwnImport, 'figures' | 'firstId'>>;
  /** There is more to embed. */
  wake(): void;
};

/** Conversations from elsewhere, brought in as they are read. */
export function pastHandlers({ stores, events, imports, importOwn, wake }: Dependencies): Pick<Handlers['conversation'], 'importPast'> {
  const changed = () => {
    for (const what of ['conversations', 'conversation', 'memories', 'claims', 'personas'] as const) events.changed(what);
  };
  const begin = async function* (path: string, signal: AbortSignal) {
    // Nobody waits for its readers at the start.
    const { importPast } = await import('../imports/importer.ts');
    try {
      yield* importPast(
        {
          db: stores.db,
          stores: stores.kept,
          defaultPersonaId: () => stores.settings.get().defaultPersonaId,
          importOwn,
          changed,
        },
        path,
        signal,
      );
    } finally {
      wake();
    }
  };
  return { importPast: ({ path }, signal) => imports.follow((ending) => begin(path, ending), signal) };
}
