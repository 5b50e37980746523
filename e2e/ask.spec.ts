import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { t } from '../renderer/messages.ts';
import { newFolder } from './assistant.ts';
import { expect, test } from './journey.ts';
import { chatOf } from './pages/chat.ts';

/** Notes as somebody writes them. */
export function writeVault(): string {
  const folder = path.join(newFolder('notes'), 'Notes');
  mkdirSync(path.join(folder, 'House'), { recursive: true });
  writeFileSync(path.join(folder, 'House', 'Boiler.md'), '# Boiler\n\n## Service\n\nThe boiler was serviced by Marek in March 2024. He changed the **filter** and two valves.\n\n## Reset\n\nHold the red button for five seconds.\n');
  writeFileSync(path.join(folder, 'Quince jam.md'), '---\ntags: [recipes]\n---\n# Quince jam\n\nCook the quinces slowly with cardamom, about two hours, until they turn red.\n');
  writeFileSync(path.join(folder, 'Porto.md'), '# Porto\n\nWe rented the flat of Inês above the bakery in Rua das Flores.\n');
  return folder;
}

test('a question is answered from the notes with a numbered citation that opens the passage, and what they do not tell is declined', async ({ home, api }) => {
  await api.notes.addFolder({ path: writeVault() });
  await expect.poll(async () => (await api.notes.status({})).read).toBe(3);
  const chat = chatOf(home);
  // The button that chooses the notes says that none are looked into; an example sets it to all of them.
  await expect(home.getByRole('button', { name: t('chat.notesLabel', { name: t('chat.notesOff') }) })).toHaveText(t('chat.notesOff'));
  await home.getByRole('button', { name: t('chat.exampleNotes') }).click();
  await expect(chat.box).toHaveValue('What do my notes say about ');
  await expect(chat.box).toBeFocused();
  await expect(home.getByRole('button', { name: t('chat.notesLabel', { name: t('chat.notesAll') }) })).toBeVisible();

  const answer = await chat.ask('Who serviced the boiler?');
  await expect(chat.text(answer)).toContainText(/“Boiler”.*“The boiler was serviced by Marek in March 2024\.”/u);
  const link = chat.text(answer).getByRole('link', { name: t('chat.openPassage', { mark: 1, title: 'Boiler › Service' }) });
  await expect(link).toHaveAttribute('href', /#\/notes\/[^?]+\?from=\d+&to=\d+/u);

  await chat.citations(answer).first().click();
  const receipts = home.getByRole('complementary', { name: t('receipts.title') });
  await expect(receipts.locator('mark')).toHaveText('The boiler was serviced by Marek in March 2024.');
  await expect(receipts.getByRole('link', { name: 'Boiler › Service' })).toBeVisible();
  await receipts.getByRole('button', { name: t('ui.close') }).click();

  const declined = await chat.ask('Which airline lost my suitcase in Madrid?');
  await expect(chat.text(declined)).toHaveText('Your notes do not say that.');

  // Another conversation draws on none.
  await chat.newConversation();
  await expect(home.getByRole('button', { name: t('chat.notesLabel', { name: t('chat.notesOff') }) })).toBeVisible();
});

test('a conversation is narrowed to a tag, and looks into nothing else', async ({ home, api }) => {
  await api.notes.addFolder({ path: writeVault() });
  await expect.poll(async () => (await api.notes.status({})).read).toBe(3);
  const chat = chatOf(home);
  await home.getByRole('button', { name: t('chat.notesLabel', { name: t('chat.notesOff') }) }).click();
  await home.getByRole('menuitem', { name: t('chat.notesNarrow') }).click();
  await home.getByRole('searchbox', { name: t('chat.notesFind') }).fill('jam');
  await home.getByRole('list', { name: t('chat.notesFound') }).getByRole('button', { name: 'Quince jam' }).click();
  await home.getByRole('button', { name: t('chat.notesDone') }).click();
  await expect(home.getByRole('button', { name: t('chat.notesLabel', { name: 'Quince jam' }) })).toBeVisible();
  await expect(chat.text(await chat.ask('Who serviced the boiler?'))).toHaveText('The notes you chose do not say that.');
  await expect(chat.text(await chat.ask('How long are the quinces cooked?'))).toContainText('Cook the quinces slowly with cardamom');
});

test('@ brings a note into one question, by keys; a dropped file is read for it', async ({ home, api }) => {
  await api.notes.addFolder({ path: writeVault() });
  await expect.poll(async () => (await api.notes.status({})).read).toBe(3);
  const chat = chatOf(home);
  await chat.box.pressSequentially('How long are the quinces cooked @qui');
  await expect(home.getByRole('option', { name: /Quince jam/u })).toHaveAttribute('aria-selected', 'true');
  await chat.box.press('Enter');
  await expect(chat.box).toHaveValue('How long are the quinces cooked ');
  const waiting = home.getByRole('list', { name: t('chat.attached') });
  await expect(waiting).toContainText('Quince jam');
  const answer = await chat.ask('How long are the quinces cooked?');
  // How sure it is depends on whether the reader had time.
  await expect(chat.text(answer)).toContainText(/“Quince jam”.*“Cook the quinces slowly with cardamom/u);
  await expect(waiting).toBeHidden();
  await expect(chat.messages.first().getByRole('list', { name: t('chat.attachedSent') }).getByRole('link', { name: 'Quince jam' })).toBeVisible();

  await home.locator('input[type=file]').setInputFiles({ name: 'Letter.txt', mimeType: 'text/plain', buffer: Buffer.from('The plumber is called Zebedee. He comes on Monday.') });
  await expect(waiting).toContainText('Letter');
  await expect(chat.text(await chat.ask('What is the plumber called?'))).toContainText(/“Letter”.*“The plumber is called Zebedee\.”/u);
});

test('who is at the end of a thread stays there, whatever comes under an answer, until they scroll up', async ({ home, api }) => {
  await api.notes.addFolder({ path: writeVault() });
  await expect.poll(async () => (await api.notes.status({})).read).toBe(3);
  const chat = chatOf(home);
  await home.getByRole('button', { name: t('chat.notesLabel', { name: t('chat.notesOff') }) }).click();
  await home.getByRole('menuitemradio', { name: t('chat.notesAll') }).click();
  const rest = () => chat.thread.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
  for (const question of ['Who serviced the boiler?', 'How long are the quinces cooked?', 'How is the boiler reset?', 'Whose flat did we rent in Porto?']) {
    const answer = await chat.ask(question);
    await expect(chat.citations(answer).first()).toBeVisible();
    // What follows an answer has had its time: only then does it count where the thread rests.
    await home.waitForTimeout(1_000);
    expect(await rest()).toBeLessThanOrEqual(2);
    await expect(answer.getByRole('button', { name: t('chat.copy') })).toBeInViewport({ ratio: 1 });
  }
  expect(await chat.thread.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBeGreaterThan(100);

  // A longer draft takes room away from the thread, not from its end.
  await chat.box.fill('One line\n'.repeat(6));
  await expect.poll(rest).toBeLessThanOrEqual(2);
  await chat.box.fill('');

  await chat.thread.hover();
  await home.mouse.wheel(0, -90);
  await expect.poll(rest).toBeGreaterThan(80);
  const away = await rest();
  await chat.box.fill('One line\n'.repeat(6));
  await expect.poll(rest).toBeGreaterThan(away);
});
