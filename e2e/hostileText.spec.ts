import { hostileTexts } from '../main/claims/fixtures/hostileTexts.ts';
import { t } from '../renderer/messages.ts';
import { expect, test } from './journey.ts';
import { chatOf, dialog, notice, sidebarOf } from './pages/chat.ts';
import { addressOf, converse } from './prepare.ts';

/** Each of these sets `hacked` if anything of it is ever run, or asks another machine for something. */
const attacks = [
  '<script>window.hacked = "script"</script>',
  '<img src=x onerror="window.hacked = \'img\'">',
  '<svg/onload="window.hacked=\'svg\'">',
  '<iframe src="https://evil.example/frame"></iframe>',
  '<style>@import url(https://evil.example/style.css);</style>',
  '<a href="javascript:window.hacked=\'anchor\'">anchor</a>',
  '[click me](javascript:window.hacked=1)',
  '[data](data:text/html,<script>parent.hacked=1</script>)',
  '[vb](vbscript:msgbox)',
  '![picture](https://evil.example/track.png "t")',
  '![data picture](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+)',
  '<https://evil.example/auto>',
  '[ref][evil]\n\n[evil]: javascript:window.hacked=2',
  '$$\\href{javascript:window.hacked=3}{maths}$$',
  '$\\includegraphics{https://evil.example/maths.png}$',
  '```html\n<script>window.hacked = "code"</script>\n```',
  '| <img src=x onerror=window.hacked=4> | b |\n|---|---|\n| <script>window.hacked=5</script> | d |',
  '<form action="https://evil.example"><button>Send</button></form>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
];

for (const scheme of ['light', 'dark'] as const) {
  test(`what a model writes is never run, followed or fetched (${scheme})`, async ({ home, api, page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    const { id } = await converse(api, 'Attacks', [['user', attacks.join('\n\n')], ['assistant', attacks.join('\n\n')]]);
    const before = home.url();
    await home.goto(addressOf(home, id));
    const chat = chatOf(home);
    await expect(chat.last).toContainText('click me');
    await expect(chat.last.locator('.katex').first()).toBeVisible();
    await expect(chat.last.locator('script, iframe, style, img, form, meta, object, embed, a[href]')).toHaveCount(0);
    await expect(chat.messages.first()).toContainText('<script>window.hacked');
    // Everything that can be pressed in the answer is pressed; links open a question and lead nowhere by themselves.
    for (const link of await chat.last.locator('.markdown button.text-link').all()) {
      await link.click();
      await expect(dialog(home, t('chat.linkTitle'))).toBeVisible();
      await home.keyboard.press('Escape');
    }
    expect(await page.evaluate(() => (window as { hacked?: unknown }).hacked)).toBeUndefined();
    expect(new URL(home.url()).origin).toBe(new URL(before).origin);
  });
}

// (That no request leaves the machine, the journey itself sees to.)
test('nothing of the set of hostile texts is run, followed or fetched', async ({ home, api, page }) => {
  const atOnce = 14;
  for (let from = 0; from < hostileTexts.length; from += atOnce) {
    const said = hostileTexts.slice(from, from + atOnce).map(({ name, text }) => `Text “${name}”:\n\n${text}`).join('\n\n');
    const { id } = await converse(api, `Set ${from}`, [['user', said], ['assistant', said]]);
    await home.goto(addressOf(home, id));
    const { last } = chatOf(home);
    await expect(last).toContainText(hostileTexts[from]!.name);
    await expect(last.locator('script, iframe, style, img, form, meta, object, embed, a[href]')).toHaveCount(0);
  }
  expect(await page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('evil')).length)).toBe(0);
});

test('markup in titles, memories, personas, drafts and searches is text', async ({ home, api, page }) => {
  const title = '<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>';
  const { id } = await converse(api, title, [['user', `I like ${title}`], ['assistant', 'So do I.']]);
  await api.conversation.setDraft({ id, draft: title });
  const [persona] = await api.persona.list({});
  await api.persona.create({ ...persona!, name: title.slice(0, 60), instructions: title });
  await api.memory.remember({ text: `Written: ${title}`, scope: 'shared', personaId: null });

  await home.goto(addressOf(home, id));
  const chat = chatOf(home);
  const sidebar = sidebarOf(home);
  await expect(chat.title).toContainText(title);
  await expect(chat.box).toHaveValue(title);
  await expect(sidebar.row(title)).toBeVisible();
  await expect(page).toHaveTitle(t('app.screenTitle', { screen: title }));
  await sidebar.place('memory').click();
  await home.getByRole('tab', { name: t('memory.tabWords') }).click();
  await expect(home.getByRole('feed')).toContainText(`Written: ${title}`);
  await sidebar.place('personas').click();
  await expect(home.getByRole('main')).toContainText(title.slice(0, 60));
  await sidebar.place('search').click();
  await home.getByRole('combobox', { name: t('search.box') }).fill('onerror');
  await expect(home.getByRole('option').first()).toContainText('onerror');
  await home.getByRole('link', { name: title }).first().click();
  await sidebar.act(title, 'conversations.delete');
  await expect(notice(home, title)).toBeVisible();
  expect(await page.evaluate(() => (window as { hacked?: unknown }).hacked)).toBeUndefined();
});

test('a link is opened only when it is secure and the reader says so', async ({ home, api, page, context: browser }) => {
  await browser.route('https://example.org/**', (route) => route.abort());
  const { id } = await converse(api, 'Links', [['user', 'Links?'], ['assistant', '[safe](https://example.org/page) and [plain](http://example.org/page)']]);
  await home.goto(addressOf(home, id));
  const { last: answer } = chatOf(home);
  await answer.getByRole('button', { name: 'plain' }).click();
  const question = dialog(home, t('chat.linkTitle'));
  await expect(question).toContainText('http://example.org/page');
  await expect(question.getByRole('button', { name: t('chat.linkOpen') })).toBeHidden();
  await question.getByRole('button', { name: t('ui.cancel') }).click();
  await answer.getByRole('button', { name: 'safe' }).click();
  await question.getByRole('button', { name: t('ui.cancel') }).click();
  expect(page.context().pages()).toHaveLength(1);
});
