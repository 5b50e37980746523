import type { Page } from '@playwright/test';
import { t } from '../renderer/messages.ts';
import { expect, test } from './journey.ts';
import { chatOf, dialog } from './pages/chat.ts';

test.beforeEach(({ page }) => {
  // Whoever reaches for the mouse has failed: every way of pressing with it goes through here.
  for (const method of ['click', 'down', 'move', 'wheel', 'dblclick'] as const) {
    page.mouse[method] = () => Promise.reject(new Error('This journey has no mouse.'));
  }
});

test('the whole way without a mouse: start, tell, ask, receipt, persona, memory, forget, settings', async ({ window: page }) => {
  await expect(page.getByRole('heading', { name: t('welcome.title') })).toBeVisible();
  await tabTo(page, t('welcome.start'));
  await page.keyboard.press('Enter');
  const chat = chatOf(page);
  await expect(chat.box).toBeFocused();
  await page.keyboard.type('My sister lives in Porto.');
  await page.keyboard.press('Enter');
  await chat.finished();

  await page.keyboard.press('Control+Shift+O');
  await expect(chat.box).toBeFocused();
  await page.keyboard.type('Where does my sister live?');
  await page.keyboard.press('Enter');
  await expect(chat.messages).toHaveCount(2);
  await chat.finished();
  await expect(chat.text(chat.last)).toContainText('Porto');

  // The receipt, and from there the message it points to.
  await page.keyboard.press('Alt+i');
  const receipts = page.getByRole('complementary', { name: t('receipts.title') });
  await expect(receipts).toContainText('My sister lives in Porto.');
  await tabTo(page, t('receipts.jump'));
  await page.keyboard.press('Enter');
  await expect(chat.messages.first()).toContainText('My sister lives in Porto.');
  await page.keyboard.press('Alt+i');

  // Another voice.
  await page.keyboard.press('Alt+p');
  // A menu takes the keys once its first entry has the focus, some milliseconds after it is seen.
  await expect(page.getByRole('menuitemradio', { checked: true })).toBeFocused();
  await page.keyboard.type('Wit');
  // The focus follows the letters by a moment; Enter in the same millisecond would take the entry before.
  await expect(page.getByRole('menuitemradio', { name: 'Witty' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: t('chat.persona', { name: 'Witty' }) })).toBeFocused();
  await page.keyboard.press('Alt+e');
  await expect(page.getByRole('textbox', { name: t('chat.editField') })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('F2');
  await expect(page.getByRole('textbox', { name: t('conversations.renameField') })).toBeFocused();
  await page.keyboard.type('Family');
  await page.keyboard.press('Enter');
  await expect(chat.title).toContainText('Family');

  // Forget it, from what is known.
  await page.keyboard.press('Alt+m');
  const row = page.getByRole('feed').getByRole('article').first();
  await expect(row).toContainText('Porto');
  await tabTo(page, /^Your sister lives in Porto/);
  await page.keyboard.press('Delete');
  const forget = dialog(page, t('forget.title'));
  await expect(forget).toBeVisible();
  await expect(forget.getByRole('button', { name: /^Forget in/ })).toBeEnabled();
  await tabTo(page, /^Forget in/);
  await page.keyboard.press('Enter');
  await expect(dialog(page, t('forget.pendingTitle'))).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row).toBeHidden();

  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 1, name: t('settings.title') })).toBeVisible();
  await tabTo(page, t('settings.theme.system'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('family');
  await page.keyboard.press('Enter');
  await expect(chat.title).toContainText('Family');
});

test('what has the focus can be seen, and dialogs give it back', async ({ home: page }) => {
  const unseen: string[] = [];
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(focusShows);
    if (here) unseen.push(here);
  }
  expect(unseen).toEqual([]);
  await page.keyboard.press('Control+j');
  await expect(chatOf(page).box).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(chatOf(page).box).toBeFocused();
});

/** Presses Tab until the control of that name has the focus, as far round as a page may be. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const met: string[] = [];
  for (let step = 0; step < 120; step += 1) {
    const here = await nameOfFocused(page);
    if (typeof name === 'string' ? here === name : name.test(here)) return;
    met.push(here);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${String(name)}. It met: ${met.join(' | ')}`);
}

const nameOfFocused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    return (element?.getAttribute('aria-label') ?? element?.innerText ?? '').trim();
  });

/** Runs in the page: what has the focus and looks no different for it, or null. A box may show it for its field. */
function focusShows(): string | null {
  const element = document.activeElement as HTMLElement | null;
  if (!element || element === document.body) return null;
  const looks = () => {
    // As it looks when it has come to rest.
    void getComputedStyle(element).color;
    for (const moving of document.getAnimations()) moving.finish();
    const seen: string[] = [];
    for (let one: Element | null = element; one && seen.length < 4; one = one.parentElement) {
      const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(one);
      seen.push(`${outline} ${boxShadow} ${borderColor} ${backgroundColor}`);
    }
    return seen.join('\n');
  };
  const focused = looks();
  element.blur();
  const blurred = looks();
  element.focus();
  return focused === blurred ? element.outerHTML.slice(0, 200) : null;
}
