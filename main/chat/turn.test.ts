import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../contract/conversation.ts';
import type { AppError } from '../contract/errors.ts';
import type { MemoryCitation } from '../contract/memory.ts';
import { createScriptedEngine, type Script } from '../engine/scripted.ts';
import type { Database } from '../store/database.ts';
import { rememberMessage } from '../store/memories.ts';
import { defaultSettings } from '../store/settings.ts';
import { createStores } from '../store/stores.ts';
import { all, bigModel, friendly, grown, lisbon, march, never, open, porto, saved, starter } from './fixtures/talk.ts';
import { noPhrases } from './voice.ts';

const failureOf = async (events: AsyncIterable<ChatEvent>): Promise<AppError> =>
  all(events).then(() => { throw new Error('It did not fail.'); }, (error: unknown) => error as AppError);

describe('the story of a turn', () => {
  it('saves the question, recalls, answers in pieces and saves the answer', async () => {
    const { send, messages, conversation, ends } = open({ citations: [porto], script: { answer: () => 'She lives in Porto [1].' } });
    const events = await all(send('Where does my sister live?'));
    expect(events.map(({ type }) => type)).toEqual(['started', 'recalled', 'reading', ...Array<string>(5).fill('delta'), 'saved']);
    expect(events.flatMap((event) => (event.type === 'delta' ? [event.text] : [])).join('')).toBe('She lives in Porto [1].');
    const branch = messages.branch(conversation.id);
    expect(branch.map(({ role, text, status }) => [role, text, status])).toEqual([
      ['user', 'Where does my sister live?', 'complete'],
      ['assistant', 'She lives in Porto [1].', 'complete'],
    ]);
    expect(branch[1]).toMatchObject({ citations: [{ mark: 1, used: true }], stats: { model: 'big.gguf' }, quoted: false });
    expect(ends).toHaveLength(1);
  });

  it('has the question on disk before the model is asked', async () => {
    let onDisk: string[] = [];
    const setup = open({ script: { answer: () => ((onDisk = setup.messages.branch(setup.conversation.id).map(({ text }) => text)), 'yes') } });
    await all(setup.send('Are you there with me?'));
    expect(onDisk[0]).toBe('Are you there with me?');
  });

  it('can be asked again when the end of an answer could not be written', async () => {
    let full = true;
    const failing = (db: Database) => {
      const { finish, ...rest } = createStores(db, { remember: rememberMessage }).messages;
      return {
        ...rest,
        finish: (...given: Parameters<typeof finish>) => {
          if (full) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
          return finish(...given);
        },
      };
    };
    const { send, turns, messages, conversation } = open({ part: (db) => ({ messages: () => failing(db) }), script: { answer: () => 'Here I am.' } });
    expect(await failureOf(send('Are you there with me?'))).toMatchObject({ code: 'SQLITE_FULL' });
    full = false;
    const answerId = messages.branch(conversation.id).at(-1)!.id;
    await saved(turns.regenerate({ conversationId: conversation.id, answerId }, never));
    expect(messages.get(answerId).status).toBe('stopped');
  });

  it('saves the answer as it grows', async () => {
    let clock = 0;
    let grown: string | undefined;
    const setup = open({
      part: { now: () => (clock += 200) },
      script: {
        async *answer() {
          yield 'one ';
          yield 'two ';
          grown = setup.messages.branch(setup.conversation.id)[1]?.text;
          yield 'three';
        },
      },
    });
    await all(setup.send('Count for me'));
    expect(grown).toContain('one');
  });

  // Bug: an answer that a kill cuts off has forgotten whose words it repeats, and stays everybody's when those are kept to their conversation.
  it('has what an answer rests on saved before its words', async () => {
    let resting: unknown;
    const setup = open({ citations: [porto], script: { answer: () => ((resting = setup.messages.branch(setup.conversation.id)[1]), 'She lives in Porto [1].') } });
    await all(setup.send('Where does my sister live?'));
    expect(resting).toMatchObject({ status: 'growing', text: '', citations: [{ memoryId: porto.memoryId }] });
  });

  it('answers one question at a time in a conversation', async () => {
    const { send } = open();
    const first = send('one')[Symbol.asyncIterator]();
    await first.next();
    expect(await failureOf(send('two'))).toMatchObject({ code: 'conflict' });
    await first.return?.();
    expect(await saved(send('three'))).toMatchObject({ status: 'complete' });
  });
});

describe('stopping and failing', () => {
  it('saves what there is when stopped, and ends with it rather than with an error', async () => {
    const stop = new AbortController();
    const { send } = open({
      script: {
        async *answer() {
          yield 'Half';
          stop.abort();
          await new Promise(() => {});
        },
      },
    });
    expect(await saved(send('Tell me all', null, stop.signal))).toMatchObject({ text: 'Half', status: 'stopped', failure: null });
  });

  it('hears a stop while the engine, coming up again, counts nothing yet', async () => {
    const engine = { ...createScriptedEngine({ loaded: { chat: true, embedder: false } }), countTokens: () => new Promise<number[]>(() => {}) };
    const stop = new AbortController();
    const { send } = open({ part: { engine } });
    const ended = saved(send('Where is it?', null, stop.signal));
    setImmediate(() => stop.abort());
    expect(await ended).toMatchObject({ text: '', status: 'stopped' });
  });

  it('saves an empty stopped answer when stopped before the first word', async () => {
    const stop = new AbortController();
    const { send } = open({ part: { recall: async () => (stop.abort(), { citations: [], mode: 'words' }) } });
    expect(await saved(send('Where is it?', null, stop.signal))).toMatchObject({ text: '', status: 'stopped' });
  });

  it('keeps what there is when the listener just goes away', async () => {
    const { send, messages, conversation } = open({ script: { answer: () => 'one two three' } });
    for await (const event of send('Count for me')) if (event.type === 'delta') break;
    expect(messages.branch(conversation.id)[1]).toMatchObject({ text: 'one', status: 'stopped' });
  });

  it('fails once, with the answer so far saved as failed, and the next message works', async () => {
    const setup = open({
      script: {
        async *answer(request) {
          yield 'Begun';
          if (request.messages.at(-1)?.text.includes('crash')) setup.engine.crash();
          await new Promise(setImmediate);
          yield ' and done';
        },
      },
    });
    const failure = await failureOf(setup.send('crash now'));
    expect(failure.code).toBe('engine-stopped');
    expect(setup.messages.branch(setup.conversation.id)[1]).toMatchObject({ text: 'Begun', status: 'failed', failure: failure.message });
    expect(setup.ends).toHaveLength(0);
    expect(await saved(setup.send('go on'))).toMatchObject({ text: 'Begun and done' });
  });

  it('says what to do when nothing is loaded, the question saved', async () => {
    const { send, messages, conversation } = open({ model: null });
    expect(await failureOf(send('Who wrote Hamlet?'))).toMatchObject({ code: 'no-model', message: expect.stringContaining('saved') as string });
    expect(messages.branch(conversation.id)[0]?.text).toBe('Who wrote Hamlet?');
  });

  it('refuses a message longer than the window with what was kept, and is not stuck on it afterwards', async () => {
    const { send, messages, conversation } = open({ script: { answer: () => 'ok' } });
    const failure = await failureOf(send('word '.repeat(4_000)));
    expect(failure).toMatchObject({ code: 'too-large' });
    expect(failure.message).toMatch(/4,00\d tokens.*2,048.*saved/u);
    expect(messages.branch(conversation.id)[0]?.text).toHaveLength(20_000);
    expect(await saved(send('short'))).toMatchObject({ text: 'ok' });
  });
});

describe('branches', () => {
  it('regenerates beside the old answer, from the same question', async () => {
    let count = 0;
    const { send, turns, conversation, messages, engine } = open({ script: { answer: () => `answer ${(count += 1)}` } });
    const first = await saved(send('Say something new'));
    const second = await saved(turns.regenerate({ conversationId: conversation.id, answerId: first.id }, never));
    expect(second).toMatchObject({ text: 'answer 2', siblings: [first.id, second.id], parentId: first.parentId });
    expect(messages.branch(conversation.id).map(({ text }) => text)).toEqual(['Say something new', 'answer 2']);
    expect(engine.requests[1]?.messages).toEqual(engine.requests[0]?.messages);
  });

  it('resends an edited question beside the old one, which stays', async () => {
    const { send, conversation, messages } = open();
    const first = await saved(send('old words'));
    const edited = await saved(send('new words', first.parentId));
    const branch = messages.branch(conversation.id);
    expect(branch[0]).toMatchObject({ text: 'new words', siblings: [first.parentId, edited.parentId] });
    messages.chooseBranch(conversation.id, first.id);
    expect(messages.branch(conversation.id).map(({ text }) => text)[0]).toBe('old words');
  });

  it('continues a stopped answer in the same message', async () => {
    const stop = new AbortController();
    let rounds = 0;
    const { send, turns, conversation, engine } = open({
      citations: [porto],
      script: {
        async *answer() {
          rounds += 1;
          if (rounds === 2) return yield ' to the end.';
          yield 'From the start';
          stop.abort();
          await new Promise(() => {});
        },
      },
    });
    const stopped = await saved(send('Where does my sister live?', null, stop.signal));
    const whole = await saved(turns.continue({ conversationId: conversation.id, answerId: stopped.id }, never));
    expect(whole).toMatchObject({ id: stopped.id, text: 'From the start to the end.', status: 'complete', citations: [{ memoryId: 'm1' }] });
    expect(engine.requests[1]).toMatchObject({ answerSoFar: 'From the start', messages: engine.requests[0]!.messages });
  });

  it('continues only the last answer', async () => {
    const { send, turns, conversation } = open();
    const first = await saved(send('one thing'));
    await all(send('another thing'));
    expect(await failureOf(turns.continue({ conversationId: conversation.id, answerId: first.id }, never))).toMatchObject({ code: 'not-allowed' });
  });
});

describe('the prompt', () => {
  it('begins with the very same bytes from turn to turn, remembered lines included', async () => {
    const { send, engine } = open({ citations: [porto] });
    for (let turn = 0; turn < 6; turn += 1) await all(send(`Where does my sister live, ${turn}?`));
    for (const [index, request] of engine.requests.slice(1).entries()) {
      expect(request.messages.slice(0, engine.requests[index]!.messages.length)).toEqual(engine.requests[index]!.messages);
    }
    expect(engine.requests[5]?.messages[1]?.text).toContain('[1] 4 March 2026, the user said: "My sister lives in Porto."');
  });

  it('leaves out of recall what the model sees anyway', async () => {
    const { send, questions, messages, conversation } = open();
    await all(send('Where is my first thing?'));
    await all(send('Where is my second thing?'));
    expect(questions[1]?.leaveOut).toEqual(messages.branch(conversation.id).slice(0, 3).map(({ id }) => id));
  });

  it('drops whole turns, oldest first, when the window is full, and recall may bring them back', async () => {
    const { send, engine, questions } = open({ model: { ...bigModel, windowTokens: 400 }, script: { answer: () => 'short' } });
    for (let turn = 0; turn < 10; turn += 1) await all(send(`Where is my number ${turn}? ${'filler '.repeat(30)}`));
    const last = engine.requests.at(-1)!.messages;
    expect(last[0]?.role).toBe('system');
    expect(last[1]?.role).toBe('user');
    expect(last.at(-1)?.text).toContain('number 9');
    expect(last.length).toBeLessThan(15);
    expect(questions.at(-1)!.leaveOut.length).toBe(last.length - 1);
  });

  it('says that nothing is remembered where an answer would be invented, and only there', async () => {
    const { send, engine } = open();
    await all(send('Where does my sister live?'));
    await all(send('Who wrote Hamlet?'));
    expect(engine.requests[0]?.messages[1]?.text).toContain('Nothing relevant is remembered.');
    expect(engine.requests[1]?.messages.at(-1)?.text).toBe('Who wrote Hamlet?');
  });

  it('speaks to the bundled model in the words it was trained on, greedily', async () => {
    const { send, engine } = open({ model: starter, citations: [porto], script: { answer: () => '[1] Your sister lives in Porto.' } });
    expect(await saved(send('Where does my sister live?'))).toMatchObject({ text: 'Your sister lives in Porto. [1]', citations: [{ used: true }] });
    expect(engine.requests[0]).toMatchObject({
      messages: [
        { role: 'system', text: 'You are a helpful assistant.' },
        { role: 'user', text: '<remembered>\n[1] Your sister lives in Porto. (4 March 2026)\n</remembered>\n\nWhere does my sister live?' },
      ],
      sampling: { temperature: 0 },
      overlay: [{ path: 'friendly.gguf', scale: 1 }],
    });
  });
});

describe('the trust rule in a turn', () => {
  const quote = 'You said on 4 March 2026: “My sister lives in Porto.” [1]';

  it('puts the remembered sentence in place of an invention', async () => {
    const { send } = open({ model: starter, citations: [porto], script: { answer: () => 'Your sister lives in Lisbon.' } });
    const events = await all(send('Where does my sister live?'));
    expect(events.map(({ type }) => type)).toEqual(['started', 'recalled', 'reading', 'quoted', 'saved']);
    expect(events.at(-1)).toMatchObject({ message: { text: quote, quoted: true, stats: null, citations: [{ mark: 1, used: true }] } });
  });

  it('answers from memory with no model at all', async () => {
    const { send, engine } = open({ model: null, citations: [{ ...porto, mark: 2, memoryId: 'other', quote: 'My dog is called Rex.' }, porto] });
    const message = await saved(send('Where does my sister live?'));
    expect(message).toMatchObject({ text: quote, quoted: true, status: 'complete', citations: [{ mark: 1, memoryId: 'm1' }] });
    expect(engine.requests).toHaveLength(0);
  });

  it('can be switched off, or on for every model', async () => {
    const script: Script = { answer: () => 'Your sister lives in Lisbon.' };
    const off = open({ model: starter, citations: [porto], script, part: { settings: () => ({ ...defaultSettings, quoteMemories: 'never' }) } });
    expect(await saved(off.send('Where does my sister live?'))).toMatchObject({ text: 'Your sister lives in Lisbon.', quoted: false });
    const always = open({ citations: [porto], script, part: { settings: () => ({ ...defaultSettings, quoteMemories: 'always' }) } });
    expect(await saved(always.send('Where does my sister live?'))).toMatchObject({ text: quote });
  });

  it('quotes what was said in this very conversation without a citation', async () => {
    const { send } = open({ model: starter, script: { answer: () => 'Purple elephants.' } });
    expect(await saved(send('My sister lives in Porto.'))).toMatchObject({ text: 'Noted. I will remember that.', quoted: false });
    expect(await saved(send('Where does my sister live?'))).toMatchObject({ text: 'You said above: “My sister lives in Porto.”', quoted: true, citations: [] });
  });

  it('leaves a trusted model alone', async () => {
    const { send } = open({ citations: [porto], script: { answer: () => 'I would rather talk of elephants.' } });
    expect(await saved(send('Where does my sister live?'))).toMatchObject({ text: 'I would rather talk of elephants.' });
  });
});

describe('a model trained on lines in the question', () => {
  const asked = 'Where does my sister live?';
  const last = (engine: ReturnType<typeof open>['engine']) => engine.requests.at(-1)!.messages;

  it('is given them told back, dated and numbered, the oldest first, under its own short instructions', async () => {
    const { send, engine } = open({ model: grown, citations: [porto, lisbon], script: { answer: () => '[2] Your sister lives in Porto.' } });
    const message = await saved(send(asked));
    expect(last(engine)).toEqual([
      { role: 'system', text: 'You are Engram.' },
      {
        role: 'user',
        text: '<remembered>\n[1] Your sister lives in Lisbon now. (3 March 2026)\n[2] Your sister lives in Porto. (4 March 2026)\n</remembered>\n\nWhere does my sister live?',
      },
    ]);
    expect(message).toMatchObject({
      text: 'Your sister lives in Porto. [2]',
      quoted: false,
      citations: [
        { mark: 1, quote: lisbon.quote },
        { mark: 2, used: true, quote: porto.quote },
      ],
    });
  });

  it('is given no question as a line, although none is nearer to the question', async () => {
    const before: MemoryCitation = { ...porto, mark: 1, messageId: 'earlier', quote: asked };
    const { send, engine } = open({ model: grown, citations: [before, { ...porto, mark: 2 }], script: { answer: () => '[1] Your sister lives in Porto.' } });
    await all(send(asked));
    expect(last(engine).at(-1)?.text).toBe(`<remembered>\n[1] Your sister lives in Porto. (4 March 2026)\n</remembered>\n\n${asked}`);
  });

  it('is given its earlier answers as it said them, the mark in front', async () => {
    const { send, engine } = open({ model: grown, citations: [porto], script: { answer: () => '[1] Your sister lives in Porto.' } });
    await all(send(asked));
    await all(send(asked));
    expect(last(engine).at(-2)).toEqual({ role: 'assistant', text: '[1] Your sister lives in Porto.' });
  });

  it('may name no line but those it was given, nor one that was corrected since', async () => {
    for (const answer of ['[1] Your sister lives in Porto.', '[1] Your sister lives in Lisbon.', '[3] Your sister lives in Porto.', "I don't remember you telling me that."]) {
      const { send } = open({ model: grown, citations: [porto, lisbon], script: { answer: () => answer } });
      expect(await saved(send(asked)), answer).toMatchObject({ text: 'You said on 4 March 2026: “My sister lives in Porto.” [2]', quoted: true });
    }
  });

  it('says itself that nothing is remembered, and nothing else', async () => {
    const refusal = open({ model: grown, script: { answer: () => "I don't remember you telling me that." } });
    expect(await saved(refusal.send(asked))).toMatchObject({ text: "I don't remember you telling me that.", quoted: false });
    expect(last(refusal.engine).at(-1)?.text).toBe(`<remembered>\nNothing relevant is remembered.\n</remembered>\n\n${asked}`);
    const invention = open({ model: grown, script: { answer: () => '[1] Your sister lives in Lisbon.' } });
    expect(await saved(invention.send(asked))).toMatchObject({ text: 'I don’t remember anything about that yet. Tell me, and I will keep it.' });
  });

  it('answers from a line that only its meaning points to', async () => {
    const nuts: MemoryCitation = { ...porto, quote: 'Peanuts make my throat swell up.' };
    const right = open({ model: grown, citations: [nuts], script: { answer: () => '[1] Peanuts make your throat swell up.' } });
    expect(await saved(right.send('Which food do I have to avoid?'))).toMatchObject({ text: 'Peanuts make your throat swell up. [1]', citations: [{ used: true }] });
    const wrong = open({ model: grown, citations: [nuts], script: { answer: () => '[1] You have to avoid your throat.' } });
    expect(await saved(wrong.send('Which food do I have to avoid?'))).toMatchObject({ text: expect.stringMatching(/^I don’t remember/u) as string });
  });

  it('is given what was said in this conversation too, and shows no mark that leads nowhere', async () => {
    const script: Script = { answer: (request) => (request.messages.at(-1)!.text.includes('<remembered>') ? '[1] Your sister lives in Porto.' : 'Noted.') };
    const { send, engine } = open({ model: grown, script });
    await all(send('My sister lives in Porto.'));
    expect(await saved(send(asked))).toMatchObject({ text: 'Your sister lives in Porto.', quoted: false, citations: [] });
    expect(last(engine).at(-1)?.text).toContain('[1] Your sister lives in Porto. (');
    expect(last(engine)).toHaveLength(4);
  });

  it('is given a later line of other words beside the one whose words answer', async () => {
    const moved: MemoryCitation = { ...porto, mark: 2, memoryId: 'm2', messageId: 'm2', quote: 'Faro is where the house of my sister stands now.', saidAt: march + 86_400_000 };
    const { send, engine } = open({ model: grown, citations: [porto, moved], script: { answer: () => 'Faro is where the house of your sister stands now. [2]' } });
    expect(await saved(send(asked))).toMatchObject({ text: 'Faro is where the house of your sister stands now. [2]', quoted: false });
    expect(last(engine).at(-1)?.text).toMatch(/\[1\].*\n\[2\]/u);
  });

  it('is asked once more without lines when what shares a word does not answer', async () => {
    const trip: MemoryCitation = { ...porto, quote: 'I flew to Peru and back in spring.' };
    const script: Script = { answer: (request) => (request.messages.at(-1)!.text.includes('<remembered>') ? "I don't remember you telling me that." : 'The capital of Peru is Lima.') };
    const { send, engine } = open({ model: grown, citations: [trip], script });
    expect(await saved(send('What is the capital of Peru?'))).toMatchObject({ text: 'The capital of Peru is Lima.', quoted: false, citations: [] });
    expect(engine.requests).toHaveLength(2);
    const told = open({ model: grown, citations: [trip], script: { answer: () => 'You flew to Peru and back in spring. [1]' } });
    expect(await saved(told.send('Who flew to Peru in spring?'))).toMatchObject({ text: 'You flew to Peru and back in spring. [1]' });
  });

  it('talks of what has nothing to do with the owner', async () => {
    const { send, engine } = open({ model: grown, script: { answer: () => 'William Shakespeare wrote it.' } });
    expect(await saved(send('Who wrote Hamlet?'))).toMatchObject({ text: 'William Shakespeare wrote it.' });
    expect(last(engine).at(-1)?.text).toBe('Who wrote Hamlet?');
  });
});

describe('personas and temporary conversations', () => {
  it('recalls nothing for a persona without memory', async () => {
    const { send, questions } = open({ citations: [porto], part: { acting: async () => ({ persona: { ...friendly, memoryScope: 'none' }, overlay: [], phrases: noPhrases }) } });
    const events = await all(send('Where does my sister live?'));
    expect(events[1]).toEqual({ type: 'recalled', citations: [], mode: 'none' });
    expect(questions).toHaveLength(0);
  });

  it('writes nothing of a temporary conversation to disk', async () => {
    const { turns, stores, db } = open({ script: { answer: () => 'Understood, Xylophone.' } });
    const hidden = stores('tmp-').conversations.create({ personaId: 'friendly' });
    await all(turns.send({ conversationId: hidden.id, text: 'My password is Xylophone', editOf: null }, never));
    expect(stores(hidden.id).messages.branch(hidden.id)).toHaveLength(2);
    expect(db.serialize().includes('Xylophone')).toBe(false);
  });

  it('reads the conversation ahead so that the next prompt begins with what was read', async () => {
    const { send, turns, conversation, engine } = open();
    await all(send('one thing'));
    await turns.prepare({ conversationId: conversation.id }, never);
    await all(send('another thing'));
    expect(engine.requests[1]?.messages.slice(0, -1)).toEqual(engine.prepared[0]?.messages);
    expect(engine.prepared[0]?.overlay).toEqual([{ path: 'friendly.gguf', scale: 1 }]);
  });
});
