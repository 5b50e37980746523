import type { Page } from '@playwright/test';
import { t } from '../renderer/messages.ts';
import { expect, test } from './journey.ts';
import { chatOf, notice, sidebarOf } from './pages/chat.ts';
import { addressOf, converse, type Speaker } from './prepare.ts';

const many = 5_000;

test(`a conversation of ${many} messages opens at its end, draws only what is in sight, and scrolls to its beginning`, async ({ home, api, page }) => {
  const lines = Array.from({ length: many }, (_, index): [Speaker, string] => [index % 2 ? 'assistant' : 'user', `Message **${index}** ${'and some more words '.repeat(index % 7)}`]);
  const { id } = await converse(api, 'A long one', lines);
  await home.goto(addressOf(home, id));
  const chat = chatOf(home);
  await expect(chat.last).toContainText(`Message ${many - 1}`);
  await expect(chat.last).toBeInViewport();
  expect(await chat.messages.count(), 'rows in the page').toBeLessThan(60);
  await expect(home.getByRole('listitem').last()).toHaveAttribute('aria-setsize', String(many));

  await chat.thread.focus();
  for (let page = 0; page < 10; page += 1) await home.keyboard.press('PageUp');
  await expect(chat.last).not.toContainText(`Message ${many - 1}`);
  await expect(chat.messages.first()).toBeVisible();
  await expect.poll(() => blank(page), 'share of the thread that is empty after scrolling').toBeLessThan(0.5);
  await home.keyboard.press('Control+Home');
  await expect(chat.messages.first()).toContainText('Message **0**');
  await expect(chat.messages.first()).toBeInViewport();
  expect(await chat.messages.count()).toBeLessThan(60);
  await home.getByRole('button', { name: t('chat.latest') }).click();
  await expect(chat.last).toContainText(`Message ${many - 1}`);

  // Where one stands is where one stays: a message from the middle is found and kept in sight.
  await home.keyboard.press('Control+f');
  await home.getByRole('textbox', { name: t('chat.find') }).fill('2501');
  await expect(chat.messages.filter({ hasText: 'Message 2501' })).toBeInViewport();
  await home.keyboard.press('Escape');
  const answer = await chat.ask('Hello!');
  await expect(answer).toBeInViewport();
});

test('hundreds of conversations and memories are listed without drawing them all', async ({ home, api }) => {
  const { defaultPersonaId: personaId } = await api.app.settings({});
  for (let index = 0; index < 300; index += 1) {
    const file = { format: 'engram-conversation', version: 1, title: `Talk ${index}`, createdAt: index, messages: [{ id: 'm', parentId: null, role: 'user', text: `I own book number ${index}.`, createdAt: Date.now() - index * 1000 }] } as const;
    await api.conversation.import({ personaId, file: { ...file, messages: [...file.messages] } });
  }
  await home.reload();
  const sidebar = sidebarOf(home);
  await expect(sidebar.list.getByRole('link').first()).toBeVisible();
  expect(await sidebar.list.getByRole('link').count()).toBeLessThan(100);
  await sidebar.list.getByRole('searchbox').fill('Talk 299');
  await expect(sidebar.row('Talk 299')).toBeVisible();
  await sidebar.place('memory').click();
  await home.getByRole('tab', { name: t('memory.tabWords') }).click();
  const feed = home.getByRole('feed');
  await expect(feed.getByRole('article').first()).toBeVisible();
  expect(await feed.getByRole('article').count()).toBeLessThan(60);
  await feed.getByRole('article').first().focus();
  await home.keyboard.press('End');
  await expect(home.getByText(t('memory.count', { count: 300 }))).toBeVisible();
  await expect(notice(home, /./)).toHaveCount(0);
});

/** How much of the thread's height no message covers, 0 to 1. */
const blank = (page: Page) =>
  page.evaluate(() => {
    const thread = document.querySelector('.thread')!.getBoundingClientRect();
    const drawn = [...document.querySelectorAll('.thread-row')].map((row) => row.getBoundingClientRect());
    const covered = drawn.reduce((sum, { top, bottom }) => sum + Math.max(0, Math.min(bottom, thread.bottom) - Math.max(top, thread.top)), 0);
    return 1 - covered / thread.height;
  });
