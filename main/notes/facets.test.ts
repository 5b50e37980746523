import { describe, expect, it } from 'vitest';
import { addNoteFolder } from '../store/noteFolders.ts';
import { wordsOf } from '../words/known.ts';
import { understand } from '../words/understand.ts';
import { facetsOf } from './facets.ts';
import { begin as beginWith, tell } from './fixtures/told.ts';
import { passagesIn } from './passages.ts';
import { searchNotes } from './search.ts';

function begin() {
  const told = beginWith(
    { path: 'porto.md', title: 'Porto', tags: ['Travel/Portugal', 'city'], text: '# When\nIn May.\n# Costs\nThe budget is tight.\n# More\nNo budget at all.' },
    { path: 'Money/Budget.md', tags: ['money'], text: 'Rent and a trip to Porto: the budget.' },
    { path: 'Money/Old years/draft.md', tags: ['money', 'travel'], text: 'A draft of the budget.' },
    { path: 'Reading list/tokyo.pdf', type: 'pdf', text: 'A budget for Tokyo.' },
  );
  const understood = (text: string) => understand({ text, now: 0 }, [wordsOf(told.db, 'chunk_words')]);
  const facets = (text: string) => facetsOf(told.db, understood(text));
  const shown = (text: string) => facets(text).facets.map(({ filter, count }) => `${filter} ${count}`);
  return { ...told, understood, facets, shown };
}

describe('facets', () => {
  it('count all that match, the most first, and say how to ask for them', () => {
    const { facets, shown } = begin();
    expect(shown('budget ')).toEqual(['type:markdown 3', 'type:pdf 1', 'tag:money 2', 'tag:city 1', 'tag:travel 1', 'tag:Travel/Portugal 1', 'path:/Money/ 2', 'path:"/Reading list/" 1']);
    expect(facets('budget ').count).toEqual({ count: 4, more: false });
  });

  // Bug: a facet that says 2 shows three notes, or none.
  it('count what their filter then finds', () => {
    const { db, facets } = begin();
    for (const { filter, count } of facets('budget ').facets.filter(({ kind }) => kind !== 'tag')) expect(searchNotes(db, { text: `budget ${filter} `, limit: 9, now: 0 }).hits, filter).toHaveLength(count);
  });

  it('go down with the path that is asked for, and offer no choice of one', () => {
    const { db, folder, shown } = begin();
    tell(db, folder, { path: 'Money/New/plan.md', text: 'The next budget.' });
    expect(shown('budget path:/Money/ ').filter((one) => one.startsWith('path:'))).toEqual(['path:/Money/New/ 1', 'path:"/Money/Old years/" 1']);
    expect(shown('tokyo ')).toEqual([]);
  });

  it('tell folders apart that are called alike', () => {
    const { db, shown } = begin();
    tell(db, addNoteFolder(db, { path: '/other', kind: 'plain', at: 2 }).id, { path: 'a.md', text: 'A budget.' });
    expect(shown('budget ').slice(0, 2)).toEqual(['folder:notes 4', 'folder:other 1']);
    tell(db, addNoteFolder(db, { path: '/job/notes', kind: 'plain', at: 3 }).id, { path: 'b.md', text: 'A budget.' });
    expect(shown('budget ').slice(0, 3)).toEqual(['folder:/notes 4', 'folder:/job/notes 1', 'folder:other 1']);
  });

  it('count notes whose words stand in several passages, and what only filters ask for', () => {
    const { facets } = begin();
    expect(facets('may budget ').count.count).toBe(1);
    expect(facets('tag:money ').count.count).toBe(2);
    expect(facets('').count.count).toBe(0);
  });
});

describe('passages of one note', () => {
  it('are all that hold every word, in its order, marked; or any, where none holds all', () => {
    const { db, ids, understood } = begin();
    const passages = (text: string) => passagesIn(db, understood(text), { noteId: ids[0]!, limit: 9 }).map(({ text: shown, headings, marks }) => [shown, ...headings, marks.length]);
    expect(passages('budget ')).toEqual([['The budget is tight.', 'Costs', 1], ['No budget at all.', 'More', 1]]);
    expect(passages('may tight ')).toEqual([['In May.', 'When', 1], ['The budget is tight.', 'Costs', 1]]);
    expect(passages('rent ')).toEqual([]);
  });

  it('are as many as the hit says', () => {
    const { db } = begin();
    expect(searchNotes(db, { text: 'budget', limit: 9, now: 0 }).hits.map(({ title, count }) => [title, count])).toContainEqual(['Porto', 2]);
    // The note's own row holds its path: no passage.
    expect(searchNotes(db, { text: 'draft ', limit: 9, now: 0 }).hits.map(({ count }) => count)).toEqual([1]);
  });
});
