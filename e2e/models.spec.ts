import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { t } from '../renderer/messages.ts';
import { writeRandomLlama } from '../main/engine/fixtures/randomModels.ts';
import { newFolder } from './assistant.ts';
import { expect, test } from './journey.ts';
import { chatOf, dialog, notice, sidebarOf } from './pages/chat.ts';
import { pickFile } from './pages/picker.ts';

const starter = 'Engram starter chat';
let folder: string;
test.beforeEach(() => {
  folder = newFolder('models');
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test('a model is unloaded and loaded; without one, remembering and searching go on', async ({ home }) => {
  const sidebar = sidebarOf(home);
  await sidebar.place('models').click();
  await home.getByRole('button', { name: t('models.unloadNamed', { name: starter }) }).click();
  await expect(home.getByRole('button', { name: t('models.loadNamed', { name: starter }) })).toBeEnabled();

  await home.getByRole('button', { name: t('conversations.new'), exact: true }).click();
  const chat = chatOf(home);
  await expect(home.getByText(t('chat.noModelHint'))).toBeVisible();
  await chat.ask('The spare key is under the blue pot.');
  await expect(chat.text(await chat.ask('Where is the spare key?'))).toContainText('blue pot');
  await chat.box.fill('Write me a poem about rain.');
  await chat.box.press('Enter');
  await expect(chat.last.getByRole('alert')).toContainText('Your message is saved; load a model');
  await sidebar.place('search').click();
  await home.getByRole('combobox', { name: t('search.box') }).fill('spare key');
  await expect(home.getByRole('option').filter({ hasText: 'blue pot' }).first()).toBeVisible();

  await sidebar.place('models').click();
  await home.getByRole('button', { name: t('models.loadNamed', { name: starter }) }).click();
  await expect(home.getByRole('button', { name: t('models.unloadNamed', { name: starter }) })).toBeEnabled();
  await home.goBack();
  await home.goBack();
  await chat.last.getByRole('button', { name: t('chat.retry') }).click();
  await chat.finished();
  await expect(chat.text(chat.last)).toContainText(/\w+/);
});

test('a GGUF the owner points at is loaded and answers', async ({ home }) => {
  const file = path.join(folder, 'mine.gguf');
  writeRandomLlama(file);
  await sidebarOf(home).place('models').click();
  await home.getByRole('button', { name: t('models.add') }).click();
  await pickFile(home, t('models.addTitle'), file);
  const row = home.getByRole('listitem').filter({ hasText: file });
  await expect(row).toContainText(t('models.fit.fits-well'));
  await row.getByRole('button', { name: /^Load / }).click();
  await expect(row.getByRole('button', { name: /^Unload / })).toBeEnabled();
  await home.getByRole('button', { name: t('conversations.new'), exact: true }).click();
  const chat = chatOf(home);
  await chat.begin('Write me a poem about rain.');
  await chat.finished();
  await expect(chat.last).toContainText(/Random|mine/);
});

test('what is no model is refused with a sentence, and nothing changes', async ({ home, api }) => {
  const listed = async () => (await api.model.list({})).map(({ path, name, role }) => ({ path, name, role }));
  const before = await listed();
  await sidebarOf(home).place('models').click();
  const refused = async (name: string, write: (file: string) => void, sentence: RegExp) => {
    const file = path.join(folder, name);
    write(file);
    await home.getByRole('button', { name: t('models.add') }).click();
    await pickFile(home, t('models.addTitle'), file);
    const said = notice(home, sentence).filter({ hasText: name });
    await expect(said).toBeVisible();
    await said.getByRole('button', { name: t('ui.dismiss') }).click();
  };
  await refused('junk.gguf', (file) => writeFileSync(file, 'no model at all'.repeat(100)), /not a model file/);
  await refused('empty.gguf', (file) => writeFileSync(file, ''), /not a model file|empty/);
  await refused('cut.gguf', (file) => (writeRandomLlama(file), truncateSync(file, 300_000)), /cut|ends|incomplete|truncated|shorter/i);
  expect(await listed()).toEqual(before);
});

test('the picker keeps its footing: a file as a path, a folder that is not there, links in a circle', async ({ home }) => {
  mkdirSync(path.join(folder, 'inner'));
  symlinkSync(folder, path.join(folder, 'inner', 'round'));
  symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'dangling'));
  writeRandomLlama(path.join(folder, 'deep.gguf'));
  await sidebarOf(home).place('models').click();
  await home.getByRole('button', { name: t('models.add') }).click();
  const picker = dialog(home, t('models.addTitle'));
  const go = async (typed: string) => {
    await picker.getByRole('textbox', { name: t('picker.path') }).fill(typed);
    await picker.getByRole('textbox', { name: t('picker.path') }).press('Enter');
  };
  await go(path.join(folder, 'not-there'));
  await expect(picker.getByRole('alert')).toContainText('not-there');
  await go(path.join(folder, 'a\0b'));
  await expect(picker.getByRole('alert')).toBeVisible();
  await go(folder);
  await expect(picker.getByRole('option', { name: 'dangling' })).toBeHidden();
  for (const name of ['inner', 'round', 'inner', 'round']) await picker.getByRole('option', { name }).click();
  await picker.getByRole('option', { name: 'deep.gguf' }).click();
  await expect(picker.getByRole('button', { name: t('picker.choose'), exact: true })).toBeEnabled();
  await home.keyboard.press('Escape');
  await expect(picker).toBeHidden();
});
