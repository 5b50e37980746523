import { describe, expect, it } from 'vitest';
import { writeMemory } from '../store/memories.ts';
import { createPersonas } from '../store/personas.ts';
import { searchEverything } from './search.ts';
import { converse, persona, storeWithPersona } from './fixtures/told.ts';

function begin() {
  const told = storeWithPersona();
  const { conversationId } = converse(told, ['My sister lives in Porto.', 'Porto is beautiful.', 'She is a “night owl” and living well.', 'Nice.']);
  told.store.conversations.rename(conversationId, 'Family in Portugal');
  converse(told, ['I booked a table for two.', 'At which restaurant?', '我姐姐住在波尔图。']);
  writeMemory(told.store.db, { text: 'My dentist is Doctor Amara.', scope: 'shared', personaId: null, at: 5 });
  const find = (text: string, limit = 20) => searchEverything(told.store.db, { text, limit, now: told.store.clock.now }).hits;
  const marked = (text: string) => find(text).map(({ snippet, marks }) => marks.map(([start, end]) => snippet.slice(start, end)));
  return { ...told, conversationId, find, marked };
}

describe('searchEverything', () => {
  it('finds titles, messages and written memories, each by what it is', () => {
    const { find, conversationId } = begin();
    expect(find('portu')[0]).toMatchObject({ kind: 'conversation', id: conversationId, title: 'Family in Portugal', marks: [[10, 18]] });
    expect(find('porto')).toMatchObject([{ kind: 'message', title: 'Family in Portugal' }, { kind: 'message' }]);
    expect(find('amara')).toMatchObject([{ kind: 'memory', snippet: 'My dentist is Doctor Amara.', role: 'user' }]);
  });

  it('finds while the last word is being typed, and other forms of a word', () => {
    const { find } = begin();
    for (const typed of ['my sist', 'sister li', 'sister lives', 'sisters living']) expect(find(typed).map(({ snippet }) => snippet), typed).toContain('My sister lives in Porto.');
    expect(find('sist lives')).toEqual([]);
  });

  // Bug: the index knows "living" as "live"; with "livi" and "livin" the hits vanish and come back with the g.
  it('keeps finding a word through all its letters', () => {
    const { marked } = begin();
    for (const typed of ['li', 'liv', 'livi', 'livin', 'living']) expect(marked(typed).flat(), typed).toContain('living');
  });

  it('takes quoted words in their order only', () => {
    const { find } = begin();
    expect(find('"sister lives"')).toHaveLength(1);
    expect(find('"lives sister"')).toEqual([]);
    expect(find('"night owl"')).toHaveLength(1);
  });

  it('marks the words in the snippet, also in scripts without spaces', () => {
    const { marked } = begin();
    expect(marked('lives porto')).toEqual([['lives', 'Porto']]);
    expect(marked('波尔图')).toEqual([['波', '尔', '图']]);
  });

  it('shows the part of a long message where the words are', () => {
    const told = begin();
    converse(told, [`${'This and that was said at length. '.repeat(30)}The password is marmalade. ${'And more of it. '.repeat(30)}`]);
    const [hit] = told.find('marmalade');
    expect(hit!.snippet).toMatch(/^….*password is marmalade\..*…$/u);
    expect(hit!.snippet.slice(...hit!.marks[0]!)).toBe('marmalade');
  });

  it('finds what was said to a persona without memory', () => {
    const told = begin();
    createPersonas(told.store.db).save(persona('blank', 'none'));
    converse(told, ['The password is marmalade.'], 'blank');
    expect(told.find('marmalade')).toHaveLength(1);
  });

  it('finds nothing of a conversation that is being deleted', () => {
    const { find, store, conversationId } = begin();
    store.conversations.delete(conversationId);
    expect([...find('porto'), ...find('portugal')]).toEqual([]);
  });

  it('survives whatever is typed', () => {
    const { find } = begin();
    for (const text of ['', ' ', '"', '""', '" "', '* OR NOT (', 'key:', 'a', 'AND', 'NEAR(', "';--", '\u0000', '🙂', 'x'.repeat(1_000)]) expect(() => find(text), text).not.toThrow();
    expect(find('"sister')).not.toEqual([]);
  });

  it('forgives a slip in a word that stands nowhere, and says so; not in quotes', () => {
    const { store, find } = begin();
    expect(find('dentsit ')).toMatchObject([{ kind: 'memory', snippet: 'My dentist is Doctor Amara.', marks: [[3, 10]] }]);
    expect(searchEverything(store.db, { text: 'resturant', limit: 5, now: 0 }).taken).toEqual([{ typed: 'resturant', words: ['restaurant'] }]);
    expect(find('Portugla')[0]).toMatchObject({ kind: 'conversation', title: 'Family in Portugal', marks: [[10, 18]] });
    // What stands in a title only is no slip.
    converse({ store }, ['We went to Portugual.']);
    expect(find('Portugal ').map(({ kind }) => kind)).toEqual(['conversation']);
    expect(find('"dentsit"')).toEqual([]);
  });

  it('keeps to times, to what must not stand there, and to where it is looked for', () => {
    const { store, find } = begin();
    const day = (at: number) => new Date(at).toLocaleDateString('sv');
    const tomorrow = day(store.clock.now + 2 * 86_400_000);
    expect(find(`porto before:${tomorrow}`)).toHaveLength(2);
    expect(find(`porto after:${tomorrow}`)).toEqual([]);
    expect(find('dentist before:1980').map(({ kind }) => kind)).toEqual(['memory']);
    expect(find('porto -sister').map(({ snippet }) => snippet)).toEqual(['Porto is beautiful.']);
    expect(find('family -portugal')).toEqual([]);
    expect(find('in:memories my').map(({ kind }) => kind)).toEqual(['memory']);
    expect(find('in:conversations my').map(({ kind }) => kind)).toEqual(['message']);
    expect(find('porto tag:x')).toEqual([]);
  });

  it('only filters list what was lately used and written down', () => {
    const { find } = begin();
    expect(find('after:1970 ').map(({ kind }) => kind)).toEqual(['conversation', 'memory']);
    expect(find('in:memories ').map(({ kind }) => kind)).toEqual(['memory']);
    expect(find('before:1990-01-01 in:memories -dentist')).toEqual([]);
  });

  // Bug: three memories are found and none is shown, because two hundred messages come before them.
  it('many messages crowd out neither memories nor other conversations', () => {
    const told = begin();
    for (let talk = 0; talk < 3; talk += 1) converse(told, Array.from({ length: 30 }, (_, line) => `Dentist, ${talk} and ${line}.`));
    const { hits, counts } = searchEverything(told.store.db, { text: 'dentist', limit: 20, now: 0 });
    expect([hits.length, new Set(hits.map(({ conversationId }) => conversationId)).size, hits.filter(({ kind }) => kind === 'memory').length]).toEqual([20, 3, 1]);
    expect(counts).toMatchObject({ messages: { count: 90, more: false }, memories: { count: 1 } });
  });

  it('keeps to the limit', () => expect(begin().find('i', 1).length).toBeLessThanOrEqual(1));
});
