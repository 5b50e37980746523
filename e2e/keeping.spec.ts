import type { Page } from '@playwright/test';
import { t } from '../renderer/messages.ts';
import { expect, test } from './journey.ts';
import { violationsOf } from './pages/accessible.ts';
import { chatOf, notice, sidebarOf } from './pages/chat.ts';
import { converse } from './prepare.ts';

/** `ENGRAM_SHOTS=<folder>` takes a picture of each state. */
const shots = process.env['ENGRAM_SHOTS'];

async function check(page: Page, what: string, except: string[] = []): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect.soft(await violationsOf(page, except), `${what}, ${colorScheme}`).toEqual([]);
    if (shots) await page.screenshot({ path: `${shots}/${what.replaceAll(' ', '-')}-${colorScheme}.png` });
  }
}

test('a conversation is kept to itself from its menu, says so, and no other is told of it', async ({ home, api }) => {
  await converse(api, 'Leaving Porto', [['user', 'My parrot is called Ozvanta.'], ['assistant', 'What a name.']]);
  const sidebar = sidebarOf(home);
  const chat = chatOf(home);
  const kept = sidebar.row('Leaving Porto');
  await kept.click();
  await expect(chat.title).toContainText('Leaving Porto');
  await chat.title.click();
  await expect(home.getByRole('menuitem', { name: t('conversations.keepHint') })).toBeVisible();
  await check(home, 'the menu', ['region']);
  await home.getByRole('menuitem', { name: t('conversations.keepHint') }).click();
  await expect(notice(home, t('conversations.keptNotice'))).toBeVisible();
  // In the list, and above the thread, with the sentence that explains it.
  await expect(kept).toContainText(t('conversations.keptMark'));
  await expect(home.getByText(t('chat.keptNote'))).toBeAttached();
  await check(home, 'a conversation that is kept');
  await expect(chat.text(await chat.ask('What is my parrot called?'))).toContainText('Ozvanta');

  await chat.newConversation();
  await expect(chat.text(await chat.ask('What is my parrot called?'))).not.toContainText('Ozvanta');

  // The owner's own search finds it, and says where it is kept; so does the memory screen, with the way there.
  await home.keyboard.press('Control+Shift+F');
  await home.getByRole('combobox', { name: t('search.box') }).fill('Ozvanta');
  await expect(home.getByRole('option').filter({ hasText: 'My parrot is called Ozvanta' })).toContainText(t('search.kept'));
  await check(home, 'search');
  await sidebar.place('memory').click();
  const known = home.getByRole('feed').getByRole('article').filter({ hasText: 'Ozvanta' });
  const label = known.getByRole('link', { name: t('memory.onlyIn', { title: 'Leaving Porto' }) });
  await expect(label).toBeVisible();
  await check(home, 'memory');
  await label.click();
  await expect(chat.title).toContainText('Leaving Porto');

  // Open again, by the command; what it says is known elsewhere.
  await home.keyboard.press('Control+k');
  await home.getByRole('combobox').fill('keep to this');
  await home.getByRole('option', { name: t('command.keep') }).click();
  await expect(notice(home, t('conversations.unkeptNotice'))).toBeVisible();
  await expect(kept).not.toContainText(t('conversations.keptMark'));
  await chat.newConversation();
  await expect(chat.text(await chat.ask('What is my parrot called?'))).toContainText('Ozvanta');
});

test('a conversation is kept to itself before anything is said in it, and one sentence in another', async ({ home, api }) => {
  const chat = chatOf(home);
  await expect(home.getByRole('heading', { name: t('chat.empty') })).toBeVisible();
  await chat.title.click();
  await home.getByRole('menuitem', { name: t('conversations.keepHint') }).click();
  await expect(home.getByRole('heading', { name: t('chat.emptyKept') })).toBeVisible();
  await check(home, 'an empty one that is kept');
  await chat.ask('My sister lives in Quixholm.');
  // A new one is another one.
  await chat.newConversation();
  const answer = await chat.ask('Remember, only in this conversation: my parrot is called Ozvanta.');
  await expect(chat.text(answer)).toContainText('in this conversation only');
  await check(home, 'one sentence');
  await chat.newConversation();
  await expect(chat.text(await chat.ask('Where does my sister live?'))).not.toContainText('Quixholm');
  await expect(chat.text(await chat.ask('What is my parrot called?'))).not.toContainText('Ozvanta');
  const { memories } = await api.memory.list({ filter: 'statements', text: '', personaId: null, limit: 9, before: null });
  expect(memories.filter(({ text }) => /Quixholm|Ozvanta/u.test(text)).map(({ keptIn }) => keptIn !== null)).toEqual([true, true]);
});
