/** All that was written about something: the notes that are called so come first, and days are shown where they tell something. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { libraryOf, today } from './fixtures/library.ts';
import { research } from './fixtures/research.ts';
import type { VaultNote } from './fixtures/vault.ts';

async function aboutBees(notes: VaultNote[]): Promise<string> {
  const { db, library } = await libraryOf(notes);
  onTestFinished(() => void db.close());
  return (await research('What did I write about bees?', { library, now: today })).text;
}

const day = '2026-05-04';
const own: VaultNote[] = [
  { path: 'Winter bees.md', day, text: 'Bees cluster.\n\nA warm hive helps.\n' },
  { path: 'Bees.md', day, text: 'Bees fly.\n\nHoney is gold.\n' },
];
/** Each says more of bees in one sentence than their own notes. */
const others: VaultNote[] = Array.from({ length: 40 }, (_, index) => {
  const what = `plot${index} neighbour${index} orchard${index} clover${index} lavender${index}`;
  return { path: `Allotment ${index}.md`, day, text: `On 12 kg of ${what} bees fed rather than on anything else in 3 weeks.\n` };
});
const titles = (text: string) => [...text.matchAll(/^### (.*)$/gmu)].map(([, title]) => title);

describe('all about something', () => {
  // Bug: the notes called "Bees" and "Winter bees" were only named at the end, as not quoted.
  it('quotes the notes that are called by it, and before all others', async () => {
    const text = await aboutBees([...others, ...own]);
    expect(titles(text).slice(0, 2).toSorted()).toEqual(['Bees', 'Winter bees']);
    expect(text).toContain('Bees fly.');
    expect(text).toMatch(/neighbour\d/u);
  });

  // Bug: a copied folder's one date stood on every heading, as if it told something.
  it('shows no day where all files are of one', async () => {
    expect(await aboutBees(own)).not.toMatch(/4 May 2026|dates are those/u);
    expect(await aboutBees([own[0]!])).toContain('4 May 2026');
    expect(await aboutBees([own[0]!, { ...own[1]!, day: '2026-06-07' }])).toMatch(/from 4 May 2026 to 7 June 2026[\s\S]*Bees · 7 June 2026/u);
  });

  it('keeps to the days that the notes tell themselves', async () => {
    const text = await aboutBees([{ path: '2026-01-05 Orchard.md', day, text: 'Saw bees on the apple trees.\n' }, ...own]);
    expect(titles(text)[0]).toMatch(/Orchard/u);
  });
});
