/** The built Electron shell in pieces: its real main file, preload script, scheme and page; Electron itself is a stand-in. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import { chatOf } from '../pages/chat.ts';
import { startShell, type Shell, type ShellOptions } from './electron.ts';

const test = base.extend<{ options: ShellOptions; shell: Shell }>({
  options: [{}, { option: true }],
  shell: async ({ options }, use) => {
    const shell = await startShell(options);
    await use(shell);
    await shell.remove();
  },
});

const logOf = ({ dataFolder }: Shell) => readFileSync(path.join(dataFolder, 'logs/engram.log'), 'utf8');

test('paints the window before anything of the assistant is opened', async ({ shell, page }) => {
  await shell.ask({ what: 'state' });
  expect(readdirSync(shell.dataFolder).filter((name) => name.includes('.db') || name.includes('sqlite'))).toEqual([]);
  await shell.show(page);
  await expect(page.locator('#root')).not.toBeEmpty();
  await expect.poll(() => logOf(shell)).toContain('window painted');
});

test('locks the window down', async ({ shell }) => {
  const { sandboxed, schemes, windows } = await shell.ask({ what: 'state' });
  expect(sandboxed).toBe(true);
  expect(schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }]);
  expect(windows[0]?.options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false });
  expect(windows[0]?.url).toBe('app://engram/index.html');
});

test('serves its own page under a strict policy and nothing else', async ({ shell }) => {
  const page = await shell.ask({ what: 'fetch', url: 'app://engram/index.html', method: 'GET' });
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  const refused = ['app://engram/../main.js', 'app://engram/..%2f..%2fpackage.json', 'app://engram/%2e%2e/electron/main.js', 'app://other/index.html', 'app://engram/nothing.html'];
  for (const url of refused) expect((await shell.ask({ what: 'fetch', url, method: 'GET' })).status, url).toBe(404);
  expect((await shell.ask({ what: 'fetch', url: 'app://engram/index.html', method: 'POST' })).status).toBe(405);
});

test('stays on its page, opens no windows, grants nothing, reaches nothing', async ({ shell }) => {
  expect(await shell.ask({ what: 'navigate', url: 'https://evil.example/' })).toBe(true);
  expect(await shell.ask({ what: 'navigate', url: 'file:///etc/passwd' })).toBe(true);
  expect(await shell.ask({ what: 'navigate', url: 'app://engram.evil.example/' })).toBe(true);
  expect(await shell.ask({ what: 'navigate', url: 'app://engram/index.html' })).toBe(false);
  for (const name of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'midi']) {
    expect(await shell.ask({ what: 'permission', name }), name).toBe(false);
  }
  expect(await shell.ask({ what: 'permission', name: 'clipboard-sanitized-write' })).toBe(true);
  for (const url of ['https://evil.example/x.png', 'http://127.0.0.1:80/', 'wss://evil.example/', 'file:///etc/passwd']) {
    expect(await shell.ask({ what: 'request', url }), url).toBe(true);
  }
});

test('follows links to the web and to mail only, and only when the owner says so', async ({ shell }) => {
  const opened = async () => (await shell.ask({ what: 'state' })).opened;
  for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'http://plain.example/', 'smb://host/share', 'ms-settings:privacy', 'not a link']) {
    expect(await shell.ask({ what: 'open', url })).toEqual({ action: 'deny' });
  }
  expect((await shell.ask({ what: 'state' })).dialogs).toEqual([]);
  await shell.ask({ what: 'open', url: 'https://declined.example/' });
  expect(await opened()).toEqual([]);
  await shell.ask({ what: 'answer-dialog', answer: 0 });
  expect(await shell.ask({ what: 'open', url: 'https://wanted.example/page?q=1' })).toEqual({ action: 'deny' });
  await expect.poll(opened).toEqual(['https://wanted.example/page?q=1']);
  const { dialogs } = await shell.ask({ what: 'state' });
  expect(dialogs.map(({ options }) => (options as { detail: string }).detail)).toEqual(['https://declined.example/', 'https://wanted.example/page?q=1']);
});

test('hands the page one port and nothing else', async ({ shell, page }) => {
  await shell.show(page);
  const exposed = await page.evaluate(() => ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer', 'global'].filter((name) => name in globalThis));
  expect(exposed).toEqual([]);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.ran = true';
    document.head.append(script);
    return 'ran' in globalThis;
  });
  expect(ran, 'a script written into the page').toBe(false);
});

test('ignores ports of pages and frames that are not its own', async ({ shell }) => {
  const strangers = [
    { url: 'https://evil.example/', top: true },
    { url: 'app://engram.evil.example/', top: true },
    { url: 'app://engram/index.html', top: false },
  ];
  let port = 1_000;
  for (const stranger of strangers) {
    await shell.ask({ what: 'hand-over', port: ++port, channel: 'engram-port', ...stranger });
    await shell.ask({ what: 'post', port, data: { id: 1, path: 'app.info', input: {} } });
  }
  expect(shell.heard().filter(({ port: each }) => each > 1_000)).toEqual([]);
});

for (const runAsNode of ['on', 'off'] as const) {
  test.describe(`with a Node of its own ${runAsNode === 'on' ? 'allowed' : 'refused'} to utility processes`, () => {
    test.use({ options: { runAsNode } });
    const where = runAsNode === 'on' ? 'utility-process' : 'in-process';

    test(`runs the engine ${where} and talks through the port`, async ({ shell, page }) => {
      await shell.show(page);
      await expect.poll(() => logOf(shell), { timeout: 30_000 }).toContain(runAsNode === 'on' ? 'engine runs in a utility process' : "engine runs in Electron's main process");
      const client = await shell.connect();
      expect(await client.app.info({})).toMatchObject({ host: 'electron', shell: { pick: true, reveal: true, notify: true } });
      await expect.poll(async () => (await client.model.status({})).state, { timeout: 30_000 }).toBe('ready');
      expect(await client.model.status({})).toMatchObject({ host: where, chatModel: { name: expect.any(String) } });
      const { running } = await shell.ask({ what: 'state' });
      expect(running.filter((name) => name === 'Engram engine')).toHaveLength(runAsNode === 'on' ? 1 : 0);
      const { id } = await client.conversation.create({ personaId: (await client.app.settings({})).defaultPersonaId, temporary: false });
      const kinds: string[] = [];
      for await (const event of client.chat.send({ conversationId: id, text: 'Hello!', editOf: null })) kinds.push(event.type);
      expect(kinds[0]).toBe('started');
      expect(kinds.at(-1)).toBe('saved');
    });
  });
}

test('lets its owner talk, through the page and its port', async ({ shell, page }) => {
  const client = await shell.connect();
  await shell.ask({ what: 'painted' });
  await client.app.changeSettings({ welcomed: true });
  await shell.show(page);
  const answer = await chatOf(page).ask('Hello!');
  await expect(answer).not.toBeEmpty();
  expect(await client.conversation.list({ archived: false })).toMatchObject([{ messageCount: 2 }]);
});

test('starts the engine again when its process is killed', async ({ shell, page }) => {
  await shell.show(page);
  const client = await shell.connect();
  await expect.poll(async () => (await client.model.status({})).chatModel, { timeout: 30_000 }).not.toBeNull();
  await shell.ask({ what: 'kill-utility' });
  await expect.poll(async () => (await client.model.status({})).restarts).toBe(1);
  await expect.poll(async () => (await client.model.status({})).chatModel, { timeout: 30_000 }).not.toBeNull();
});

test('asks the system for files and shows them there', async ({ shell, page }) => {
  await shell.show(page);
  const client = await shell.connect();
  await shell.ask({ what: 'answer-dialog', answer: '/somewhere/model.gguf' });
  expect(await client.app.pick({ title: 'Choose a model', extensions: ['gguf'], folder: false })).toBe('/somewhere/model.gguf');
  expect(await client.app.pick({ title: 'Choose a model', extensions: ['gguf'], folder: false })).toBeNull();
  await client.app.reveal({ path: shell.dataFolder });
  expect((await shell.ask({ what: 'state' })).revealed).toEqual([shell.dataFolder]);
  await expect(client.app.reveal({ path: path.join(shell.dataFolder, 'gone') })).rejects.toMatchObject({ code: 'not-found' });
});

test('shows the page anew after it fell over, but not for ever', async ({ shell }) => {
  for (let crash = 0; crash < 5; crash++) await shell.ask({ what: 'fall-over', reason: 'crashed' });
  expect((await shell.ask({ what: 'state' })).windows[0]?.reloads).toBe(3);
});

test('comes to the front for a second start, and remembers where it stood', async ({ shell }) => {
  await shell.ask({ what: 'second-instance' });
  expect((await shell.ask({ what: 'state' })).windows[0]?.focused).toBe(1);
  await shell.ask({ what: 'painted' });
  await shell.ask({ what: 'close-window' }).catch(() => {});
  expect(await shell.ended).toBe(0);
  expect(JSON.parse(readFileSync(path.join(shell.dataFolder, 'shell/window.json'), 'utf8'))).toEqual({ x: 10, y: 20, width: 900, height: 700 });
});

test('closes everything and frees the folder when it is quit', async ({ shell, page }) => {
  await shell.show(page);
  const client = await shell.connect();
  await client.app.info({});
  await shell.ask({ what: 'quit' }).catch(() => {});
  expect(await shell.ended).toBe(0);
  expect(existsSync(path.join(shell.dataFolder, 'engram.lock'))).toBe(false);
});

test('says why it cannot start on a folder in use', async ({ shell }) => {
  const second = await startShell({ dataFolder: shell.dataFolder });
  expect(await second.ended).toBe(1);
});

test('has no accessibility violation in its first screen', async ({ shell, page }) => {
  await shell.show(page);
  await expect(page.getByRole('heading').first()).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});
