import { t } from '../renderer/messages.ts';
import { expect, test } from './journey.ts';
import { chatOf, sidebarOf } from './pages/chat.ts';
import { addressOf, converse } from './prepare.ts';
import { startAssistant } from './assistant.ts';

test('two windows on one folder stay in step', async ({ home, assistant, context: browser, api }) => {
  // A second start gives a second window of the same assistant.
  const other = await browser.newPage();
  await other.goto(await assistant.address());
  const chat = chatOf(home);
  await chat.ask('What should I plant in March?');
  await expect(sidebarOf(other).list.getByRole('link', { name: /plant|March/i })).toBeVisible();
  await sidebarOf(other).list.getByRole('link', { name: /plant|March/i }).click();
  const otherChat = chatOf(other);
  await expect(otherChat.messages).toHaveCount(2);
  await expect(otherChat.text(otherChat.last)).toHaveText(await chat.text(chat.last).innerText());

  await otherChat.ask('And in April?');
  await expect(chat.messages).toHaveCount(4);
  await chat.choosePersona('Witty');
  await expect(other.getByRole('button', { name: t('chat.persona', { name: 'Witty' }) })).toBeVisible();

  await home.goto(`${new URL(home.url()).origin}/#/settings`);
  await home.getByRole('radio', { name: t('settings.theme.dark') }).click();
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect((await api.conversation.list({ archived: false })).filter(({ messageCount }) => messageCount > 0)).toHaveLength(1);
});

test('while one window is answered the other can read, and asking in both is settled with a sentence', async ({ home, assistant, context: browser, api, talkative }) => {
  const { id } = await converse(api, 'Shared', [['user', 'First.'], ['assistant', 'Second.']]);
  const { id: modelId } = await api.model.add({ path: talkative });
  for await (const _event of api.model.load({ id: modelId }));
  await home.goto(addressOf(home, id));
  const other = await browser.newPage();
  await other.goto(await assistant.address());
  await sidebarOf(other).row('Shared').click();
  const [chat, otherChat] = [chatOf(home), chatOf(other)];
  await expect(otherChat.messages).toHaveCount(2);
  await chat.begin('Tell me a long story.');
  await otherChat.box.fill('Me too!');
  await otherChat.box.press('Enter');
  await chat.stop.click();
  await expect(chat.stop).toBeHidden();
  // Whatever was decided, both windows show the same messages and nothing typed is lost.
  const inBox = await otherChat.box.inputValue();
  if (inBox === '') {
    await otherChat.finished();
    await expect(chat.thread).toContainText('Me too!');
  } else {
    expect(inBox).toBe('Me too!');
    await expect(other.getByRole('region', { name: /Notices/ }).getByRole('listitem')).toBeVisible();
  }
  expect(await chat.count()).toBe(await otherChat.count());
});

test('a second start on the same folder is the same Engram; another folder is another', async ({ home, assistant, api }) => {
  await api.conversation.create({ personaId: (await api.app.settings({})).defaultPersonaId, temporary: false });
  const first = new URL(home.url()).origin;
  expect(new URL(await assistant.address()).origin).toBe(first);
  const elsewhere = await startAssistant();
  expect(new URL(await elsewhere.address()).origin).not.toBe(first);
  await elsewhere.remove();
});
