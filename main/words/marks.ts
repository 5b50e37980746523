/** Where wanted words stand in a text as it is shown. Pure. */
import stemmers from 'snowball-stemmers';
import { perhapsUnspaced } from '../store/memoryKey.ts';
import { folded } from '../store/noteText.ts';
import type { Wanted } from './query.ts';

type Token = { word: string; from: number; to: number };

/** The stemmer that the index uses. */
const porter = stemmers.newStemmer('porter');
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= stemsKept) stems.clear();
  const found = porter.stem(word);
  stems.set(word, found);
  return found;
}
/** While one types, the same texts are shown again and again. */
const stems = new Map<string, string>();
const stemsKept = 20_000;

const someWord = /[\p{L}\p{N}\p{M}\p{Co}\u00ad]+/gu;
const pieces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

function tokensOf(text: string): Token[] {
  return [...text.matchAll(someWord)].flatMap(({ 0: run, index }) => (perhapsUnspaced.test(run) ? [...run.matchAll(pieces)].map((piece) => tokenAt(index + piece.index, piece[0])) : [tokenAt(index, run)]));
}

const tokenAt = (from: number, text: string): Token => ({ word: folded(text.replaceAll('\u00ad', '')), from, to: from + text.length });

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
