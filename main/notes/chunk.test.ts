import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunksOf, longest, longestHeading } from './chunk.ts';
import type { Block, BlockKind, NoteDocument } from './document.ts';
import { piecesOf } from './pieces.ts';

type Note = Pick<NoteDocument, 'text' | 'blocks'>;
type Drawn = { kind: BlockKind; text: string; level: number; gap: string; turnsPage: boolean };

/** A note of these blocks, each at its place. */
function noteOf(drawn: readonly Drawn[], hasPages = false): Note {
  let text = '';
  let page = 1;
  const blocks: Block[] = drawn.map(({ kind, text: said, level, gap, turnsPage }) => {
    text += gap;
    if (turnsPage) page += 1;
    const from = text.length;
    text += said;
    return { kind, text: said, place: { from, to: text.length, ...(hasPages ? { page } : {}) }, ...(kind === 'heading' ? { level } : {}) };
  });
  return { text, blocks };
}

const block = (kind: BlockKind, text: string, level = 1): Drawn => ({ kind, text, level, gap: '\n\n', turnsPage: false });

const sentence = fc.constantFrom(
  'My sister lives in Porto. ', 'Dr. Who paid 3.50 for it! ', 'Ob das geht?\n', 'L’été dernier, il faisait chaud. ', 'Где живёт моя сестра? ', '姉はポルトに住んでいます。', '我姐姐住在波尔图。',
  'พี่สาวของฉันอยู่ที่ปอร์โต ', 'أين تعيش أختي؟ ', 'मेरी बहन पोर्टो में रहती है। ', '- an item\n', '\tcode();\n', '\n\n', ' ', '🙂👨‍👩‍👧 ', '--- ', '\r\n', '| a | b |\n', 'e\u0301'.repeat(9),
);
const said = fc.oneof(
  { weight: 6, arbitrary: fc.array(sentence, { minLength: 1, maxLength: 60 }).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', 'é', '中'), minLength: 900, maxLength: 1_500 }) },
);
const kind = fc.constantFrom<BlockKind>('heading', 'paragraph', 'list', 'table', 'code', 'quote');
const drawn = fc.record({
  kind, text: said, level: fc.integer({ min: 1, max: 6 }), gap: fc.constantFrom('\n', '\n\n', '', ' <!-- --> '), turnsPage: fc.boolean(),
});
const notes = fc.tuple(fc.array(drawn, { maxLength: 14 }), fc.boolean()).map(([blocks, hasPages]) => noteOf(blocks, hasPages));
const check = (property: (note: Note) => void) => fc.assert(fc.property(notes, property), { numRuns: 150 });

const hasWord = /[\p{L}\p{N}]/u;
const titleOf = (text: string) => text.replace(/\s+/gu, ' ').trim();

describe('chunksOf, whatever the note', () => {
  // Bug: a hit opens beside its place, or the highlight is a few characters off.
  it('says of each chunk where it stands, to the character, in order and never twice', () =>
    check((note) => {
      let end = 0;
      for (const { text, place } of chunksOf(note)) {
        expect(text).toBe(note.text.slice(place.from, place.to));
        expect(text).toMatch(hasWord);
        expect(text).toBe(text.trimEnd());
        expect(place.from).toBeGreaterThanOrEqual(end);
        end = place.to;
      }
    }));

  // Bug: what stands in no chunk is found by nobody.
  it('loses no word', () =>
    check((note) => {
      const chunks = chunksOf(note);
      for (const { kind: kindOf, text, place } of note.blocks) {
        if (kindOf === 'heading' && chunks.some(({ headings }) => headings.includes(titleOf(text)))) continue;
        for (const { index } of text.matchAll(/[\p{L}\p{N}]/gu)) {
          const at = place.from + index;
          if (!chunks.some((chunk) => chunk.place.from <= at && at < chunk.place.to)) expect.fail(`lost ${JSON.stringify(text)} at ${index}`);
        }
      }
    }));

  it('keeps blocks whole where they fit, and makes no chunk too long for an embedder', () =>
    check((note) => {
      const chunks = chunksOf(note);
      for (const { text } of chunks) expect(piecesOf(text)).toBeLessThanOrEqual(longest);
      for (const { kind: kindOf, text, place } of note.blocks) {
        if (kindOf === 'heading' || piecesOf(text) > longest) continue;
        const holding = chunks.filter((chunk) => chunk.place.from < place.to && place.from < chunk.place.to && hasWord.test(text));
        expect(holding.length).toBeLessThanOrEqual(1);
      }
    }));

  // Bug: a passage is shown under a heading of the section before, or of one that is no parent.
  it('says under which headings a chunk stands', () =>
    check((note) => {
      for (const { headings, place } of chunksOf(note)) {
        const above = note.blocks.filter((one) => one.kind === 'heading' && one.place.to > one.place.from && one.place.to <= place.from);
        const parents = above.filter((one, index) => above.slice(index + 1).every((later) => later.level! > one.level!));
        const own = note.blocks.find((one) => one.kind === 'heading' && one.place.from <= place.from && place.to <= one.place.to && one.place.to > one.place.from);
        const standing = own ? parents.filter((one) => one.level! < own.level!) : parents;
        const titles = standing.map(({ text }) => titleOf(text)).filter((title) => title !== '');
        expect(headings.map((heading) => heading.replace(/…$/u, ''))).toEqual(titles.map((title) => (title.length > longestHeading ? title.slice(0, longestHeading).replace(/[\ud800-\udbff]$/u, '') : title.replace(/…$/u, ''))));
      }
    }));

  it('tells the page on which all of a chunk stands', () =>
    check((note) => {
      for (const { place } of chunksOf(note)) {
        const pages = note.blocks.filter((one) => one.place.from < place.to && place.from < one.place.to).map((one) => one.place.page);
        expect(new Set([...pages, place.page]).size).toBe(1);
      }
    }));
});

describe('a long paragraph is cut at sentences', () => {
  it.each([
    ['English, its lines wrapped', 'The ferry leaves the old harbour at a quarter past nine\nin summer, and nobody waits for it. ', /nobody waits for it\.$/u],
    ['Japanese', '夏の間、フェリーは九時十五分に古い港を出ます。', /。$/u],
    ['Chinese', '夏天，渡轮九点一刻离开旧港，没有人等它。', /。$/u],
    ['Hindi', 'गर्मियों में नाव सवा नौ बजे पुराने बंदरगाह से निकलती है। ', /।$/u],
    ['Arabic', 'هل تغادر العبّارة الميناء القديم في التاسعة والربع صيفًا؟ ', /؟$/u],
    ['Greek', 'Το πλοίο φεύγει από το παλιό λιμάνι στις εννέα και τέταρτο. ', /τέταρτο\.$/u],
  ])('%s', (_, one, end) => {
    const chunks = chunksOf(noteOf([block('paragraph', one.repeat(40))]));
    expect(chunks.length).toBeGreaterThan(2);
    for (const { text } of chunks) expect(text).toMatch(end);
  });

  it('at words where a sentence has no end, and in the middle of one only where it fills a page', () => {
    const words = chunksOf(noteOf([block('paragraph', 'marmalade ferries '.repeat(300))]));
    for (const { text } of words) expect(text).toMatch(/^(?:marmalade|ferries).*(?:marmalade|ferries)$/u);
    const endless = chunksOf(noteOf([block('paragraph', 'é中'.repeat(3_000))]));
    expect(endless.map(({ text }) => text).join('')).toBe('é中'.repeat(3_000));
  });

  // Bug: a large log file takes minutes, or the stack ends.
  it('in time, however long', () => {
    const began = performance.now();
    expect(chunksOf(noteOf([block('paragraph', 'x'.repeat(1_000_000)), block('list', '- one more item\n'.repeat(60_000)), block('paragraph', '(( '.repeat(300_000))])).length).toBeGreaterThan(1_000);
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});

describe('what belongs together stays together', () => {
  it('a short list with its introduction; another section apart', () => {
    const note = noteOf([block('heading', 'Garden'), block('paragraph', 'To plant:'), block('list', '- beans\n- peas'), block('heading', 'Shed', 2), block('code', '  spade();')]);
    expect(chunksOf(note).map(({ headings, kind: kindOf, text }) => [headings.join(' > '), kindOf, text])).toEqual([
      ['Garden', 'paragraph', 'To plant:\n\n- beans\n- peas'],
      ['Garden > Shed', 'code', '  spade();'],
    ]);
  });

  it('items with what is nested in them, tables by rows, code by its paragraphs', () => {
    const starts = (kindOf: BlockKind, one: string) => chunksOf(noteOf([block(kindOf, one.repeat(40))])).map(({ text }) => text.slice(0, 6));
    expect(new Set(starts('list', '- an item of some length\n  - and one that is nested in it\n'))).toEqual(new Set(['- an i']));
    expect(new Set(starts('table', '| one row | with two cells | or three |\n'))).toEqual(new Set(['| one ']));
    expect(new Set(starts('code', 'function some() {\n  return another(1, 2);\n}\n\n'))).toEqual(new Set(['functi']));
  });

  it('a heading with nothing under it is a passage of its own, and so is one as long as a paragraph', () => {
    const long = 'Where we went in summer. '.repeat(8).trim();
    const note = noteOf([block('heading', 'Trips'), block('heading', 'Porto', 2), block('heading', 'Lisbon', 2), block('paragraph', 'By train.'), block('heading', long, 2), block('paragraph', 'By boat.'), block('heading', 'End')]);
    expect(chunksOf(note).map(({ headings, kind: kindOf, text }) => [headings.length, kindOf, text])).toEqual([
      [1, 'heading', 'Porto'], [2, 'paragraph', 'By train.'], [1, 'heading', long], [2, 'paragraph', 'By boat.'], [0, 'heading', 'End'],
    ]);
  });

  it('what has no words is no chunk, and an empty note has none', () => {
    expect(chunksOf(noteOf([block('paragraph', '---'), block('paragraph', '🙂 !!'), block('heading', '')]))).toEqual([]);
    expect(chunksOf(noteOf([]))).toEqual([]);
  });

  // Bug: a reader that gives a list and the code within it has the code found twice.
  it('a block within another is read once', () => {
    const text = '- run\n      spade();\n- rest';
    const place = { from: 0, to: text.length };
    expect(chunksOf({ text, blocks: [{ kind: 'list', text, place }, { kind: 'code', text: 'spade();', place: { from: 12, to: 20 } }] }).map((chunk) => chunk.text)).toEqual([text]);
  });
});
