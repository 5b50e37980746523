import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['main/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'electron/**/*.test.ts', 'bench/**/*.test.ts'],
    // Native addons crash worker threads at teardown; forks end cleanly.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    env: { LANCEDB_LOG: 'error' },
  },
});
