/** The times that a text tells, from the day on which it was said: "yesterday", "letzten Sommer", "il y a deux ans". Pure. */
import type { Span } from './calendar.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { phraseFrom, type Phrase } from './grammar.ts';
import { japanese } from './japanese.ts';
import { spanish } from './spanish.ts';
import { lexiconOf, piecesOf, tokensOf, type Lexicon, type Piece, type Token } from './tokens.ts';

export type TimeTold = Span & {
  /** Where it stands in the text. */
  start: number;
  end: number;
  /** Which time is meant: that one, or all from it on, up to it, before it, after it. */
  side: 'in' | 'since' | 'until' | 'before' | 'after';
  /** Named in full: it is the same time whenever it was said. */
  whole: boolean;
  rough: boolean;
  /** A weekday alone that may be the last one or the next: one of them is given. */
  unsure: boolean;
  /** By a month, a season, a holiday or a number, rather than by how far off it is. */
  named: boolean;
  /** "For three years": from then until it was said. */
  lasting: boolean;
};

const languages = { english, german, french, spanish };
type Spaced = keyof typeof languages;
type Name = Spaced | 'japanese';
const spacedNames = Object.keys(languages) as Spaced[];
const lexicons = new Map<string, Lexicon>();
const commonWords = new Map<string, Spaced[]>();
for (const [name, { common }] of Object.entries(languages)) for (const word of common.split(' ')) commonWords.set(word, [...(commonWords.get(word) ?? []), name as Spaced]);

/** Whoever pastes a book tells its times at the beginning. Characters. */
const longestText = 4_000;

/** In the order in which they stand. */
export function readTimes(text: string, saidAt: number): TimeTold[] {
  const read = text.slice(0, longestText);
  if (!mayTell(read)) return [];
  const pieces = piecesOf(read);
  const isJapanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(read);
  const { lexicon, tokens } = isJapanese ? tokenised(pieces, 'japanese') : inItsLanguage(pieces);
  return timesIn(tokens, new Date(saidAt), lexicon.unspaced);
}

let telling: RegExp | null = null;

/** A quick look that spares most texts the rest: whether there is a digit, or a word about time of any language. */
export function mayTell(text: string): boolean {
  telling ??= new RegExp(`\\d|(?:^|[^\\p{L}])(?:${wordsThatTell(spacedNames).join('|')})(?!\\p{L})|${wordsThatTell(['japanese']).join('|')}`, 'u');
  return telling.test(text.toLowerCase());
}

/** Of a phrase that holds none of the single words its longest. */
function wordsThatTell(names: Name[]): string[] {
  const phrases = names.flatMap((name) => [...lexiconCalled(name).kinds].filter(([, { code }]) => 'mMwshuercR'.includes(code)).map(([phrase]) => phrase));
  const single = new Set(phrases.filter((phrase) => !phrase.includes(' ')));
  const others = phrases.filter((phrase) => !phrase.split(' ').some((word) => single.has(word))).map((phrase) => phrase.split(' ').reduce((long, word) => (word.length > long.length ? word : long)));
  return [...new Set([...single, ...others])].map((word) => (word === 'an' ? frenchYear : word));
}

/** Not every English "an". */
const frenchYear = '(?:un|nouvel|par|[ld][’\']) ?an';

/** Of fewer words one more or less of a language says little. */
const tellingLength = 8;

function inItsLanguage(pieces: Piece[]): { lexicon: Lexicon; tokens: Token[] } {
  const counts = { english: 0, german: 0, french: 0, spanish: 0 };
  for (const { text } of pieces) for (const name of commonWords.get(text) ?? []) counts[name] += 1;
  const least = Math.max(...Object.values(counts)) - (pieces.length < tellingLength ? 1 : 0);
  const likely = spacedNames.filter((name) => counts[name] >= least);
  if (likely.length === 1) return tokenised(pieces, likely[0]!);
  // Too short to tell: the language in which most of it is about time.
  const read = likely.map((name) => tokenised(pieces, name));
  const telling = ({ tokens }: { tokens: Token[] }) => tokens.reduce((sum, { code, start, end }) => sum + (code === '.' || code === '|' || code === 'j' ? 0 : code === ' ' ? 1 : end - start), 0);
  return read.reduce((best, one) => (telling(one) > telling(best) ? one : best));
}

function tokenised(pieces: Piece[], name: Name): { lexicon: Lexicon; tokens: Token[] } {
  const lexicon = lexiconCalled(name);
  return { lexicon, tokens: tokensOf(pieces, lexicon) };
}

function lexiconCalled(name: Name): Lexicon {
  let lexicon = lexicons.get(name);
  if (!lexicon) lexicons.set(name, (lexicon = lexiconOf(name === 'japanese' ? japanese : languages[name])));
  return lexicon;
}

/** With these no time begins. */
const nothingBegins = '.| zZjqALBFUd';

function timesIn(tokens: Token[], at: Date, suffixes: boolean): TimeTold[] {
  const codes = tokens.map(({ code }) => code).join('');
  const told: TimeTold[] = [];
  let sentence = { end: -1, ahead: false, behind: false, present: false };
  for (let from = 0; from < tokens.length; ) {
    if (from > sentence.end) sentence = sentenceFrom(codes, from);
    const found = nothingBegins.includes(codes[from]!) ? null : phraseFrom(codes, tokens, { from, said: { at, ahead: sentence.ahead || isUntil(codes, from), behind: sentence.behind, present: sentence.present }, suffixes });
    if (found && !isHabit(codes, from)) told.push(toldBy(found, codes, { tokens, from, suffixes }));
    from += found?.length ?? 1;
  }
  return told;
}

/** "Every Monday", "los jueves". */
const isHabit = (codes: string, from: number) => codes[from - 1] === 'q' && /[wesm]/u.test(codes[from]!);

/** "Till the summer" lies ahead. */
const isUntil = (codes: string, from: number) => /U[ ik]{0,2}$/u.test(codes.slice(Math.max(0, from - 3), from));

function sentenceFrom(codes: string, from: number): { end: number; ahead: boolean; behind: boolean; present: boolean } {
  const end = codes.indexOf('|', from);
  const last = end === -1 ? codes.length : end;
  const sentence = codes.slice(from, last);
  return { end: last, ahead: sentence.includes('z'), behind: sentence.includes('Z'), present: sentence.includes('j') };
}

function toldBy(found: Phrase, codes: string, { tokens, from, suffixes }: { tokens: Token[]; from: number; suffixes: boolean }): TimeTold {
  const end = from + found.length;
  const side = suffixes ? /^ {0,2}([SUAL])/u.exec(codes.slice(end, end + 3))?.[1] : /([SUBFv])[ ik]{0,2}$/u.exec(codes.slice(Math.max(0, from - 3), from))?.[1];
  return {
    from: found.from, until: found.until, start: tokens[from]!.start, end: tokens[end - 1]!.end,
    whole: found.whole === true, rough: found.rough === true, unsure: found.unsure === true, named: /[mMshDGyYo]/u.test(codes.slice(from, end)), lasting: found.lasting === true, side: sideOf(found.lasting ? 'S' : side),
  };
}

function sideOf(code: string | undefined): TimeTold['side'] {
  switch (code) {
    case 'S':
      return 'since';
    case 'U':
      return 'until';
    case 'B':
    case 'v':
    case 'A':
      return 'before';
    case 'F':
    case 'L':
      return 'after';
    default:
      return 'in';
  }
}
