import { expect, type Locator, type Page } from '@playwright/test';
import { t } from '../../renderer/messages.ts';

/** The conversation as its owner meets it: by what is said and shown, never by how it is drawn. */
export type Chat = ReturnType<typeof chatOf>;

export function chatOf(page: Page) {
  const thread = page.getByRole('region', { name: t('chat.thread') });
  const rows = thread.getByRole('list').first().locator(':scope > li');
  const box = page.getByRole('textbox', { name: t('chat.compose'), exact: true });
  const stop = page.getByRole('button', { name: t('chat.stop'), exact: true });
  const messages = thread.getByRole('article');

  /** How many messages the shown branch has, drawn or not. */
  async function count(): Promise<number> {
    const all = await rows.all();
    return all[0] ? Number(await all[0].getAttribute('aria-setsize')) : 0;
  }
  async function finished(messagesThen: number): Promise<void> {
    await expect(rows.last()).toHaveAttribute('aria-setsize', String(messagesThen));
    await expect(stop).toBeHidden({ timeout: 30_000 });
  }

  return {
    page,
    thread,
    box,
    stop,
    messages,
    count,
    last: messages.last(),
    send: page.getByRole('button', { name: t('chat.send'), exact: true }),
    /** The button above the thread that carries the title. */
    title: page.getByRole('heading', { level: 1 }).getByRole('button'),
    /** Sends, and waits until the answer is complete; gives the answer. */
    async ask(question: string): Promise<Locator> {
      const before = await count();
      await box.fill(question);
      await box.press('Enter');
      await finished(before + 2);
      return messages.last();
    },
    /** Sends, and waits only until the first word of the answer is there. */
    async begin(question: string): Promise<void> {
      await box.fill(question);
      await box.press('Enter');
      await expect(stop).toBeVisible();
      await expect(messages.last().locator('.markdown')).toContainText(/\S/);
    },
    /** Waits for the answer that is being written. */
    finished: async () => finished(await count()),
    /** The answer's or question's own words, without name, time and figures. */
    text: (message: Locator) => message.locator('.said, .markdown'),
    /** The chips under an answer. */
    citations: (message: Locator) => message.getByRole('list', { name: t('chat.receipts') }).getByRole('button'),
    newConversation: async () => {
      await page.getByRole('button', { name: t('conversations.new'), exact: true }).click();
      await expect(page.getByRole('heading', { name: t('chat.empty') })).toBeVisible();
    },
    /** The persona that answers next, from the composer. */
    persona: page.getByRole('button', { name: t('chat.persona', { name: '' }) }),
    async choosePersona(name: string): Promise<void> {
      await page.getByRole('button', { name: t('chat.persona', { name: '' }) }).click();
      await page.getByRole('menuitemradio', { name }).click();
      await expect(page.getByRole('button', { name: t('chat.persona', { name }) })).toBeVisible();
    },
  };
}

/** The list on the left. */
export function sidebarOf(page: Page) {
  const list = page.getByRole('navigation', { name: t('conversations.title') });
  const row = (title: string) => list.getByRole('link', { name: title });
  return {
    list,
    row,
    place: (key: 'search' | 'notes' | 'memory' | 'personas' | 'models') => page.getByRole('navigation', { name: t('app.places') }).getByRole('link', { name: t(`place.${key}`) }),
    settings: page.getByRole('link', { name: t('place.settings') }),
    async act(title: string, action: Parameters<typeof t>[0] & `conversations.${string}`): Promise<void> {
      await row(title).hover();
      await list.getByRole('button', { name: t('conversations.actions', { title }) }).click();
      await page.getByRole('menuitem', { name: t(action as 'conversations.pin'), exact: true }).click();
    },
  };
}

/** What is said in passing at the corner of the window. */
export const notice = (page: Page, text: string | RegExp): Locator => page.getByRole('region', { name: /Notices/ }).getByRole('listitem').filter({ hasText: text });

/** A dialog above the page, by its title. */
export const dialog = (page: Page, title: string): Locator => page.getByRole('dialog', { name: title }).or(page.getByRole('alertdialog', { name: title }));
