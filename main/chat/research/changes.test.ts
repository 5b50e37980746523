/** What a report says does not agree, and what it does not dare to say. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { libraryOf, today } from './fixtures/library.ts';
import { research } from './fixtures/research.ts';

async function asked(question: string, notes: Record<string, string>) {
  const { db, library } = await libraryOf(Object.entries(notes).map(([title, text]) => ({ path: `${title}.md`, day: '2026-05-04', text })));
  onTestFinished(() => void db.close());
  return (await research(question, { library, now: today })).text;
}

const disagrees = /do not agree|What changed/u;

describe('a contradiction', () => {
  it('is told where a whole sentence is denied by another', async () => {
    const text = await asked('Summarise everything about the sofa', { Sofa: 'The sofa fits through the attic door.\n', Moving: 'The sofa does not fit through the attic door.\n' });
    expect(text).toMatch(/do not agree: .*does not fit.*fits through|do not agree: .*fits through.*does not fit/u);
  });

  // Bug: any two sentences that share half their words, one of them with a "not", were said to contradict each other.
  it.each([
    ['a heading and a sentence', 'Set up the boiler valves\n\nThe boiler does not set up old valves.\n'],
    ['an instruction and a statement', '- Set up the boiler on all floors.\n\nThe boiler settings do not set all floors.\n'],
    ['two instructions', 'Drag the boiler valve to the left ring to connect it.\n\nDrag the boiler valve from the ring without connecting it.\n'],
    ['each on its own condition', 'The boiler heats the attic when the pump runs.\n\nThe boiler does not heat the attic when the pump stands.\n'],
    ['another predicate', 'The boiler heats the attic and the hall.\n\nThe boiler does not wake the neighbours in the attic.\n'],
    ['the head of a table', '| Boiler | Description |\n|---|---|\n| Boiler valve | not open |\n'],
  ])('is not told of %s', async (_, text) => {
    expect(await asked('Summarise everything about the boiler', { Boiler: text })).not.toMatch(disagrees);
  });

  // Bug: "Systems: Windows" of one and "Systems: iOS" of another were one thing with two values.
  it('is not told of lines that stand under different things', async () => {
    const notes = { 'Backup tools': '## Borg\n\n- Systems: Linux, macOS\n\n## Backrest\n\n- Systems: Windows\n' };
    expect(await asked('Summarise everything about backup tools', notes)).not.toMatch(disagrees);
  });

  // Bug: "can't type fast enough" was an opinion, and one that had turned.
  it('is not told of praise and blame that nobody gives', async () => {
    const notes = { 'Recorder plugins': 'The recorder plugins help when your hands are slow and you can record great lectures.\n\nThe recorder plugins check for useless recordings.\n' };
    expect(await asked('Summarise everything about recorder plugins', notes)).not.toMatch(disagrees);
  });
});

describe('a comparison', () => {
  // Bug: "What changed" stood under a comparison for which nobody had asked.
  it('says nothing of change unless days in the notes tell it', async () => {
    const notes = { Tent: 'The tent weighs 4 kg.\n', 'Tent for two': 'The tent for two weighs 5 kg with poles.\n', Hammock: 'The hammock weighs 1 kg.\n' };
    expect(await asked('Compare the tent and the hammock', notes)).not.toMatch(disagrees);
    const dated = { 'Tent 2025-01-02': 'The tent rent is 40 €.\n', 'Tent 2025-06-02': 'The tent rent is 60 €.\n', Hammock: 'The hammock rent is 10 €.\n' };
    expect(await asked('Compare the tent and the hammock', dated)).toMatch(/40 €.*→.*60 €/u);
  });
});
