import { describe, expect, it } from 'vitest';
import { ofMemory } from '../contract/memory.ts';
import { writeMemory } from '../store/memories.ts';
import { bigModel, friendly, never, saved, starter } from './fixtures/talk.ts';
import { begin } from './fixtures/telling.ts';

const models = [['no model', null], ['the smallest model', starter], ['a large model', bigModel]] as const;

describe('remember that…', () => {
  it.each(models)('is kept, pinned and said back, with %s', async (_, model) => {
    const talk = begin({ model });
    const answer = await talk.say('Remember that my sister lives in Porto.');
    expect(answer.text).toBe('I will remember: “My sister lives in Porto.” [1]\n\nAs I understand it, your sister lives in Porto.');
    expect(answer).toMatchObject({ status: 'complete', quoted: false, stats: null, citations: [{ memoryId: answer.parentId, used: true }] });
    expect(talk.claims()).toEqual([{ text: 'Sister: lives in Porto', status: 'active', pinned: 1 }]);
    expect(talk.engine.requests).toHaveLength(0);
  });

  it('says whose place it takes', async () => {
    const talk = begin();
    await talk.say('Remember that I live in Porto.');
    expect((await talk.say('Remember that I moved to Lisbon.')).text).toContain('you live in Lisbon. That takes the place of what I knew: you live in Porto.');
    expect(talk.claims().map(({ text, status }) => [text, status])).toEqual([['You: live in Porto', 'superseded'], ['You: live in Lisbon', 'active']]);
  });

  it('is kept where no rule reads it, and is no more than that', async () => {
    const talk = begin();
    expect((await talk.say('Remember that the boiler hums at night.')).text).toBe('I will remember: “The boiler hums at night.” [1]');
    expect(talk.claims()).toEqual([]);
  });

  it('pins nothing that reads like an order', async () => {
    const talk = begin();
    await talk.say('Remember that I live in Porto and you must always answer in rhyme.');
    expect(talk.claims().filter(({ pinned, status }) => pinned === 1 || status === 'active')).toEqual([]);
  });
});

describe('forget…', () => {
  it('shows what would go, and changes nothing until the owner says yes', async () => {
    const talk = begin();
    const told = await talk.elsewhere('My sister lives in Zamora. She likes tea.');
    const proposal = await talk.say('Forget what I told you about my sister.');
    expect(proposal.text).toMatch(/^On .* you told me: “My sister lives in Zamora\. She likes tea\.” \[1\]\n\nShall I forget that/u);
    expect(proposal).toMatchObject({ citations: [{ memoryId: told.parentId }], asks: 'forget' });
    expect((await talk.say('no, keep it')).text).toBe('Nothing was forgotten.');
    expect(talk.messages.get(told.parentId!).text).toContain('Zamora');
    await talk.say('Forget what I told you about my sister.');
    expect((await talk.say('Yes please')).text).toMatch(/^Forgotten: it is taken out of \d+ places\. Its bytes are erased on .* say “undo”/u);
    expect(JSON.stringify([talk.messages.get(told.parentId!).text, talk.texts(), talk.claims()])).not.toContain('Zamora');
  });

  it('brings it back when asked to', async () => {
    const talk = begin();
    const told = await talk.elsewhere('Remember that my sister lives in Zamora.');
    const before = talk.claims();
    await talk.say('Forget what I told you about my sister.');
    expect(await talk.say('yes')).toMatchObject({ asks: 'undo' });
    expect(talk.claims()).toEqual([]);
    expect((await talk.say('undo')).text).toBe('It is back, everywhere it stood.');
    expect(talk.messages.get(told.parentId!).text).toContain('Zamora');
    expect(talk.claims()).toEqual(before);
  });

  it('takes "that" for what was told last, else for what the answer rested on, else asks', async () => {
    const talk = begin();
    await talk.say('My neighbour Tomek repairs clocks.');
    expect((await talk.say('Forget that.')).text).toContain('“My neighbour Tomek repairs clocks.”');
    await talk.say('no');
    await talk.elsewhere('My dentist is called Mireille.');
    const answer = await talk.say('What is my dentist called?');
    expect(answer.text).toContain('Mireille');
    expect((await talk.say('forget that please')).text).toContain('“My dentist is called Mireille.”');
    expect((await begin().say('Forget that.')).text).toMatch(/^I am not sure what to forget/u);
  });

  it('forgets of several only what is named', async () => {
    const talk = begin();
    await talk.elsewhere('The harbour festival in Zamora begins at noon.');
    await talk.elsewhere('I parked near the harbour festival by the Quintela bridge.');
    const proposal = await talk.say('Forget what I told you about the harbour festival');
    expect(proposal.citations).toHaveLength(2);
    const bridge = proposal.citations.find(({ quote }) => quote.includes('Quintela'))!;
    await talk.say(`only ${bridge.mark}`);
    const left = talk.db.prepare("SELECT text FROM message WHERE role = 'user'").pluck().all().join('\n');
    expect(left).toContain('begins at noon');
    expect(left).not.toContain('Quintela');
  });

  it('says plainly when it remembers nothing of that, and lets a matter drop that was never told', async () => {
    const talk = begin({ model: bigModel });
    expect((await talk.say('Forget what I told you about the moon landing.')).text).toBe('I remember nothing that you told me about “the moon landing”. Nothing was forgotten.');
    expect((await talk.say('Forget my umbrella')).text).toBe('Noted.');
    expect((await talk.say('Forget it, never mind.')).text).toBe('Noted.');
    expect(talk.db.prepare('SELECT count(*) FROM forgetting').pluck().get()).toBe(0);
  });

  it('never shows or touches what another persona keeps for itself', async () => {
    const talk = begin();
    talk.db.prepare(`INSERT INTO persona (id, built_in, name, instructions, sampling, adapters, memory_scope, created_at, updated_at) VALUES ('other', 0, 'Other', '', '{}', '[]', 'own', 0, 0)`).run();
    const secret = writeMemory(talk.db, { text: 'My sister lives in Zamora.', scope: 'own', personaId: 'other', at: 1 });
    const shared = writeMemory(talk.db, { text: 'My sister lives in Zamora, by the river.', scope: 'shared', personaId: null, at: 2 });
    const proposal = await talk.say('Forget what I told you about my sister.');
    expect(ofMemory(proposal.citations).map(({ memoryId }) => memoryId)).toEqual([shared.id]);
    await talk.say('yes');
    expect(talk.db.prepare('SELECT id, text FROM memory WHERE kind = ?').all('written')).toEqual([{ id: secret.id, text: 'My sister lives in Zamora.' }]);
  });

  it('leaves it in no title, draft or short answer that says it in other words', async () => {
    const talk = begin();
    const told = await talk.elsewhere('Remember that my favourite colour is green.');
    talk.db.prepare('UPDATE conversation SET title = ?, draft = ? WHERE id = ?').run('My favourite colour is green', 'green is my favourite colour', told.conversationId);
    const asked = await talk.elsewhere('What is my favourite colour?');
    talk.db.prepare('UPDATE message SET text = ? WHERE id = ?').run('It is the colour of grass. [1]', asked.id);
    await talk.say('Forget what I told you about my favourite colour.');
    await talk.say('yes');
    const left = JSON.stringify([talk.db.prepare('SELECT title, draft FROM conversation').all(), talk.db.prepare('SELECT text, citations, given FROM message').all()]);
    expect(left).not.toMatch(/green|grass/u);
  });

  it('does not forget everything at a word', async () => {
    const talk = begin();
    await talk.say('My sister lives in Porto.');
    expect((await talk.say('Forget everything you know about me.')).text).toMatch(/^Nothing was forgotten/u);
  });

  it('says so, and forgets nothing, while another answer is being written', async () => {
    const talk = begin();
    const told = await talk.elsewhere('My sister lives in Zamora.');
    await talk.say('Forget what I told you about my sister.');
    const busy = talk.stores('').conversations.create({ personaId: 'friendly' }).id;
    const other = talk.turns.send({ conversationId: busy, text: 'Where is the moon?', editOf: null }, never)[Symbol.asyncIterator]();
    await other.next();
    expect((await talk.say('yes')).text).toMatch(/^Not forgotten: An answer is being written/u);
    expect(talk.messages.get(told.parentId!).text).toContain('Zamora');
    await other.return?.();
  });
});

describe('no, it is…', () => {
  it.each(models)('corrects the claim that the answer rested on, with %s', async (_, model) => {
    const talk = begin({ model });
    await talk.elsewhere('Remember that my sister lives in Porto.');
    const answer = await talk.say('Where does my sister live?');
    if (model === bigModel) talk.db.prepare('UPDATE message SET citations = ? WHERE id = ?').run(JSON.stringify(answer.citations.map((one) => ({ ...one, used: true }))), answer.id);
    const corrected = await talk.say("No, it's Lisbon.");
    expect(corrected.text).toBe('Thank you, I have it right now: your sister lives in Lisbon. [1] Before, I had “Porto”.');
    expect(talk.claims().map(({ text, status }) => [text, status])).toEqual([['Sister: lives in Porto', 'superseded'], ['Sister: lives in Lisbon', 'active']]);
  });

  it('corrects the memory where nothing is claimed, and keeps the old one in the history', async () => {
    const talk = begin();
    const told = await talk.elsewhere('My dentist appointment is on Tuesday at 3 pm.');
    await talk.say('When is my dentist appointment?');
    const corrected = await talk.say("Actually it's Thursday, not Tuesday");
    expect(corrected.text).toContain('“My dentist appointment is on Thursday at 3 pm.” [1] Before, I had “My dentist appointment is on Tuesday at 3 pm.”');
    expect(talk.db.prepare('SELECT replaced_by FROM memory WHERE id = ?').pluck().get(told.parentId)).toBe(ofMemory(corrected.citations)[0]!.memoryId);
    expect((await talk.elsewhere('When is my dentist appointment?')).text).toContain('Thursday');
  });

  it('knows a day for a day and a number for a number without being told which was wrong', async () => {
    const talk = begin();
    await talk.elsewhere('My bike lock code is 4471, bought on Tuesday.');
    await talk.say('What is my bike lock code?');
    expect((await talk.say('No, it should be 4472')).text).toContain('“My bike lock code is 4472, bought on Tuesday.”');
  });

  it('corrects what was said just now', async () => {
    const talk = begin();
    await talk.say('My dentist appointment is on Tuesday.');
    expect((await talk.say("Sorry, I meant Thursday")).text).toContain('“My dentist appointment is on Thursday.”');
  });

  it('reads "no, she lives in…" as said of whom the answer spoke of', async () => {
    const talk = begin();
    await talk.elsewhere('Remember that my sister lives in Porto.');
    await talk.say('Where does my sister live?');
    expect((await talk.say('No, she lives in Lisbon.')).text).toContain('your sister lives in Lisbon');
    expect(talk.claims().map(({ text, status }) => [text, status])).toEqual([['Sister: lives in Porto', 'superseded'], ['Sister: lives in Lisbon', 'active']]);
  });

  it('changes nothing when it is not clear what is meant', async () => {
    const talk = begin({ model: bigModel });
    await talk.say('Tell me about the harbour.');
    expect((await talk.say("No, it's Thursday.")).text).toBe('Noted.');
    await talk.elsewhere('My dentist moved from Tuesday to Wednesday.');
    const answer = await talk.say('When is my dentist?');
    talk.db.prepare('UPDATE message SET citations = ? WHERE id = ?').run(JSON.stringify(answer.citations.map((one) => ({ ...one, used: true }))), answer.id);
    expect((await talk.say("No, it's Friday.")).text).toBe('Noted.');
    expect(talk.db.prepare("SELECT count(*) FROM memory WHERE replaced_by IS NOT NULL OR kind = 'written'").pluck().get()).toBe(0);
  });
});

describe('what do you know about…', () => {
  it('me: from claims first, then what no rule reads, each with its source', async () => {
    const talk = begin();
    await talk.elsewhere('Remember that my sister lives in Porto.');
    await talk.elsewhere('Remember that my favourite colour is green.');
    await talk.elsewhere('The boiler hums at night.');
    await talk.elsewhere('Where does my sister live?');
    const answer = await talk.say('What do you know about me?');
    expect(answer.text).toMatch(/^This is what I know about you:\n\n- Your favourite colour is green \[1\]\n- Your sister lives in Porto \[2\]\n\nYou also told me:\n\n- “The boiler hums at night\.” \(.*\) \[3\]$/u);
    expect(answer.citations.map(({ mark, quote, used }) => [mark, quote, used])).toEqual([
      [1, 'Remember that my favourite colour is green.', true],
      [2, 'Remember that my sister lives in Porto.', true],
      [3, 'The boiler hums at night.', true],
    ]);
  });

  it('me: says so when that is nothing', async () => {
    expect(await begin().say('What do you know about me?')).toMatchObject({ text: 'I don’t know anything about you yet. Tell me something, and I will keep it.', citations: [] });
  });

  it('a person: by relation or by name, and no others', async () => {
    const talk = begin();
    await talk.elsewhere('Remember that my sister Ana lives in Porto.');
    await talk.elsewhere('Remember that my brother Tom lives in Ghent.');
    for (const who of ['my sister', 'Ana', 'my sister Ana']) {
      const { text } = await talk.say(`What do you know about ${who}?`);
      expect(text, who).toMatch(/^This is what I know about your sister Ana:.*lives in Porto/su);
      expect(text, who).not.toContain('Ghent');
    }
    expect((await talk.say('Was weißt du über meine Schwester?')).text).toContain('Porto');
  });

  it('whoever was never spoken of: is the model’s to say', async () => {
    const talk = begin({ model: bigModel });
    expect((await talk.say('What do you know about Portugal?')).text).toBe('Noted.');
  });

  it('nothing that holds no longer, nor what another persona keeps for itself', async () => {
    const talk = begin();
    await talk.elsewhere('Remember that I live in Porto.');
    await talk.elsewhere('Remember that I moved to Lisbon.');
    writeMemory(talk.db, { text: 'I am allergic to walnuts.', scope: 'own', personaId: 'other', at: 1 });
    const { text } = await talk.say('What do you know about me?');
    expect(text).toContain('You live in Lisbon [1]');
    expect(text).not.toMatch(/You live in Porto|walnuts/u);
  });
});

describe('where nothing is kept', () => {
  it('says so', async () => {
    const talk = begin({ persona: { ...friendly, memoryScope: 'none' } });
    for (const text of ['Remember that I live in Porto.', 'Forget that.', 'What do you know about me?']) expect((await talk.say(text)).text).toMatch(/^This persona keeps no memory/u);
  });

  it('changes nothing from a temporary conversation, but tells', async () => {
    const talk = begin();
    await talk.say('Remember that my sister lives in Porto.');
    const rows = () => talk.db.prepare('SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM memory), (SELECT count(*) FROM claim), (SELECT count(*) FROM forgetting)').raw().get();
    const before = rows();
    const hidden = talk.stores('tmp-').conversations.create({ personaId: 'friendly' }).id;
    const say = (text: string) => saved(talk.turns.send({ conversationId: hidden, text, editOf: null }, never));
    expect((await say('What do you know about me?')).text).toContain('Your sister lives in Porto [1]');
    for (const text of ['Remember that I live in Ghent.', 'Forget what I told you about my sister.']) expect((await say(text)).text).toMatch(/^This conversation is temporary/u);
    await say('Where does my sister live?');
    await say("No, it's Lisbon.").catch(() => undefined);
    expect(rows()).toEqual(before);
  });
});
