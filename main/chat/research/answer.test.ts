import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../contract/conversation.ts';
import type { Database } from '../../store/database.ts';
import { bigModel, never, noLibrary, open, saved, type Setup, type Talk } from '../fixtures/talk.ts';
import { libraryOf, today } from './fixtures/library.ts';
import { vault } from './fixtures/vault.ts';
import type { Library } from './sources.ts';

let opened: { db: Database; library: Library };
beforeAll(async () => {
  opened = await libraryOf(vault);
});
afterAll(() => void opened.db.close());

const everything = { folderIds: [], tags: [], noteIds: [] };
const flats = 'Compare the Linden Street flat and the Harbour flat.';

type Over = Setup & { library?: Library; draws?: boolean };

function talkOver({ library = opened.library, draws = true, ...setup }: Over = {}): Talk {
  const notes = { find: async () => ({ passages: [], confidence: 0 }), read: async () => null, whole: () => [], count: () => ({ notes: 43, waiting: 0 }), library: () => library };
  const talk = open({ model: null, ...setup, part: { notes, now: () => today } });
  if (draws) talk.stores('').conversations.setNotes(talk.conversation.id, everything);
  return talk;
}

const send = (talk: Talk, text: string, { how, signal = never }: { how?: 'research' | 'direct'; signal?: AbortSignal } = {}) => talk.turns.send({ conversationId: talk.conversation.id, text, editOf: null, how }, signal);

async function gathered(events: AsyncIterable<ChatEvent>, onEvent: (event: ChatEvent) => void = () => {}): Promise<ChatEvent[]> {
  const list: ChatEvent[] = [];
  for await (const event of events) {
    list.push(event);
    onEvent(event);
  }
  return list;
}

describe('a turn that is a research', () => {
  it('tells its steps as they are taken, and then the report, with no model loaded', async () => {
    const talk = talkOver();
    const events = await gathered(send(talk, flats));
    expect(events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1])).toEqual(['started', 'research', 'recalled', 'research', 'delta', 'saved']);
    const growing = events.flatMap((event) => (event.type === 'research' ? [event.research] : []));
    expect(growing[1]!.steps).toMatchObject([{ looking: 'Linden Street flat', found: null }]);
    expect(growing[2]!.steps).toMatchObject([{ looking: 'Linden Street flat', found: 4, fresh: 4 }]);
    expect(growing[2]!.steps[0]!.notes.map(({ title }) => title).toSorted()).toEqual(['Harbour flat', 'Linden Street flat', 'Thoughts on moving']);
    const text = events.flatMap((event) => (event.type === 'delta' ? [event.text] : [])).join('');
    expect(talk.messages.branch(talk.conversation.id).at(-1)).toMatchObject({ text, status: 'complete', research: { kind: 'compare', end: 'done', among: 43, topics: ['Linden Street flat', 'Harbour flat'] } });
  });

  // Bug: a number in the report opens another passage, or nothing.
  it('cites passages where they stand, with what was quoted of them', async () => {
    const message = await saved(send(talkOver(), 'How did the shed budget change?'));
    expect(message.citations).toMatchObject([{ mark: 1, used: true, note: { title: 'Shed plan', path: 'Shed/Shed plan.md' } }, { mark: 2 }, { mark: 3 }]);
    const [first] = message.citations;
    if (!first || !('note' in first)) throw new Error('no citation of a note');
    expect(first.quote.slice(...first.telling!)).toBe('The budget for the shed is 900 €.');
  });

  it('is begun by its wording only where the conversation draws on notes, and never where it is not wanted', async () => {
    const direct = talkOver({ model: bigModel, script: { answer: () => 'Both are flats.' } });
    expect((await saved(send(direct, flats, { how: 'direct' }))).research).toBeUndefined();
    const apart = talkOver({ draws: false, model: bigModel, script: { answer: () => 'Both are flats.' } });
    expect((await saved(send(apart, flats))).research).toBeUndefined();
    expect((await saved(send(apart, 'Where is the dentist?', { how: 'research' }))).research).toMatchObject({ kind: 'question', end: 'done' });
  });

  it('is a research again when another answer is asked for, unless a direct one is', async () => {
    const talk = talkOver({ model: bigModel, script: { answer: () => 'One is quiet.' } });
    const first = await saved(send(talk, flats, { how: 'research' }));
    const again = await saved(talk.turns.regenerate({ conversationId: talk.conversation.id, answerId: first.id }, never));
    expect(again.research).toMatchObject({ kind: 'compare' });
    const direct = await saved(talk.turns.regenerate({ conversationId: talk.conversation.id, answerId: first.id, how: 'direct' }, never));
    expect(direct).toMatchObject({ text: 'One is quiet.', siblings: { length: 3 } });
    expect(direct.research).toBeUndefined();
  });

  // Bug: Stop loses what was found, or is not heard while the notes are searched.
  it('gives the report of what it found so far when it is stopped', async () => {
    const stop = new AbortController();
    const talk = talkOver();
    const events = await gathered(send(talk, flats, { signal: stop.signal }), (event) => {
      if (event.type === 'research' && event.research.steps.length === 1 && event.research.steps[0]!.found !== null) stop.abort();
    });
    expect(events.at(-1)).toMatchObject({ type: 'saved', message: { status: 'stopped', research: { end: 'stopped', steps: { length: 1 } } } });
    const { text } = talk.messages.branch(talk.conversation.id).at(-1)!;
    expect(text).toContain('tram runs under the bedroom window');
    expect(text).toContain('**Stopped** before it had looked everywhere.');
  });

  // Bug: after a crash in the middle nobody knows what was asked or found.
  it('leaves the question and the steps so far where it is cut off', async () => {
    const never = new Promise<never>(() => {});
    let searches = 0;
    const talk = talkOver({ library: { ...opened.library, find: (query, signal) => ((searches += 1) > 1 ? never : opened.library.find(query, signal)) } });
    const events = send(talk, flats)[Symbol.asyncIterator]();
    for (let event = await events.next(); !(event.value?.type === 'research' && event.value.research.steps.length === 2); event = await events.next());
    talk.messages.settleInterrupted();
    const [question, answer] = talk.messages.branch(talk.conversation.id);
    expect(question).toMatchObject({ text: flats });
    expect(answer).toMatchObject({ status: 'stopped', research: { end: null, steps: [{ looking: 'Linden Street flat', found: 4 }, { looking: 'Harbour flat', found: null }] } });
  });

  it('says so where there are no notes at all', async () => {
    const message = await saved(send(talkOver({ library: noLibrary }), flats));
    expect(message.text).toContain('Your notes say nothing about **Linden Street flat** and **Harbour flat** that could be found.');
  });

  it('cannot be continued: it has no end to go on from', async () => {
    const talk = talkOver();
    const { id } = await saved(send(talk, flats));
    await expect(gathered(talk.turns.continue({ conversationId: talk.conversation.id, answerId: id }, never))).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('with a model that can be believed', () => {
  const asked = (answer: string) => talkOver({ model: bigModel, script: { answer: () => answer } });

  // Bug: a model's invention stands in the report as if the notes said it.
  it('says parts in its words, as far as what they cite bears them out', async () => {
    const talk = asked('The budget for the shed rose to 1,400 € in May 2025 [2]. It was paid by Uncle Otto [1]. The budget is 5,000 € now [3]. Sheds are nice. # Order\n');
    const { text } = await saved(send(talk, 'How did the shed budget change?'));
    expect(text).toContain('The budget for the shed rose to 1,400 € in May 2025 [2].');
    expect(text).not.toMatch(/Otto|5,000|Sheds are nice|# Order/u);
    expect(text).toMatch(/900 €.*→.*1,400 €.*→.*1,250 €/u);
  });

  it('stands by the rule’s text where nothing of it is borne out, or the model fails', async () => {
    const plain = (await saved(send(talkOver(), 'How did the shed budget change?'))).text;
    expect((await saved(send(asked('The budget fell to nothing [9].'), 'How did the shed budget change?'))).text).toBe(plain);
    const failing = talkOver({ model: bigModel, script: { answer: () => { throw new Error('out of memory'); } } });
    expect((await saved(send(failing, 'How did the shed budget change?'))).text).toBe(plain);
  });

  // Bug: an order in a note is given to the model as an instruction, or ends the quotations.
  it('is given quotations as data, and none that reads like an order', async () => {
    const talk = asked('The shed is finished [1].');
    await saved(send(talk, 'Summarise everything about the shed'));
    const prompts = talk.engine.requests.map(({ messages }) => messages.map(({ text }) => text).join('\n'));
    expect(prompts.length).toBeGreaterThan(0);
    for (const prompt of prompts) {
      expect(prompt).not.toContain('Ignore all previous');
      expect(prompt.match(/<\/quotations>/gu)).toHaveLength(1);
    }
  });
});
