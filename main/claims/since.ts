/** Since when something holds, from the words of a sentence and the day it was said. Pure. */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthName =
  '(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|février|febrero|mar(?:ch)?|märz|mars|marzo|apr(?:il)?|avril|abril|may|mai|mayo|june?|juni|juin|junio|july?|juli|juillet|julio|aug(?:ust)?|août|agosto|sept?(?:ember)?|septembre|septiembre|oct(?:ober)?|oktober|octobre|octubre|nov(?:ember)?|novembre|noviembre|dec(?:ember)?|dezember|décembre|diciembre|enero)';
const counts = ['a', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

type Rule = [pattern: RegExp, date: (at: Date, found: string[]) => number | null];

const rules: Rule[] = [
  [/\b(\d{4})-(\d\d)-(\d\d)\b/u, (_, [, year, month, day]) => on(Number(year), Number(month) - 1, Number(day))],
  [new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th|\\.|er)? (?:of |de )?(${monthName})\\.?(?:,? (?:de )?(\\d{4}))?\\b`, 'iu'), (at, [, day, month, year]) => dated(at, { day, month, year })],
  [new RegExp(`\\b(${monthName})\\.? (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (\\d{4}))?`, 'iu'), (at, [, month, day, year]) => dated(at, { day, month, year })],
  [new RegExp(`\\b(?:since|in|seit|im|depuis|en|desde)(?: last)? (${monthName})(?: (?:of |de )?(\\d{4}))?\\b`, 'iu'), (at, [, month, year]) => dated(at, { month, year })],
  [/\b(?:since|in|seit|depuis|en|desde) ((?:19|20)\d\d)\b/iu, (_, [, year]) => on(Number(year), 0, 1)],
  [/((?:19|20)\d\d)年(?:(\d{1,2})月)?/u, (_, [, year, month]) => on(Number(year), Number(month ?? 1) - 1, 1)],
  [/\byesterday\b|\bgestern\b|\bhier\b(?= )|\bayer\b|昨日/iu, (at) => days(at, -1)],
  [/\btoday\b|\bheute\b|\baujourd'hui\b|\bhoy\b|今日/iu, (at) => days(at, 0)],
  [/\blast week\b|\bletzte Woche\b|\bla semaine dernière\b|\bla semana pasada\b|先週/iu, (at) => days(at, -7)],
  [/\blast month\b|\bletzten Monat\b|\ble mois dernier\b|\bel mes pasado\b|先月/iu, (at) => on(at.getFullYear(), at.getMonth() - 1, 1)],
  [/\blast year\b|\bletztes Jahr\b|\bl'année dernière\b|\bel año pasado\b|去年/iu, (at) => on(at.getFullYear() - 1, 0, 1)],
  [new RegExp(`\\b(\\d{1,2}|an?|${counts.slice(1).join('|')}|a couple of) (day|week|month|year)s? ago\\b`, 'iu'), (at, [, count, unit]) => back(at, countOf(count), unit)],
  [new RegExp(`\\bfor (?:about |over |almost |nearly )?(\\d{1,2}|an?|${counts.slice(1).join('|')}|a couple of) (week|month|year)s?\\b`, 'iu'), (at, [, count, unit]) => back(at, countOf(count), unit)],
];

/** Null when the sentence names no day, month or year. Midnight of the first day it can mean. */
export function sinceOf(sentence: string, at: number): number | null {
  for (const [pattern, date] of rules) {
    const found = pattern.exec(sentence);
    const when = found ? date(new Date(at), [...found]) : null;
    // What lies ahead has not begun.
    if (when !== null) return when <= at ? when : null;
  }
  return null;
}

type Written = { day?: string | undefined; month?: string | undefined; year?: string | undefined };

function dated(at: Date, { day, month = '', year }: Written): number | null {
  const index = monthIndex(month);
  if (index < 0) return null;
  const thisYear = on(at.getFullYear(), index, Number(day ?? 1));
  if (year !== undefined) return on(Number(year), index, Number(day ?? 1));
  // "In December", said in March, was the last one.
  return thisYear <= at.getTime() ? thisYear : on(at.getFullYear() - 1, index, Number(day ?? 1));
}

const others: [RegExp, number][] = [
  [/^(?:jan|ene)/u, 0], [/^f[eé]/u, 1], [/^m(?:ar|är)/u, 2], [/^(?:apr|avr|abr)/u, 3], [/^ma[iy]/u, 4], [/^(?:jun|juin)/u, 5],
  [/^(?:jul|juil)/u, 6], [/^a(?:ug|oû|go)/u, 7], [/^sep/u, 8], [/^o[ck]t/u, 9], [/^nov/u, 10], [/^d[eéi][czc]/u, 11],
];

function monthIndex(name: string): number {
  const lower = name.toLowerCase();
  const short = months.indexOf(lower.slice(0, 3));
  return short >= 0 ? short : (others.find(([pattern]) => pattern.test(lower))?.[1] ?? -1);
}

function countOf(text = ''): number {
  const number = Number(text);
  if (Number.isInteger(number)) return number;
  return /couple/iu.test(text) ? 2 : Math.max(1, counts.indexOf(text.toLowerCase()));
}

const on = (year: number, month: number, day: number): number => new Date(year, month, day).getTime();
const days = (at: Date, offset: number): number => on(at.getFullYear(), at.getMonth(), at.getDate() + offset);

function back(at: Date, count: number, unit = ''): number {
  switch (unit.toLowerCase()) {
    case 'day':
      return days(at, -count);
    case 'week':
      return days(at, -7 * count);
    case 'month':
      return on(at.getFullYear(), at.getMonth() - count, 1);
    default:
      return on(at.getFullYear() - count, 0, 1);
  }
}
