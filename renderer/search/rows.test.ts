import { describe, expect, it } from 'vitest';
import type { SearchHit } from '../../main/contract/memory.ts';
import type { NoteHit, NotePassage } from '../../main/contract/note.ts';
import type { SearchResults } from '../../main/contract/search.ts';
import { countsOf, placeOf, sectionsOf, step, talksOf, totalOf, type Opened } from './rows.ts';

const hit = (kind: SearchHit['kind'], id: string, conversationId: string | null = 'c'): SearchHit => ({
  kind, id, conversationId: kind === 'conversation' ? id : conversationId, title: 'Talk', snippet: '', marks: [[0, 1]], role: null, at: 0, kept: false,
});
const passage = (id: string): NotePassage => ({ id, headings: [], kind: 'paragraph', text: id, place: { from: 3, to: 9 }, marks: [] });
const note = (id: string, count = 1): NoteHit => ({ id, folderId: 'f', path: `${id}.md`, title: id, type: 'markdown', modifiedAt: 0, mark: null, titleMarks: [], passage: passage(`${id}1`), count });
const exactly = (count: number) => ({ count, more: false });
const results = (notes: NoteHit[], hits: SearchHit[]): SearchResults => ({
  hits, notes: { hits: notes, facets: [], taken: [], mode: 'words', near: false }, taken: [], ms: 1,
  counts: {
    notes: exactly(notes.length), conversations: exactly(hits.filter(({ kind }) => kind === 'conversation').length),
    messages: exactly(hits.filter(({ kind }) => kind === 'message').length), memories: exactly(hits.filter(({ kind }) => kind === 'memory').length),
  },
});
const none: Opened = new Map();
const keys = (found: SearchResults, kind: Parameters<typeof sectionsOf>[1] = 'all', opened = none) => sectionsOf(found, kind, opened).map(({ kind: section, rows }) => [section, ...rows.map(({ key }) => key)]);

describe('the list of results', () => {
  it('has a section for each kind that was found', () => {
    const found = results([note('a')], [hit('message', 'm1'), hit('memory', 'k1')]);
    expect(keys(found)).toEqual([['notes', 'note-a'], ['conversations', 'talk-c'], ['memories', 'memory-k1']]);
    expect(keys(found, 'memories')).toEqual([['memories', 'memory-k1']]);
    expect(keys(results([], []))).toEqual([]);
  });

  // Bug: what was said word for word stands below a dozen notes that have half of it.
  it('puts notes that are merely near behind what has all of the words', () => {
    const found = results([note('a')], [hit('message', 'm1')]);
    const near = { ...found, notes: { ...found.notes, near: true } };
    expect(keys(near)).toEqual([['conversations', 'talk-c'], ['notes', 'note-a']]);
    expect(sectionsOf(near, 'all', none).map((section) => section.near)).toEqual([null, 'some']);
    const unmet = { ...near, notes: { ...near.notes, hits: [note('a', 0)] } };
    expect(sectionsOf(unmet, 'all', none).map((section) => section.near)).toEqual([null, 'none']);
    expect(keys({ ...near, hits: [] })).toEqual([['notes', 'note-a']]);
  });

  it('shows the first of each, all of the only one, and never a line for one more', () => {
    const many = Array.from({ length: 7 }, (_, index) => note(`n${index}`));
    expect(keys(results(many, []))[0]).toHaveLength(8);
    expect(keys(results(many, [hit('memory', 'k')]))[0]!.slice(-2)).toEqual(['note-n4', 'all-notes']);
    expect(keys(results(many.slice(1), [hit('memory', 'k')]))[0]).toHaveLength(7);
    expect(keys(results(many, [hit('memory', 'k')]), 'notes')[0]).toHaveLength(8);
  });

  it('opens what else was found in a note, without its best passage again', () => {
    const found = results([note('a', 3)], []);
    expect(keys(found)[0]).toEqual(['notes', 'note-a', 'others-note-a']);
    const opened = new Map([['note-a', [passage('a0'), passage('a1'), passage('a2')]]]);
    expect(keys(found, 'all', opened)[0]).toEqual(['notes', 'note-a', 'passage-a0', 'passage-a2', 'others-note-a']);
  });

  // Bug: ten messages of one conversation push all others off the screen.
  it('tells each conversation once, by its title and what was said in it', () => {
    const found = results([], [hit('conversation', 'c'), hit('message', 'm1'), hit('message', 'm2', 'd'), hit('message', 'm3')]);
    expect(talksOf(found.hits).map(({ id, titleMarks, messages }) => [id, titleMarks.length, messages.map((one) => one.id)])).toEqual([['c', 1, ['m1', 'm3']], ['d', 0, ['m2']]]);
    expect(keys(found)[0]).toEqual(['conversations', 'talk-c', 'others-talk-c', 'talk-d']);
    expect(keys(found, 'all', new Map([['talk-c', []]]))[0]).toEqual(['conversations', 'talk-c', 'message-m3', 'others-talk-c', 'talk-d']);
    expect(totalOf(countsOf(found), 'all')).toEqual({ count: 2, more: false });
    expect(countsOf({ ...found, counts: { ...found.counts, messages: exactly(90) } }).conversations).toEqual({ count: 2, more: true });
  });
});

describe('a row', () => {
  it('leads to its place', () => {
    const [first, second, third] = sectionsOf(results([note('a')], [hit('message', 'm1'), hit('memory', 'k1')]), 'all', none).map(({ rows }) => placeOf(rows[0]!, 'q'));
    expect(first).toEqual({ screen: 'notes', noteId: 'a', at: { from: 3, to: 9 }, query: 'q' });
    expect(second).toEqual({ screen: 'chat', conversationId: 'c', messageId: 'm1' });
    expect(third).toEqual({ screen: 'memory', memoryId: 'k1', tab: 'known' });
    expect(placeOf({ kind: 'note', key: '', note: { ...note('b'), passage: null } }, '')).toMatchObject({ noteId: 'b', at: null });
    expect(placeOf({ kind: 'all', key: '', section: 'notes' }, '')).toBeNull();
  });

  it('is reached by arrow keys, which stop at the ends', () => {
    expect([step(-1, 'ArrowDown', 3), step(2, 'ArrowDown', 3), step(0, 'ArrowUp', 3), step(0, 'PageDown', 3), step(0, 'a', 3), step(-1, 'ArrowDown', 0)]).toEqual([0, 2, 0, 2, null, -1]);
  });
});
