import { asksToKeepHere } from '../chat/commands.ts';
import type { Settings } from '../contract/app.ts';
import type { GgufSummary } from '../engine/contract.ts';
import { createAdapters, type AdapterStore } from '../store/adapters.ts';
import { createBackups, type BackupStore } from '../store/backups.ts';
import { closeDatabase, openDatabase, openTemporary, type Database } from '../store/database.ts';
import { openNotesDatabase } from '../store/notesDatabase.ts';
import { rememberMessage } from '../store/memories.ts';
import { createModelStore, type ModelStore } from '../store/models.ts';
import { createPersonas, type PersonaStore } from '../store/personas.ts';
import { createSettings, defaultSettings, type SettingsStore } from '../store/settings.ts';
import { createStores, createTemporaryStores, routeStores, type Stores } from '../store/stores.ts';

export type OpenStores = {
  db: Database;
  /** What the owner's files said when they were last read. */
  notesDb: Database;
  /** In memory: what must not be written. */
  temporaryDb: Database;
  kept: Stores;
  temporary: Stores;
  /** The stores in which the conversation or message with this id lives. */
  route(id: string): Stores;
  settings: SettingsStore;
  personas: PersonaStore;
  adapters: AdapterStore<GgufSummary>;
  models: ModelStore<GgufSummary>;
  backups: BackupStore;
  close(): void;
};

/** Opens everything that is written. Who opens, closes. */
export function openStores(options: { dataFolder: string; defaults: Partial<Settings>; now(): number }): OpenStores {
  const db = openDatabase(options.dataFolder, { now: options.now });
  const notesDb = openBeside(db, () => openNotesDatabase(options.dataFolder));
  const temporaryDb = openTemporary();
  const kept = createStores(db, { remember: (into, id) => rememberMessage(into, id, asksToKeepHere), now: options.now });
  const temporary = createTemporaryStores(temporaryDb, options.now);
  const settings = createSettings(db, { ...defaultSettings, ...options.defaults });
  return {
    db,
    notesDb,
    temporaryDb,
    kept,
    temporary,
    route: routeStores(kept, temporary),
    settings,
    personas: createPersonas(db),
    adapters: createAdapters<GgufSummary>(db),
    models: createModelStore<GgufSummary>(db),
    backups: createBackups({ db, folder: options.dataFolder, kept: () => settings.get().backupsKept, now: options.now }),
    close() {
      temporaryDb.close();
      closeDatabase(notesDb);
      closeDatabase(db);
    },
  };
}

/** Who opens one and then fails, closes it. */
function openBeside(db: Database, open: () => Database): Database {
  try {
    return open();
  } catch (error) {
    closeDatabase(db);
    throw error;
  }
}
