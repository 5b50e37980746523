import { expect, it } from 'vitest';
import { addressOf, linkTo, quoteOf } from './quote.ts';

const source = { title: 'Quinces [2025]', path: 'Garden/Quinces (new) #1.md', file: '/home/ana/Garden/Quinces (new) #1.md' };

it('makes a link that survives brackets, blanks and signs', () => {
  expect(linkTo(source)).toBe('[Quinces \\[2025\\]](file:///home/ana/Garden/Quinces%20%28new%29%20%231.md)');
  expect(addressOf('C:\\Users\\ana\\a b.md')).toBe('file:///C:/Users/ana/a%20b.md');
});

it('quotes every line, and says where it stands', () => {
  expect(quoteOf(' one\n\ntwo ', source, 'Page 3')).toBe('> one\n>\n> two\n>\n> — Quinces [2025], Garden/Quinces (new) #1.md, Page 3\n');
});
