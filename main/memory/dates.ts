/** Days that a question speaks of from where it stands ("yesterday", "last week"), as the dates in a memory's key. Pure. */
import { dateInWords } from '../store/memoryKey.ts';

export type DatesAsked = {
  /** Each as it stands in the key: "Thursday 19 November 2026", "October 2026" or "2025". */
  dates: string[];
  /** The question without the words that named them. */
  rest: string;
};

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const numbers = ['a', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const many = `(\\d{1,3}|an?|${numbers.slice(1).join('|')}|a couple of)`;

type Rule = [pattern: RegExp, dates: (now: Date, found: string[]) => string[]];

/** The first that fits is taken. */
const rules: Rule[] = [
  [/\b(?:the )?day before yesterday\b/iu, (now) => days(now, -2, -2)],
  [/\b(?:yesterday(?: (?:morning|afternoon|evening|night))?|last night)\b/iu, (now) => days(now, -1, -1)],
  [/\b(?:today|this (?:morning|afternoon|evening))\b/iu, (now) => days(now, 0, 0)],
  [new RegExp(`\\b${many} days? ago\\b`, 'iu'), (now, [, count]) => days(now, -countOf(count), -countOf(count))],
  [new RegExp(`\\b${many} weeks? ago\\b`, 'iu'), (now, [, count]) => days(now, -7 * countOf(count) - 3, -7 * countOf(count) + 3)],
  [new RegExp(`\\b${many} months? ago\\b`, 'iu'), (now, [, count]) => [month(now, -countOf(count))]],
  [new RegExp(`\\b${many} years? ago\\b`, 'iu'), (now, [, count]) => [String(now.getFullYear() - countOf(count))]],
  [/\blast weekend\b(?! (?:of|in|before))/iu, (now) => days(now, -now.getDay() - (now.getDay() === 0 ? 8 : 1), -now.getDay() - (now.getDay() === 0 ? 7 : 0))],
  [/\blast week\b(?! (?:of|in|before))/iu, (now) => days(now, monday(now) - 7, monday(now) - 1)],
  [/\bthis week\b/iu, (now) => days(now, monday(now), 0)],
  [/\blast month\b(?! (?:of|in|before))/iu, (now) => [month(now, -1)]],
  [/\bthis month\b/iu, (now) => [month(now, 0)]],
  [/\blast year\b/iu, (now) => [String(now.getFullYear() - 1)]],
  [/\bthis year\b/iu, (now) => [String(now.getFullYear())]],
  [new RegExp(`\\b(?:last|this past|on) (${weekdays.join('|')})\\b`, 'iu'), (now, [, name = '']) => latest(now, weekdays.indexOf(name.toLowerCase()))],
];

/** Null when it names none. Years and months that are named outright need no help: they are words of the key. */
export function datesAsked(question: string, now: number): DatesAsked | null {
  for (const [pattern, datesFor] of rules) {
    const found = pattern.exec(question);
    if (found) return { dates: datesFor(new Date(now), [...found]), rest: question.replace(pattern, ' ') };
  }
  return null;
}

function countOf(text = ''): number {
  const number = Number(text);
  if (Number.isInteger(number)) return number;
  return /couple/iu.test(text) ? 2 : Math.max(1, numbers.indexOf(text.toLowerCase()));
}

const dayFrom = (now: Date, offset: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + offset, 12).getTime();

const days = (now: Date, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => dateInWords(dayFrom(now, from + index)));

/** Days from today to this week's Monday, 0 or less. */
const monday = (now: Date) => -((now.getDay() + 6) % 7);

/** "November 2026". */
const month = (now: Date, offset: number) =>
  dateInWords(new Date(now.getFullYear(), now.getMonth() + offset, 15, 12).getTime()).split(' ').slice(2).join(' ');

/** The latest such day before today. */
function latest(now: Date, weekday: number): string[] {
  const back = (now.getDay() - weekday + 7) % 7 || 7;
  return days(now, -back, -back);
}
