/** Where a sentence is wrong, when its owner only says what is right. Pure. */
import { contentWords, isAspect, plainWords } from './words.ts';

type Place = { start: number; end: number };
type Right = { value: string; instead: string | null; question: string };

const weekday =
  '(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|[月火水木金土日]曜日?';
const month =
  'january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre';
const word = (body: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${body})(?![\\p{L}\\p{N}])`, 'giu');

/** Things of one kind stand in each other's place: a day for a day, a number for a number. */
const kinds: readonly RegExp[] = [
  word(`(?:the )?\\d{1,2}(?:st|nd|rd|th|\\.)?(?: of| de)? (?:${month})|(?:${month}) (?:the )?\\d{1,2}(?:st|nd|rd|th)?|\\d{4}-\\d\\d-\\d\\d`),
  /[月火水木金土日]曜日?/gu,
  word(weekday),
  word(month),
  word('\\d{1,2}(?:[:.]\\d\\d)?\\s?(?:am|pm|a\\.m\\.|p\\.m\\.|uhr|heures?|h)|\\d{1,2}:\\d\\d|noon|midnight|midday'),
  word('(?:19|20)\\d\\d'),
  word('\\d+(?:[.,]\\d+)*'),
];

/** Null where nothing in it, or more than one thing, could be meant. */
export function placeToCorrect(sentence: string, { value, instead, question }: Right): Place | null {
  if (instead !== null) return only(placesOf(sentence, instead));
  const kind = kinds.find((one) => isWhole(one, value));
  if (kind) return only([...sentence.matchAll(kind)].map((found) => ({ start: found.index, end: found.index + found[0].length })));
  return question === '' ? null : toldRun(sentence, { value, question });
}

const only = (places: Place[]): Place | null => (places.length === 1 ? places[0]! : null);

function placesOf(sentence: string, wanted: string): Place[] {
  const spaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(wanted) ? '' : '(?![\\p{L}\\p{N}])';
  const before = spaced === '' ? '' : '(?<![\\p{L}\\p{N}])';
  return [...sentence.matchAll(new RegExp(`${before}${wanted.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')}${spaced}`, 'giu'))].map((found) => ({ start: found.index, end: found.index + found[0].length }));
}

const isWhole = (kind: RegExp, value: string) => [...value.matchAll(kind)].some(([found]) => found.length === value.length);

/** The words that told what was asked, when they stand together: "Porto" of "My sister lives in Porto", asked where she lives. */
function toldRun(sentence: string, { value, question }: { value: string; question: string }): Place | null {
  const asked = new Set([...contentWords(question), ...plainWords(question)]);
  const words = [...sentence.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)].map((found) => ({ start: found.index, end: found.index + found[0].length, tells: tells(found[0], asked) }));
  const [first, last] = [words.findIndex((one) => one.tells), words.findLastIndex((one) => one.tells)];
  if (first < 0 || words.slice(first, last + 1).some((one) => !one.tells)) return null;
  const place = { start: words[first]!.start, end: words[last]!.end };
  return isNamed(sentence.slice(place.start, place.end)) === isNamed(value) ? place : null;
}

function tells(text: string, asked: ReadonlySet<string>): boolean {
  const [meaning] = contentWords(text);
  return meaning !== undefined && !isAspect(meaning) && !asked.has(meaning);
}

/** A name is corrected by a name. */
const isNamed = (text: string) => /^\p{Lu}/u.test(text);
