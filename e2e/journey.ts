import { rmSync } from 'node:fs';
import path from 'node:path';
import { test as base, type BrowserContext, type Page } from '@playwright/test';
import type { Client } from '../main/contract/contract.ts';
import { writeRandomLlama, type LlamaShape } from '../main/engine/fixtures/randomModels.ts';
import { newFolder, startAssistant, type Assistant } from './assistant.ts';
import { chatOf } from './pages/chat.ts';

type Fixtures = {
  /** A fresh Engram with an empty data folder. */
  assistant: Assistant;
  /** The same, over the wire: to bring about what a journey starts from, and to see what is really there. */
  api: Client;
  /**
   * Errors of the page, refusals of its security policy, and requests that leave 127.0.0.1; a journey that leaves any
   * has failed. One that breaks the connection on purpose calls `forgive`.
   */
  complaints: Complaints;
  /** Its window, as a new owner sees it first. */
  window: Page;
  /** Its window at an empty conversation, the welcome being over. */
  home: Page;
};
type WorkerFixtures = {
  /** A GGUF that answers with endless nonsense, slowly enough to be stopped. */
  talkative: string;
};

type Complaints = {
  heard: string[];
  forgive(pattern: RegExp): void;
  /** The journey is over: what its end breaks is nobody’s failure. */
  end(): void;
};

/** About 100 million parameters: some hundred tokens a second on one thread, and it ends only where it is cut off. */
const talkativeShape: LlamaShape = { vocabulary: 8_000, embedding: 1_024, layers: 8, heads: 16, keyValueHeads: 4, feedForward: 2_816, window: 2_048, type: 'Q4_0', endless: true };

/** For journeys: `test('…', async ({ home, api }) => …)`. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  talkative: [
    async ({}, use) => {
      const folder = newFolder('models');
      const file = path.join(folder, 'talkative.gguf');
      writeRandomLlama(file, talkativeShape);
      await use(file);
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  assistant: async ({ complaints }, use) => {
    const assistant = await startAssistant();
    await use(assistant);
    complaints.end();
    await assistant.remove();
  },
  api: async ({ assistant }, use) => use(await assistant.connect()),
  complaints: [
    async ({ context: browser }, use) => {
      const heard: string[] = [];
      const forgiven: RegExp[] = [];
      let over = false;
      listenTo(browser, (complaint) => over || heard.push(complaint));
      const end = () => {
        over = true;
      };
      await use({ heard, end, forgive: (pattern) => forgiven.push(pattern) });
      const left = heard.filter((complaint) => !forgiven.some((pattern) => pattern.test(complaint)));
      if (left.length > 0) throw new Error(`The page complained:\n${left.join('\n')}`);
    },
    { auto: true },
  ],
  window: async ({ page, assistant }, use) => {
    await page.goto(await assistant.address());
    await use(page);
  },
  home: async ({ page, assistant, api }, use) => {
    await api.app.changeSettings({ welcomed: true });
    await page.goto(await assistant.address());
    await chatOf(page).box.waitFor();
    await use(page);
  },
});
export { expect } from '@playwright/test';

/** Every window of the browser, those opened later too. */
function listenTo(browser: BrowserContext, complain: (complaint: string) => void): void {
  browser.on('weberror', (thrown) => complain(String(thrown.error())));
  browser.on('console', (message) => {
    if (message.type() === 'error') complain(`${message.text()} (${message.location().url})`);
  });
  browser.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const stays = hostname === '127.0.0.1' || protocol === 'data:' || protocol === 'blob:';
    if (!stays) complain(`A request left this machine: ${request.url()}`);
  });
}
