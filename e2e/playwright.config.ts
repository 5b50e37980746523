import { defineConfig } from '@playwright/test';
import { findChromium } from '../resources/scripts/browser.mjs';

/** Debian's Chromium keeps asking after updates and time servers; none of that is ours. */
const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-domain-reliability', '--dns-prefetch-disable', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE *.localhost'];

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'shell', testMatch: 'shell/*.spec.ts' },
    { name: 'journeys', testMatch: '*.spec.ts', testIgnore: 'shell/**' },
  ],
  outputDir: '../test-results',
  // Every journey starts an assistant with its models; two at once would measure each other.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // A machine that is busy with others may be late once; what fails twice is broken. Retried journeys are listed as flaky.
  retries: process.env.CI === 'true' ? 1 : 0,
  forbidOnly: process.env.CI === 'true',
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'on-first-retry',
    launchOptions: { executablePath: findChromium() ?? 'no-browser-found', args: process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet },
  },
});
