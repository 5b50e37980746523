/** Two things side by side: what each is, and only what is said of both in one respect. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { libraryOf, today } from './fixtures/library.ts';
import { research } from './fixtures/research.ts';

async function compared(kettle: string, press: string): Promise<string> {
  const { db, library } = await libraryOf([{ path: 'Kettle.md', day: '2026-05-04', text: kettle }, { path: 'Press.md', day: '2026-05-04', text: press }]);
  onTestFinished(() => void db.close());
  return (await research('Compare the kettle and the press', { library, now: today })).text;
}

describe('a comparison', () => {
  // Bug: what the two are was nowhere said, though the first sentence of each one's note says it.
  it('begins with what each of them is', async () => {
    const text = await compared('A kettle is a can for hot water.\n\nThe kettle holds two litres.\n', 'The press is a jug with a sieve.\n\nIt stands on the shelf.\n');
    expect(text).toMatch(/### What they are\n\n.*A kettle is a can for hot water.*\n.*The press is a jug with a sieve/u);
    expect(text.match(/can for hot water/gu)).toHaveLength(1);
  });

  it('does not begin so where neither note says it, or a respect was asked for', async () => {
    expect(await compared('The kettle holds two litres.\n', 'The press is broken.\n')).not.toContain('What they are');
  });

  it.each([
    ['the price of both', ['The kettle costs 40 €.\n', 'The press costs 30 €.\n'], /\*\*Price\*\* \| .*40 €.* \| .*30 €/u],
    ['a noun of both', ['The handle is made of wood.\n', 'The handle is plastic and gets hot.\n'], /\*\*Handle\*\* \| .*wood.* \| .*plastic/u],
    ['a line of both', ['- Lid: steel\n', '- Lid: glass\n'], /\*\*Lid\*\* \| .*steel.* \| .*glass/u],
    ['a row of tables', ['| Part | Made of |\n|---|---|\n| Spout | copper |\n', '| Part | Made of |\n|---|---|\n| Spout | tin |\n'], /\*\*Spout\*\* \| .*copper.* \| .*tin/u],
  ])('has a row for %s', async (_, [kettle, press], row) => {
    expect(await compared(kettle!, press!)).toMatch(row);
  });

  // Bug: any word of both made a row: heads of tables, commands, verbs, and words with two meanings.
  it.each([
    ['heads of tables', '| Part | Description |\n|---|---|\n| Spout | copper |\n', '| Part | Description |\n|---|---|\n| Sieve | tin |\n'],
    ['one text twice', 'Wash the rest by hand, never in the machine.\n\n- Care: by hand\n', '- Care: by hand\n'],
    ['what to do', 'Hold the lid of the kettle while pouring.\n', 'Hold the knob of the press for a minute.\n'],
    ['a verb', 'The kettle has a stand to hold its cord.\n', 'The press lets guests hold warm cups longer.\n'],
    ['a word with two meanings', 'We made quick sketches of the kettle.\n', 'The press hangs beside a Quick Switcher.\n'],
    ['headings that name them', '## Using the kettle well\n\nSteam comes out of a valve.\n', '## Using the press well\n\nGrounds sink slowly.\n'],
  ])('has no row for %s', async (_, kettle, press) => {
    expect(await compared(kettle, press)).not.toContain('Side by side');
  });

  // Bug: "Only of" one thing were the steps of its manual.
  it('tells of one thing alone what it is like, not what to do with it', async () => {
    const text = await compared('Open the kettle and select a programme.\n\nThe kettle whistles in tune.\n', 'The press is quiet.\n');
    expect(text).toContain('whistles in tune');
    expect(text).not.toContain('select a programme');
  });
});
