import { describe, expect, it } from 'vitest';
import { titleGrammar } from './titleGrammar.ts';

/** All texts of a grammar: rules of literals, groups with `?`, and a root of alternatives. */
function textsOf(grammar: string): string[] {
  const rules = grammar.split('\n').slice(1).map((rule) => rule.replace(/^r\d+ ::= /u, ''));
  const expand = (rule: string): string[] => {
    const token = /^"((?:[^"\\]|\\.)*)"\s*/u.exec(rule);
    if (token) return expand(rule.slice(token[0].length)).map((rest) => (token[1] ?? '').replace(/\\(.)/gu, '$1') + rest);
    if (rule.startsWith('(') && rule.endsWith(')?')) return ['', ...expand(rule.slice(1, -2))];
    expect(rule, 'nothing else is in a rule').toBe('');
    return [''];
  };
  return rules.flatMap(expand);
}

describe('the grammar of titles', () => {
  it('allows two to six words as they stand in a sentence, ending with one that names something', () => {
    const titles = textsOf(titleGrammar('Where is my "red" bicycle? I need a present for Anna.') ?? '');
    expect(titles).toContain('my "red" bicycle');
    expect(titles).toContain('present for Anna');
    expect(titles.every((title) => title.split(' ').length >= 2 && title.split(' ').length <= 6)).toBe(true);
    expect(titles).not.toContain('need a');
    expect(titles.some((title) => title.includes('?') || /bicycle I/u.test(title))).toBe(false);
  });

  it('keeps a number or a web address whole, and titles short', () => {
    expect(textsOf(titleGrammar('Is engram.example up at 7.30 today?') ?? '')).toContain('engram.example up at 7.30');
    expect(textsOf(titleGrammar(`${'a'.repeat(40)} ${'b'.repeat(40)} house key`) ?? '')).toEqual([`${'b'.repeat(40)} house`, `${'b'.repeat(40)} house key`, 'house key']);
  });

  it.each(['', '?', 'Bicycle', 'and so on', '   \n '])('is none where nothing can be named: %s', (text) => {
    expect(titleGrammar(text)).toBeNull();
  });
});
