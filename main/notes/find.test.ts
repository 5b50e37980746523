import { describe, expect, it } from 'vitest';
import { everyNote, type NoteScope } from '../store/noteSearch.ts';
import { findPassages } from './find.ts';
import { begin } from './fixtures/told.ts';

const never = new AbortController().signal;
const vault = () => begin(
  { path: 'trips/porto.md', title: 'Porto', tags: ['travel/portugal'], text: '# Sleeping\nWe rented the flat of Inês above the bakery.\n# Eating\nThe fish at the market was grilled outside.' },
  { path: 'home/boiler.md', title: 'Boiler', tags: ['home'], text: 'The boiler was serviced in March, the flat has a new one.' },
  { path: 'work/plan.md', title: 'Plan', text: 'Ship the release on Friday.' },
);

describe('passages for a question', () => {
  const asked = async (question: string, scope = {}) => {
    const { db, ids } = vault();
    const found = await findPassages({ db }, { question, scope: { ...everyNote, ...scope }, limit: 5, now: 0 }, never);
    return { ...found, titles: found.passages.map(({ note }) => note.title), ids };
  };

  it('are found though not all words of the question stand in them, with their place, the best first', async () => {
    const { passages, titles } = await asked('Whose flat did we rent when we went to the coast?');
    expect(titles).toEqual(['Porto', 'Boiler']);
    expect(passages[0]).toMatchObject({ score: 1, passage: { headings: ['Sleeping'], text: 'We rented the flat of Inês above the bakery.', place: { from: 11 } } });
  });

  it('are of the scope alone: in one of the folders, with one of the tags or one below it, one of the notes', async () => {
    expect((await asked('flat', { tags: ['Travel'] })).titles).toEqual(['Porto']);
    expect((await asked('flat', { tags: ['trav'] })).titles).toEqual([]);
    expect((await asked('flat', { folderIds: ['none'] })).titles).toEqual([]);
    const { db, ids, folder } = vault();
    const within = async (scope: Partial<NoteScope>) => (await findPassages({ db }, { question: 'flat release', scope: { ...everyNote, ...scope }, limit: 5, now: 0 }, never)).passages.map(({ note }) => note.title).sort();
    expect(await within({ folderIds: [folder], tags: ['home', 'travel'] })).toEqual(['Boiler', 'Porto']);
    expect(await within({ tags: ['home'], noteIds: [ids[2]!] })).toEqual([]);
    expect(await within({ noteIds: [ids[2]!] })).toEqual(['Plan']);
  });

  it('are none, without confidence, where nothing is asked or nothing is there', async () => {
    expect(await asked('???')).toMatchObject({ passages: [], confidence: 0 });
    expect(await asked('zebra crossings')).toMatchObject({ passages: [], confidence: 0 });
  });
});
