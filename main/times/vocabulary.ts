/** The words of a language that tell times. Alternatives stand between bars; each may be several words. */
import type { Holiday, Unit } from './calendar.ts';

export type Vocabulary = {
  /** Words that this language uses all the time and the others do not have. */
  common: string;
  /** From January. */
  months: string[];
  /** Months that are other words as well: only together with a day, a year or a word like "in". */
  weakMonths: string;
  /** From Sunday. */
  weekdays: string[];
  /** From winter. They never stand alone: "summer" tells no time, "last summer" does. */
  seasons: string[];
  holidays: Partial<Record<Holiday, string>>;
  units: Record<Unit | 'weekend', string>;
  /** More than one of them: none in particular. */
  weekends: string;
  /** First, second, third and fourth of a month's weeks. */
  ordinals: string[];
  /** Six months, two weeks, ten years: so many of a unit in one word. */
  bundles: [count: number, unit: Unit, words: string][];
  /** From one. */
  numbers: string[];
  article: string;
  couple: string;
  few: string;
  /** By how many days from the day of saying. */
  days: [offset: number, words: string][];
  /** A unit and how far off it is, in one. */
  compounds: [unit: Unit | 'weekend', offset: number, words: string][];
  /** Some days ago, nobody knows how many. */
  lately: string;
  last: string;
  /** Of several: "les deux dernières semaines". */
  lastFew: string;
  this: string;
  next: string;
  /** After the count, and before it. */
  ago: string;
  agoBefore: string;
  /** After the count: "in" so much time. */
  later: string;
  in: string;
  /** And "during". */
  on: string;
  since: string;
  until: string;
  before: string;
  after: string;
  /** For so long: before the count, and after it. */
  during: string;
  duringAfter: string;
  early: string;
  mid: string;
  late: string;
  /** Before what is done again and again: no time in particular. */
  every: string;
  /** What is spoken of lies ahead, or behind. */
  future: string;
  past: string;
  /** Of what is arranged: "it is on Tuesday" lies ahead. Words that also help to tell the past are not among them. */
  present: string;
  /** Between words that belong together. */
  glue: string;
  /** Words that would be taken for others. */
  none: string;
};
