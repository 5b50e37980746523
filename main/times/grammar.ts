/** How words about time go together, and what stretch of time they name from the day on which they were said. Pure. */
import { away, days, dayOf, holiday, month, moved, season, unitSpan, weekday, weekdayOf, weekend, year, type Holiday, type Span, type Unit } from './calendar.ts';
import type { Token } from './tokens.ts';

export type Named = Span & {
  /** Named in full: it is the same time whenever it was said. */
  whole?: boolean;
  /** About then. */
  rough?: boolean;
  /** A weekday alone, and nothing says whether it was the last one or is the next; or the very day on which it is said. */
  unsure?: boolean;
  /** It lasted from then until it was said. */
  lasting?: boolean;
  /** What "three weeks before" is counted from. */
  main?: number;
};

/** What is spoken of lies ahead, or behind. */
export type Said = { at: Date; ahead: boolean; behind: boolean; present: boolean };

type Reading = (tokens: Tokens, said: Said) => Named | null;
type Tokens = { get(codes: string): Token | undefined };

/** The longer before the shorter. A space is up to three words that may stand between. */
const rules: [pattern: string, reading: Reading][] = [
  ['D', (tokens) => ({ ...days(new Date(tokens.get('D')!.value), 0), whole: true })],
  ['[no] [mM] [yY]|[mM][no] [yY]|[yY] m[no]|c m[no]|[no] [mM] [ptx] u|[no] [mM]|[mM][no](?! u)', dayOfMonth],
  ['[mM] [yY]|[yY] m|c m|[ptx] [mM]|[mM] [px](?! u)|m|(?<=[ikSUBFvEf][ ik]{0,3})M', wholeMonth],
  ['[Op] [ue] [mM] [yY]|[Op] [ue] [mM]', partOfMonth],
  ['w [ptx] u|w c|c w|[ptx] w|w [px]|w', ofWeek],
  ['s [yY]|[yY] s|[ptx] s|s [px]|c s|s c|(?<=[ikSUBFvEf][ ik]{0,3})s', ofYear],
  ['h [yY]|[yY] h|[ptx] h|h [px]|c h|h', onHoliday],
  ['[na] e A|[vb] [na] e|[ptx] e|e [px]|e', atWeekend],
  ['[pPx] [na] u|[na] P u|[na] u [pPx]', lastFew],
  ['S b [na] (?:[na] )?u|[Sf] [na] (?:[na] )?u(?! [ABFL])|[na] u d', lasting],
  ['[vb] (?:[na] )?(?:[na] )?u|(?:[na] )?(?:[na] )?u A', ago],
  ['i [na] u|[na] u L', later],
  ['(?<!S)[ptx] u|u [px]|c', relativeUnit],
  ['u n', decade],
  ['r', (tokens, { at }) => days(at, tokens.get('r')!.value)],
  ['R', (_, { at }) => ({ ...days(at, -10, 10), rough: true })],
  ['k o(?! [mM])', (tokens, said) => dayOfThisMonth(tokens.get('o')!.value, said)],
  ['G', (tokens) => ({ ...year(tokens.get('G')!.value, 10), whole: true })],
  ['[yY]', (tokens, { at }) => (tokens.get('yY')!.value > at.getFullYear() + farthest ? null : { ...year(tokens.get('yY')!.value), whole: true })],
];

const gap = '[ ik]{0,3}';
const compiled = rules.map(([pattern, reading]) => ({ pattern: new RegExp(`(?:${pattern.replaceAll(/(?<!\[[^\]]*) /gu, gap)})`, 'uy'), reading }));

const offsetBefore = new RegExp(`(?:[na]${gap})?[na]?${gap}u${gap}[BFv]${gap}`, 'uy');
const offsetAfter = new RegExp(`${gap}[na]${gap}u${gap}[AL]`, 'uy');
const dayBeside = new RegExp(`w${gap}[BFv]${gap}`, 'uy');
const partBefore = new RegExp(`E${gap}`, 'uy');
const partAfter = new RegExp(`${gap}E`, 'uy');

export type Phrase = Named & { length: number };

type From = { from: number; said: Said };

/** What the words from this one on name, with an offset or a part before it, or, where `suffixes` come, after it. */
export function phraseFrom(codes: string, tokens: Token[], { suffixes, ...given }: From & { suffixes: boolean }): Phrase | null {
  if (!suffixes) return prefixed(codes, tokens, given) ?? simple(codes, tokens, given);
  const found = simple(codes, tokens, given);
  return found && withSuffix(codes, tokens, { ...given, found });
}

const prefixes: [pattern: RegExp, apply: (named: Phrase, tokens: Token[]) => Phrase][] = [
  [offsetBefore, shifted],
  [dayBeside, besideOf],
  [partBefore, (named, [part]) => partOf(named, part!.value)],
];

function prefixed(codes: string, tokens: Token[], { from, said }: From): Phrase | null {
  for (const [pattern, apply] of prefixes) {
    const length = lengthAt(pattern, codes, from);
    const anchor = length > 0 ? simple(codes, tokens, { from: from + length, said: counting(said) }) : null;
    if (anchor) return { ...apply(anchor, tokens.slice(from, from + length)), length: length + anchor.length };
  }
  return null;
}

/** "Three weeks before Christmas" was, most likely. */
const counting = (said: Said): Said => ({ ...said, behind: true });

function withSuffix(codes: string, tokens: Token[], { from, said, found }: From & { found: Phrase }): Phrase {
  const end = from + found.length;
  const offset = lengthAt(offsetAfter, codes, end);
  if (offset > 0 && !/[uRr]/u.test(codes.slice(from, end))) {
    const anchor = simple(codes, tokens, { from, said: counting(said) })!;
    return { ...shifted(anchor, tokens.slice(end, end + offset)), length: found.length + offset };
  }
  const part = lengthAt(partAfter, codes, end);
  return part > 0 ? { ...partOf(found, tokens[end + part - 1]!.value), length: found.length + part } : found;
}

function simple(codes: string, tokens: Token[], { from, said }: From): Phrase | null {
  for (const { pattern, reading } of compiled) {
    const length = lengthAt(pattern, codes, from);
    const matched = tokens.slice(from, from + length);
    const named = length > 0 ? reading({ get: (wanted) => matched.findLast(({ code }) => wanted.includes(code)) }, said) : null;
    if (named) return { ...named, length };
  }
  return null;
}

function lengthAt(pattern: RegExp, codes: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(codes)?.[0].length ?? 0;
}

/** The first, second or last third. */
function partOf<T extends Named>(named: T, part: number): T {
  const third = (named.until - named.from) / 3;
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  return { ...named, from: midnight(named.from + part * third), until: part === 2 ? named.until : midnight(named.from + (part + 1) * third) };
}

/** "Three weeks before": that many of the unit away from the time named. */
function shifted<T extends Named>(named: T, tokens: Token[]): T {
  const unit = tokens.find(({ code }) => code === 'u')!;
  const back = tokens.some(({ code }) => 'BvA'.includes(code));
  const anchor = new Date(named.main ?? (back ? named.from : named.until - 1));
  return { ...named, ...away(anchor, unit.unit as Unit, (back ? -1 : 1) * countOf(tokens) * unit.value), main: undefined, rough: unit.unit === 'week' };
}

/** "The Friday before 15 July". */
function besideOf<T extends Named>(named: T, tokens: Token[]): T {
  const ahead = tokens.some(({ code }) => code === 'F');
  const anchor = new Date(ahead ? named.until - 1 : named.from);
  return { ...named, ...weekday(anchor, tokens[0]!.value, ahead) };
}

const countOf = (tokens: Token[]) => tokens.findLast(({ code }) => code === 'n')?.value ?? 1;

/** The year that is named, by number or as last, this or next; null where none is. */
function yearNamed(tokens: Tokens, { at }: Said): { year: number; whole: boolean } | null {
  const number = tokens.get('yY');
  if (number) return { year: number.value, whole: true };
  const compound = tokens.get('c');
  if (compound?.unit === 'year') return { year: at.getFullYear() + compound.value, whole: false };
  return tokens.get('u')?.unit === 'year' ? { year: at.getFullYear() + turnOf(tokens), whole: false } : null;
}

const turnOf = (tokens: Tokens) => (tokens.get('p') ? -1 : tokens.get('x') ? 1 : 0);

/** The one of this year, last year or next that is meant: the last that has begun, the next that is to come, or this year's. */
function nearest(said: Said, tokens: Tokens, spanOf: (year: number) => Named): Named {
  const named = yearNamed(tokens, said);
  if (named) return { ...spanOf(named.year), whole: named.whole };
  return nearestOf(said, tokens, spanOf);
}

function nearestOf(said: Said, tokens: Tokens, spanOf: (year: number) => Named): Named {
  const around = [-2, -1, 0, 1, 2].map((offset) => spanOf(said.at.getFullYear() + offset));
  if (tokens.get('t')) return around[2]!;
  const [now, today] = [said.at.getTime(), days(said.at, 0).from];
  if (tokens.get('x') || (said.ahead && !tokens.get('p'))) return around.find(({ until }) => until > now && !tokens.get('x')) ?? around.find(({ from }) => from > now)!;
  const last = around.findLast(({ from, until }) => (tokens.get('p') ? until <= today : from <= now))!;
  return said.behind || tokens.get('p') || !isShort(last) ? last : (around.find(({ from }) => from > now && from - now < soonMs && now - last.until > longAgoMs) ?? last);
}

/** A day that comes soon and was long ago is the one to come: "my exam, 3 July", said in May. */
const soonMs = 90 * 86_400_000;
const longAgoMs = 180 * 86_400_000;
const isShort = ({ from, until }: Named) => until - from < 7 * 86_400_000;

function dayOfMonth(tokens: Tokens, said: Said): Named | null {
  const [{ value: day, rough }, { value: index }] = [tokens.get('no')!, tokens.get('mM')!];
  if (rough || day < 1 || day > 31) return null;
  return nearest(said, tokens, (number) => {
    const from = dayOf(number, index, day);
    return { from, until: dayOf(number, index, day + 1) };
  });
}

function dayOfThisMonth(day: number, { at, ahead }: Said): Named {
  const own = dayOf(at.getFullYear(), at.getMonth(), day);
  const step = ahead ? Number(own < days(at, 0).from) : -Number(own > at.getTime());
  const from = dayOf(at.getFullYear(), at.getMonth() + step, day);
  return { from, until: dayOf(at.getFullYear(), at.getMonth() + step, day + 1) };
}

function wholeMonth(tokens: Tokens, said: Said): Named {
  return nearest(said, tokens, (number) => month(number, tokens.get('mM')!.value));
}

function ofYear(tokens: Tokens, said: Said): Named {
  return nearest(said, tokens, (number) => season(number, tokens.get('s')!.value));
}

function onHoliday(tokens: Tokens, said: Said): Named {
  return nearest(said, tokens, (number) => holiday(tokens.get('h')!.name as Holiday, number));
}

/** "The first week of May", "the last weekend in August 2023". */
function partOfMonth(tokens: Tokens, said: Said): Named | null {
  const [unit, ordinal] = [tokens.get('ue')!.unit, tokens.get('O')?.value ?? 0];
  if (unit !== 'week' && unit !== 'weekend') return null;
  return nearest(said, { get: (codes) => (codes === 'p' ? undefined : tokens.get(codes)) }, (number) => {
    const { from, until } = month(number, tokens.get('mM')!.value);
    if (unit === 'week') return ordinal === 0 ? days(new Date(until), -7, 7) : days(new Date(from), 7 * (ordinal - 1), 7);
    return ordinal === 0 ? weekend(new Date(until), new Date(until).getDay() === 0 ? 0 : -1) : weekend(new Date(from), ordinal - (new Date(from).getDay() === 0 ? 0 : 1));
  });
}

function ofWeek(tokens: Tokens, said: Said): Named | null {
  const { at } = said;
  const index = tokens.get('w')!.value;
  const compound = tokens.get('c') ?? tokens.get('u');
  if (compound) return compound.unit === 'week' ? weekdayOf(unitSpan(at, 'week', tokens.get('c')?.value ?? turnOf(tokens)).from, index) : null;
  if (tokens.get('t')) return weekdayOf(unitSpan(at, 'week', 0).from, index);
  return tokens.get('px') ? weekday(at, index, !tokens.get('p')) : weekdayAlone(index, said);
}

function weekdayAlone(index: number, { at, ahead, behind, present }: Said): Named {
  const coming = ahead || (present && !behind);
  return { ...weekday(at, index, coming), unsure: (!coming && !behind) || at.getDay() === index };
}

function atWeekend(tokens: Tokens, { at, ahead }: Said): Named | null {
  const { value, rough } = tokens.get('e')!;
  // "At weekends" is none of them.
  if (rough && !tokens.get('na')) return null;
  if (!Number.isNaN(value)) return weekend(at, value);
  if (tokens.get('na')) return weekend(at, -countIn(tokens));
  // On a Sunday "last weekend" is not the one that is ending.
  if (tokens.get('px')) return weekend(at, turnOf(tokens));
  return weekend(at, tokens.get('t') || ahead || [0, 6].includes(at.getDay()) ? 0 : -1);
}

function lastFew(tokens: Tokens, { at }: Said): Named | null {
  const { unit, value } = tokens.get('u')!;
  const count = value * countIn(tokens);
  if (count < 2 || count > mostUnits) return null;
  const today = days(at, 0);
  return tokens.get('x') ? { from: today.until, until: moved(at, unit as Unit, count) } : { from: moved(at, unit as Unit, -count), until: today.until };
}

const countIn = (tokens: Tokens) => tokens.get('n')?.value ?? 1;

const roughOf = (tokens: Tokens) => tokens.get('n')?.rough === true;

function ago(tokens: Tokens, { at }: Said): Named | null {
  const { unit, value } = tokens.get('u')!;
  const count = value * countIn(tokens);
  // "Years ago" is nobody's date.
  if (count > mostUnits || (count === 1 && !tokens.get('na'))) return null;
  return { ...away(at, unit as Unit, -count), rough: roughOf(tokens) || unit === 'week' };
}

function later(tokens: Tokens, { at }: Said): Named | null {
  const { unit, value } = tokens.get('u')!;
  const count = value * countIn(tokens);
  return count > mostUnits ? null : { ...away(at, unit as Unit, count), rough: roughOf(tokens) || unit === 'week' };
}

function lasting(tokens: Tokens, { at }: Said): Named | null {
  const began = ago(tokens, { at, ahead: false, behind: true, present: false });
  return began && { ...began, lasting: true };
}

/** A number beyond so many years from now is none of a year. */
const farthest = 30;

/** More is a manner of speaking. */
const mostUnits = 400;

function relativeUnit(tokens: Tokens, { at }: Said): Named | null {
  const compound = tokens.get('c');
  if (compound) return unitSpan(at, compound.unit as Unit, compound.value);
  const { unit, value } = tokens.get('u')!;
  // "This day" and "last day" are nobody's dates; a last decade is no one stretch.
  return unit === 'day' || value !== 1 ? null : unitSpan(at, unit as Unit, turnOf(tokens));
}

/** "Années 90". */
function decade(tokens: Tokens): Named | null {
  const count = tokens.get('n')!.value;
  return tokens.get('u')!.unit === 'year' && count >= 20 && count < 100 && count % 10 === 0 ? { ...year(1900 + count, 10), whole: true } : null;
}
