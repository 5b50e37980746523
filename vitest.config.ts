import { defineConfig } from 'vitest/config';

const env = { LANCEDB_LOG: 'error' };
// Native addons crash worker threads at teardown; forks end cleanly.
// Tests of processes killed and deadlines kept may be late once on a busy machine; what fails twice is broken.
const shared = { pool: 'forks', env, retry: process.env.CI === 'true' ? 1 : 0 } as const;

/** Through processes, models, kills and whole data folders: seconds each, and a step of their own. */
const whole = [
  'main/engine/{client,generate,gguf,embed,overlays,hostileTokens}.test.ts',
  'main/models/parity.test.ts',
  'main/host/{hosts,cli/cli}.test.ts',
  'main/services.{test,golden.test,kill.test}.ts',
  'main/services/{export,scopes,hostile,hostileNotes,told,past,keeping,forget,asking}.test.ts',
  'main/memory/{forget,indexer}.test.ts',
  'main/claims/forget.test.ts',
  'main/store/{backups,byteSearch,kill}.test.ts',
  'main/imports/kill.test.ts',
  'main/notes/{hostile,readerPool,digest,meaning/noteMeaning,indexing/notesIndex,indexing/kill}.test.ts',
];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['main/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'electron/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: whole,
          testTimeout: 20_000,
        },
      },
      { test: { ...shared, name: 'whole', include: whole, testTimeout: 20_000 } },
      // The checks checked: breaches planted in a copy.
      { test: { ...shared, name: 'tools', include: ['e2e/tools/*.test.ts'], testTimeout: 120_000 } },
      // electron-builder on a stand-in runtime; needs `dist/`.
      { test: { ...shared, name: 'packaging', include: ['e2e/packaging/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 } },
    ],
  },
});
