/** Where wanted words stand in a text as it is shown. Pure. */
import stemmers from 'snowball-stemmers';
import { folded } from '../store/noteText.ts';
import type { Wanted } from './query.ts';

type Token = { word: string; from: number; to: number };

/** The stemmer that the index uses. */
const porter = stemmers.newStemmer('porter');
export const stem = (word: string): string => porter.stem(word);

const someWord = /[\p{L}\p{N}\p{M}\p{Co}\u00ad]+/gu;
const pieces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

function tokensOf(text: string): Token[] {
  return [...text.matchAll(someWord)].flatMap(({ 0: run, index }) =>
    [...run.matchAll(pieces)].map((piece) => {
      const from = index + piece.index;
      return { word: folded(piece[0].replaceAll('\u00ad', '')), from, to: from + piece[0].length };
    }),
  );
}

/** Character ranges, [start, end), in order. `alike`: by the place of a wanted thing, words that are taken for it. */
export function marksIn(text: string, wanted: readonly Wanted[], alike: ReadonlyMap<number, readonly string[]> = new Map()): [number, number][] {
  const tokens = tokensOf(text);
  const marked = new Set<number>();
  for (const [index, one] of wanted.entries()) {
    const forms = one.words.map((word, at) => formsOf(word, at === one.words.length - 1 && one.isTyped, one.words.length === 1 ? (alike.get(index) ?? []) : []));
    for (let at = 0; at + forms.length <= tokens.length; at += 1) {
      if (forms.every((isForm, offset) => isForm(tokens[at + offset]!.word))) for (let offset = 0; offset < forms.length; offset += 1) marked.add(at + offset);
    }
  }
  return [...marked].sort((one, other) => one - other).map((at) => [tokens[at]!.from, tokens[at]!.to]);
}

function formsOf(wanted: string, isTyped: boolean, alike: readonly string[]): (word: string) => boolean {
  const plain = folded(wanted);
  const stems = [...new Set([stem(plain), ...alike])];
  const beginnings = stems.map((one) => one.slice(0, 2));
  return (word) => {
    if (word === plain || (isTyped && word.startsWith(plain))) return true;
    if (!beginnings.some((beginning) => word.startsWith(beginning))) return false;
    const root = stem(word);
    return stems.some((one) => root === one || (isTyped && one !== stems[0] && root.startsWith(one)));
  };
}
