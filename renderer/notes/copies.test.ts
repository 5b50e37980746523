import { describe, expect, it } from 'vitest';
import { linkTo, quoteOf } from './copies.ts';

const passage = (more: object = {}) => ({ headings: ['Cooking (slow)', 'With cardamom?'], text: '', place: { from: 0, to: 1 }, ...more });

describe('a link to a note', () => {
  it('leads to Obsidian for a vault, at the heading', () => {
    const folder = { path: '/home/ana/My vault', name: 'My vault', kind: 'obsidian' as const };
    expect(linkTo({ title: 'Quinces', path: 'garden/Quinces.md', folder, passage: passage() })).toBe(
      '[Quinces › With cardamom?](obsidian://open?vault=My%20vault&file=garden%2FQuinces%23With%20cardamom%3F)',
    );
    expect(linkTo({ title: 'A [draft]', path: 'A.md', folder, passage: null })).toBe('[A \\[draft\\]](obsidian://open?vault=My%20vault&file=A)');
  });

  // Bug: a bracket in a file's name ends the Markdown link in the middle.
  it('leads to the file elsewhere, at its heading or page', () => {
    const folder = { path: '/home/ana/Notes', name: 'Notes', kind: 'plain' as const };
    expect(linkTo({ title: 'Quinces', path: 'garden (old)/Quinces.md', folder, passage: passage() })).toBe('[Quinces › With cardamom?](file:///home/ana/Notes/garden%20%28old%29/Quinces.md#with-cardamom)');
    expect(linkTo({ title: 'Scan', path: 'scan.pdf', folder, passage: passage({ headings: [], place: { from: 0, to: 1, page: 3 } }) })).toBe('[Scan](file:///home/ana/Notes/scan.pdf#page=3)');
    expect(linkTo({ title: 'Scan', path: 'a.txt', folder: { ...folder, path: 'C:\\Users\\Ana' }, passage: null })).toBe('[Scan](file:///C:/Users/Ana/a.txt)');
  });
});

it('a quotation keeps its lines and says where it is from', () => {
  expect(quoteOf('One.\n\nTwo.\n', 'Quinces')).toBe('> One.\n>\n> Two.\n>\n> — Quinces\n');
});
