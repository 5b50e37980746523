import { expect, it } from 'vitest';
import { unfound } from './unfound.ts';

// Bug: “Nothing found for ‘p’” at the first letter of every search.
it('one letter is not looked for yet', () => {
  expect(['p', ' я', 'tag:travel p', '"p'].map(unfound)).toEqual(['short', 'short', 'short', 'short']);
  expect(['p ', 'pq', 'a p', '木'].map(unfound)).toEqual(['none', 'none', 'none', 'none']);
});

// Bug: “Nothing found” is said of a quotation that is still being typed.
it('a quotation that is open goes on', () => {
  expect(['"unclosed phrase', '“two words” and „three'].map(unfound)).toEqual(['quoteOpen', 'quoteOpen']);
  expect(['"closed phrase"', 'no phrase', 'path:"my no'].map(unfound)).toEqual(['none', 'none', 'none']);
});
