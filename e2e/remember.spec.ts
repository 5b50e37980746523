import { spawnSync } from 'node:child_process';
import { t } from '../renderer/messages.ts';
import { expect, test } from './journey.ts';
import { chatOf, dialog } from './pages/chat.ts';

const told = 'My sister lives in Porto.';
const asked = 'Where does my sister live?';

test('what was told in one conversation is known in the next, with its receipt', async ({ home }) => {
  const chat = chatOf(home);
  await chat.ask(told);
  await chat.newConversation();
  const answer = await chat.ask(asked);
  await expect(chat.text(answer)).toContainText('Porto');

  const [chip] = await chat.citations(answer).all();
  await expect(chip!).toContainText(told);
  await chip!.click();
  const receipts = home.getByRole('complementary', { name: t('receipts.title') });
  const receipt = receipts.getByRole('article').first();
  await expect(receipt).toContainText(told);
  await expect(receipt).toContainText(t('receipts.you'));
  await expect(receipts.getByText(t('receipts.measured'))).toBeVisible();

  await receipt.getByRole('button', { name: t('receipts.jump') }).click();
  await expect(chat.messages.first()).toContainText(told);
  await expect(chat.messages.first()).toBeInViewport();
  await expect(chat.thread).not.toContainText(asked);
});

test('asked five times, the owner’s own sentence is still what it rests on', async ({ home }) => {
  const chat = chatOf(home);
  await chat.ask(told);
  for (let time = 1; time <= 5; time += 1) {
    await chat.newConversation();
    const answer = await chat.ask(asked);
    await expect(chat.text(answer)).toContainText('Porto');
    await expect(chat.citations(answer).first(), `the first citation, asked for the ${time}. time`).toContainText(told);
  }
});

test('forgotten at once: nothing of it is left in any file, nor in any answer', async ({ home, api, assistant, complaints }) => {
  const chat = chatOf(home);
  await chat.ask(told);
  await chat.newConversation();
  const answer = await chat.ask(asked);
  await expect(chat.text(answer)).toContainText('Porto');
  await chat.box.fill('Is Porto far?');
  await api.app.backUp({});
  await expect.poll(async () => (await api.memory.index({})).state).toBe('up-to-date');
  expect(grep('porto', assistant.dataFolder), 'it is there to be found before').not.toBe('');

  await chat.citations(answer).first().click();
  await home.getByRole('button', { name: t('receipts.forget') }).first().click();
  const forget = dialog(home, t('forget.title'));
  await expect(forget.getByText(t('forget.kind.backup'), { exact: true })).toBeVisible();
  await expect(forget.getByText(t('forget.kind.draft'), { exact: true })).toBeVisible();
  await forget.getByRole('combobox', { name: t('forget.grace') }).selectOption({ label: t('forget.graceNone') });
  await forget.getByRole('button', { name: /^Forget in/ }).click();
  const proof = dialog(home, t('forget.erasedTitle'));
  await expect(proof).toContainText('nothing found', { timeout: 60_000 });
  await proof.getByRole('button', { name: t('ui.close') }).last().click();

  expect(grep('porto', assistant.dataFolder)).toBe('');
  await chat.newConversation();
  const afterwards = await chat.ask(asked);
  await expect(chat.text(afterwards)).not.toContainText('Porto');
  await expect(chat.text(afterwards)).toContainText(/\w+/);
  complaints.end();
  await assistant.stop();
  expect(grep('porto', assistant.dataFolder), 'after everything was closed').toBe('');
});

/** The files in which the word stands, in any case, also inside binary ones. */
const grep = (word: string, folder: string): string => spawnSync('grep', ['-rail', word, folder], { encoding: 'utf8' }).stdout;
