import path from 'node:path';
import { readCatalogue } from '../main/models/catalogue.ts';
import { t } from '../renderer/messages.ts';
import { expect, test } from './journey.ts';
import { chatOf, notice, sidebarOf } from './pages/chat.ts';
import { addressOf, converse, opened, useModel, type Speaker } from './prepare.ts';

/** The bundled model as it stands under an answer. */
const starter = path.basename(readCatalogue(path.resolve(import.meta.dirname, '../models')).models.find(({ role }) => role === 'chat')!.path, '.gguf');

test('a new owner presses Start and is answered', async ({ window }) => {
  await expect(window.getByRole('heading', { name: t('welcome.title') })).toBeVisible();
  await expect(window.getByText(t('welcome.privateBody'))).toBeVisible();
  await window.getByRole('button', { name: t('welcome.start') }).click();

  const chat = chatOf(window);
  await expect(chat.box).toBeFocused();
  const answer = await chat.ask('Hello!');
  await expect(chat.text(answer)).toContainText(/\w+/);
  await expect(answer).toContainText(starter);
  await window.reload();
  await expect(chat.messages).toHaveCount(2);
});

test('an answer streams, stops where it is told to, and goes on in the same message', async ({ home, api, talkative }) => {
  await useModel(api, talkative);
  const chat = chatOf(home);
  await chat.begin('Tell me a long story.');
  const words = chat.text(chat.last);
  const early = (await words.innerText()).length;
  await expect.poll(async () => (await words.innerText()).length).toBeGreaterThan(early);

  await chat.stop.click();
  await expect(chat.last.getByText(t('chat.stopped'))).toBeVisible();
  const stopped = (await opened(api)).messages[1]!;
  expect(stopped.status).toBe('stopped');

  await chat.last.getByRole('button', { name: t('chat.continue') }).click();
  await expect.poll(async () => (await words.innerText()).length).toBeGreaterThan(stopped.text.length);
  await home.keyboard.press('Escape');
  await expect(chat.stop).toBeHidden();
  const continued = (await opened(api)).messages[1]!;
  expect(continued.id).toBe(stopped.id);
  expect(continued.text.startsWith(stopped.text)).toBe(true);
  expect(continued.text.length).toBeGreaterThan(stopped.text.length);
});

test('another answer and an edited question stand beside what was there', async ({ home, api }) => {
  const chat = chatOf(home);
  await chat.ask('What is a good name for a cat?');
  await chat.last.hover();
  await chat.last.getByRole('button', { name: t('chat.regenerate') }).click();
  const versions = home.getByRole('group', { name: t('chat.branches') });
  await expect(versions.getByRole('img', { name: t('chat.branch', { at: 2, count: 2 }) })).toBeVisible();
  await chat.finished();
  const second = (await opened(api)).messages.at(-1)?.id;
  await versions.getByRole('button', { name: t('chat.previousBranch') }).click();
  await expect(versions.getByRole('img', { name: t('chat.branch', { at: 1, count: 2 }) })).toBeVisible();
  expect((await opened(api)).messages.at(-1)?.id).not.toBe(second);

  const question = chat.messages.first();
  await question.hover();
  await question.getByRole('button', { name: t('chat.edit') }).click();
  await home.getByRole('textbox', { name: t('chat.editField') }).fill('What is a good name for a dog?');
  await question.getByRole('button', { name: t('chat.editSend'), exact: true }).click();
  await expect(question).toContainText('a dog?');
  await chat.finished();
  await question.getByRole('button', { name: t('chat.previousBranch') }).click();
  await expect(question).toContainText('a cat?');
  // The branch left behind is as it was, its two answers included.
  await expect(chat.last.getByRole('img', { name: t('chat.branch', { at: 2, count: 2 }) })).toBeVisible();
});

test('a title comes by itself, and one the owner gives stays', async ({ home }) => {
  const chat = chatOf(home);
  const sidebar = sidebarOf(home);
  await chat.ask('What should I cook for six guests on Sunday?');
  await expect(chat.title).not.toContainText(t('conversations.untitled'));
  await expect(chat.title).toContainText(/cook|guests|Sunday/i);
  const given = (await chat.title.locator('.truncate').innerText()).trim();
  await expect(sidebar.row(given)).toBeVisible();

  await chat.title.click();
  await home.getByRole('menuitem', { name: t('conversations.rename') }).click();
  await home.getByRole('textbox', { name: t('conversations.renameField') }).fill('Dinner');
  await home.keyboard.press('Enter');
  await expect(sidebar.row('Dinner')).toBeVisible();
  await chat.ask('And for the children?');
  await expect(chat.title).toContainText('Dinner');
});

test('what was typed and not sent survives a restart', async ({ home, assistant, complaints }) => {
  const chat = chatOf(home);
  await chat.box.fill('Dear diary, this is not finished');
  await expect(sidebarOf(home).row(t('conversations.untitled'))).toContainText(t('conversations.draftMark'));
  complaints.forgive(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/);
  await assistant.stop();
  await assistant.start();
  await home.goto(await assistant.address());
  await sidebarOf(home).row(t('conversations.untitled')).filter({ hasText: t('conversations.draftMark') }).click();
  await expect(chat.box).toHaveValue('Dear diary, this is not finished');
});

test('conversations are pinned, archived, deleted and brought back', async ({ home, api }) => {
  const sidebar = sidebarOf(home);
  await converse(api, 'Gardening', [['user', 'When do I sow beans?'], ['assistant', 'In May.']]);
  await converse(api, 'Taxes', [['user', 'When are they due?'], ['assistant', 'In July.']]);

  await sidebar.act('Gardening', 'conversations.pin');
  await expect(sidebar.list.getByRole('heading', { name: t('conversations.pinned') }).or(sidebar.list.getByText(t('conversations.pinned'), { exact: true })).first()).toBeVisible();
  await expect.poll(async () => (await api.conversation.list({ archived: false })).find(({ title }) => title === 'Gardening')?.pinned).toBe(true);

  await sidebar.act('Taxes', 'conversations.archive');
  await expect(sidebar.row('Taxes')).toBeHidden();
  await home.getByRole('button', { name: t('conversations.showArchived') }).click();
  await sidebar.act('Taxes', 'conversations.unarchive');
  await home.getByRole('button', { name: t('conversations.back') }).click();
  await expect(sidebar.row('Taxes')).toBeVisible();

  await sidebar.act('Taxes', 'conversations.delete');
  await expect(sidebar.row('Taxes')).toBeHidden();
  await notice(home, t('conversations.deleted', { title: 'Taxes' })).getByRole('button', { name: t('ui.undo') }).click();
  await expect(sidebar.row('Taxes')).toBeVisible();
  await expect(chatOf(home).thread).toContainText('In July.');
});

test('words are found in the conversation, also where it is not in sight', async ({ home, api }) => {
  const filler = Array.from({ length: 60 }, (_, index): [Speaker, string] => (index % 2 ? ['assistant', `Reply number ${index}, of no interest.`] : ['user', `Remark number ${index}.`]));
  filler[3] = ['assistant', 'The **needle** lies here.'];
  filler[50] = ['user', 'Where is the needle?'];
  const { id } = await converse(api, 'Haystack', filler);
  await home.goto(addressOf(home, id));
  const chat = chatOf(home);
  await expect(chat.thread).toContainText('Reply number 59');

  await home.keyboard.press('Control+f');
  const field = home.getByRole('textbox', { name: t('chat.find') });
  await field.fill('needle');
  await expect(home.getByText(t('chat.findCount', { at: 2, count: 2 }))).toBeVisible();
  await field.press('Enter');
  await expect(home.getByText(t('chat.findCount', { at: 1, count: 2 }))).toBeVisible();
  await expect(chat.messages.filter({ hasText: 'The needle lies here.' })).toBeInViewport();
  await field.fill('thimble');
  await expect(home.getByText(t('chat.findNone'))).toBeVisible();
  await field.press('Escape');
  await expect(field).toBeHidden();
});

test('an answer is read as Markdown: code, tables, lists and maths', async ({ home, api, page, context: browser }) => {
  await browser.grantPermissions(['clipboard-read', 'clipboard-write']);
  const code = 'const answer: number = 42;\nconsole.log(answer);';
  const { id } = await converse(api, 'Rendering', [
    ['user', 'Show me **everything**.'],
    ['assistant', `# Title\n\nSome *emphasis*, \`inline\`.\n\n- [x] done\n- [ ] open\n\n\`\`\`ts\n${code}\n\`\`\`\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\nEuler: $e^{i\\pi} + 1 = 0$\n\n$$\\int_0^1 x^2\\,dx = \\frac{1}{3}$$\n`],
  ]);
  await home.goto(addressOf(home, id));
  const { last: answer, messages } = chatOf(home);
  // The owner's words stand as typed.
  await expect(messages.first()).toContainText('**everything**');
  await expect(answer.getByRole('heading', { name: 'Title' })).toBeVisible();
  await expect(answer.getByRole('img', { name: t('chat.taskDone') })).toBeVisible();
  await expect(answer.getByRole('table')).toContainText('1');

  const block = answer.getByRole('figure');
  await expect(block).toContainText('ts');
  await expect(block.locator('code span[style*="color"]').first()).toBeVisible();
  await block.getByRole('button', { name: t('chat.copyCode') }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  // One in the line, one by itself; each with the MathML a screen reader speaks.
  await expect(answer.locator('.katex math')).toHaveCount(2);
  await expect(answer.locator('.katex-display')).toHaveCount(1);
});
