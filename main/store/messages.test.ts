import { describe, expect, test } from 'vitest';
import type { Message } from '../contract/conversation.ts';
import { createConversationHandlers } from './conversationHandlers.ts';
import { closeDatabase } from './database.ts';
import { routeStores } from './stores.ts';
import { storeIn, temporaryFolder, temporaryStore, type Store } from './fixtures/testing.ts';

const begin = (store: Store) => store.conversations.create({ personaId: 'friendly' }).id;
const ask = (store: Store, conversationId: string, text: string) => store.messages.append({ conversationId, role: 'user', text });

function answer(store: Store, question: Message, text: string) {
  const { id } = store.messages.beginAnswer({ conversationId: question.conversationId, parentId: question.id, personaId: 'friendly' });
  return store.messages.finish(id, { text, status: 'complete' });
}

const textsOf = (store: Store, conversationId: string) => store.messages.branch(conversationId).map((message) => message.text);
const found = (store: Store, word: string) =>
  store.db.prepare('SELECT count(*) AS n FROM memory_words WHERE memory_words MATCH ?').pluck().get(word);

describe('a conversation as a tree', () => {
  test('each message follows the tip of the branch that is shown', () => {
    const store = storeIn(temporaryFolder());
    const id = begin(store);
    const question = ask(store, id, 'one');
    answer(store, question, 'two');
    ask(store, id, 'three');
    expect(textsOf(store, id)).toEqual(['one', 'two', 'three']);
  });

  test('editing a question opens a branch beside it and keeps the old one', () => {
    const store = storeIn(temporaryFolder());
    const id = begin(store);
    const first = ask(store, id, 'first');
    const reply = answer(store, first, 'reply');
    const old = ask(store, id, 'old');
    answer(store, old, 'old reply');
    const edited = store.messages.append({ conversationId: id, role: 'user', text: 'new', parentId: reply.id });
    expect(textsOf(store, id)).toEqual(['first', 'reply', 'new']);
    expect(edited.siblings).toEqual([old.id, edited.id]);
    store.messages.chooseBranch(id, old.id);
    expect(textsOf(store, id)).toEqual(['first', 'reply', 'old', 'old reply']);
    expect(store.messages.branch(id)[2]?.siblings).toEqual([old.id, edited.id]);
  });

  test('the first question can be edited too', () => {
    const store = storeIn(temporaryFolder());
    const id = begin(store);
    const first = ask(store, id, 'first');
    const again = store.messages.append({ conversationId: id, role: 'user', text: 'again', parentId: null });
    expect(again.siblings).toEqual([first.id, again.id]);
    expect(textsOf(store, id)).toEqual(['again']);
  });

  test('another answer stands beside the first, with siblings of its own role', () => {
    const store = storeIn(temporaryFolder());
    const id = begin(store);
    const question = ask(store, id, 'q');
    const one = answer(store, question, 'a1');
    const two = answer(store, question, 'a2');
    expect(two.siblings).toEqual([one.id, two.id]);
    expect(textsOf(store, id)).toEqual(['q', 'a2']);
    expect(store.messages.history(one.id, 10).map((message) => message.text)).toEqual(['q', 'a1']);
  });

  test('history is the newest part of the branch, oldest first', () => {
    const store = storeIn(temporaryFolder());
    const id = begin(store);
    const last = ['1', '2', '3', '4'].map((text) => ask(store, id, text)).at(-1);
    expect(store.messages.history(last?.id ?? '', 2).map((message) => message.text)).toEqual(['3', '4']);
  });

  test('a message of another conversation cannot be shown in this one', () => {
    const store = storeIn(temporaryFolder());
    const stranger = ask(store, begin(store), 'elsewhere');
    expect(() => store.messages.chooseBranch(begin(store), stranger.id)).toThrow(/not part of this conversation/);
  });
});

describe('a growing answer', () => {
  test('is on disk as it grows, and findable only when it has ended', () => {
    const store = storeIn(temporaryFolder());
    const id = begin(store);
    const { id: answerId } = store.messages.beginAnswer({ conversationId: id, parentId: ask(store, id, 'q').id, personaId: 'friendly', given: ['a line'] });
    store.messages.grow(answerId, 'Lisbon is');
    expect(store.messages.get(answerId)).toMatchObject({ text: 'Lisbon is', status: 'growing' });
    expect(found(store, 'lisbon')).toBe(0);
    store.messages.finish(answerId, { text: 'Lisbon is far', status: 'complete', quoted: true });
    expect(found(store, 'lisbon')).toBe(1);
    expect(store.messages.get(answerId)).toMatchObject({ text: 'Lisbon is far', status: 'complete', quoted: true });
    expect(store.messages.history(answerId, 1)[0]?.given).toEqual(['a line']);
  });

  test('a late piece does not change an answer that has ended', () => {
    const store = storeIn(temporaryFolder());
    const id = begin(store);
    const ended = answer(store, ask(store, id, 'q'), 'whole');
    store.messages.grow(ended.id, 'who');
    expect(store.messages.get(ended.id).text).toBe('whole');
  });

  test('cut off by a crash it is stopped at the next start, with what there is, and findable', () => {
    const folder = temporaryFolder();
    const store = storeIn(folder);
    const id = begin(store);
    const { id: answerId } = store.messages.beginAnswer({ conversationId: id, parentId: ask(store, id, 'q').id, personaId: 'friendly' });
    store.messages.grow(answerId, 'Half of Lisbon');
    closeDatabase(store.db);
    const again = storeIn(folder);
    expect(again.messages.settleInterrupted()).toBe(1);
    expect(again.messages.get(answerId)).toMatchObject({ text: 'Half of Lisbon', status: 'stopped' });
    expect(found(again, 'lisbon')).toBe(1);
    expect(again.messages.settleInterrupted()).toBe(0);
  });

  test('a stopped answer can be continued in place; a question cannot', () => {
    const store = storeIn(temporaryFolder());
    const id = begin(store);
    const question = ask(store, id, 'q');
    const { id: answerId } = store.messages.beginAnswer({ conversationId: id, parentId: question.id, personaId: 'friendly' });
    store.messages.finish(answerId, { text: 'half', status: 'stopped' });
    expect(store.messages.reopen(answerId)).toMatchObject({ text: 'half', status: 'growing' });
    store.messages.grow(answerId, 'half and more');
    expect(store.messages.finish(answerId, { text: 'half and whole', status: 'complete' }).text).toBe('half and whole');
    expect(() => store.messages.reopen(question.id)).toThrow(/cannot be continued/);
  });
});

describe('remembering', () => {
  test('a message is findable in the transaction that saves it, and not saved when that fails', () => {
    const store = storeIn(temporaryFolder());
    const id = begin(store);
    ask(store, id, 'My sister lives in Porto.');
    expect(found(store, 'porto')).toBe(1);
    store.db.exec('DROP TABLE memory_words');
    expect(() => ask(store, id, 'lost?')).toThrow();
    expect(textsOf(store, id)).toEqual(['My sister lives in Porto.']);
  });

  test('half an hour of silence begins a new sitting', () => {
    const store = storeIn(temporaryFolder());
    const id = begin(store);
    for (const minutes of [0, 29, 58, 88, 89]) {
      store.clock.now = Date.UTC(2026, 0, 1) + minutes * 60_000;
      ask(store, id, `at ${minutes}`);
    }
    expect(store.db.prepare('SELECT sitting FROM message ORDER BY seq').pluck().all()).toEqual([0, 0, 0, 1, 1]);
  });
});

describe('temporary conversations', () => {
  test('share the code, carry a mark in their ids and write nothing', () => {
    const folder = temporaryFolder();
    const kept = storeIn(folder);
    const temporary = temporaryStore();
    const handlers = createConversationHandlers({ db: kept.db, kept, temporary, defaultPersonaId: () => 'friendly', moved: () => undefined });
    const secret = handlers.create({ personaId: 'friendly', temporary: true }, new AbortController().signal);
    const { id } = secret as { id: string };
    const message = routeStores(kept, temporary)(id).messages.append({ conversationId: id, role: 'user', text: 'secret' });
    expect(secret).toMatchObject({ temporary: true });
    expect(id.startsWith('tmp-') && message.id.startsWith('tmp-')).toBe(true);
    expect(handlers.open({ id }, new AbortController().signal)).toMatchObject({ messages: [{ text: 'secret' }] });
    expect(kept.db.prepare('SELECT count(*) FROM message').pluck().get()).toBe(0);
    expect(temporary.db.prepare('SELECT count(*) FROM memory').pluck().get()).toBe(0);
  });
});

test('a conversation of 5,000 messages opens within 50 ms', () => {
  const store = storeIn(temporaryFolder());
  const id = begin(store);
  store.db.transaction(() => {
    for (let count = 0; count < 2_500; count += 1) answer(store, ask(store, id, 'My sister lives in Porto. '.repeat(4)), 'So I hear. '.repeat(20));
  })();
  const times = [1, 2, 3, 4, 5, 6, 7, 8].map(() => {
    const start = performance.now();
    expect(store.messages.branch(id)).toHaveLength(5_000);
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(50);
});
