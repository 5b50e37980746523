/** What is asked of memory in conversation, through the whole assistant. */
import { describe, expect, it } from 'vitest';
import { answerOf, ask, holds, openAssistant, scripted } from './fixtures/assistant.ts';

describe('asked in conversation', () => {
  it('forgets to the last byte at once where there is no grace period, back-ups and stored prompts too', async () => {
    const { api, services, folder, failures } = await openAssistant(scripted({ answer: () => 'She lives in Zamora [1].' }));
    await services.ready;
    await api.app.changeSettings({ forgetGraceSeconds: 0 });
    await ask(api, 'Remember that my sister lives in Zamora.');
    expect((await ask(api, 'Where does my sister live?')).text).toContain('Zamora');
    await api.app.backUp({});
    const { id } = await api.conversation.create({ personaId: 'friendly', temporary: false });
    const say = (text: string) => answerOf(api.chat.send({ conversationId: id, text, editOf: null }));
    expect((await say('Forget what I told you about my sister.')).text).toContain('Zamora');
    expect((await say('Yes')).text).toMatch(/^Forgotten: it is taken out of \d+ places\. Its bytes are erased\.$/u);
    expect((await api.memory.forgettings({})).map(({ state, check }) => [state, check?.found])).toEqual([['erased', []]]);
    expect(holds(folder, 'Zamora')).toEqual([]);
    expect((await say('undo')).text).toBe('It was erased and cannot be brought back.');
    expect(failures).toEqual([]);
  });

  it('erases when its grace period is over, by itself', async () => {
    const clock = { now: Date.now() };
    const { api, services, folder } = await openAssistant(scripted(), { now: () => clock.now });
    await services.ready;
    await api.app.changeSettings({ forgetGraceSeconds: 1 });
    const { id } = await api.conversation.create({ personaId: 'friendly', temporary: false });
    const say = (text: string) => answerOf(api.chat.send({ conversationId: id, text, editOf: null }));
    await say('Remember that my sister lives in Zamora.');
    await say('Forget that.');
    expect((await say('yes')).asks).toBe('undo');
    clock.now += 2_000;
    await expect.poll(async () => (await api.memory.forgettings({}))[0]?.state, { timeout: 10_000 }).toBe('erased');
    expect(holds(folder, 'Zamora')).toEqual([]);
  });

  it('tells a persona nothing of what another keeps for itself, and says in whose place the present value came', async () => {
    const { api, services } = await openAssistant(scripted());
    await services.ready;
    const friendly = (await api.persona.list({})).find(({ id }) => id === 'friendly')!;
    const own = await api.persona.create({ name: 'Own', instructions: '', sampling: friendly.sampling, adapters: [], memoryScope: 'own' });
    const sayTo = async (personaId: string, text: string) => {
      const { id } = await api.conversation.create({ personaId, temporary: false });
      return answerOf(api.chat.send({ conversationId: id, text, editOf: null }));
    };
    await sayTo(own.id, 'Remember that I live in Zamora.');
    await sayTo('friendly', 'Remember that I live in Porto.');
    expect((await sayTo('friendly', 'Remember that I moved to Lisbon.')).text).toContain('you live in Lisbon. That takes the place of what I knew: you live in Porto.');
    const known = await sayTo('friendly', 'What do you know about me?');
    expect(known.text).toContain('You live in Lisbon');
    expect(JSON.stringify(known)).not.toMatch(/Zamora|You live in Porto/u);
    expect((await sayTo(own.id, 'What do you know about me?')).text).toContain('You live in Zamora');
    expect((await sayTo('friendly', 'Forget that I live in Zamora.')).citations).toEqual([]);
  });
});
