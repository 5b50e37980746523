import { describe, expect, it } from 'vitest';
import { filtersIn, hasFilter, toggleFilter, withoutFilters } from './filters.ts';

describe('filters in what was typed', () => {
  it.each([
    ['budget tag:money', ['tag:money']],
    ['tag:"two words" -path:/old/ x before:2024', ['tag:"two words"', '-path:/old/', 'before:2024']],
    ['metatag:x http://in:x "in:y" "of tag:x here" in:notes', ['in:notes']],
    ['', []],
  ])('%s', (text, filters) => expect(filtersIn(text)).toEqual(filters));

  it.each([
    ['budget', 'tag:money', 'budget tag:money '],
    ['', 'type:pdf', 'type:pdf '],
    ['budget tag:Money rent', 'tag:money', 'budget rent'],
    ['tag:money budg', 'tag:money', 'budg'],
    ['path:"/Old years/" ', 'path:"/Old years/"', ''],
    // Bug: taking out tag:a leaves "b" of tag:ab behind.
    ['tag:ab tag:a', 'tag:a', 'tag:ab'],
  ])('%j with or without %s is %j', (text, filter, expected) => expect(toggleFilter(text, filter)).toBe(expected));

  it('are found again whatever their capitals, and are no question', () => {
    expect(hasFilter('x TAG:Money', 'tag:money')).toBe(true);
    expect(withoutFilters('what of tag:money the rent -path:x')).toBe('what of the rent');
  });
});
