import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { holds, openAssistant, temporaryFolder } from './fixtures/assistant.ts';
import { scripted } from './fixtures/engines.ts';
import { recentSearchesFile } from './recentSearches.ts';

async function begin() {
  const begun = await openAssistant(scripted());
  const { api } = begun;
  const folder = path.join(temporaryFolder(), 'vault');
  mkdirSync(path.join(folder, 'garden'), { recursive: true });
  writeFileSync(path.join(folder, 'garden', 'Quinces.md'), '---\ntags: [fruit]\n---\n# Quinces\n\nCooked with cardamom.\n\n# Pears\n\nWithout cardamom.\n');
  writeFileSync(path.join(folder, 'Apples.md'), '# Apples\n\nThey keep until March.\n');
  await api.notes.addFolder({ path: folder });
  await api.memory.remember({ text: 'Cardamom gives me a headache.', scope: 'shared', personaId: null });
  const count = async (text: string) => (await api.search.query({ text, limit: 5 })).counts.notes.count;
  await vi.waitFor(async () => expect([await count('until march '), await count('without cardamom ')]).toEqual([1, 1]), { timeout: 10_000 });
  return { ...begun, find: (text: string) => api.search.query({ text, limit: 20 }) };
}

describe('one search over everything', () => {
  it('answers notes and memories with their counts; only notes where only they have what is asked for', async () => {
    const { api, find } = await begin();
    const found = await find('cardam');
    expect(found).toMatchObject({ hits: [{ kind: 'memory' }], notes: { hits: [{ title: 'Quinces', count: 2 }] }, counts: { notes: { count: 1, more: false }, memories: { count: 1 }, messages: { count: 0 } }, taken: [] });
    expect(await api.search.passages({ noteId: found.notes.hits[0]!.id, text: 'cardam', limit: 9 })).toMatchObject([{ headings: ['Quinces'] }, { headings: ['Pears'] }]);
    expect(await find('cardamom tag:fruit')).toMatchObject({ hits: [], notes: { hits: [{ title: 'Quinces' }] } });
    expect(await find('in:memories cardamom')).toMatchObject({ hits: [{ kind: 'memory' }], notes: { hits: [] }, counts: { notes: { count: 0 } } });
  });

  // Bug: "headache" stands in a memory only, and notes about "heading" come up beside it as if it were a slip.
  it('a word that stands anywhere is no slip; one that stands nowhere is named once, as it is written', async () => {
    const { find } = await begin();
    expect((await find('cardamon ')).taken).toEqual([{ typed: 'cardamon', words: ['cardamom'] }]);
    expect(await find('haedache ')).toMatchObject({ hits: [{ kind: 'memory' }], taken: [{ typed: 'haedache', words: ['headache'] }] });
    expect(await find('headache ')).toMatchObject({ notes: { hits: [] }, taken: [] });
  });
});

describe('recent searches', () => {
  const texts = async (api: Awaited<ReturnType<typeof begin>>['api']) => (await api.search.recent({})).map(({ text }) => text);

  it('are kept latest first, each once, and removed one by one or all', async () => {
    const { api, folder } = await openAssistant(scripted());
    for (const text of ['pears', 'quinces', 'Pears']) await api.search.keep({ text });
    expect(await texts(api)).toEqual(['Pears', 'quinces']);
    await api.search.removeRecent({ text: 'quinces' });
    expect(await texts(api)).toEqual(['Pears']);
    await api.search.removeRecent({ text: null });
    expect([await texts(api), existsSync(recentSearchesFile(folder))]).toEqual([[], false]);
    for (let count = 0; count < 30; count += 1) await api.search.keep({ text: `pears ${count}` });
    expect(await texts(api)).toHaveLength(20);
  });

  it('are none where the owner wants none, nor beside a temporary conversation', async () => {
    const { api, folder } = await openAssistant(scripted());
    await api.search.keep({ text: 'quinces' });
    await api.app.changeSettings({ recentSearches: false });
    await api.search.keep({ text: 'pears' });
    expect([await texts(api), holds(folder, 'quinces')]).toEqual([[], []]);
    await api.app.changeSettings({ recentSearches: true });
    const { id } = await api.conversation.create({ personaId: 'friendly', temporary: true });
    await api.search.keep({ text: 'pears' });
    expect(await texts(api)).toEqual([]);
    await api.conversation.delete({ id });
    await api.search.keep({ text: 'pears' });
    expect(await texts(api)).toEqual(['pears']);
  });

  it('are in no back-up, and go with what is forgotten and with everything', async () => {
    const { api, folder } = await openAssistant(scripted());
    await api.app.changeSettings({ forgetGraceSeconds: 0 });
    const { id } = await api.memory.remember({ text: 'The treasure is in Zamora.', scope: 'shared', personaId: null });
    await api.search.keep({ text: 'quinces of Zamora' });
    await api.app.backUp({});
    expect(holds(folder, 'quinces')).toEqual([recentSearchesFile(folder)]);
    const { carriers } = await api.memory.previewForget({ id });
    await api.memory.forget({ id, carriers: carriers.map(({ key }) => key), graceSeconds: 0 });
    expect(holds(folder, 'Zamora')).toEqual([]);
    await api.search.keep({ text: 'quinces' });
    await api.app.eraseEverything({ confirm: 'erase' });
    expect([await texts(api), holds(folder, 'quinces')]).toEqual([[], []]);
  });
});
