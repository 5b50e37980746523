import { defineConfig } from 'vitest/config';

const env = { LANCEDB_LOG: 'error' };
// Native addons crash worker threads at teardown; forks end cleanly.
// Tests of processes killed and deadlines kept may be late once on a busy machine; what fails twice is broken.
const shared = { pool: 'forks', env, retry: process.env.CI === 'true' ? 1 : 0 } as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['main/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'electron/**/*.test.ts', 'bench/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      // The checks checked: breaches planted in a copy.
      { test: { ...shared, name: 'tools', include: ['e2e/tools/*.test.ts'], testTimeout: 120_000 } },
      // electron-builder on a stand-in runtime; needs `dist/`.
      { test: { ...shared, name: 'packaging', include: ['e2e/packaging/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 } },
    ],
  },
});
