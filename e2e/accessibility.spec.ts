import { cpSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Client } from '../main/contract/contract.ts';
import { t } from '../renderer/messages.ts';
import { newFolder } from './assistant.ts';
import { expect, test } from './journey.ts';
import { faintOn, tooWide, violationsOf } from './pages/accessible.ts';
import { chatOf, dialog, notice, sidebarOf } from './pages/chat.ts';
import { addressOf, bringPast, converse } from './prepare.ts';

/** Each in its own colours, and in the other ones for contrast. */
const looks = [
  { colorScheme: 'light', width: 1280, textSize: 100 },
  { colorScheme: 'dark', width: 720, textSize: 200 },
] as const;

for (const { colorScheme, width, textSize } of looks) {
  test(`every screen and dialog is accessible: light and dark, ${width} px, text at ${textSize} %`, async ({ window: page, api }) => {
    test.setTimeout(240_000);
    const check = checking(page, { colorScheme, width });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await api.app.changeSettings({ textSize });
    await expect(page.getByRole('button', { name: t('welcome.start') })).toBeVisible();
    await check('welcome');
    await page.getByRole('button', { name: t('welcome.start') }).click();

    const chat = chatOf(page);
    await expect(page.getByRole('heading', { name: t('chat.empty') })).toBeVisible();
    await check('an empty conversation');
    await chat.ask('My sister lives in Porto.');
    await page.keyboard.press('Control+Shift+O');
    await expect(page.getByRole('heading', { name: t('chat.empty') })).toBeVisible();
    await chat.ask('Where does my sister live?');
    const { id } = await converse(api, 'Rendered', [
      ['user', 'Show me'],
      ['assistant', '# A\n\n```ts\nconst a = 1; // b\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n$x^2$ [link](https://example.org) > quote\n\n- [ ] open'],
    ]);
    await page.goto(addressOf(page, id));
    await expect(chat.last.locator('.katex')).toBeVisible();
    await check('a rendered answer');
    await api.conversation.keep({ id, kept: true });
    await expect(page.getByText(t('chat.keptNote'))).toBeAttached();
    await check('a conversation that is kept to itself');
    await chat.last.getByRole('button', { name: 'link' }).click();
    await check('a link’s question');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+f');
    await check('find');
    await page.keyboard.press('Escape');
    await answered(page);
    await page.keyboard.press('Alt+i');
    await expect(page.getByText(t('receipts.measured'))).toBeVisible();
    await check('receipts');
    await page.getByRole('button', { name: t('receipts.forget') }).first().click();
    await expect(dialog(page, t('forget.title')).getByRole('combobox')).toBeVisible();
    await check('forget');
    await page.keyboard.press('Escape');
    await expect(dialog(page, t('forget.title'))).toBeHidden();
    await page.getByRole('button', { name: t('ui.close') }).click();
    await page.keyboard.press('Alt+p');
    await expect(page.getByRole('menu')).toBeVisible();
    // An open menu stands above the page and outside its landmarks, by its nature.
    await check('the choice of persona', ['region']);
    await page.keyboard.press('Escape');

    if (width === 720) {
      await page.getByRole('button', { name: t('app.openSidebar') }).click();
      await check('the sidebar over the page');
      await page.keyboard.press('Escape');
    }
    for (const key of ['Control+k', 'Control+/'] as const) {
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog')).toBeVisible();
      await check(key);
      await page.keyboard.press('Escape');
    }
    await bringPast(api);
    await checkPlaces(page, check);
    await checkNotes(page, api, check);
    await checkLayers(page, api, check);
  });
}

type Check = ReturnType<typeof checking>;

async function checkPlaces(page: Page, check: Check): Promise<void> {
  const go = async (path: string, title: string) => {
    await page.goto(`${new URL(page.url()).origin}/#/${path}`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: t('ui.loading') })).toHaveCount(0);
  };
  await go('search', t('search.title'));
  await check('search');
  await page.getByRole('combobox', { name: t('search.box') }).fill('sister');
  await expect(page.getByRole('option').first()).toBeVisible();
  await check('search results');
  await checkClaims(page, { go, check });
  await go('memory?tab=words', t('memory.title'));
  await expect(page.getByRole('feed').getByRole('article').first()).toBeVisible();
  await check('memory');
  await page.getByRole('button', { name: t('memory.correct') }).first().click();
  await check('a correction');
  await page.getByRole('tab', { name: t('memory.tabForgotten') }).click();
  await check('what was forgotten');
  await go('personas', t('personas.title'));
  await check('personas');
  await page.getByRole('link', { name: 'Witty' }).click();
  await expect(page.getByRole('slider').first()).toBeVisible();
  await check('a persona');
  await go('models', t('models.title'));
  await check('models');
  await page.getByRole('button', { name: t('models.add') }).click();
  await expect(dialog(page, t('models.addTitle')).getByRole('textbox')).toBeVisible();
  await check('the picker');
  await page.keyboard.press('Escape');
  await go('settings', t('settings.title'));
  await check('settings');
  await page.getByRole('button', { name: t('settings.eraseAction') }).click();
  await check('erase everything');
  await page.keyboard.press('Escape');
}

/** Notes without and with a folder, one opened at a passage, and a conversation that draws on them. */
async function checkNotes(page: Page, api: Client, check: Check): Promise<void> {
  const origin = new URL(page.url()).origin;
  await page.goto(`${origin}/#/notes`);
  await expect(page.getByRole('heading', { name: t('notes.emptyTitle') })).toBeVisible();
  await check('no notes');
  const folder = path.join(newFolder('vault'), 'Notes');
  cpSync(path.resolve(import.meta.dirname, 'fixtures/vault'), folder, { recursive: true });
  await api.notes.addFolder({ path: folder });
  await expect.poll(async () => (await api.notes.status({})).state, { timeout: 60_000 }).toBe('idle');
  await expect(page.getByRole('list', { name: t('notes.list') })).toBeVisible();
  await check('notes');
  const { hits } = await api.notes.search({ text: 'quince keep', limit: 10, meaning: false });
  const { id, passage } = hits.find(({ path: at }) => at === 'Garden/Quince.md')!;
  await page.goto(`${origin}/#/notes/${id}?from=${passage!.place.from}&to=${passage!.place.to}&q=quince`);
  await expect(page.locator('.note-embedded')).toBeVisible();
  await check('a note at a passage');

  await page.goto(`${origin}/#/chat`);
  await page.keyboard.press('Control+Shift+O');
  await page.getByRole('button', { name: t('chat.notesLabel', { name: t('chat.notesOff') }) }).click();
  await check('the choice of notes', ['region']);
  await page.getByRole('menuitem', { name: t('chat.notesNarrow') }).click();
  await expect(page.getByRole('searchbox', { name: t('chat.notesFind') })).toBeVisible();
  await check('narrowing the notes');
  await page.keyboard.press('Escape');
  const chat = chatOf(page);
  await chat.box.fill('Compare quince and membrillo.');
  await page.getByRole('button', { name: t('research.send') }).click();
  await page.getByRole('button', { name: /^Researched:/u }).click();
  await expect(page.getByRole('region', { name: t('research.label') })).toBeVisible();
  await check('a research');
  await page.keyboard.press('Alt+i');
  // Beside the conversation where there is room, above it where there is none.
  await expect(page.locator('.receipt-passage mark').first()).toBeVisible();
  await check('what a research rests on');
  await page.getByRole('button', { name: t('ui.close') }).click();
}

type Steps = { go(path: string, title: string): Promise<void>; check: Check };

/** What is known, with everything that can be opened on it, and what waits for the owner. */
async function checkClaims(page: Page, { go, check }: Steps): Promise<void> {
  await go('memory', t('memory.title'));
  const known = page.getByRole('feed').getByRole('article', { name: 'lives in Porto' });
  await expect(known).toBeVisible();
  await check('what is known');
  await known.getByRole('button', { name: t('claims.merge') }).click();
  await expect(dialog(page, t('claims.mergeTitle')).getByRole('searchbox')).toBeVisible();
  await check('merging');
  await page.keyboard.press('Escape');
  await known.getByRole('button', { name: t('claims.edit') }).click();
  await check('an edit');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: t('claims.profileEdit') }).click();
  await page.getByRole('textbox', { name: t('claims.profileLabel') }).fill('word '.repeat(160));
  await check('a profile that is too long');
  await go('memory?tab=review', t('memory.title'));
  await expect(page.getByRole('heading', { name: t('claims.asideTitle') })).toBeVisible();
  await check('what waits for the owner');
}

/** What stands above the page only after something was done: questions, menus, notices, proof; and what is missing. */
async function checkLayers(page: Page, api: Client, check: Check): Promise<void> {
  const origin = new URL(page.url()).origin;
  const witty = (await api.persona.list({})).find(({ name }) => name === 'Witty')!;
  const copy = await api.persona.duplicate({ id: witty.id });
  await page.goto(`${origin}/#/personas`);
  await page.getByRole('button', { name: t('personas.more', { name: copy.name }) }).click();
  await check('a menu', ['region']);
  await page.getByRole('menuitem', { name: t('personas.delete') }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await check('a question');
  await page.getByRole('alertdialog').getByRole('button', { name: t('ui.delete') }).click();
  await expect(notice(page, t('personas.deleted', { name: copy.name }))).toBeVisible();
  await check('a notice');

  await page.goto(`${origin}/#/memory?tab=words`);
  await page.getByRole('feed').getByRole('article').filter({ hasText: 'Porto' }).getByRole('button', { name: t('memory.forget') }).click();
  const forget = dialog(page, t('forget.title'));
  await forget.getByRole('combobox', { name: t('forget.grace') }).selectOption('0');
  await forget.getByRole('button', { name: /^Forget in/ }).click();
  await expect(dialog(page, t('forget.erasedTitle'))).toContainText('nothing found');
  await check('the proof that it is erased');
  await page.keyboard.press('Escape');

  const loaded = (await api.model.list({})).find(({ role, loaded: isLoaded }) => role === 'chat' && isLoaded)!;
  await api.model.unload({ id: loaded.id });
  await page.goto(`${origin}/#/chat`);
  await expect(page.getByText(t('chat.noModelHint'))).toBeVisible();
  const chat = chatOf(page);
  await chat.box.fill('Write me a poem about rain.');
  await chat.box.press('Enter');
  await expect(chat.last.getByRole('alert')).toBeVisible();
  await check('an answer that failed');
}

/** The conversation in which something was answered from memory. */
async function answered(page: Page): Promise<void> {
  if (await page.getByRole('button', { name: t('app.openSidebar') }).isVisible()) await page.getByRole('button', { name: t('app.openSidebar') }).click();
  await sidebarOf(page).list.getByRole('link', { name: /sister/i }).first().click();
  await expect(chatOf(page).thread).toContainText('Porto');
}

/** Says which screen, rule and element; also that nothing is wider than the window. */
function checking(page: Page, { colorScheme, width }: { colorScheme: 'light' | 'dark'; width: number }) {
  const other = colorScheme === 'light' ? 'dark' : 'light';
  return async (what: string, except: string[] = []): Promise<void> => {
    expect.soft(await violationsOf(page, except), `${what}, ${colorScheme} ${width}`).toEqual([]);
    expect.soft(await tooWide(page), `${what}, ${width}: pixels wider than the window`).toBeLessThanOrEqual(0);
    await page.emulateMedia({ colorScheme: other });
    expect.soft(await faintOn(page), `${what}, ${other} ${width}`).toEqual([]);
    await page.emulateMedia({ colorScheme });
  };
}
