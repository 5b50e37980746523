import { t } from '../renderer/messages.ts';
import { expect, test } from './journey.ts';
import { chatOf } from './pages/chat.ts';

const receiptsOf = (page: Parameters<typeof chatOf>[0]) => page.getByRole('complementary', { name: t('receipts.title') });

test('asked of memory in conversation: it keeps, tells with sources, corrects, forgets when told yes, and takes that back', async ({ home, api }) => {
  const chat = chatOf(home);
  const kept = await chat.ask('Remember that my sister lives in Porto.');
  await expect(chat.text(kept)).toContainText('I will remember: “My sister lives in Porto.”');
  await chat.ask('Remember that my favourite colour is green.');

  await chat.newConversation();
  const known = await chat.ask('What do you know about me?');
  await expect(chat.text(known)).toContainText('Your sister lives in Porto');
  await expect(chat.text(known)).toContainText('Your favourite colour is green');
  await expect(chat.citations(known)).toHaveCount(2);

  const where = await chat.ask('Where does my sister live?');
  await expect(chat.text(where)).toContainText('Porto');
  const corrected = await chat.ask("No, it's Lisbon.");
  await expect(chat.text(corrected)).toContainText('your sister lives in Lisbon');
  const history = await api.claims.history({ subject: 'sister', slot: 'home' });
  expect(history.map(({ value, status }) => [value, status])).toEqual([
    ['Porto', 'superseded'],
    ['Lisbon', 'active'],
  ]);

  await chat.newConversation();
  await expect(chat.text(await chat.ask('What do you know about my sister?'))).toContainText('lives in Lisbon');
  const proposal = await chat.ask('Forget what I told you about my favourite colour.');
  await expect(chat.text(proposal)).toContainText('green');
  await expect(chat.text(proposal)).toContainText('Shall I forget that');
  expect((await api.memory.forgettings({})).length).toBe(0);
  await proposal.getByRole('button', { name: t('chat.replyForget') }).click();
  await expect(chat.text(chat.last)).toContainText('Forgotten: it is taken out of');
  await expect(chat.thread).not.toContainText('green');
  await chat.last.getByRole('button', { name: t('chat.replyUndo') }).press('Enter');
  await expect(chat.text(chat.last)).toContainText('It is back');
  await expect(chat.thread.getByRole('group', { name: t('chat.replies') })).toBeHidden();
  await expect(chat.thread).toContainText('green');
  await expect(chat.text(await chat.ask('Forget it, never mind.'))).not.toContainText('Shall I forget');
});

test('the receipt shows the whole prompt as it was sent, what is known from each memory, and what was left out and why', async ({ home, api }) => {
  const chat = chatOf(home);
  // More than the bundled model is given at once.
  for (const more of ['', ' near the river', ' with two cats', ' above a bakery', ' by the old bridge', ' in a yellow house', ' behind the station', ' next to a school']) {
    await api.memory.remember({ text: `My sister lives${more} in Porto.`, scope: 'shared', personaId: null });
  }
  await expect.poll(async () => (await api.claims.waiting({})).count).toBe(0);
  const answer = await chat.ask('Where does my sister live?');
  await chat.citations(answer).first().click();
  const receipts = receiptsOf(home);
  await expect(receipts.getByRole('list', { name: t('receipts.claims') }).first()).toContainText('Sister: lives');

  const cut = receipts.getByText(/^Found, but left out/);
  await cut.focus();
  await home.keyboard.press('Enter');
  await expect(receipts.getByText(/This model is given no more lines|The answer quotes one sentence/).first()).toBeVisible();

  await receipts.getByText(t('receipts.promptTitle')).focus();
  await home.keyboard.press('Enter');
  const { conversationId, id } = (await api.conversation.open({ id: (await api.conversation.list({ archived: false }))[0]!.id })).messages.at(-1)!;
  const { prompt } = await api.chat.receipt({ conversationId, answerId: id });
  const shown = receipts.locator('pre');
  await expect(shown).toHaveCount(prompt!.messages.length);
  expect(await shown.allTextContents()).toEqual(prompt!.messages.map(({ text }) => text));
  expect(prompt!.messages.at(-1)!.text).toMatch(/<remembered>\n.*Where does my sister live\?$/s);
  await home.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await receipts.getByRole('button', { name: t('receipts.promptCopy') }).click();
  expect(await home.evaluate(() => navigator.clipboard.readText())).toContain(prompt!.messages.at(-1)!.text);

  const [left] = (await api.chat.receipt({ conversationId, answerId: id })).cut;
  const row = receipts.getByRole('article').filter({ hasText: left!.text! }).first();
  await row.getByRole('button', { name: t('receipts.correct') }).click();
  await row.getByRole('textbox').fill('My sister lives in Lisbon.');
  await row.getByRole('button', { name: t('receipts.correctSave') }).click();
  await expect.poll(async () => (await api.memory.get({ id: left!.memoryId })).replacedBy).not.toBeNull();
});

test('a temporary conversation has the same receipt, and nothing of it is written', async ({ home, api }) => {
  await api.memory.remember({ text: 'My sister lives in Porto.', scope: 'shared', personaId: null });
  const persona = (await api.persona.list({}))[0]!;
  const hidden = await api.conversation.create({ personaId: persona.id, temporary: true });
  for await (const _ of api.chat.send({ conversationId: hidden.id, text: 'Where does my sister live?', editOf: null }));
  const answer = (await api.conversation.open({ id: hidden.id })).messages.at(-1)!;
  const receipt = await api.chat.receipt({ conversationId: hidden.id, answerId: answer.id });
  expect(receipt.prompt!.messages.at(-1)!.text).toContain('Where does my sister live?');
  expect((await api.memory.list({ filter: 'all', text: '', personaId: null, limit: 100, before: null })).total).toBe(1);
  await expect(home.getByRole('heading', { name: t('chat.empty') })).toBeVisible();
});
