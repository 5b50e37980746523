/** The times that a question about notes names, and the question without them. They lie behind. Pure. */
import { readTimes, type TimeTold } from '../../times/read.ts';

/** Unix milliseconds, [from, until); `name` as the question has it. */
export type Stretch = { from: number; until: number; name: string };

/** What takes the place of a time while the rest is read. */
const hole = '\u{E000}';
const before = '(?:in|on|at|during|over|throughout|within|from|since|until|till|before|after|between|and|to|of|for|von|im|am|seit|bis|vor|nach|zwischen|und|während|aus|en|depuis|entre|et|avant|après|pendant|de|du|desde|hasta|durante|antes de|después de|y|a)';

export function withoutTimes(text: string, now: number): { text: string; times: Stretch[] } {
  const ends = betweenIn(text, now);
  const read = ends ? { text: ends.rest, times: [] } : singleTimes(text, now);
  const rest = read.text
    .replace(new RegExp(`(?:(?<=^|\\s)(?:${before}(?: the (?:year|month|week|summer|winter))?\\s+))*${hole}(?:の間|から|まで|と|に|の)?`, 'giu'), ' ')
    .replace(/\s+/gu, ' ')
    .replace(/ (?=[?.!,？。])/gu, '')
    .trim();
  return { text: rest, times: ends?.times ?? read.times };
}

function singleTimes(text: string, now: number): { text: string; times: Stretch[] } {
  const told = readTimes(text, now).filter(({ lasting, unsure, start, end }) => !lasting && !unsure && !isAdverb.test(text.slice(start, end).trim()));
  let rest = text;
  for (const { start, end } of told.toReversed()) rest = `${rest.slice(0, start)}${hole}${rest.slice(end)}`;
  return { text: rest, times: told.map((time) => stretchOf(time, text, now)).sort((one, other) => one.from - other.from) };
}

/** "The last time", "since when", "now" limit nothing. */
const isAdverb = /^(?:now|today|last|the last time|letzte[ns]? mal|heute|jetzt|maintenant|ahora|hoy)$/iu;

const opening = /(?:^|\s)(?:between|from|zwischen|vom?|entre|de|desde) /giu;
const joint = /^(?<one>.{2,24}?) (?:and|to|until|till|und|bis|et|à|y|a|hasta) (?<rest>.+)$/isu;

/** "Between March and June 2025": both ends, the earlier first, and what is left of the question. */
function betweenIn(text: string, now: number): { times: Stretch[]; rest: string } | null {
  for (const { index, 0: word } of text.matchAll(opening)) {
    const groups = joint.exec(text.slice(index + word.length))?.groups;
    const later = groups && timeAtStart(groups['rest']!, now);
    const earlier = later && wholeTime(groups['one']!, later.yearOf ?? now);
    if (!earlier) continue;
    const left = groups['rest']!.slice(later.length);
    return { times: [named(earlier, groups['one']!), later.stretch].sort((one, other) => one.from - other.from), rest: `${text.slice(0, index)} ${hole}${left}` };
  }
  return null;
}

/** A month that is named alone gets its year. */
const named = ({ from, until }: TimeTold, name: string): Stretch => ({ from, until, name: /\d/u.test(name) || until - from < 20 * 86_400_000 ? name : `${name} ${new Date(from).getFullYear()}` });

/** The longest beginning that is a time, up to now for "now". `yearOf`: from when another month without a year is to be read. */
function timeAtStart(text: string, now: number): { stretch: Stretch; length: number; yearOf: number | null } | null {
  const words = [...text.matchAll(/[^\s?.!,;]+/gu)].slice(0, 4);
  for (const { index, 0: word } of words.toReversed()) {
    const length = index + word.length;
    const name = text.slice(0, length);
    if (isAdverb.test(name)) return { stretch: { from: now - recently, until: now + 1, name }, length, yearOf: null };
    const time = wholeTime(name, now);
    if (time) return { stretch: named(time, name), length, yearOf: time.whole ? time.until : null };
  }
  return null;
}

/** What "now" takes in of notes. */
const recently = 60 * 86_400_000;

/** Read as the past it must be. */
function wholeTime(name: string, now: number): TimeTold | null {
  const text = `in ${name}`;
  const [time, more] = readTimes(text, now);
  return time && !more && time.end === text.length && time.start <= 3 ? behind(time, now) : null;
}

/** A month that is named is the last one there was. */
function behind(time: TimeTold, now: number): TimeTold {
  if (time.whole || time.from <= now) return time;
  const [from, until] = [time.from, time.until].map((at) => new Date(new Date(at).setFullYear(new Date(at).getFullYear() - 1)).getTime());
  return { ...time, from: from!, until: until! };
}

function stretchOf(told: TimeTold, text: string, now: number): Stretch {
  const { from, until, side, start, end } = behind(told, now);
  const name = text.slice(start, end);
  switch (side) {
    case 'since':
      return { from, until: now + 1, name: `since ${name}` };
    case 'after':
      return { from: until, until: now + 1, name: `after ${name}` };
    case 'until':
      return { from: 0, until, name: `until ${name}` };
    case 'before':
      return { from: 0, until: from, name: `before ${name}` };
    case 'in':
      return { from, until, name };
  }
}
