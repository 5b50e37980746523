// npm run screenshots: the README's pictures, from the built app with its bundled model. Nothing in them is drawn by
// hand: earlier conversations are imported, everything asked in them is answered by the model at that moment.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { newFolder, startAssistant } from '../../e2e/assistant.ts';
import { vault } from '../../main/chat/research/fixtures/vault.ts';
import { t } from '../../renderer/messages.ts';
import { findChromium } from './browser.mjs';
import { inRoot } from './paths.mjs';
import { giveUp } from './spawn.mjs';

const day = 86_400_000;

/** What the owner had said before, by how many days ago. */
const earlier = [
  [23, 'Settling in', ['I moved to Ghent in October.', 'My neighbour Tomek repairs clocks.']],
  [17, 'Family', ['My sister lives in Porto.', 'Her birthday is on 4 March.', 'My nephew is allergic to walnuts.']],
  [9, 'Keys and codes', ['My bike lock code is 4471.', 'I left the spare key in the blue box under the stairs.']],
  [4, 'The week', ['My dentist appointment is on Tuesday at 3 pm.', 'The choir sings on Thursday evenings.']],
];

const rendered = `Compound interest grows by a constant factor each year, so after $n$ years

$$A = P\\left(1 + \\frac{r}{100}\\right)^{n}$$

What becomes of 1,000:

| Years | At 3 % | At 5 % |
|------:|-------:|-------:|
| 10 | 1,344 | 1,629 |
| 20 | 1,806 | 2,653 |
| 30 | 2,427 | 4,322 |

The same for any sum:

\`\`\`python
def grown(sum: float, rate: float, years: int) -> float:
    """What a sum has become after so many years."""
    return sum * (1 + rate / 100) ** years
\`\`\``;

const executablePath = findChromium() ?? giveUp('The pictures are taken in Chromium, and none was found (chromium or google-chrome on the path).');
const assistant = await startAssistant();
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  const api = await assistant.connect();
  await prepare(api);
  await take(await openPage());
} finally {
  await browser.close();
  await assistant.remove();
}

async function prepare(api) {
  const { defaultPersonaId: personaId } = await api.app.settings({});
  await api.app.changeSettings({ welcomed: true });
  for (const [daysAgo, title, said] of earlier) {
    const lines = said.flatMap((text) => [['user', text], ['assistant', 'Noted. I will remember that.']]);
    await importConversation(api, { personaId, title, start: Date.now() - daysAgo * day, lines });
  }
  await importConversation(api, { personaId, title: 'Compound interest', start: Date.now() - 2 * day, lines: [['user', 'How does compound interest grow?'], ['assistant', rendered]] });
  const pinned = (await api.memory.list({ filter: 'statements', text: 'choir', personaId: null, limit: 1, before: null })).memories[0];
  await api.memory.pin({ id: pinned.id, pinned: true });
  await until(async () => (await api.memory.index({})).state === 'up-to-date');
}

function importConversation(api, { personaId, title, start, lines }) {
  const messages = lines.map(([role, text], index) => ({ id: `m${index}`, parentId: index > 0 ? `m${index - 1}` : null, role, text, createdAt: start + index * 40_000 }));
  return api.conversation.import({ personaId, file: { format: 'engram-conversation', version: 1, title, createdAt: start, messages } });
}

async function openPage() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(await assistant.address());
  return page;
}

async function take(page) {
  await talk(page);
  await shoot(page, 'chat-light');
  await page.keyboard.press('Alt+i');

  await page.setViewportSize({ width: 720, height: 800 });
  await startConversation(page);
  await ask(page, 'Where is the spare key?');
  await shoot(page, 'narrow');
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('link', { name: 'Compound interest' }).click();
  await page.locator('.katex-display').waitFor();
  await page.locator('code span[style*=color]').first().waitFor();
  await shoot(page, 'chat-dark');
  await page.emulateMedia({ colorScheme: 'light' });

  await visit(page, 'memory');
  await page.getByRole('feed').getByRole('article').first().waitFor();
  await shoot(page, 'memory');
  await page.getByRole('tab', { name: t('memory.tabWords') }).click();
  await forget(page);
  await shoot(page, 'forget');
  await page.keyboard.press('Escape');
  await visit(page, 'personas');
  await page.getByRole('link', { name: 'Witty' }).waitFor();
  await until(async () => !(await page.getByRole('main').innerText()).includes(t('personas.noOverlay')));
  await shoot(page, 'personas');
  await notes(page);
  await askNotes(page);
  await research(page);
  await visit(page, 'search');
  await page.getByRole('combobox', { name: t('search.box') }).pressSequentially('quince sug');
  await page.getByRole('option').first().waitFor();
  await page.getByRole('region', { name: t('search.preview') }).locator('mark').first().waitFor();
  await shoot(page, 'search');
}

/** A vault of our own writing, and a note in it at the passage that was found. */
async function notes(page) {
  const folder = path.join(newFolder('vault'), 'Ana’s notes');
  cpSync(inRoot('e2e/fixtures/vault'), folder, { recursive: true });
  const api = await assistant.connect();
  await api.notes.addFolder({ path: folder });
  const found = async () => (await api.notes.search({ text: 'quince frost', limit: 5, meaning: false })).hits.find((hit) => hit.path === 'Garden/Quince.md');
  await until(async () => (await found()) !== undefined && (await api.notes.status({})).state === 'idle');
  const { id, passage } = await found();
  await page.goto(`${new URL(page.url()).origin}/#/notes/${id}?${new globalThis.URLSearchParams({ from: passage.place.from, to: passage.place.to, q: 'quince frost' })}`);
  await page.locator('.note-embedded').waitFor();
  await shoot(page, 'notes');
}

/** A conversation that draws on all notes: the answer, and beside it the passage that it cites. */
async function askNotes(page) {
  await startConversation(page);
  await page.getByRole('button', { name: t('chat.notesLabel', { name: t('chat.notesOff') }) }).click();
  await page.getByRole('menuitemradio', { name: t('chat.notesAll') }).click();
  await ask(page, 'How much sugar goes with one kilo of cooked quince?');
  await ask(page, 'When was the quince planted?');
  await page.getByRole('list', { name: t('chat.receipts') }).last().getByRole('button').first().click();
  await page.getByRole('complementary', { name: t('receipts.title') }).locator('mark').first().waitFor();
  await shoot(page, 'ask');
  await page.getByRole('complementary', { name: t('receipts.title') }).getByRole('button', { name: t('ui.close') }).click();
}

/** The report of a research over somebody's notes of a year. */
async function research(page) {
  const folder = path.join(newFolder('year'), 'A year');
  for (const { path: name, text } of vault) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const api = await assistant.connect();
  const before = (await api.notes.status({})).read;
  await api.notes.addFolder({ path: folder });
  await until(async () => (await api.notes.status({})).read === before + vault.length);
  await startConversation(page);
  await page.getByRole('textbox', { name: t('chat.compose'), exact: true }).fill('Compare the Linden Street flat and the Harbour flat.');
  await page.getByRole('button', { name: t('research.send') }).click();
  await page.getByRole('button', { name: /^Researched:/u }).waitFor();
  await page.getByText('Compare the Linden Street flat').last().scrollIntoViewIfNeeded();
  await shoot(page, 'research');
}

async function startConversation(page) {
  await page.keyboard.press('Control+Shift+O');
  await page.getByRole('heading', { name: t('chat.empty') }).waitFor();
}

/** Two questions to two personas about what was said long ago; beside the second answer, what it rests on. */
async function talk(page) {
  await ask(page, 'When is my dentist appointment?');
  await page.getByRole('button', { name: t('chat.persona', { name: '' }) }).click();
  await page.getByRole('menuitemradio', { name: 'Witty' }).click();
  await ask(page, 'Where does my sister live?');
  await page.keyboard.press('Alt+i');
  await page.getByRole('complementary', { name: t('receipts.title') }).getByText(t('receipts.used', { count: 1 })).waitFor();
}

async function ask(page, question) {
  const box = page.getByRole('textbox', { name: t('chat.compose'), exact: true });
  const answers = page.getByRole('list', { name: t('chat.receipts') });
  const before = await answers.count();
  await box.fill(question);
  await box.press('Enter');
  await until(async () => (await answers.count()) > before);
}

async function forget(page) {
  await page.getByRole('article').filter({ hasText: 'Porto' }).getByRole('button', { name: t('memory.forget') }).click();
  await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
}

async function visit(page, screen) {
  await page.goto(`${new URL(page.url()).origin}/#/${screen}`);
  await page.getByRole('heading', { level: 1, name: t(`place.${screen}`) }).waitFor();
}

/** The pointer and the focus out of the picture, everything at rest. */
async function shoot(page, name) {
  await page.mouse.move(1, 1);
  await page.evaluate('document.fonts.ready.then(() => {})');
  await page.screenshot({ path: inRoot('resources/screenshots', `${name}.png`), animations: 'disabled', caret: 'hide' });
  process.stdout.write(`resources/screenshots/${name}.png\n`);
}

async function until(done) {
  for (let look = 0; look < 300; look += 1) {
    if (await done()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It took more than half a minute.');
}
