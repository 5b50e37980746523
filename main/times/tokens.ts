/** A text as its words about time, each a sign that says what kind of word it is. Pure. */
import type { Unit } from './calendar.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * What a word can be:
 * D a whole date · G a decade · Y a year · y a number that may be one · n a count · a "a" · o a day of a month · O first, second… · m a month · M a month that may be
 * another word · w a weekday · s a season · h a holiday · u a unit · e a weekend · r a day so far off · c a unit so far off · R lately ·
 * p last · P the last few · t this · x next · A ago, after the count · b ago, before it · L later, after the count · i in · k on · S since · U until ·
 * B before · F after · v before or ago · f for so long · d so long, after the count · E part of a month or year · q every · z what lies ahead, Z behind, j what holds now ·
 * a space for words that may stand between · a dot for any other word · | between sentences.
 */
export type Token = {
  code: string;
  /** Number, index of a month, weekday or season, days or units off. */
  value: number;
  unit?: Unit | 'weekend';
  /** Of a holiday. */
  name?: string;
  rough?: boolean;
  start: number;
  end: number;
};

export type Kind = Pick<Token, 'code' | 'value' | 'unit' | 'name' | 'rough'>;

/** Phrases by their words with a space between, and the beginnings of longer ones. */
export type Lexicon = { kinds: Map<string, Kind>; beginnings: Set<string>; unspaced: boolean; dayFirst: boolean };

const piece = /\d+(?:[.,:/-]\d+)*(?:(?:st|nd|rd|th|er|ers|ème|e|s)(?!\p{L})|[ºª]|\.(?=\s\p{Lu}))?|[０-９]+|[一二三四五六七八九十]+|\p{Script=Han}|\p{Script=Hiragana}|[\p{Script=Katakana}ー・]|\p{L}[\p{L}\p{M}]*|[^\s\d\p{L}]/gu;
const ignored = /^['’‘"“”„«»()[\]\-–—]$/u;
const kanjiNumber = /^[一二三四五六七八九十]+$/u;

export function lexiconOf(words: Vocabulary): Lexicon {
  const lexicon: Lexicon = { kinds: new Map(), beginnings: new Set(), unspaced: words.months.length === 0, dayFirst: words.ago !== 'ago|back' };
  const add = (phrases: string, kind: Kind) => {
    for (const phrase of phrases === '' ? [] : phrases.split('|')) addPhrase(lexicon, phrase, kind);
  };
  const plain = (code: string, phrases: string) => add(phrases, { code, value: 0 });
  plain('.', words.none);
  const weak = words.weakMonths.split('|');
  words.months.forEach((names, value) => names.split('|').forEach((name) => add(name, { code: weak.includes(name) ? 'M' : 'm', value })));
  words.weekdays.forEach((names, value) => add(names, { code: 'w', value }));
  words.seasons.forEach((names, value) => add(names, { code: 's', value }));
  for (const [name, phrases] of Object.entries(words.holidays)) add(phrases, { code: 'h', value: 0, name });
  for (const [unit, phrases] of Object.entries(words.units)) add(phrases, unit === 'weekend' ? { code: 'e', value: Number.NaN, unit: 'weekend' } : { code: 'u', value: 1, unit: unit as Unit });
  add(words.weekends, { code: 'e', value: Number.NaN, unit: 'weekend', rough: true });
  words.ordinals.forEach((names, index) => add(names, { code: 'O', value: index + 1 }));
  for (const [count, unit, phrases] of words.bundles) add(phrases, { code: 'u', value: count, unit });
  words.numbers.forEach((name, index) => add(name, { code: 'n', value: index + 1 }));
  add(words.couple, { code: 'n', value: 2 });
  add(words.few, { code: 'n', value: 3, rough: true });
  for (const [value, phrases] of words.days) add(phrases, { code: 'r', value });
  for (const [unit, value, phrases] of words.compounds) add(phrases, unit === 'weekend' ? { code: 'e', value, unit } : { code: 'c', value, unit });
  ([['early', 0], ['mid', 1], ['late', 2]] as const).forEach(([key, value]) => add(words[key], { code: 'E', value }));
  if (words.before === 'vor') plain('v', 'vor');
  for (const [code, key] of plainCodes) plain(code, words[key]);
  return lexicon;
}

/** The first that a word is wins. */
const plainCodes = [
  ['a', 'article'], ['R', 'lately'], ['P', 'lastFew'], ['p', 'last'], ['t', 'this'], ['x', 'next'], ['A', 'ago'], ['b', 'agoBefore'], ['L', 'later'], ['i', 'in'], ['k', 'on'], ['S', 'since'], ['U', 'until'],
  ['B', 'before'], ['F', 'after'], ['f', 'during'], ['d', 'duringAfter'], ['q', 'every'], ['z', 'future'], ['Z', 'past'], ['j', 'present'], [' ', 'glue'],
] as const;

function addPhrase({ kinds, beginnings }: Lexicon, phrase: string, kind: Kind): void {
  const words = piecesOf(phrase).map(({ text }) => text);
  words.slice(1).forEach((_, index) => beginnings.add(words.slice(0, index + 1).join(' ')));
  const key = words.join(' ');
  if (!kinds.has(key)) kinds.set(key, kind);
}

export type Piece = { text: string; start: number; end: number };

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const { 0: found, index } of text.matchAll(piece)) {
    if (!ignored.test(found)) pieces.push({ text: found.toLowerCase(), start: index, end: index + found.length });
  }
  return pieces;
}

export function tokensOf(pieces: Piece[], lexicon: Lexicon): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pieces.length; ) {
    const { kind, length } = phraseAt(pieces, at, lexicon);
    tokens.push({ ...kind, start: pieces[at]!.start, end: pieces[at + length - 1]!.end });
    at += length;
  }
  return lexicon.unspaced ? withJapaneseMonths(tokens, pieces) : tokens;
}

/** The longest phrase that begins here; a number; or any other word. */
function phraseAt(pieces: Piece[], at: number, lexicon: Lexicon): { kind: Kind; length: number } {
  let [key, best] = ['', { kind: other(pieces[at]!.text, lexicon), length: 1 }];
  for (let length = 1; at + length <= pieces.length; length += 1) {
    key = length === 1 ? pieces[at]!.text : `${key} ${pieces[at + length - 1]!.text}`;
    const kind = lexicon.kinds.get(key);
    if (kind) best = { kind, length };
    if (!lexicon.beginnings.has(key)) break;
  }
  return best;
}

function other(text: string, { dayFirst, unspaced }: Lexicon): Kind {
  if (/^[\d０-９]/u.test(text)) return numberKind(text.replace(/[０-９]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)), dayFirst);
  if (unspaced && kanjiNumber.test(text)) return { code: 'n', value: kanjiValue(text) };
  if (/^[.!?;。！？]$/u.test(text)) return { code: '|', value: 0 };
  // "We painted".
  const isPast = !dayFirst && /\p{L}{3}ed$/u.test(text);
  return { code: text === ',' || text === '、' ? ' ' : isPast ? 'Z' : '.', value: 0 };
}

function numberKind(text: string, dayFirst: boolean): Kind {
  const value = Number.parseInt(text, 10);
  // "Am 5. Mai", but "I was born in 1990. Then…".
  if (text.endsWith('.')) return dayFirst && value <= 31 ? { code: 'o', value } : numberKind(text.slice(0, -1), dayFirst);
  const date = wholeDate(text, dayFirst);
  if (date !== null) return { code: 'D', value: date };
  return { code: numberForms.find(([form]) => form.test(text))?.[1] ?? '.', value: /^\d0\D/u.test(text) ? 1_900 + value : value };
}

/** "1990s", "90er"; a year; "5th"; a count. */
const numberForms: [form: RegExp, code: string][] = [
  [/^(?:19|20)?\d0(?:s|er|ers)$/u, 'G'],
  [/^(?:19|20)\d\d$/u, 'y'],
  [/^(?:0?[1-9]|[12]\d|3[01])[^\d.,:/-]+$/u, 'o'],
  [/^(?=\d*[1-9])\d{1,3}$/u, 'n'],
];

/** 2023-05-08, 2023/5/8, and where the day comes first 8.5.2023 and 8/5/2023. Midnight. */
function wholeDate(text: string, dayFirst: boolean): number | null {
  const iso = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})$/u.exec(text);
  if (iso) return midnight(Number(iso[1]), Number(iso[3]), Number(iso[4]));
  const written = dayFirst ? /^(\d{1,2})([./])(\d{1,2})\2(\d{4})$/u.exec(text) : null;
  return written ? midnight(Number(written[4]), Number(written[3]), Number(written[1])) : null;
}

function midnight(year: number, month: number, day: number): number | null {
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null;
}

/** 二十五 is 25. */
function kanjiValue(text: string): number {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['0', text];
  const digit = (signs = '') => [...signs].reduce((sum, sign) => sum * 10 + '一二三四五六七八九'.indexOf(sign) + 1, 0);
  return (tens === '0' ? 0 : tens === '' ? 10 : 10 * digit(tens)) + digit(ones);
}

/** 5月 is May, 8日 behind it the 8th, 2023年 a year; 二日前 is two days ago, 三年間 three years. */
function withJapaneseMonths(tokens: Token[], pieces: Piece[]): Token[] {
  const textAt = new Map(pieces.map(({ start, text }) => [start, text]));
  const made: Token[] = [];
  for (const token of tokens) {
    const before = made.at(-1);
    const kind = before && (before.code === 'n' || before.code === 'y') && before.end === token.start ? japaneseKind(before, token, { sign: textAt.get(token.start), earlier: made.at(-2)?.code }) : null;
    if (kind) made[made.length - 1] = { ...kind, start: before!.start, end: token.end };
    else made.push(token);
  }
  return made;
}

type Beside = { sign: string | undefined; earlier: string | undefined };

function japaneseKind(number: Token, token: Token, { sign, earlier }: Beside): Kind | null {
  if (sign === '月' && token.code === '.') return number.value <= 12 ? { code: 'm', value: number.value - 1 } : null;
  if (sign === '年' && number.code === 'y') return { code: 'Y', value: number.value };
  const isDay = sign === '日' && isSingle(token) && earlier === 'm';
  return isDay && number.value <= 31 ? { code: 'o', value: number.value } : null;
}

/** 日, not 日間. */
const isSingle = ({ start, end }: Token) => end - start === 1;
