/** What is kept for one persona, for one conversation, for a conversation that is temporary, or for nobody, reaches nobody else, by whatever way it is asked for. */
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../contract/conversation.ts';
import { writeRandomLlama } from '../engine/fixtures/randomModels.ts';
import { answerOf, ask, gather, holds, openAssistant, scripted, temporaryFolder, type TestAssistant } from './fixtures/assistant.ts';

const day = 86_400_000;
const all = { status: 'all' as const, subject: null, text: '', limit: 500, before: null };
/** Words that are said in one scope each, and nowhere else. */
const secrets = {
  pirate: ['Quixholm', 'Zanzadu', 'Vorblatt', 'Mibruxa', 'Tafjolen', 'Pekdryas'],
  witch: ['Wexcombe', 'Hizoria', 'Nuvgaxen'],
  silent: ['Fyxmarch', 'Cobwemia'],
  temporary: ['Jolpekia', 'Dryzelto'],
  /** In a conversation that keeps to itself from its beginning; in one that does so later, when others have been told of it; by one sentence alone. */
  kept: ['Gryblund', 'Ozvanta', 'Heldrupe', 'Ymbracht'],
  later: ['Brazwick', 'Lumpaxo', 'Svenqualt'],
  alone: ['Knorvath', 'Pfexola'],
};

type Told = TestAssistant & { engine: ReturnType<typeof scripted>; clock: { now: number }; ids: Record<keyof typeof secrets | 'friendly', string>; places: Record<'kept' | 'later' | 'alone' | 'elsewhere', string> };

/** Each says the like of the others about the same things, so that whatever bears on one bears on all. */
async function tell(model: 'any' | 'bundled'): Promise<Told> {
  const clock = { now: Date.UTC(2026, 2, 2, 12) };
  const engine = scripted({ answer: () => 'I see.' });
  const assistant = await openAssistant(engine, { now: () => clock.now });
  const { api } = assistant;
  await api.app.changeSettings({ automaticTitles: false, ...(model === 'any' ? { quoteMemories: 'never' as const } : {}) });
  if (model === 'any') {
    const file = path.join(temporaryFolder(), 'any.gguf');
    writeRandomLlama(file);
    await gather(api.model.load({ id: (await api.model.add({ path: file })).id }));
  }
  const [friendly] = await api.persona.list({});
  const make = async (name: string, memoryScope: 'own' | 'none') => (await api.persona.create({ ...friendly!, name, memoryScope })).id;
  const ids = { friendly: friendly!.id, pirate: await make('Pirate', 'own'), witch: await make('Witch', 'own'), silent: await make('Silent', 'none'), temporary: friendly!.id, kept: friendly!.id, later: friendly!.id, alone: friendly!.id };
  const say = async (who: keyof typeof ids, lines: string[]) => {
    clock.now += day;
    const { id } = await api.conversation.create({ personaId: ids[who], temporary: who === 'temporary' });
    if (who === 'kept') await api.conversation.keep({ id, kept: true });
    for (const text of lines) {
      clock.now += 60_000;
      await answerOf(api.chat.send({ conversationId: id, text, editOf: null }));
    }
    return id;
  };
  await say('friendly', ['I live in Porto.', 'My parrot is called Rex.', 'My sister Ana works as a baker.', 'The spare key lies under the mat.']);
  const mine = await say('pirate', ['I live in Quixholm.', 'My parrot is called Zanzadu.', 'My sister Ana works as a Vorblatt.', 'The spare key lies in the Mibruxa.']);
  await say('pirate', ['I moved to Tafjolen.']);
  await api.memory.remember({ text: 'The treasure is buried at Pekdryas.', scope: 'own', personaId: ids.pirate });
  await say('witch', ['I live in Wexcombe.', 'My parrot is called Hizoria.', 'The spare key lies in the Nuvgaxen.']);
  await say('silent', ['I live in Fyxmarch.', 'My parrot is called Cobwemia.']);
  await say('temporary', ['I live in Jolpekia.', 'Remember that my parrot is called Dryzelto.']);
  const places = {
    kept: await say('kept', ['I moved to Gryblund.', 'My parrot is called Ozvanta.', 'My sister Ana works as a Heldrupe.', 'The spare key lies in the Ymbracht.', 'Where do I live?', 'No, it’s Ymbracht Street.']),
    later: await say('later', ['I moved to Brazwick.', 'My parrot is called Lumpaxo.', 'My sister Ana works as a Svenqualt.']),
    alone: await say('alone', ['Remember, only in this conversation: I moved to Knorvath.', 'Keep this here: the treasure is buried at Pfexola.', 'Where is the treasure buried?']),
    // Others have been told of it before it is kept.
    elsewhere: await say('friendly', ['Where do I live?', 'What is my parrot called?', 'What does my sister Ana work as?', 'What do you know about me?']),
  };
  await api.conversation.keep({ id: places.later, kept: true });
  // One conversation goes from one persona to the other: what each was told stands in one sitting.
  await api.conversation.setPersona({ id: mine, personaId: ids.friendly });
  clock.now += 60_000;
  await answerOf(api.chat.send({ conversationId: mine, text: 'My umbrella is yellow.', editOf: null }));
  await vi.waitFor(async () => expect(await api.claims.waiting({})).toEqual({ count: 0 }), 10_000);
  await vi.waitFor(async () => expect((await api.memory.index({})).state).toBe('up-to-date'), 10_000);
  clock.now += day;
  return { ...assistant, engine, clock, ids, places };
}

const questions = [
  'Where do I live?', 'Where did I live before, where did I use to live?', 'What is my parrot called?', 'What does my sister Ana work as?', 'Where does the spare key lie?',
  'Where is the treasure buried?', 'What colour is my umbrella?', 'What did I say just before I told you about my umbrella?', 'What did I tell you on 3 March 2026?', 'Where have I moved to?',
  ...Object.values(secrets).flat().map((word) => `What do you know about ${word}, where is ${word}?`),
];
const commands = [
  'What do you know about me?', 'What do you know about my parrot?', 'What do you know about my sister Ana?', 'Forget what I told you about my parrot.', 'No.', 'Forget what I told you about Zanzadu.', 'No.',
  'Forget what I told you about the treasure.', 'No.', 'Forget what I told you about Ozvanta.', 'Yes.', 'Forget everything you know about Brazwick.', 'Yes.', 'What do you know about Heldrupe?', 'No, my parrot is called Bob.', 'Forget that.', 'No.',
];

const foreignTo = (who: keyof typeof secrets | 'friendly') => Object.entries(secrets).flatMap(([whose, words]) => (whose === who ? [] : words));
/** What the question says itself is no leak. */
const leaks = (shown: unknown, words: readonly string[], asked = '') => words.filter((word) => !asked.includes(word) && JSON.stringify(shown).includes(word));

describe.each(['any', 'bundled'] as const)('with %s model', (model) => {
  it('no persona is given, cites or says what another was told', { timeout: 180_000 }, async () => {
    const { api, engine, ids, places, failures } = await tell(model);
    for (const who of ['friendly', 'pirate', 'witch', 'silent'] as const) {
      const words = foreignTo(who);
      for (const question of questions) {
        for (const meaning of [true, false]) {
          const found = await api.memory.recall({ question, personaId: ids[who], limit: 1_000, meaning });
          expect(leaks(found.citations, words, question), `${who} recalls: ${question}`).toEqual([]);
        }
        engine.requests.length = 0;
        // Asked where nothing is kept: else the question itself is what is remembered next.
        const answer = await ask(api, question, { personaId: ids[who], temporary: true });
        expect(leaks([answer.text, answer.citations, engine.requests], words, question), `${who} is asked: ${question}`).toEqual([]);
      }
    }
    // Nor is one conversation that keeps to itself given what another does, nor a persona what another was told in one.
    for (const [place, others] of [['kept', ['later', 'alone']], ['later', ['kept', 'alone']], ['alone', ['kept', 'later']], ['elsewhere', ['kept', 'later', 'alone']]] as const) {
      for (const question of questions) {
        const words = others.flatMap((other) => secrets[other]);
        for (const meaning of [true, false]) {
          const found = await api.memory.recall({ question, personaId: ids.friendly, conversationId: places[place], limit: 1_000, meaning });
          expect(leaks(found.citations, words, question), `in ${place}: ${question}`).toEqual([]);
          const foreign = await api.memory.recall({ question, personaId: ids.pirate, conversationId: places[place], limit: 1_000, meaning });
          expect(leaks(foreign.citations, foreignTo('pirate'), question), `the pirate in ${place}: ${question}`).toEqual([]);
        }
      }
    }
    expect((await api.memory.recall({ question: 'Where do I live?', personaId: ids.pirate, limit: 5, meaning: true })).citations.some(({ quote }) => quote.includes('Tafjolen')), 'its own it is given').toBe(true);
    const here = async (question: string, conversationId: string) => (await api.memory.recall({ question, personaId: ids.friendly, conversationId, limit: 5, meaning: true })).citations.map(({ quote }) => quote);
    expect(await here('What is my parrot called?', places.kept)).toContain('My parrot is called Ozvanta.');
    expect(await here('What is my parrot called?', places.later)).toContain('My parrot is called Lumpaxo.');
    expect((await here('Where is the treasure buried?', places.alone)).join()).toContain('Pfexola');
    expect((await api.memory.recall({ question: 'What is my parrot called?', personaId: ids.friendly, limit: 5, meaning: true })).citations.map(({ quote }) => quote)).toContain('My parrot is called Rex.');
    expect(failures).toEqual([]);
  });
});

// Bug: the lines that one persona was given with a question stand in the conversation, and the next one read them there.
it('who takes over a conversation is given nothing that was recalled for who had it before', { timeout: 60_000 }, async () => {
  const { api, engine, ids } = await tell('any');
  const { id } = await api.conversation.create({ personaId: ids.pirate, temporary: false });
  const say = (text: string) => answerOf(api.chat.send({ conversationId: id, text, editOf: null }));
  const first = await say('Where is the treasure buried?');
  expect(leaks(engine.requests.at(-1), secrets.pirate), 'the pirate is given it').toContain('Pekdryas');
  await say('And what is my parrot called?');
  const prompt = async (answerId: string) => JSON.stringify((await api.chat.receipt({ answerId, conversationId: id })).prompt?.messages);
  for (const who of ['friendly', 'witch', 'silent'] as const) {
    await api.conversation.setPersona({ id, personaId: ids[who] });
    engine.requests.length = 0;
    const answer = await say('How are things with the weather up there today?');
    expect(engine.requests.length).toBeGreaterThan(0);
    expect(leaks(engine.requests, foreignTo(who)), who).toEqual([]);
    await api.chat.prepare({ conversationId: id });
    expect(leaks(engine.prepared.at(-1), foreignTo(who)), `${who}, read ahead`).toEqual([]);
    expect(await prompt(answer.id), 'the receipt shows what was sent').toBe(JSON.stringify(engine.requests.at(-1)!.messages));
  }
  await api.conversation.setPersona({ id, personaId: ids.pirate });
  await say('Good, good, my friend of the sea.');
  expect(leaks(engine.requests.at(-1), secrets.pirate), 'who has it back, reads on').toContain('Pekdryas');
  expect(await prompt(first.id)).toContain('Pekdryas');
});

it('what is asked of memory in conversation is done within what that persona knows', { timeout: 60_000 }, async () => {
  const { api, ids } = await tell('bundled');
  for (const [who, temporary] of [['friendly', false], ['friendly', true], ['witch', false], ['silent', false]] as const) {
    const { id } = await api.conversation.create({ personaId: ids[who], temporary });
    const asked: string[] = [];
    for (const text of commands) {
      asked.push(text);
      const answer: Message = await answerOf(api.chat.send({ conversationId: id, text, editOf: null }));
      expect(leaks([answer.text, answer.citations], foreignTo(who), asked.join()), `${who}: ${text}`).toEqual([]);
    }
  }
  for (const word of ['Ozvanta', 'Brazwick']) expect((await api.memory.list({ filter: 'statements', text: word, personaId: null, limit: 50, before: null })).memories.some(({ keptIn }) => keptIn !== null), `${word} is still kept where it was said`).toBe(true);
  const written = (await api.memory.list({ filter: 'all', text: 'parrot', personaId: null, limit: 50, before: null })).memories;
  expect(written.find(({ text }) => text.includes('Zanzadu')), 'nothing of another’s was forgotten').toMatchObject({ scope: 'own', personaId: ids.pirate });
});

it('claims of one scope neither replace nor contradict those of another, nor count among them', async () => {
  const { api, ids } = await tell('bundled');
  const { claims } = await api.claims.list(all);
  const home = (word: string) => claims.find(({ slot, value }) => slot === 'home' && value === word);
  expect([home('Porto')?.status, home('Wexcombe')?.status, home('Quixholm')?.status, home('Tafjolen')?.status]).toEqual(['active', 'active', 'superseded', 'active']);
  expect(await api.claims.conflicts({})).toEqual([]);
  expect(leaks(claims, [...secrets.silent, ...secrets.temporary])).toEqual([]);
  const profileOf = async (personaId: string | null) => (await api.claims.profile({ personaId })).text;
  expect(await profileOf(null)).toContain('live in Porto');
  expect(leaks(await profileOf(null), foreignTo('friendly'))).toEqual([]);
  expect(await profileOf(ids.pirate)).toContain('live in Tafjolen');
  expect(leaks(await profileOf(ids.pirate), [...foreignTo('pirate'), 'Porto'])).toEqual([]);
  const counts = await Promise.all((['friendly', 'pirate', 'witch', 'silent'] as const).map(async (who) => (await api.persona.ownMemories({ id: ids[who] })).count));
  expect(counts).toEqual([0, 6, 3, 0]);
  const listed = (personaId: string) => api.memory.list({ filter: 'all', text: '', personaId, limit: 500, before: null });
  for (const who of ['pirate', 'witch', 'silent'] as const) expect(leaks(await listed(ids[who]), foreignTo(who).filter((word) => !secrets.temporary.includes(word)))).toEqual([]);
});

it('what is said in a temporary conversation is nowhere: not in search, lists, claims, exports or any file', async () => {
  const { api, folder, ids } = await tell('bundled');
  for (const word of secrets.temporary) {
    expect((await api.search.query({ text: word, limit: 50 })).hits).toEqual([]);
    expect((await api.memory.list({ filter: 'all', text: word, personaId: null, limit: 50, before: null })).total).toBe(0);
    expect(holds(folder, word), 'in a file').toEqual([]);
  }
  for (const format of ['json', 'markdown'] as const) {
    const target = temporaryFolder();
    await api.app.export({ folder: target, format });
    expect(secrets.temporary.flatMap((word) => holds(target, word))).toEqual([]);
    expect(holds(target, 'Zanzadu').length, 'what is kept is in it').toBeGreaterThan(0);
  }
  // A persona that is given away takes nothing along of what it was told.
  expect(leaks(await Promise.all(Object.values(ids).map((id) => api.persona.export({ id }))), Object.values(secrets).flat())).toEqual([]);
});

it('a back-up that is gone back to brings no memory into another view', async () => {
  const { api, ids } = await tell('bundled');
  const { name } = await api.app.backUp({});
  for (let index = 0; index < 5; index += 1) await ask(api, `My ${['desk', 'lamp', 'chair', 'door', 'roof'][index]} is old.`);
  await api.app.restore({ name });
  for (const question of questions) {
    const { citations } = await api.memory.recall({ question, personaId: ids.friendly, limit: 1_000, meaning: false });
    expect(leaks(citations, foreignTo('friendly'), question), question).toEqual([]);
  }
  expect((await api.memory.recall({ question: 'What is my parrot called?', personaId: ids.pirate, limit: 9, meaning: false })).citations.map(({ quote }) => quote)).toContain('My parrot is called Zanzadu.');
});
