import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { t } from '../renderer/messages.ts';
import { newFolder } from './assistant.ts';
import { expect, test } from './journey.ts';
import { chatOf, dialog, notice, sidebarOf } from './pages/chat.ts';
import { converse } from './prepare.ts';

test('the memory screen lists, filters, corrects, pins and forgets, with time to undo', async ({ home, api }) => {
  await converse(api, 'Family', [['user', 'My brother Tomek plays the cello.'], ['assistant', 'How lovely.'], ['user', 'What should I give him?'], ['assistant', 'Strings.']]);
  await sidebarOf(home).place('memory').click();
  await home.getByRole('tab', { name: t('memory.tabWords') }).click();
  const feed = home.getByRole('feed');
  const row = (text: string) => feed.getByRole('article').filter({ hasText: text });
  await expect(row('cello')).toBeVisible();
  // A question is kept, and hidden until asked for.
  await expect(row('What should I give him?')).toBeHidden();
  await home.getByRole('combobox', { name: t('memory.filterKind') }).selectOption({ label: t('memory.filter.questions') });
  await expect(row('What should I give him?')).toBeVisible();
  await home.getByRole('combobox', { name: t('memory.filterKind') }).selectOption({ label: t('memory.filter.statements') });

  await home.getByRole('textbox', { name: t('memory.remember') }).fill('My bike is green.');
  await home.keyboard.press('Enter');
  await expect(notice(home, t('memory.remembered'))).toBeVisible();
  await expect(row('bike is green')).toContainText(t('memory.by.written'));
  await row('cello').getByRole('button', { name: t('memory.pin') }).click();
  await expect(row('cello')).toContainText(t('memory.pinned'));

  await row('bike is green').getByRole('button', { name: t('memory.correct') }).click();
  await home.getByRole('textbox', { name: t('memory.correctLabel') }).fill('My bike is red.');
  await home.getByRole('button', { name: t('memory.correctSave') }).click();
  await expect(row('bike is red')).toBeVisible();
  await row('bike is red').getByRole('button', { name: t('memory.showHistory') }).click();
  await expect(row('bike is red')).toContainText('bike is green');

  await home.getByRole('searchbox', { name: t('memory.filterText') }).fill('cello');
  await expect(row('bike')).toHaveCount(0);
  await row('cello').getByRole('button', { name: t('memory.forget') }).click();
  const forget = dialog(home, t('forget.title'));
  await forget.getByRole('combobox', { name: t('forget.grace') }).selectOption('3600');
  await forget.getByRole('button', { name: /^Forget in/ }).click();
  const pending = dialog(home, t('forget.pendingTitle'));
  await expect(pending).toContainText(t('forget.pendingLeft'));
  await pending.getByRole('button', { name: t('ui.close') }).last().click();
  await expect(row('cello')).toHaveCount(0);
  await home.getByRole('button', { name: t('forget.undo') }).click();
  await expect(row('cello')).toBeVisible();
  await home.getByRole('tab', { name: t('memory.tabForgotten') }).click();
  await expect(home.getByRole('tabpanel')).toContainText(t('memory.state.undone'));
});

test('search finds as one types, by keyboard, and asks about what was found', async ({ home, api }) => {
  await converse(api, 'The garden', [['user', 'The hedgehog lives under the shed.'], ['assistant', 'Leave it some water.']]);
  await home.keyboard.press('Control+Shift+F');
  const box = home.getByRole('combobox', { name: t('search.box') });
  await expect(box).toBeFocused();
  await box.pressSequentially('hedgeh');
  const hits = home.getByRole('listbox', { name: t('search.results') }).getByRole('option');
  await expect(hits.first()).toContainText('hedgehog');
  await expect(hits.first().locator('mark').first()).toContainText(/hedgeh/i);
  await home.getByRole('radio', { name: new RegExp(`^${t('search.kind.conversations')}`) }).click();
  await expect(hits).toHaveCount(1);
  await box.press('Enter');
  const chat = chatOf(home);
  await expect(chat.messages.filter({ hasText: 'hedgehog' }).first()).toBeInViewport();
  await home.goBack();
  await expect(box).toHaveValue('hedgeh');
  await box.fill('Where does the hedgehog live?');
  await box.press('Control+Enter');
  // In the box, not sent: asking is the owner's to do.
  await expect(chat.box).toHaveValue('Where does the hedgehog live?');
  await chat.ask('Where does the hedgehog live?');
  await expect(chat.text(chat.last)).toContainText('shed');
  await home.keyboard.press('Control+Shift+F');
  await box.fill('zeppelin');
  await expect(home.getByText(t('search.noneTitle', { text: 'zeppelin' }))).toBeVisible();
});

test('settings change how the window looks, and hold after a reload', async ({ home, page }) => {
  await sidebarOf(home).settings.click();
  await home.getByRole('radio', { name: t('settings.theme.dark') }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const slider = home.getByRole('slider', { name: t('settings.textSize') });
  await slider.press('ArrowRight');
  await slider.press('ArrowRight');
  await expect(home.getByText('120%', { exact: true })).toBeVisible();
  const size = () => page.locator('h1').first().evaluate((heading) => parseFloat(getComputedStyle(heading).fontSize));
  const large = await size();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await size()).toBeCloseTo(large, 1);
  await home.getByRole('button', { name: t('settings.textSizeReset') }).click();
  await expect.poll(size).toBeLessThan(large);
});

test('back up, lose something, restore; export; erase everything', async ({ home, api, assistant }) => {
  const { id } = await converse(api, 'Precious', [['user', 'The treasure is under the oak.'], ['assistant', 'Noted.']]);
  await sidebarOf(home).settings.click();
  await home.getByRole('button', { name: t('settings.backUp') }).click();
  await expect(notice(home, /^Backed up/)).toBeVisible();
  await api.conversation.delete({ id });
  await expect(sidebarOf(home).row('Precious')).toBeHidden();
  const backups = home.getByRole('list', { name: t('settings.backupsList') });
  await backups.getByRole('listitem').filter({ hasText: t('settings.reason.asked') }).getByRole('button', { name: /^Restore/ }).click();
  await home.getByRole('alertdialog').getByRole('button', { name: t('settings.restoreAction') }).click();
  await expect(notice(home, /^Restored/)).toBeVisible();
  await expect(sidebarOf(home).row('Precious')).toBeVisible();
  await expect(backups).toContainText(t('settings.reason.restore'));

  const folder = newFolder('export');
  await home.getByRole('button', { name: t('settings.exportAction') }).click();
  const picker = dialog(home, t('settings.exportPick'));
  await picker.getByRole('textbox', { name: t('picker.path') }).fill(folder);
  await picker.getByRole('button', { name: t('picker.go') }).click();
  await expect(picker.getByText(t('picker.emptyFolders'))).toBeVisible();
  await picker.getByRole('button', { name: t('picker.chooseFolder') }).click();
  const said = await notice(home, /^Exported/).innerText();
  const file = said.match(/\/\S+\.json/)?.[0] ?? '';
  expect(readFileSync(file, 'utf8')).toContain('The treasure is under the oak.');
  rmSync(folder, { recursive: true });

  await home.getByRole('button', { name: t('settings.eraseAction') }).click();
  const erase = dialog(home, t('settings.eraseTitle'));
  await expect(erase).toContainText(assistant.dataFolder);
  await expect(erase.getByRole('button', { name: t('settings.erase'), exact: true })).toBeDisabled();
  await erase.getByRole('textbox').fill('erase');
  await erase.getByRole('button', { name: t('settings.erase'), exact: true }).click();
  await expect(home.getByRole('heading', { name: t('welcome.title') })).toBeVisible();
  expect(await api.conversation.list({ archived: false })).toEqual([]);
  expect(await api.app.backups({})).toEqual([]);
  await home.getByRole('button', { name: t('welcome.start') }).click();
  await chatOf(home).ask('Hello!');
});

test('a temporary conversation is answered, and leaves no trace', async ({ home, assistant, api, complaints }) => {
  const chat = chatOf(home);
  await home.getByRole('button', { name: t('conversations.newTemporary') }).click();
  await expect(home.getByText(t('chat.emptyTemporaryHint'))).toBeVisible();
  await chat.ask('My secret word is Quxbarian.');
  expect((await api.memory.list({ filter: 'all', text: 'Quxbarian', personaId: null, limit: 10, before: null })).total).toBe(0);
  complaints.end();
  await assistant.stop();
  expect(spawnSync('grep', ['-rail', 'quxbarian', assistant.dataFolder], { encoding: 'utf8' }).stdout).toBe('');
});

test('the palette leads to every place and does what it lists', async ({ home }) => {
  const run = async (typed: string) => {
    await home.keyboard.press('Control+k');
    await home.getByRole('combobox').fill(typed);
    await home.keyboard.press('Enter');
  };
  for (const [typed, title] of [['go to memory', 'memory.title'], ['go to personas', 'personas.title'], ['go to models', 'models.title'], ['go to settings', 'settings.title'], ['search everything', 'search.title']] as const) {
    await run(typed);
    await expect(home.getByRole('heading', { level: 1, name: t(title) })).toBeVisible();
  }
  await run('dark appearance');
  await expect(home.locator('html')).toHaveAttribute('data-theme', 'dark');
  await run('new conversation');
  await expect(chatOf(home).box).toBeFocused();
  await run('witty');
  await expect(home.getByRole('button', { name: t('chat.persona', { name: 'Witty' }) })).toBeVisible();
  await home.keyboard.press('Control+/');
  await expect(dialog(home, t('keyboard.title'))).toContainText(t('command.find'));
  await home.keyboard.press('Escape');
  await expect(dialog(home, t('keyboard.title'))).toBeHidden();
});
