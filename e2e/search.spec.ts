import { cpSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Client } from '../main/contract/contract.ts';
import { t } from '../renderer/messages.ts';
import { newFolder } from './assistant.ts';
import { expect, test } from './journey.ts';
import { tooWide, violationsOf } from './pages/accessible.ts';
import { chatOf, notice } from './pages/chat.ts';
import { converse } from './prepare.ts';

const vault = path.resolve(import.meta.dirname, 'fixtures/vault');

/** Notes, a conversation and a memory that speak of the same. */
async function tell(api: Client): Promise<void> {
  const folder = path.join(newFolder('vault'), 'Notebook');
  cpSync(vault, folder, { recursive: true });
  await api.notes.addFolder({ path: folder });
  await converse(api, 'What to cook', [['user', 'Can I make quince paste without sugar?'], ['assistant', 'Honey works.'], ['user', 'And how long do quinces keep?'], ['assistant', 'Until Christmas.']]);
  await api.memory.remember({ text: 'The quince tree came from my grandfather.', scope: 'shared', personaId: null });
  await expect.poll(async () => (await api.notes.status({})).state, { timeout: 30_000 }).toBe('idle');
  await expect.poll(async () => (await api.search.query({ text: 'in:notes ', limit: 50 })).counts.notes.count, { timeout: 30_000 }).toBeGreaterThan(8);
}

const box = (page: Page) => page.getByRole('combobox', { name: t('search.box') });
const hits = (page: Page) => page.getByRole('listbox', { name: t('search.results') }).getByRole('option');
const active = (page: Page) => page.getByRole('option', { selected: true });
const preview = (page: Page) => page.getByRole('region', { name: t('search.preview') });

test('three letters find notes, conversations and memories; arrows preview them, Enter opens the passage', async ({ home, api }) => {
  await tell(api);
  await home.keyboard.press('Control+Shift+F');
  await box(home).pressSequentially('qui');
  for (const kind of ['notes', 'conversations', 'memories'] as const) await expect(home.getByRole('group', { name: new RegExp(`^${t(`search.kind.${kind}`)}`) })).toBeVisible();
  await expect(hits(home).first().locator('mark').first()).toHaveText(/^qui/i);
  await expect(home.getByRole('status').filter({ hasText: /note.*conversation.*memor/ })).toBeAttached();

  await expect(preview(home).locator('mark').first()).toHaveText(/^qui/i);
  const first = await preview(home).getByRole('heading').first().textContent();
  await box(home).press('ArrowDown');
  await box(home).press('ArrowDown');
  await expect(preview(home).getByRole('heading').first()).not.toHaveText(first!);

  await box(home).fill('membrillo');
  await expect(active(home)).toContainText('Membrillo');
  await box(home).press('Enter');
  await expect(home).toHaveURL(/#\/notes\/.+from=\d+&to=\d+&q=membrillo/);
  await home.goBack();
  await expect(box(home)).toHaveValue('membrillo');
});

test('a slip is understood and said, facets narrow the notes and let go again, what else is in a note opens', async ({ home, api }) => {
  await tell(api);
  await home.keyboard.press('Control+Shift+F');
  await box(home).fill('membrilo ');
  await expect(home.getByText(t('search.takenFor'))).toContainText('membrillo');
  await expect(hits(home).first()).toContainText('Membrillo');

  await box(home).fill('quince');
  const facets = home.getByRole('group', { name: t('search.facets') });
  await facets.getByRole('button', { name: /^Garden\// }).click();
  await expect(box(home)).toHaveValue('quince path:/Garden/ ');
  await expect(home.getByRole('group', { name: new RegExp(`^${t('search.kind.memories')}`) })).toHaveCount(0);
  await expect(box(home)).toBeFocused();
  await facets.getByRole('button', { name: 'path:/Garden/', pressed: true }).click();
  await expect(box(home)).toHaveValue('quince');
  await expect(home.getByRole('group', { name: new RegExp(`^${t('search.kind.memories')}`) })).toBeVisible();

  const others = hits(home).filter({ hasText: /more passage/ }).first();
  const before = await hits(home).count();
  await others.click();
  await expect(home.getByRole('option', { name: t('search.fewer') })).toBeVisible();
  expect(await hits(home).count()).toBeGreaterThan(before);
});

test('by keyboard alone: copied as link and quotation, asked about; recent searches come back and are cleared', async ({ home, api }) => {
  await home.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = () => home.evaluate(() => navigator.clipboard.readText());
  await tell(api);
  await home.keyboard.press('Control+Shift+F');
  await expect(box(home)).toBeFocused();
  await home.keyboard.type('membrillo');
  await expect(active(home)).toContainText('Membrillo');
  await home.keyboard.press('Alt+l');
  await expect(notice(home, t('search.linkCopied'))).toBeVisible();
  expect(await copied()).toMatch(/^\[Membrillo.*\]\(obsidian:\/\/open\?vault=Notebook&file=Kitchen%2FMembrillo/u);
  await home.keyboard.press('Alt+q');
  await expect(notice(home, t('search.quoteCopied'))).toBeVisible();
  expect(await copied()).toMatch(/^> [^]+\n>\n> — \[Membrillo/u);
  await home.keyboard.press('Control+Enter');
  await expect(chatOf(home).box).toHaveValue('membrillo');

  await home.keyboard.press('Control+Shift+F');
  await expect(box(home)).toBeFocused();
  await home.keyboard.press('Control+a');
  await home.keyboard.press('Backspace');
  const recent = home.getByRole('region', { name: t('search.recent') });
  await expect(recent.getByRole('button', { name: 'membrillo', exact: true })).toBeVisible();
  await home.keyboard.press('ArrowDown');
  await home.keyboard.press('Enter');
  await expect(box(home)).toHaveValue('membrillo');
  await expect(box(home)).toBeFocused();
  await box(home).fill('');
  await recent.getByRole('button', { name: t('search.clearRecent') }).click();
  await expect(recent).toHaveCount(0);
  expect(await api.search.recent({})).toEqual([]);
});

test('the palette finds a note by its title', async ({ home, api }) => {
  await tell(api);
  await home.keyboard.press('Control+k');
  await home.getByRole('combobox', { name: t('palette.title') }).fill('membr');
  await home.getByRole('option').filter({ hasText: 'Membrillo' }).click();
  await expect(home).toHaveURL(/#\/notes\/[^?]+$/);
});

for (const { colorScheme, width, textSize } of [
  { colorScheme: 'light', width: 1280, textSize: 100 },
  { colorScheme: 'dark', width: 720, textSize: 200 },
] as const) {
  test(`is accessible in every state: ${colorScheme}, ${width} px, text at ${textSize} %`, async ({ home, api }) => {
    await tell(api);
    await api.app.changeSettings({ textSize });
    await home.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await home.setViewportSize({ width, height: 800 });
    const check = async (state: string) => {
      expect.soft(await violationsOf(home), state).toEqual([]);
      expect.soft(await tooWide(home), `${state}: pixels too wide`).toBeLessThanOrEqual(0);
    };
    await home.keyboard.press('Control+Shift+F');
    await api.search.keep({ text: 'orchard' });
    await expect(home.getByText(t('search.example.tag'))).toBeVisible();
    await check('before anything is typed');
    await box(home).fill('qunice ');
    await expect(hits(home).first()).toBeVisible();
    await check('a slip');
    await box(home).fill('quince path:/Garden/ ');
    await expect(home.getByRole('button', { pressed: true })).toHaveCount(1);
    await check('narrowed');
    await box(home).fill('zeppelin tag:none ');
    await expect(home.getByText(t('search.noneTitle', { text: 'zeppelin tag:none' }))).toBeVisible();
    await check('nothing');
    await box(home).fill('p');
    await expect(home.getByRole('heading', { name: t('search.shortTitle') })).toBeVisible();
    await check('one letter');
    await box(home).fill('"zeppelin in the');
    await expect(home.getByRole('heading', { name: t('search.quoteOpenTitle') })).toBeVisible();
    await check('an open quotation');
  });
}
