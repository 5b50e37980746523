import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { t } from '../renderer/messages.ts';
import { newFolder, startAssistant } from './assistant.ts';
import { expect, test } from './journey.ts';
import { chatOf } from './pages/chat.ts';

const database = 'engram.db';
let folder: string;
test.beforeEach(() => {
  folder = newFolder('folder');
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a damaged database, a newer one: the window says so and what to do, and not a byte is changed', async ({ page }) => {
  const file = path.join(folder, database);
  writeFileSync(file, 'this is not a database, '.repeat(1_000));
  await expectRefused(page, /damaged.*left as it is|damaged; it was left as it is/);

  rmSync(file);
  const first = await startAssistant(folder);
  await (await first.connect()).memory.remember({ text: 'My bicycle is green.', scope: 'shared', personaId: null });
  await first.stop();
  const whole = readFileSync(file);
  // SQLite keeps the version of the data at this place of its header.
  const newer = Buffer.from(whole);
  newer.writeUInt32BE(9_999, 60);
  writeFileSync(file, newer);
  await expectRefused(page, /newer version/);

  writeFileSync(file, whole.subarray(0, 8_192));
  await expectRefused(page, /damaged/);

  writeFileSync(file, whole);
  const again = await startAssistant(folder);
  expect((await (await again.connect()).memory.list({ filter: 'all', text: '', personaId: null, limit: 5, before: null })).total).toBe(1);
  await again.stop();
});

test('an index that was deleted is built again, and recall works meanwhile', async ({ page, complaints }) => {
  const first = await startAssistant(folder);
  const api = await first.connect();
  await api.app.changeSettings({ welcomed: true });
  await api.memory.remember({ text: 'The boiler was serviced in May.', scope: 'shared', personaId: null });
  await expect.poll(async () => (await api.memory.index({})).state).toBe('up-to-date');
  await first.stop();
  rmSync(path.join(folder, 'vectors'), { recursive: true });

  await first.start();
  await page.goto(await first.address());
  const chat = chatOf(page);
  const answer = await chat.ask('When was the boiler serviced?');
  await expect(chat.text(answer)).toContainText('May');
  const later = await first.connect();
  await expect.poll(async () => (await later.memory.index({})).state).toBe('up-to-date');
  expect((await later.memory.index({})).embedded).toBe((await later.memory.index({})).total);
  complaints.end();
  await first.stop();
});

test('a place that cannot be a data folder is refused in one sentence on the terminal', () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, 'keep me');
  const served = path.resolve(import.meta.dirname, '../dist/main/serve.js');
  const { status, stderr } = spawnSync(process.execPath, [served, '--data', file], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain(file);
  expect(readFileSync(file, 'utf8')).toBe('keep me');
});

/** Opens the window on the folder as it is; it must say why it cannot work, and leave the folder's data as it was. */
async function expectRefused(page: Page, sentence: RegExp): Promise<void> {
  const before = digest();
  const assistant = await startAssistant(folder);
  await page.goto(await assistant.address());
  await expect(page.getByText(sentence).first()).toBeVisible();
  await expect(page.getByText(t('app.lost'))).toBeHidden();
  await page.goto('about:blank');
  await assistant.stop();
  expect(digest()).toBe(before);
}

const digest = () => execFileSync('sha256sum', [path.join(folder, database)], { encoding: 'utf8' });
