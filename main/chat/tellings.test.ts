import { describe, expect, it } from 'vitest';
import type { Passage } from './chatTypes.ts';
import { quoteNotes } from './noted.ts';

const everything = { folderIds: [], tags: [], noteIds: [] };

/** A passage found, the first best. */
const passage = (title: string, text: string, more: { headings?: string[]; kind?: string } = {}): Passage => ({
  id: title + text.length, kind: more.kind ?? 'paragraph', text, met: [], score: 1,
  note: { id: title, folderId: 'f', path: `${title}.md`, title, headings: more.headings ?? [], place: { from: 0, to: text.length } },
});

async function ask(question: string, ...passages: Passage[]) {
  const notes = { read: async () => null, count: () => ({ notes: 9, waiting: 0 }) };
  const scored = passages.map((one, at) => ({ ...one, score: 1 - at / 10 }));
  return quoteNotes({ notes: notes as never }, { question, found: { passages: scored, confidence: 1 }, scope: everything }, new AbortController().signal);
}

describe('a sentence that ends in a colon', () => {
  // Bug: "To embed a PDF:" and nothing more.
  it('brings what it leads to: code in a fence that nothing in it ends, and the highlight reaches to its end', async () => {
    const text = 'To graft a pear:\n\n```sh\ngraft ``` --pear\n```\n\nThen wait.';
    const { text: said, citations } = await ask('How do I graft a pear?', passage('Grafting', text));
    expect(said).toBe('Your note “Grafting” says: “To graft a pear:” [1]\n\n````\ngraft ``` --pear\n````');
    expect(citations[0]!.quote.slice(...citations[0]!.telling!)).toBe(text.slice(0, text.indexOf('\n\nThen')));
  });

  it('brings a list and a table, with nothing in them that our Markdown would take for its own', async () => {
    const list = passage('Tools', 'We lend these tools:\n\n- A [[Saw|bow saw]] [3]\n- ![x](http://a.example/b.png) **Shears**\n- \\[not maths\\] $5');
    const { text } = await ask('Which tools do we lend?', list);
    expect(text).toBe('Your note “Tools” says: “We lend these tools:” [1]\n\n- A bow saw (3)\n- Shears\n- \\\\[not maths\\\\\\] \\$5');
    const table = passage('Prices', 'These are the prices of jars:\n\n| Jar | Price |\n| --- | --- |\n| small | 2 |');
    expect((await ask('What are the prices of jars?', table)).text).toContain('| Jar | Price |\n| --- | --- |\n| small | 2 |');
  });
});

describe('how something is done', () => {
  const steps = passage('Refunds', '1. Open the ledger.\n2. Select **Refund**.\n3. Confirm.', { headings: ['Request a refund'], kind: 'list' });
  const other = passage('Refunds', 'A refund may be requested for a month; request it early.');

  it('is told by the numbered steps under the heading that says so, whole', async () => {
    expect((await ask('How do I request a refund?', other, steps)).text).toBe('Your note “Refunds” says, under “Request a refund”: [1]\n\n1. Open the ledger.\n2. Select Refund.\n3. Confirm.');
  });

  it('is not told by the steps of the opposite, nor of something else', async () => {
    const on = passage('Modes', 'To turn on the frost mode:\n\n1. Press F.');
    const off = passage('Modes', 'To turn off the frost mode:\n\n1. Press G.');
    expect((await ask('How do I turn on the frost mode?', off, on)).text).toContain('Press F');
    expect((await ask('How do I turn off the frost mode?', on, off)).text).toContain('Press G');
    expect((await ask('How do I connect the boiler to Zigbee?', passage('Boiler', '1. Connect the boiler to the tap.\n2. Open it.', { headings: ['Connect the boiler'], kind: 'list' }))).kind).not.toBe('told');
  });
});

it('what something is, is told by the sentence that says so', async () => {
  const found = await ask('What is a scion?', passage('Scion care', 'This scion is kept moist. Every scion bears a label.'), passage('Grafting', 'A scion is a twig that is grafted onto a stock.'));
  expect(found.text).toBe('Your note “Grafting” says: “A scion is a twig that is grafted onto a stock.” [1]');
});

it('a question in a note answers none', async () => {
  const found = await ask('Will I lose the keys of the greenhouse?', passage('Keys', 'Will I lose the keys of the greenhouse? The greenhouse has keys at the office, so none is lost.'));
  expect(found.text).toContain('The greenhouse has keys at the office');
});

it('how many there are is not told by a sentence without a number', async () => {
  expect((await ask('How many gardeners does the orchard have?', passage('Orchard', 'The gardeners of the orchard have no shed each.'))).kind).toBe('near');
  expect((await ask('How many gardeners does the orchard have?', passage('Orchard', 'The orchard has seven gardeners.'))).kind).toBe('told');
});

// Bugs: quoted half a link, half a callout's mark, or a line of code.
it('what is quoted is whole, and is no code', async () => {
  const linked = passage('Server', 'The orchard server is described in [[Sync#Where is my server? And why?|the note on servers]], which is short.');
  expect((await ask('Where is the orchard server described?', linked)).text).toContain('“The orchard server is described in the note on servers, which is short.”');
  const callout = passage('Frost', '> [!warning] The frost mode drains the battery of the greenhouse.', { kind: 'quote' });
  expect((await ask('What drains the battery of the greenhouse?', callout)).text).toContain('“The frost mode drains the battery of the greenhouse.”');
  const code = passage('Styles', 'Labels have styles.\n\n```css\n.label[data-label="custom-label-styles"] {\n```');
  expect((await ask('Which styles do labels have?', code)).text).toContain('“Labels have styles.”');
});
