import { describe, expect, it } from 'vitest';
import { frontMatterEnd, lineAt, outlineOf, segmentAt, segmentNamed, segmentsOf } from './segments.ts';

type Blocks = Parameters<typeof segmentsOf>[0]['blocks'];

/** Blocks as a reader gives them: each stands in the text as it is written. */
function noteOf(type: string, text: string, blocks: { kind: Blocks[number]['kind']; at: string; text?: string; level?: number; id?: string; page?: number }[]) {
  return {
    note: { type },
    text,
    properties: {},
    blocks: blocks.map(({ kind, at, text: words = at, page, ...rest }) => ({ kind, text: words, place: { from: text.indexOf(at), to: text.indexOf(at) + at.length, ...(page === undefined ? {} : { page }) }, ...rest })),
  };
}

describe('the segments of a note', () => {
  const text = '---\ntags: [a]\n---\n# Quince\n\n![](leaf.png)\n\nRipe when it *lets go*, see [there][x].\n\n[^1]: Told by him.\n\n[x]: https://example.org\n';
  const note = noteOf('markdown', text, [
    { kind: 'heading', at: '# Quince', text: 'Quince', level: 1 },
    { kind: 'paragraph', at: 'Ripe when it *lets go*, see [there][x].', text: 'Ripe when it lets go, see there.' },
    { kind: 'paragraph', at: '[^1]: Told by him.' },
  ]);
  const segments = segmentsOf(note);

  it('hold everything that is to be seen, also what is no block: a picture alone, and not the front matter', () => {
    expect(segments.map((segment) => segment.text)).toEqual(['# Quince', '![](leaf.png)', 'Ripe when it *lets go*, see [there][x].', '[^1]: Told by him.', '[x]: https://example.org']);
    for (const segment of segments) expect(text.slice(segment.from, segment.to)).toBe(segment.text);
  });

  it('draw a footnote, and a link whose address stands elsewhere', () => {
    expect(segments[3]!.drawn).toBe('1\\. Told by him.');
    expect(segments[2]!.drawn).toContain('[x]: https://example.org');
    expect(segments[0]!.drawn).toBeNull();
  });

  it('are told by the place one comes for', () => {
    expect(segmentAt(segments, text.indexOf('lets'))).toBe(2);
    expect(segmentAt(segments, text.indexOf('\n\n![]'))).toBe(1);
    expect(segmentAt(segments, 99_999)).toBe(4);
  });

  it('cut long plain text at lines and lose nothing of it', () => {
    const long = Array.from({ length: 4_000 }, (_, index) => `line ${index} of a long paragraph`).join('\n');
    const parts = segmentsOf(noteOf('text', long, [{ kind: 'paragraph', at: long }]));
    expect(parts.length).toBeGreaterThan(4);
    expect(parts.map((part) => part.text).join('')).toBe(long);
    for (const part of parts.slice(1)) expect(part.text).toMatch(/^line \d+ of/u);
    expect(parts.map((part) => part.plain)).toEqual(parts.map((part) => part.text));
  });

  it('number the lines of code through all of them', () => {
    const code = Array.from({ length: 150 }, (_, index) => `const a${index} = 1;`).join('\n');
    const parts = segmentsOf(noteOf('code', code, []));
    expect(parts.map(({ line }) => line)).toEqual([1, 61, 121]);
    expect(parts.map((part) => part.text).join('')).toBe(code);
  });

  it('begin a page where the page changes, once', () => {
    const pdf = noteOf('pdf', 'One.\n\nTwo.\n\nThree.', [
      { kind: 'paragraph', at: 'One.', page: 1 },
      { kind: 'paragraph', at: 'Two.', page: 1 },
      { kind: 'paragraph', at: 'Three.', page: 2 },
    ]);
    expect(segmentsOf(pdf).map(({ page }) => page)).toEqual([1, null, 2]);
  });

  it('leave out of a mail what stands above it', () => {
    const mail = noteOf('mail', 'Hello\n\nFrom: a\nTo: b\n\nFrom: here to there.', [
      { kind: 'heading', at: 'Hello', level: 1 },
      { kind: 'paragraph', at: 'From: a\nTo: b' },
      { kind: 'paragraph', at: 'From: here to there.' },
    ]);
    expect(segmentsOf(mail).map((segment) => segment.text)).toEqual(['From: here to there.']);
  });
});

describe('places in a note', () => {
  const text = '# A\n\n## When they are ripe\n\nText ^ripe\n\n#### Deep';
  const segments = segmentsOf(
    noteOf('markdown', text, [
      { kind: 'heading', at: '# A', text: 'A', level: 1 },
      { kind: 'heading', at: '## When they are ripe', text: 'When they are ripe', level: 2 },
      { kind: 'paragraph', at: 'Text ^ripe', text: 'Text', id: 'ripe' },
      { kind: 'heading', at: '#### Deep', text: 'Deep', level: 4 },
    ]),
  );

  it('are found by heading, by the address of a heading, and by block id', () => {
    expect(segmentNamed(segments, 'When they are ripe')).toBe(1);
    expect(segmentNamed(segments, 'when-they-are-ripe')).toBe(1);
    expect(segmentNamed(segments, '^ripe')).toBe(2);
    expect(segmentNamed(segments, 'Ripe')).toBeNull();
  });

  it('make an outline that begins at its own first level', () => {
    expect(outlineOf(segments).map(({ title, level }) => [title, level])).toEqual([['A', 1], ['When they are ripe', 2]]);
    expect(outlineOf(segments.slice(1)).map(({ level }) => level)).toEqual([1, 3]);
    expect(outlineOf([])).toEqual([]);
  });

  it('have a line', () => {
    expect([0, 3, 4, 5, text.length].map((at) => lineAt(text, at))).toEqual([1, 1, 2, 3, 7]);
  });
});

it('tells front matter from a rule', () => {
  expect(frontMatterEnd('---\na: 1\n---\ntext')).toBe(12);
  expect(frontMatterEnd('---\r\na: 1\r\n---\r\ntext')).toBe(14);
  expect(frontMatterEnd('text\n---\na\n---\n')).toBe(0);
  expect(frontMatterEnd('---\nnever ends')).toBe(0);
});
