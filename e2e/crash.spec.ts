import { t } from '../renderer/messages.ts';
import { expect, test } from './journey.ts';
import { chatOf, sidebarOf } from './pages/chat.ts';
import { opened, useModel } from './prepare.ts';

test.skip(process.platform !== 'linux', 'The engine’s process is found the way Linux tells it.');

// A machine that is busy with something else may be late once; an app that is late is so every time.
test.describe.configure({ retries: 2 });

test('the engine is killed in mid-answer: said within a second, restarted, and the next message is answered', async ({ home, api, assistant, talkative }) => {
  await useModel(api, talkative);
  const chat = chatOf(home);
  await chat.begin('Tell me a long story.');
  const seen = (await chat.text(chat.last).innerText()).trim();
  const sentence = 'everything said is kept';
  const said = home.evaluate(momentOf, sentence);
  const killed = Date.now();
  await assistant.killEngine();
  await expect(chat.last.getByRole('alert')).toContainText(sentence);
  expect((await said) - killed, 'milliseconds until the window said so').toBeLessThan(1_000);

  const kept = (await opened(api)).messages;
  expect(kept[0]?.text).toBe('Tell me a long story.');
  expect(kept[1]?.text.trim().slice(0, seen.length)).toBe(seen);
  await chat.begin('Are you there?');
  await chat.stop.click();
  await expect(chat.stop).toBeHidden();
  expect((await api.model.status({})).restarts).toBe(1);
  expect((await opened(api)).messages).toHaveLength(4);
});

test('the assistant is killed in mid-answer: the window says so, and everything said is there afterwards', async ({ home, api, assistant, talkative, complaints }) => {
  complaints.forgive(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED/);
  const chat = chatOf(home);
  await chat.ask('The meeting is at nine.');
  await useModel(api, talkative);
  await chat.begin('Tell me a long story.');
  await assistant.stop('SIGKILL');
  await expect(home.getByRole('alert').filter({ hasText: t('app.lost') })).toBeVisible();
  await chat.box.fill('Typed while it was away');
  await expect(chat.send).toBeDisabled();

  await assistant.start();
  await home.goto(await assistant.address());
  await sidebarOf(home).list.getByRole('link', { name: /meeting/i }).click();
  await expect(chat.messages.first()).toContainText('The meeting is at nine.');
  await expect(chat.thread).toContainText('Tell me a long story.');
  // The answer that was growing is there as far as it had come, and can be asked for again.
  await expect(chat.last.getByRole('button', { name: t('chat.continue') }).or(chat.last.getByRole('button', { name: t('chat.retry') }))).toBeVisible();
});

test('a window finds back to an assistant that was restarted at the same address', async ({ page, assistant, api, complaints }) => {
  complaints.forgive(/ERR_|401/);
  await api.app.changeSettings({ welcomed: true });
  const url = await assistant.address();
  await page.goto(url);
  const chat = chatOf(page);
  await chat.box.fill('Not yet sent');
  await assistant.stop('SIGKILL');
  await expect(page.getByRole('alert').filter({ hasText: t('app.lost') })).toBeVisible();
  await assistant.start(Number(new URL(url).port));
  // Its key died with the assistant: it says so, and keeps what was typed.
  await expect(page.getByRole('alert').filter({ hasText: t('app.refused') })).toBeVisible();
  await expect(chat.box).toHaveValue('Not yet sent');
  await page.goto(await assistant.address());
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(chat.box).toBeVisible();
});

/** Runs in the page: the time at which these words first stand in it. */
function momentOf(words: string): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      if (!document.body.textContent?.includes(words)) return;
      observer.disconnect();
      resolve(Date.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}
