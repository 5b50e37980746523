import { describe, expect, test } from 'vitest';
import { insertClaim } from './claims.ts';
import { storeIn, temporaryFolder, type Store } from './fixtures/testing.ts';
import { keepConversation, keepMessage } from './keeping.ts';
import { correctMemory, rememberMessage, writeMemory } from './memories.ts';
import { markEmbedded, nextUnembedded, pendingRemovals, removalsDone } from './memoryIndex.ts';
import { memoryMap } from './memoryMap.ts';
import { memoryRow, wordHits, type View } from './memoryRecall.ts';
import { createStores } from './stores.ts';

const anywhere: View = { personaId: 'p', shared: true, conversationId: null };
const inside = (conversationId: string): View => ({ ...anywhere, conversationId });
const words = (store: Store, view: View) => wordHits(store.db, view, { match: 'quixholm', limit: 99, strengthOf: () => 1 }).length;
const keep = (store: Store, id: string, kept: boolean) => store.db.transaction(() => keepConversation(store.db, id, kept)).immediate();
const keptIn = (store: Store, id: string) => store.db.prepare('SELECT kept_in FROM memory WHERE id = ?').pluck().get(id);

function say(store: Store, conversationId: string, text: string): string {
  store.clock.now += 1_000;
  return store.messages.append({ conversationId, role: 'user', text, personaId: null }).id;
}

/** An answer that rests on these memories. */
function answer(store: Store, conversationId: string, { text = 'In Quixholm.', cites = [] as string[], used = true, lines = [] as string[] }): string {
  const question = say(store, conversationId, 'Where?');
  const { id } = store.messages.beginAnswer({ conversationId, parentId: question, personaId: 'p' });
  const citations = cites.map((memoryId, index) => ({
    mark: index + 1, memoryId, messageId: memoryId, conversationId: store.db.prepare('SELECT conversation_id FROM memory WHERE id = ?').pluck().get(memoryId) as string | null,
    conversationTitle: '', role: 'user' as const, quote: '', saidAt: 0, scores: { words: 0, meaning: 0, neighbours: 0, sitting: 0, total: 0 }, why: [], used,
  }));
  store.messages.finish(id, { text, status: 'complete', citations, given: { lines } });
  return id;
}

function begin() {
  const store = storeIn(temporaryFolder());
  const [one, two, three] = [1, 2, 3].map(() => store.conversations.create({ personaId: 'p' }).id) as [string, string, string];
  return { store, one, two, three };
}

describe('a conversation that is kept to itself', () => {
  // Bug: only what is said after it was set is hidden, or only the table knows and not the map in memory.
  test('hides what was said before and after it was set, from every other view, and shows all of it again', () => {
    const { store, one, two } = begin();
    const before = say(store, one, 'I live in Quixholm.');
    memoryMap(store.db);
    expect([words(store, anywhere), words(store, inside(one)), words(store, inside(two))]).toEqual([1, 1, 1]);
    keep(store, one, true);
    const after = say(store, one, 'Quixholm is cold.');
    expect([words(store, anywhere), words(store, inside(one)), words(store, inside(two))]).toEqual([0, 2, 0]);
    expect([memoryRow(store.db, anywhere, before), memoryRow(store.db, inside(two), after)]).toEqual([null, null]);
    expect(memoryRow(store.db, inside(one), before)).toMatchObject({ text: 'I live in Quixholm.' });
    expect(store.conversations.get(one).kept).toBe(true);
    keep(store, one, false);
    expect([words(store, anywhere), words(store, inside(two))]).toEqual([2, 2]);
    expect(store.conversations.get(one).kept).toBe(false);
  });

  // Bug: a persona that keeps to its own is shown by the conversation what another was told in it.
  test('is no way around what a persona keeps for itself', () => {
    const { store, one } = begin();
    const id = say(store, one, 'I live in Quixholm.');
    store.db.prepare(`UPDATE memory SET scope = 'own', persona_id = 'pirate' WHERE id = ?`).run(id);
    keep(store, one, true);
    expect([words(store, inside(one)), words(store, { personaId: 'pirate', shared: false, conversationId: one }), words(store, { personaId: 'pirate', shared: false, conversationId: null })]).toEqual([0, 1, 0]);
    keep(store, one, false);
    expect([words(store, inside(one)), words(store, { personaId: 'pirate', shared: false, conversationId: null })]).toEqual([0, 1]);
  });

  // Bug: an answer given elsewhere before, and an answer that rests on that one, say it still.
  test('takes along the answers elsewhere that rest on it, at any remove, and what corrects it', () => {
    const { store, one, two, three } = begin();
    const told = say(store, one, 'I live in Quixholm.');
    const quoting = answer(store, two, { cites: [told] });
    const again = answer(store, three, { cites: [quoting] });
    const unused = answer(store, three, { text: 'No idea.', cites: [quoting], used: false });
    const own = say(store, two, 'Porto is warm, not Quixholm.');
    const correction = correctMemory(store.db, { id: told, text: 'I live in Quixholm Bay.', at: store.clock.now }).id;
    const moved = keep(store, one, true);
    expect(new Set(moved.map(({ id }) => id))).toEqual(new Set([told, quoting, again, correction]));
    expect(moved.every(({ from, to }) => from === null && to === one)).toBe(true);
    expect([quoting, again, correction].map((id) => memoryRow(store.db, inside(two), id))).toEqual([null, null, null]);
    expect(memoryRow(store.db, anywhere, own), 'what the owner says elsewhere is said there').not.toBeNull();
    expect(memoryRow(store.db, anywhere, unused), 'an answer that only had another before it').not.toBeNull();
    keep(store, one, false);
    expect([told, quoting, again, correction].map((id) => keptIn(store, id))).toEqual([null, null, null, null]);
  });

  // Bug: an answer that was being written elsewhere when it was set rests on it, and is everybody's.
  test('an answer elsewhere that is finished after it was set goes along', () => {
    const { store, one, two } = begin();
    const told = say(store, one, 'I live in Quixholm.');
    keep(store, one, true);
    expect(keptIn(store, answer(store, two, { cites: [told] }))).toBe(one);
  });

  // Bug: a kill cuts an answer off, and what it rests on is lost with its end.
  test('an answer elsewhere that was cut off goes along with what it rests on', () => {
    const { store, one, two } = begin();
    const told = say(store, one, 'I live in Quixholm.');
    const whole = answer(store, two, { cites: [told] });
    const { id } = store.messages.beginAnswer({ conversationId: two, parentId: say(store, two, 'Where?'), personaId: 'p' });
    store.messages.rest(id, { citations: store.messages.get(whole).citations, given: { lines: [] } });
    store.messages.grow(id, 'In Quix');
    store.messages.settleInterrupted();
    expect(keptIn(store, id)).toBeNull();
    keep(store, one, true);
    expect(keptIn(store, id)).toBe(one);
  });

  // Bug: what draws on two of them is shown in the one, where the other must not be.
  test('what draws on two of them is recalled in neither', () => {
    const { store, one, two, three } = begin();
    const [first, second] = [say(store, one, 'I live in Quixholm.'), say(store, two, 'Quixholm is mine.')];
    const both = answer(store, three, { cites: [first, second] });
    keep(store, one, true);
    expect(keptIn(store, both)).toBe(one);
    keep(store, two, true);
    for (const view of [anywhere, inside(one), inside(two), inside(three)]) expect(memoryRow(store.db, view, both)).toBeNull();
    const corrected = correctMemory(store.db, { id: both, text: 'In Quixholm, all of it.', at: store.clock.now }).id;
    for (const view of [anywhere, inside(one), inside(two)]) expect(memoryRow(store.db, view, corrected)).toBeNull();
    keep(store, one, false);
    expect(keptIn(store, both)).toBe(two);
    expect(keptIn(store, corrected)).toBe(two);
    keep(store, two, false);
    expect(memoryRow(store.db, anywhere, both)).not.toBeNull();
  });

  // Bug: the lines that an answer elsewhere was given with its question stand in the next prompt there.
  test('lines of it that were recalled elsewhere before are not read there again', () => {
    const { store, one, two } = begin();
    const told = say(store, one, 'I live in Quixholm.');
    answer(store, two, { cites: [told], lines: ['[M1] you said: I live in Quixholm.'] });
    const last = say(store, two, 'And now?');
    const given = () => store.messages.history(last, 99).flatMap((message) => message.given);
    expect(given()).toHaveLength(1);
    keep(store, one, true);
    expect(given()).toEqual([]);
    keep(store, one, false);
    expect(given()).toHaveLength(1);
  });

  // Bug: the profile that another conversation was given has no quotation, and stands in each of its prompts.
  test('a profile that says what only it says is not read elsewhere again', () => {
    const { store, one, two, three } = begin();
    const claim = (memoryId: string, value: string) =>
      insertClaim(store.db, {
        memoryId, subject: 'you', slot: 'likes', value, valueKey: value, text: `You: like "${value}"`, quote: value, start: 0, end: value.length,
        single: false, ended: false, change: false, since: null, assertedAt: store.clock.now, origin: 'rule', status: 'active',
      });
    claim(say(store, one, 'I like quixholm.'), 'quixholm');
    for (const place of [one, two]) claim(say(store, place, 'I like tea.'), 'tea');
    const [likesIt, likesTea] = [answer(store, two, { lines: ['About the user: You: like "tea"; like "quixholm"'] }), answer(store, three, { lines: ['About the user: You: like "tea"'] })];
    keep(store, one, true);
    expect([likesIt, likesTea].map((id) => keptIn(store, id)), 'what is said elsewhere too stays').toEqual([one, null]);
    const given = (conversationId: string) => store.messages.history(say(store, conversationId, 'And now?'), 99).flatMap((message) => message.given);
    expect([given(two), given(three)]).toEqual([[], ['About the user: You: like "tea"']]);
  });

  // Bug: the vector stays under the scope it had, and is found by everybody or by nobody.
  test('has its vectors made again under their new scope', () => {
    const { store, one } = begin();
    const id = say(store, one, 'I live in Quixholm.');
    markEmbedded(store.db, [id], 'e');
    keep(store, one, true);
    expect(pendingRemovals(store.db)).toEqual([id]);
    expect(nextUnembedded(store.db, 9)).toMatchObject([{ id, keptIn: one }]);
    // What was being embedded meanwhile keeps its place in the queue.
    markEmbedded(store.db, [id], 'e');
    expect(nextUnembedded(store.db, 9)).toHaveLength(1);
    removalsDone(store.db, [id]);
    markEmbedded(store.db, [id], 'e');
    keep(store, one, true);
    expect([pendingRemovals(store.db), nextUnembedded(store.db, 9)], 'set again, nothing changes').toEqual([[], []]);
  });

  // Bug: a line that was written in it becomes everybody's when the conversation is erased.
  test('leaves nothing behind when it is erased', () => {
    const { store, one, two } = begin();
    keep(store, one, true);
    const told = say(store, one, 'I live in Quixholm.');
    const { id: written } = correctMemory(store.db, { id: told, text: 'I live in Quixholm Bay.', at: store.clock.now });
    const quoting = answer(store, two, { cites: [told] });
    expect(store.db.prepare('SELECT kept_in FROM memory WHERE id = ?').pluck().get(written)).toBe(one);
    store.conversations.delete(one);
    store.clock.now += 3_600_000;
    store.conversations.purge();
    expect(store.db.prepare(`SELECT id FROM memory WHERE id IN (?, ?, ?)`).all(told, written, quoting)).toEqual([]);
    expect(words(store, anywhere)).toBe(0);
  });
});

describe('one thing that is kept to its conversation', () => {
  const isAlone = (text: string) => text.startsWith('Here only: ');

  /** Its own stores, which know what asks to be kept. */
  function beginAlone() {
    const { store, one, two } = begin();
    const stores = createStores(store.db, { remember: (db, id) => rememberMessage(db, id, isAlone), now: () => store.clock.now });
    return { store: { ...store, ...stores } as Store, one, two };
  }

  // Bug: it is everybody's between being saved and being obeyed, and for ever when the app is killed then.
  test('is so from the moment it is saved, with the answers that follow, and nothing else', () => {
    const { store, one, two } = beginAlone();
    const before = say(store, one, 'I like Quixholm.');
    const told = say(store, one, 'Here only: I live in Quixholm.');
    const reply = answer(store, one, { text: 'In Quixholm, then.' });
    const after = say(store, one, 'Quixholm is cold.');
    expect([before, told, reply, after].map((id) => keptIn(store, id))).toEqual([null, one, one, null]);
    expect(keptIn(store, answer(store, two, {}))).toBeNull();
    const corrected = correctMemory(store.db, { id: told, text: 'I live in Quixholm Bay.', at: store.clock.now });
    keep(store, one, true);
    keep(store, one, false);
    expect([before, told, reply, after, corrected.id].map((id) => keptIn(store, id)), 'it stays when the rest is not kept any more').toEqual([null, one, one, null, one]);
  });

  test('what is said can be kept later, too', () => {
    const { store, one, two } = begin();
    const told = say(store, one, 'Under the pot in Quixholm.');
    const quoting = answer(store, two, { cites: [told] });
    store.db.transaction(() => keepMessage(store.db, told))();
    expect([keptIn(store, told), keptIn(store, quoting)]).toEqual([one, one]);
  });
});

// Bug: a change of the setting that was cut off leaves half of it hidden.
test('it is set whole or not at all', () => {
  const { store, one } = begin();
  const ids = Array.from({ length: 20 }, (_, index) => say(store, one, `Quixholm ${index}`));
  expect(() =>
    store.db.transaction(() => {
      keepConversation(store.db, one, true);
      throw new Error('cut off');
    })(),
  ).toThrow('cut off');
  expect(ids.map((id) => keptIn(store, id)).filter((place) => place !== null)).toEqual([]);
  expect([store.conversations.get(one).kept, words(store, anywhere)]).toEqual([false, 20]);
});

test('what the owner writes down is kept to no conversation', () => {
  const { store } = begin();
  const { id } = writeMemory(store.db, { text: 'Quixholm.', scope: 'shared', personaId: null, at: 1 });
  expect(keptIn(store, id)).toBeNull();
});
