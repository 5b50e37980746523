import type { AppEvent, AppInfo, Settings } from '../contract/app.ts';
import type { Handlers } from '../contract/contract.ts';
import { AppError } from '../contract/errors.ts';
import type { BackupStore } from '../store/backups.ts';
import type { SettingsStore } from '../store/settings.ts';
import { browse } from './browse.ts';
import type { ExportFormat } from './everything.ts';
import type { Events } from './events.ts';
import type { Shell } from './shell.ts';

export type AppDependencies = {
  version: string;
  dataFolder: string;
  host: AppInfo['host'];
  shell: Shell | null;
  events: Events;
  settings: SettingsStore;
  /** Fails with `not-found` for a persona that is not there. */
  requirePersona(id: string): void;
  backups: BackupStore;
  /** How things stand, for whoever begins to follow. */
  present(): AppEvent[];
  /** Puts a back-up in the place of what is there; everything reads from it from then on. */
  restore(name: string): Promise<void>;
  exportAll(folder: string, format: ExportFormat): string;
  eraseEverything(): Promise<void>;
};

/** The `app` group of the contract. */
export function createAppHandlers(deps: AppDependencies): Handlers['app'] {
  const { settings, events, backups, shell } = deps;
  return {
    info: () => ({
      version: deps.version,
      dataFolder: deps.dataFolder,
      platform: process.platform,
      host: deps.host,
      shell: { pick: shell !== null, reveal: shell !== null, notify: shell !== null },
    }),
    events: (_, signal) => events.follow(deps.present, signal),
    settings: () => settings.get(),
    changeSettings(part) {
      if (part.defaultPersonaId !== undefined) deps.requirePersona(part.defaultPersonaId);
      const changed = settings.change(part as Partial<Settings>);
      events.changed('settings');
      return changed;
    },
    browse,
    pick: (options) => requireShell(shell).pick(options),
    async reveal({ path }) {
      await requireShell(shell).reveal(path);
      return {};
    },
    backups: () => backups.list(),
    async backUp() {
      const backup = await backups.make('asked');
      events.changed('backups');
      return backup;
    },
    async restore({ name }) {
      await deps.restore(name);
      return {};
    },
    async removeBackup({ name }) {
      await backups.remove(name);
      events.changed('backups');
      return {};
    },
    export: ({ folder, format = 'json' }) => ({ path: deps.exportAll(folder, format) }),
    async eraseEverything() {
      await deps.eraseEverything();
      return {};
    },
  };
}

function requireShell(shell: Shell | null): Shell {
  if (!shell) throw new AppError('not-allowed', 'There is no window of the system around the assistant here: choose in the picker of this window instead.');
  return shell;
}
