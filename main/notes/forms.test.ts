import { expect, it } from 'vitest';
import { formsIn } from './forms.ts';

const now = Date.UTC(2025, 0, 1);
const text = 'Cooking quinces: cooked slowly, a quince cooks in an hour. The garden shed stands by the gardens. Die Übung.';

it('finds a wanted word in the forms in which it stands, each once', () => {
  expect(formsIn(text, 'cook quince ', now)).toEqual(['Cooking', 'cooked', 'cooks', 'quinces', 'quince']);
  expect(formsIn(text, 'ubung', now)).toEqual(['Übung']);
});

it('keeps a phrase together, and leaves out filters and what was not wanted', () => {
  expect(formsIn(text, '"garden shed" tag:quince -hour', now)).toEqual(['garden shed']);
  expect(formsIn(text, 'zzz', now)).toEqual([]);
});
