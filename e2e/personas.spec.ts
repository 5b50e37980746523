import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { t } from '../renderer/messages.ts';
import { tinyShape, writeRandomLora } from '../main/engine/fixtures/randomModels.ts';
import { newFolder } from './assistant.ts';
import { expect, test } from './journey.ts';
import { chatOf, dialog, notice, sidebarOf } from './pages/chat.ts';
import { pickFile } from './pages/picker.ts';

let folder: string;
test.beforeEach(() => {
  folder = newFolder('personas');
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test('another persona answers in mid-conversation with another voice, without a reload; the first comes back word for word', async ({ home, api }) => {
  const chat = chatOf(home);
  const again = async () => {
    await chat.last.hover();
    await chat.last.getByRole('button', { name: t('chat.regenerate') }).click();
    await chat.finished();
    return chat.text(chat.last).innerText();
  };
  await chat.ask('My bike lock code is 4471.');
  const answer = await chat.ask('What is my bike lock code?');
  await expect(chat.text(answer)).toContainText('4471');
  const friendly = await chat.text(answer).innerText();

  const heard = await follow(api, async () => {
    await chat.choosePersona('Professional');
    const professional = await again();
    await expect(chat.last.getByRole('heading', { level: 2 })).toContainText('Professional');
    expect(professional).toContain('4471');
    expect(professional).not.toBe(friendly);
    await chat.choosePersona('Friendly');
    expect(await again()).toBe(friendly);
  });
  expect(heard.filter(({ type }) => type === 'engine').map((event) => event.type === 'engine' && event.status.state)).not.toContain('loading');
});

test('a persona is created, edited, duplicated, exported, deleted and imported again', async ({ home, page }) => {
  await sidebarOf(home).place('personas').click();
  await home.getByRole('button', { name: t('personas.new') }).click();
  await home.getByRole('textbox', { name: t('persona.name') }).fill('Gardener');
  await home.getByRole('textbox', { name: t('persona.instructions') }).fill('You know plants.');
  await home.getByRole('radio', { name: t('persona.scope.own') }).check();
  await home.getByRole('button', { name: t('persona.create'), exact: true }).click();
  await expect(notice(home, t('persona.created', { name: 'Gardener' }))).toBeVisible();

  await home.getByRole('button', { name: t('persona.addAdapter') }).click();
  await home.getByRole('menuitem', { name: 'Witty' }).click();
  await home.getByRole('button', { name: t('persona.addAdapter') }).click();
  await home.getByRole('menuitem', { name: 'Caring' }).click();
  const strength = home.getByRole('slider', { name: t('persona.scale', { name: 'Caring' }) });
  await strength.press('ArrowLeft');
  await home.getByRole('button', { name: t('persona.save'), exact: true }).click();
  await expect(notice(home, t('persona.saved', { name: 'Gardener' }))).toBeVisible();

  await home.getByRole('link', { name: t('persona.back') }).click();
  const card = (name: string) => home.getByRole('listitem').filter({ has: home.getByRole('link', { name, exact: true }) });
  await expect(card('Gardener')).toContainText(/Witty 100\s?%/);
  await expect(card('Gardener')).toContainText(t('personas.scope.own'));
  const choose = async (name: string, action: string) => {
    await home.getByRole('button', { name: t('personas.more', { name }) }).click();
    await home.getByRole('menuitem', { name: action }).click();
  };
  const download = page.waitForEvent('download');
  await choose('Gardener', t('personas.export'));
  const file = path.join(folder, 'gardener.json');
  await (await download).saveAs(file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'engram-persona', persona: { name: 'Gardener', instructions: 'You know plants.' } });

  await choose('Gardener', t('personas.delete'));
  await dialog(home, t('personas.deleteTitle', { name: 'Gardener' })).getByRole('button', { name: t('ui.delete') }).click();
  await expect(card('Gardener')).toBeHidden();

  const importFile = async (chosen: string) => {
    const chooser = page.waitForEvent('filechooser');
    await home.getByRole('button', { name: t('personas.import') }).click();
    await (await chooser).setFiles(chosen);
  };
  await importFile(file);
  await expect(card('Gardener')).toContainText(/Witty 100\s?%/);
  const junk = path.join(folder, 'junk.json');
  writeFileSync(junk, '<html>');
  await importFile(junk);
  await expect(notice(home, t('personas.importNotJson'))).toBeVisible();

  // What comes with Engram is copied, not changed.
  await choose('Witty', t('personas.duplicate'));
  await expect(home.getByRole('textbox', { name: t('persona.name') })).toHaveValue(/Witty/);
  await home.getByRole('link', { name: t('persona.back') }).click();
  await home.getByRole('button', { name: t('personas.more', { name: 'Witty', }), exact: true }).click();
  await expect(home.getByRole('menuitem', { name: t('personas.delete') })).toBeHidden();
});

test('with and without its overlay, a persona is compared side by side', async ({ home, api }) => {
  const find = async () => (await api.persona.adapters({})).find(({ name }) => name === 'Caring');
  await expect.poll(find).toBeDefined();
  const caring = await find();
  const witty = (await api.persona.list({})).find(({ name }) => name === 'Witty');
  const created = await api.persona.create({ name: 'Captain', instructions: '', sampling: witty!.sampling, memoryScope: 'none', adapters: [{ adapterId: caring!.id, scale: 1 }] });
  await home.goto(`${new URL(home.url()).origin}/#/personas/${created.id}`);
  await home.getByRole('textbox', { name: t('compare.question') }).fill('My dentist appointment is on Tuesday.');
  await home.getByRole('button', { name: t('compare.run') }).click();
  const side = (which: 'with' | 'without') => home.getByRole('region', { name: t(`compare.${which}`), exact: true });
  await expect(side('without')).toHaveAttribute('aria-busy', 'false');
  await expect(side('with').locator('.compare-text')).toContainText(/\w+/);
  const [laid, bare] = await Promise.all([side('with').innerText(), side('without').innerText()]);
  expect(laid.split('\n').slice(1)).not.toEqual(bare.split('\n').slice(1));
});

test('an adapter for another base is refused with a sentence that names both', async ({ home }) => {
  const foreign = path.join(folder, 'from-elsewhere.gguf');
  writeRandomLora(foreign, { shape: tinyShape });
  await sidebarOf(home).place('personas').click();
  await home.getByRole('button', { name: t('personas.new') }).click();
  await home.getByRole('button', { name: t('persona.addAdapter') }).click();
  await home.getByRole('menuitem', { name: t('persona.adapterFile') }).click();
  await pickFile(home, t('persona.adapterPick'), foreign);
  const refusal = home.getByText(/from-elsewhere.*Engram starter chat|Engram starter chat.*from-elsewhere/);
  await expect(refusal.first()).toBeVisible();
});

/** What the assistant tells of itself while something is done. */
async function follow(api: Parameters<Parameters<typeof test>[2]>[0]['api'], work: () => Promise<void>) {
  const leaving = new AbortController();
  const heard: ({ type: 'engine'; status: { state: string } } | { type: string })[] = [];
  const listening = (async () => {
    for await (const event of api.app.events({}, leaving.signal)) heard.push(event);
  })().catch(() => {});
  await work();
  leaving.abort();
  await listening;
  return heard as { type: 'engine'; status: { state: string } }[];
}
