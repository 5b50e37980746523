import { test as base, type Page } from '@playwright/test';
import { startAssistant, type Assistant } from './assistant.ts';

type Fixtures = {
  /** A fresh Engram with an empty data folder. */
  assistant: Assistant;
  /** Its window, as a new owner sees it first. Whatever the page complained of is in `complaints`. */
  window: Page;
  /** Errors of the page and refusals of its security policy; a journey that leaves any has failed. */
  complaints: string[];
};

/** For journeys: `test('…', async ({ window, assistant }) => …)`. */
export const test = base.extend<Fixtures>({
  assistant: async ({}, use) => {
    const assistant = await startAssistant();
    await use(assistant);
    await assistant.remove();
  },
  complaints: async ({}, use) => use([]),
  window: async ({ page, assistant, complaints }, use) => {
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(await assistant.address());
    await use(page);
    if (complaints.length > 0) throw new Error(`The page complained:\n${complaints.join('\n')}`);
  },
});
export { expect } from '@playwright/test';
