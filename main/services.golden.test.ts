/** The first promises of the app, kept with the bundled weights, the real engine, and real stores. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ofMemory } from './contract/memory.ts';
import { tinyShape, writeRandomLlama } from './engine/fixtures/randomModels.ts';
import { phrasesOf, readCatalogue } from './models/catalogue.ts';
import { modelsFolder } from './host/places.ts';
import { answerOf, ask, gather, holds, openAssistant, realEngine } from './services/fixtures/assistant.ts';

const catalogue = readCatalogue(modelsFolder);
const refusals = phrasesOf(catalogue, catalogue.adapters.map(({ path: file }) => file)).refusing;

describe('with the bundled weights', { timeout: 60_000 }, () => {
  it('remembers what was said, in another conversation, with a receipt; however often it is asked', async () => {
    const { api, services, failures } = await openAssistant(realEngine());
    await services.ready;
    const told = await ask(api, 'My sister lives in Porto.');
    expect(told.text).not.toBe('');
    for (let round = 0; round < 5; round += 1) {
      const answer = await ask(api, 'Where does my sister live?');
      expect(answer.text).toContain('Porto');
      expect(ofMemory(answer.citations).filter(({ used }) => used).map(({ messageId, quote }) => [messageId, quote])).toEqual([[told.parentId, 'My sister lives in Porto.']]);
    }
    const titles = (await api.conversation.list({ archived: false })).map(({ title }) => title);
    expect(titles).toContain('My sister lives in Porto');
    expect(failures).toEqual([]);
  });

  it('forgets to the last byte: answers, titles and back-ups included', async () => {
    const { api, services, folder } = await openAssistant(realEngine());
    await services.ready;
    const told = await ask(api, 'My sister lives in Porto.');
    expect((await ask(api, 'Where does my sister live?')).text).toContain('Porto');
    await api.app.backUp({});
    expect(holds(folder, 'Porto')).not.toEqual([]);
    const preview = await api.memory.previewForget({ id: told.parentId! });
    const forgetting = await api.memory.forget({ id: told.parentId!, carriers: preview.carriers.map(({ key }) => key), graceSeconds: 0 });
    expect(forgetting).toMatchObject({ state: 'erased', check: { found: [] } });
    expect(holds(folder, 'Porto')).toEqual([]);
    expect((await ask(api, 'Where does my sister live?')).text).not.toContain('Porto');
  });

  it('does not invent what it was never told', async () => {
    const { api, services } = await openAssistant(realEngine());
    await services.ready;
    await ask(api, 'My sister lives in Porto.');
    for (const question of ['What colour is my car?', 'Where does my brother live?', 'What is my sister called?']) {
      const answer = await ask(api, question);
      expect(refusals.includes(answer.text) || /don['’]t (know|remember)|not sure/u.test(answer.text), `${question} ${answer.text}`).toBe(true);
    }
  });

  it('speaks in another voice as soon as the persona is switched, and in the first one exactly after switching back', async () => {
    const { api, services } = await openAssistant(realEngine());
    await services.ready;
    await ask(api, 'My sister lives in Porto.');
    const { id } = await api.conversation.create({ personaId: 'friendly', temporary: false });
    const say = async () => (await answerOf(api.chat.send({ conversationId: id, text: 'Hello!', editOf: null }))).text;
    const again = async (personaId: string) => {
      await api.conversation.setPersona({ id, personaId });
      const { messages } = await api.conversation.open({ id });
      const prepared = await api.chat.prepare({ conversationId: id });
      expect(prepared.tokens).toBeGreaterThan(0);
      return (await answerOf(api.chat.regenerate({ conversationId: id, answerId: messages[1]!.id }))).text;
    };
    const friendly = await say();
    const witty = await again('witty');
    const professional = await again('professional');
    expect(new Set([friendly, witty, professional]).size).toBe(3);
    expect(await again('friendly')).toBe(friendly);
    expect((await api.model.status({})).restarts).toBe(0);
  });

  it('answers from memory with no model loaded at all', async () => {
    const { api, services } = await openAssistant(realEngine());
    await services.ready;
    await ask(api, 'My bike lock code is 4471.');
    const chat = (await api.model.list({})).find(({ role }) => role === 'chat')!;
    await api.model.unload({ id: chat.id });
    expect(await ask(api, 'What is my bike lock code?')).toMatchObject({ quoted: true, text: expect.stringContaining('4471') as string });
    await expect(ask(api, 'Who wrote Hamlet?')).rejects.toMatchObject({ code: 'no-model' });
    await gather(api.model.load({ id: chat.id }));
    expect((await ask(api, 'Hello!')).stats?.model).toBe(path.basename(chat.path));
  });

  it('compares a persona with the base alone', async () => {
    const { api, services } = await openAssistant(realEngine());
    await services.ready;
    const persona = (await api.persona.list({})).find(({ id }) => id === 'witty')!;
    const heard = { with: '', without: '' };
    for await (const { side, text } of api.persona.compare({ instructions: persona.instructions, adapters: persona.adapters, question: 'Hello!' })) heard[side] += text;
    expect(heard.without).not.toBe('');
    expect(heard.with).not.toBe(heard.without);
  });
});

describe('with a model of the owner’s own', { timeout: 60_000 }, () => {
  it('reads only what is new, turn after turn, remembered lines and all', async () => {
    const { api, services, folder } = await openAssistant(realEngine());
    const file = path.join(folder, 'random.gguf');
    writeRandomLlama(file, { ...tinyShape, window: 8_192 });
    await api.app.changeSettings({ quoteMemories: 'never', automaticTitles: false });
    await services.ready;
    const { id: model } = await api.model.add({ path: file });
    await gather(api.model.load({ id: model }));
    const [friendly] = await api.persona.list({});
    const sampling = { ...friendly!.sampling, maxTokens: 24, seed: 1 };
    const { id: personaId } = await api.persona.create({ ...friendly!, sampling, name: 'Short' });
    await ask(api, 'My sister lives in Porto.');
    const { id } = await api.conversation.create({ personaId, temporary: false });
    let last = 0;
    for (let turn = 1; turn <= 10; turn += 1) {
      const { stats, citations } = await answerOf(api.chat.send({ conversationId: id, text: `Where does my sister live, in year ${turn}?`, editOf: null }));
      expect(citations.length).toBeGreaterThan(0);
      if (turn > 1) expect(stats!.reusedTokens, `turn ${turn}`).toBeGreaterThanOrEqual(last);
      last = stats!.promptTokens;
    }
  });
});
