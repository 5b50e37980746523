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
  const find = (text: string, limit = 20) => searchEverything(told.store.db, { text, limit });
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

  it('keeps to the limit', () => expect(begin().find('i', 1).length).toBeLessThanOrEqual(1));
});
