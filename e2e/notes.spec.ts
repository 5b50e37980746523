import { appendFileSync, cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Client } from '../main/contract/contract.ts';
import { t } from '../renderer/messages.ts';
import { newFolder } from './assistant.ts';
import { expect, test } from './journey.ts';
import { violationsOf } from './pages/accessible.ts';
import { chatOf, notice, sidebarOf } from './pages/chat.ts';
import { pickFolder } from './pages/picker.ts';

/** A copy of our own vault, to be changed. */
function vault(): string {
  const folder = path.join(newFolder('vault'), 'Notes of mine');
  cpSync(path.resolve(import.meta.dirname, 'fixtures/vault'), folder, { recursive: true });
  return folder;
}

const partsOf = (page: Page) => ({
  list: page.getByRole('list', { name: t('notes.list') }),
  row: (title: string) => page.getByRole('list', { name: t('notes.list') }).getByRole('link').filter({ has: page.getByText(title, { exact: true }) }),
  reader: page.getByRole('region', { name: t('notes.reader'), exact: true }),
  title: (name: string) => page.getByRole('heading', { level: 2, name, exact: true }),
});

async function allRead(api: Client, count: number): Promise<void> {
  await expect.poll(async () => (await api.notes.status({})).read, { timeout: 20_000 }).toBeGreaterThanOrEqual(count);
}

/** What the browser has coloured, by the name of the highlight. */
const highlighted = (page: Page, name: string) =>
  page.evaluate((of) => [...((CSS.highlights.get(of) as Iterable<Range> | undefined) ?? [])].map((range) => range.toString()), name);

test('a folder is added, read, opened at its place, followed, changed on the disk, and taken out with its files as they were', async ({ home, api }) => {
  test.setTimeout(90_000);
  const folder = vault();
  const before = readFileSync(path.join(folder, 'Garden/Quince.md'), 'utf8');
  const { row, title, reader, list } = partsOf(home);
  await sidebarOf(home).place('notes').click();
  await expect(home.getByRole('heading', { name: t('notes.emptyTitle') })).toBeVisible();
  expect(await violationsOf(home)).toEqual([]);
  await home.getByRole('button', { name: t('notes.add') }).click();
  await pickFolder(home, t('notes.addTitle'), folder);
  await expect(row('Quince')).toBeVisible();
  await allRead(api, 13);
  await expect(home.getByText(t('notes.kind.obsidian'))).toBeVisible();
  expect(await violationsOf(home)).toEqual([]);

  // A file that could not be read says so in the list, and where it is opened.
  await home.getByRole('radio', { name: t('notes.only.marked') }).click();
  await expect(list.getByRole('link')).toHaveCount(1);
  await expect(row('broken')).toContainText('This PDF is damaged');
  await row('broken').click();
  await expect(reader.getByText(t('notes.markNothing'))).toBeVisible();
  await home.getByRole('radio', { name: t('notes.only.all') }).click();

  await home.getByRole('searchbox', { name: t('notes.filter') }).fill('quin');
  await row('Quince').click();
  await expect(title('Quince')).toBeVisible();
  await expect(reader.getByRole('table')).toContainText('21 October');
  // What is related is told as one reads it.
  await expect(reader.locator('.note-around-text').first()).toBeVisible();
  expect((await reader.locator('.note-around-text').allTextContents()).join('\n')).not.toMatch(/\[\[|\]\(|\*\*|\[!/);
  expect(await violationsOf(home)).toEqual([]);
  // What a note embeds is there, and leads to where it stands.
  await reader.getByRole('link', { name: t('notes.embedded', { title: 'Membrillo' }) }).click();
  await expect(title('Membrillo')).toBeVisible();
  await expect(reader.locator('.katex').first()).toBeVisible();
  await reader.getByRole('article').getByRole('link', { name: 'My sister' }).click();
  await expect(title('My sister\'s letter from Porto')).toBeVisible();

  const file = path.join(folder, "Letters/My sister's letter from Porto.md");
  appendFileSync(file, '\nP.S. Bring the long gloves.\n');
  await expect(reader.getByText('Bring the long gloves')).toBeVisible({ timeout: 15_000 });
  rmSync(file);
  await expect(row('My sister\'s letter from Porto')).toHaveCount(0, { timeout: 15_000 });

  await home.goto(`${new URL(home.url()).origin}/#/notes`);
  await home.getByRole('button', { name: t('notes.menu', { name: 'Notes of mine' }) }).click();
  await home.getByRole('menuitem', { name: t('notes.remove') }).click();
  await expect(home.getByRole('alertdialog')).toContainText(folder);
  await home.getByRole('alertdialog').getByRole('button', { name: t('notes.removeConfirm') }).click();
  await expect(notice(home, t('notes.removed', { name: 'Notes of mine' }))).toBeVisible();
  await expect(home.getByRole('heading', { name: t('notes.emptyTitle') })).toBeVisible();
  expect(readFileSync(path.join(folder, 'Garden/Quince.md'), 'utf8')).toBe(before);
  expect(existsSync(path.join(folder, '.obsidian'))).toBe(true);
});

test('a note opens at the passage that was found, with its words marked, and steps from match to match by keyboard', async ({ home, api }) => {
  await api.notes.addFolder({ path: vault() });
  await allRead(api, 13);
  const { hits } = await api.notes.search({ text: 'quince keep', limit: 10, meaning: false });
  const hit = hits.find(({ path: at }) => at === 'Kitchen/Membrillo.md')!;
  const { from, to } = hit.passage!.place;
  await home.goto(`${new URL(home.url()).origin}/#/notes/${hit.id}?from=${from}&to=${to}&q=${encodeURIComponent('"cooked quince" quinces')}`);
  const { title, reader } = partsOf(home);
  await expect(title('Membrillo')).toBeVisible();
  await expect.poll(async () => (await highlighted(home, 'note-passage')).join(' ')).toContain('Quince paste');
  expect(await highlighted(home, 'note-word')).toContain('cooked quince');
  const at = () => home.getByRole('search').getByRole('status');
  await expect(at()).toHaveText(/^1 of \d$/);
  await home.keyboard.press('n');
  await expect(at()).toHaveText(/^2 of \d$/);
  const second = await highlighted(home, 'note-current');
  expect(second).toHaveLength(1);
  await home.keyboard.press('Shift+F3');
  await expect(at()).toHaveText(/^1 of \d$/);

  await home.keyboard.press('Control+f');
  await home.getByRole('textbox', { name: t('notes.find') }).fill('cardamom');
  await expect(at()).toHaveText('1 of 1');
  await expect.poll(() => highlighted(home, 'note-current')).toEqual(['cardamom']);
  await home.keyboard.press('Escape');
  await expect(home.getByRole('textbox', { name: t('notes.find') })).toBeHidden();
  await home.getByRole('button', { name: t('notes.matchesEnd') }).click();
  await expect.poll(() => highlighted(home, 'note-word')).toEqual([]);

  await home.keyboard.press('a');
  await expect(chatOf(home).box).toBeFocused();
  const [conversation] = (await api.conversation.list({ archived: false })).filter(({ notes }) => notes !== null);
  expect(conversation?.notes?.noteIds).toEqual([hit.id]);
  await home.goBack();
  await expect(reader).toBeVisible();
});

test('what is cited or found within a folded callout opens it, marked and in sight', async ({ home, api }) => {
  const folder = newFolder('folded');
  const filler = Array.from({ length: 60 }, (_, at) => `Paragraph ${at} of no interest.\n\n`).join('');
  writeFileSync(path.join(folder, 'Folded.md'), `# Folded\n\n> [!question]- What do *I* owe?\n> Nothing but marzipan.\n\n${filler}> [!tip]- About saffron\n> Keep the saffron in a tin.\n\n${filler}`);
  await api.notes.addFolder({ path: folder });
  await allRead(api, 1);
  const { notes: [note] } = await api.notes.list({ folderId: null, only: 'all', text: '', limit: 1, after: null });
  const { text } = await api.notes.open({ id: note!.id });
  const from = text.indexOf('Keep the saffron');
  await home.goto(`${new URL(home.url()).origin}/#/notes/${note!.id}?from=${from}&to=${from + 'Keep the saffron in a tin.'.length}`);
  const { reader } = partsOf(home);
  await expect(reader.getByText('Keep the saffron in a tin.')).toBeInViewport();
  await expect.poll(() => highlighted(home, 'note-passage')).toEqual(['Keep the saffron in a tin']);
  // What nobody came for stays folded.
  await expect(reader.getByText('Nothing but marzipan.')).toBeHidden();

  await home.keyboard.press('Control+f');
  const field = home.getByRole('textbox', { name: t('notes.find') });
  await field.fill('owe');
  await expect.poll(() => highlighted(home, 'note-current')).toEqual(['owe']);
  await expect(reader.getByText('Nothing but marzipan.')).toBeHidden();
  await field.fill('marzipan');
  await expect(reader.getByText('Nothing but marzipan.')).toBeInViewport();
  expect(await highlighted(home, 'note-current')).toEqual(['marzipan']);
});

test('a note that is long opens far down at the passage that was found, and only what is in sight is drawn', async ({ home, api }) => {
  const folder = newFolder('long');
  const paragraph = (at: number) => `## Part ${at}\n\nThe ${at}th paragraph of a **long** note, and some words to read in it.\n\n`;
  writeFileSync(path.join(folder, 'Long.md'), `# Long\n\n${Array.from({ length: 6_000 }, (_, at) => paragraph(at)).join('')}The very last words of it: marzipan.\n`);
  await api.notes.addFolder({ path: folder });
  await allRead(api, 1);
  const { hits } = await api.notes.search({ text: 'paragraph 5000th', limit: 1, meaning: false });
  await home.goto(`${new URL(home.url()).origin}/#/notes/${hits[0]!.id}?from=${hits[0]!.passage!.place.from}&to=${hits[0]!.passage!.place.to}&q=5000th`);
  await expect(home.getByText('The 5000th paragraph')).toBeInViewport();
  expect(await home.locator('[data-segment]').count()).toBeLessThan(100);
});

test('ten thousand notes are walked by keyboard from the first to the last', async ({ home, api }) => {
  test.setTimeout(120_000);
  const folder = newFolder('many');
  for (let at = 0; at < 10_000; at += 1) writeFileSync(path.join(folder, `note ${String(at).padStart(5, '0')}.txt`), `Note number ${at}.`);
  await api.notes.addFolder({ path: folder });
  await expect.poll(async () => (await api.notes.list({ folderId: null, only: 'all', text: '', limit: 1, after: null })).total, { timeout: 60_000 }).toBe(10_000);
  await home.goto(`${new URL(home.url()).origin}/#/notes`);
  const { row, list } = partsOf(home);
  await row('note 00000').focus();
  await home.keyboard.press('ArrowDown');
  await expect(row('note 00001')).toBeFocused();
  // What has not been fetched yet is fetched on the way.
  await list.locator('..').evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  await expect(row('note 09999')).toBeVisible({ timeout: 20_000 });
  await row('note 09999').focus();
  await home.keyboard.press('Enter');
  await expect(home.getByRole('heading', { level: 2, name: 'note 09999' })).toBeVisible();
  expect(await list.getByRole('listitem').count()).toBeLessThan(80);
});

test('a hostile note stays words: nothing of it runs, loads or leads away by itself', async ({ home, api }) => {
  const folder = newFolder('hostile');
  writeFileSync(
    path.join(folder, 'Hostile.md'),
    '# <img src=x onerror="document.title=\'owned\'">\n\n<script>document.title="owned"</script>\n\n<iframe src="https://example.org"></iframe>\n\n![](https://example.org/pixel.png)\n\n[click](javascript:document.title="owned")\n\n[[javascript:alert(1)|wiki]] [out](https://example.org)\n\n> [!"><script>]- x\n\nEnd of it.\n',
  );
  await api.notes.addFolder({ path: folder });
  await allRead(api, 1);
  const { notes: [note] } = await api.notes.list({ folderId: null, only: 'all', text: '', limit: 1, after: null });
  await home.goto(`${new URL(home.url()).origin}/#/notes/${note!.id}`);
  const { reader } = partsOf(home);
  await expect(reader.getByText('End of it.')).toBeVisible();
  await reader.getByText('click', { exact: true }).click();
  await expect(home).not.toHaveTitle('owned');
  expect(await reader.locator('script, iframe, img, object, embed').count()).toBe(0);
  await reader.getByRole('button', { name: 'out', exact: true }).click();
  await expect(home.getByRole('dialog')).toContainText('https://example.org');
});

test('a folder whose drive has gone is away and findable, and is read on when it is back', async ({ home, api }) => {
  const folder = vault();
  await api.notes.addFolder({ path: folder });
  await allRead(api, 13);
  await sidebarOf(home).place('notes').click();
  renameSync(folder, `${folder} elsewhere`);
  await expect(home.getByText(t('notes.awayHint'))).toBeVisible({ timeout: 15_000 });
  expect((await api.notes.search({ text: 'cardamom', limit: 5, meaning: false })).hits.length).toBeGreaterThan(0);
  await partsOf(home).row('Quince').click();
  await expect(home.getByRole('alert')).toContainText('is not there just now');
  renameSync(`${folder} elsewhere`, folder);
});
