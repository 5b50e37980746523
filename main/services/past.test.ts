import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportEvent } from '../contract/importing.ts';
import { gptTalk } from '../imports/fixtures/exports.ts';
import { ask, gather, holds, openAssistant, scripted, temporaryFolder, type TestAssistant } from './fixtures/assistant.ts';

const open = () => openAssistant(scripted({ answer: () => 'Noted.' }));

function exported(count: number): string {
  const file = path.join(temporaryFolder(), 'conversations.json');
  const talks = Array.from({ length: count }, (_, index) => gptTalk(`c${index}`, [`Quixotic sentence number ${index}.`, 'Noted.'], 1_600_000_000 + index));
  writeFileSync(file, JSON.stringify(talks));
  return file;
}

const titles = async ({ api }: TestAssistant) => (await api.conversation.list({ archived: false })).map(({ title }) => title);

describe('the past, brought in through the contract', () => {
  it('is found, remembered and answered from, and the window is told', async () => {
    const assistant = await open();
    const { api } = assistant;
    const heard: string[] = [];
    const stop = new AbortController();
    const listening = (async () => {
      for await (const event of api.app.events({}, stop.signal)) if (event.type === 'changed') heard.push(event.what);
    })();
    const events = await gather(api.conversation.importPast({ path: exported(30) }));
    expect([events[0]?.type, events[1]?.type, events.at(-1)?.type]).toEqual(['started', 'progress', 'done']);
    expect((await api.search.query({ text: 'quixotic 17', limit: 5 })).hits[0]?.at).toBe(1_600_000_017_000);
    expect((await ask(api, 'What was quixotic sentence number 3?')).citations[0]?.quote).toBe('Quixotic sentence number 3.');
    stop.abort();
    await listening;
    expect(heard).toEqual(expect.arrayContaining(['conversations', 'memories']));
  });

  it('takes Engram’s own files as well, the whole export with memories and personas', async () => {
    const from = await open();
    await ask(from.api, 'My sister lives in Porto.');
    await from.api.memory.remember({ text: 'I am allergic to penicillin.', scope: 'shared', personaId: null });
    const { path: file } = await from.api.app.export({ folder: temporaryFolder() });
    const to = await open();
    const events = await gather(to.api.conversation.importPast({ path: file }));
    expect(events[0]).toMatchObject({ type: 'started', kind: 'engram' });
    expect(events.at(-1)).toMatchObject({ figures: { conversations: { added: 1 }, messages: { added: 2 } } });
    const written = await to.api.memory.list({ filter: 'written', text: '', personaId: null, limit: 9, before: null });
    expect(written.memories.map(({ text }) => text)).toEqual(['I am allergic to penicillin.']);
    const [one] = await from.api.conversation.list({ archived: false });
    const [other] = await to.api.conversation.list({ archived: false });
    const own = async ({ api }: TestAssistant, id: string) => (await api.conversation.open({ id })).messages.map(({ role, text, createdAt }) => [role, text, createdAt]);
    expect(await own(to, other!.id)).toEqual(await own(from, one!.id));
  });

  it('is forgotten for good: not even the same file brings it back, and no byte of it is left beside the hashes', async () => {
    const assistant = await open();
    const { api, folder } = assistant;
    const file = exported(1);
    await gather(api.conversation.importPast({ path: file }));
    const [memory] = (await api.memory.list({ filter: 'statements', text: '', personaId: null, limit: 9, before: null })).memories;
    const { carriers } = await api.memory.previewForget({ id: memory!.id });
    const forgetting = await api.memory.forget({ id: memory!.id, carriers: carriers.map(({ key }) => key), graceSeconds: 0 });
    expect(forgetting).toMatchObject({ state: 'erased', check: { found: [] } });
    expect((await gather(api.conversation.importPast({ path: file }))).at(-1)).toMatchObject({ figures: { conversations: { known: 1 }, messages: { added: 0, known: 2 } } });
    expect(holds(folder, 'Quixotic')).toEqual([]);
  });

  it('stops when asked, and before everything is erased; afterwards it can be brought in anew', async () => {
    const assistant = await open();
    const { api } = assistant;
    const file = exported(150);
    const stop = new AbortController();
    const heard: ImportEvent[] = [];
    for await (const event of api.conversation.importPast({ path: file }, stop.signal)) {
      heard.push(event);
      if (event.type === 'progress') stop.abort();
    }
    expect(heard.at(-1)).toMatchObject({ type: 'done', stopped: true });
    const running = gather(api.conversation.importPast({ path: file }));
    await new Promise((resolve) => setTimeout(resolve, 30));
    await api.app.eraseEverything({ confirm: 'erase' });
    expect((await running).at(-1)).toMatchObject({ type: 'done' });
    expect(await titles(assistant)).toEqual([]);
    expect((await gather(api.conversation.importPast({ path: file }))).at(-1)).toMatchObject({ figures: { conversations: { added: 150, known: 0 } } });
  });
});
