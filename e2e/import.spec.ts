import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gptTalk } from '../main/imports/fixtures/exports.ts';
import { zipOf } from '../main/store/fixtures/zipFile.ts';
import { t } from '../renderer/messages.ts';
import { expect, test } from './journey.ts';
import { violationsOf } from './pages/accessible.ts';
import { notice, sidebarOf } from './pages/chat.ts';
import { pickFile } from './pages/picker.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'engram-past-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

/** A zip as ChatGPT sends it. */
function zip(name: string, talks: Record<string, unknown>[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, zipOf([{ name: 'chat.html', data: '<html>' }, { name: 'conversations.json', data: JSON.stringify(talks) }]));
  return file;
}

test('the past is brought in from the settings, once, and found at once', async ({ home, api }) => {
  const file = zip('export.zip', [gptTalk('a', ['My sister lives in Porto.', 'Noted.']), gptTalk('b', ['I am allergic to penicillin.', 'Noted.'], 1_600_000_000)]);
  await sidebarOf(home).settings.click();
  const bring = async () => {
    await home.getByRole('button', { name: t('settings.importAction') }).click();
    await pickFile(home, t('import.pick'), file);
  };
  await bring();
  await expect(notice(home, '2 conversations with 4 messages from ChatGPT were brought in.')).toBeVisible();
  await notice(home, /4 messages/).getByRole('button', { name: t('import.show') }).click();
  await expect(home.getByText('My sister lives in Porto.')).toBeVisible();
  await expect(sidebarOf(home).row('About a')).toBeVisible();
  await expect(sidebarOf(home).row('About b')).toBeVisible();
  expect((await api.search.query({ text: 'penicillin', limit: 3 })).hits).toHaveLength(1);

  await sidebarOf(home).settings.click();
  await bring();
  await expect(notice(home, `${t('import.nothing')} 2 were known already.`)).toBeVisible();
  expect(await api.conversation.list({ archived: false })).toHaveLength(3);
});

test('while it is brought in, the page says how far it is, can be used, and can stop it', async ({ home, api }) => {
  test.setTimeout(120_000);
  const file = zip('large.zip', Array.from({ length: 4_000 }, (_, index) => gptTalk(`c${index}`, Array.from({ length: 10 }, (_, number) => `Sentence ${number} of ${index}. ${'Some more words. '.repeat(10)}`), 1_600_000_000 + index)));
  await sidebarOf(home).settings.click();
  await home.getByRole('button', { name: t('settings.importAction') }).click();
  await pickFile(home, t('import.pick'), file);
  const strip = home.getByRole('region', { name: t('import.running', { source: 'ChatGPT' }) });
  await expect(strip.getByText(/\d messages/)).toBeVisible();
  await expect.poll(async () => Number(await strip.getByRole('progressbar').getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  expect(await violationsOf(home)).toEqual([]);
  // Another screen does not end it.
  await sidebarOf(home).place('search').click();
  // It takes the focus when it is there.
  await expect(home.getByRole('combobox', { name: t('search.box') })).toBeFocused();
  await strip.getByRole('button', { name: t('import.stopNamed') }).focus();
  await home.keyboard.press('Enter');
  await expect(notice(home, t('import.stopped'))).toBeVisible();
  await expect(strip).toBeHidden();
  const kept = (await api.conversation.list({ archived: false })).length;
  expect(kept).toBeGreaterThan(1);
  expect(kept).toBeLessThan(4_000);
});
