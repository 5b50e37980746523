import type { Database } from 'better-sqlite3';
import { Settings } from '../contract/app.ts';
import { prepared } from './prepared.ts';

export type SettingsStore = { get(): Settings; change(part: Partial<Settings>): Settings };

/** Before the owner chose anything. Paths of the bundled models are filled in by whoever knows where they lie. */
export const defaultSettings: Settings = {
  theme: 'system',
  textSize: 100,
  defaultPersonaId: 'friendly',
  chatModelPath: null,
  embedderPath: null,
  rerankerPath: null,
  forgetGraceSeconds: 86_400,
  quoteMemories: 'untrusted',
  automaticTitles: true,
  recentSearches: true,
  proposeClaims: 'idle',
  memoryTokens: null,
  backupsKept: 7,
  editor: { kind: 'system', command: '' },
  notesPaused: false,
  welcomed: false,
};

const keys = Object.keys(Settings.shape) as (keyof Settings)[];

export function createSettings(db: Database, defaults: Settings = defaultSettings): SettingsStore {
  function get(): Settings {
    const settings: Record<string, unknown> = { ...defaults };
    for (const row of prepared<{ key: string; value: string }>(db, 'SELECT key, value FROM setting').all()) {
      const value = readValue(row);
      if (value !== undefined) settings[row.key] = value;
    }
    return settings as Settings;
  }
  return {
    get,
    change(part) {
      const write = prepared(db, 'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
      db.transaction(() => {
        for (const key of keys) if (part[key] !== undefined) write.run(key, JSON.stringify(part[key]));
      })();
      return get();
    },
  };
}

/** A value of a key that has gone, or that no longer fits, counts as never chosen. */
function readValue(row: { key: string; value: string }): unknown {
  const key = keys.find((known) => known === row.key);
  if (!key) return undefined;
  const parsed = Settings.shape[key].safeParse(JSON.parse(row.value));
  return parsed.success ? parsed.data : undefined;
}
