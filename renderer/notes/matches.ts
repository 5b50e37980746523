/** Where words stand in what is shown, and where a stretch of a note's text does. Pure. */
import { fold } from '../chat/find.ts';
import type { Segment } from './segments.ts';

/** Which segment, and which match in it, from 0. */
export type Match = { segment: number; nth: number };
/** `whole`: only as words of their own, as a search found them; else anywhere, as one types. */
export type Needles = { words: readonly string[]; whole: boolean };

const letter = /[\p{L}\p{N}\p{M}]/u;

/** [start, end) of every match, in order, none within another. */
export function rangesOf(text: string, { words, whole }: Needles): [number, number][] {
  const hay = fold(text);
  const found: [number, number][] = [];
  for (const word of words) {
    const needle = fold(word);
    if (needle === '') continue;
    for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
      const end = at + needle.length;
      if (!whole || !(isInWord(hay, at) || isInWord(hay, end))) found.push([at, end]);
    }
  }
  found.sort(([a, aEnd], [b, bEnd]) => a - b || bEnd - aEnd);
  let last = -1;
  return found.filter(([, end]) => {
    const isWithin = end <= last;
    last = Math.max(last, end);
    return !isWithin;
  });
}

/** Whether letters stand on both sides; scripts without blanks have no words of their own. */
function isInWord(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  const after = text.charAt(at);
  return letter.test(before) && letter.test(after) && !unspaced.test(before) && !unspaced.test(after);
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Every match in the note, first to last. */
export function matchesIn(segments: readonly Segment[], needles: Needles): Match[] {
  if (needles.words.length === 0) return [];
  return segments.flatMap(({ plain }, segment) => rangesOf(plain, needles).map((_, nth) => ({ segment, nth })));
}

/** The match to begin with for whoever comes for a place: the first in its segment or behind. */
export function firstFrom(matches: readonly Match[], segment: number | null): number {
  if (segment === null) return 0;
  const found = matches.findIndex((match) => match.segment >= segment);
  return Math.max(0, found);
}

/** How much of a long stretch is enough to find its beginning and its end. Letters. */
const anchor = 24;

/**
 * Where a stretch of Markdown stands in the text drawn of it: letters and digits are compared, since marks are not
 * drawn. Null where it is not to be found, or nothing of it is drawn.
 */
export function stretchIn(drawn: string, written: string): [number, number] | null {
  const text = lettersOf(drawn);
  const wanted = lettersOf(written.replace(/\]\([^)\n]*\)/g, ']')).letters;
  if (wanted === '') return null;
  const from = text.letters.indexOf(wanted.slice(0, anchor));
  if (from < 0) return null;
  const tail = wanted.slice(-anchor);
  const to = text.letters.indexOf(tail, from + Math.max(0, Math.floor(wanted.length * 0.6) - anchor));
  if (to < 0) return null;
  return [text.places[from] ?? 0, (text.places[to + tail.length - 1] ?? 0) + 1];
}

function lettersOf(text: string): { letters: string; places: number[] } {
  const folded = fold(text);
  const places: number[] = [];
  let letters = '';
  for (let at = 0; at < folded.length; at += 1) {
    if (!letter.test(folded.charAt(at))) continue;
    letters += folded.charAt(at);
    places.push(at);
  }
  return { letters, places };
}
