/** What in a sentence can be different another time: amounts, days, what a line names; and how it is meant. Pure. */
import { plainWords } from '../words.ts';
import { keysOf } from './keys.ts';
import type { Statement } from './sources.ts';

export type Quantity = {
  /** Of one kind with others: '€', 'kg', 'weekday', 'line'. */
  unit: string;
  /** For comparing. */
  value: string;
  /** As it stands there. */
  text: string;
  /** Keys of the value's own words. */
  keys: ReadonlySet<string>;
  /** Of a line that names its subject, that; null: the sentence's other words. */
  subject: ReadonlySet<string> | null;
  label: string | null;
  /** The words of a text that have these keys. */
  wordsOf(keys: readonly string[], text: string): string;
};

const units: [unit: string, pattern: string][] = [
  ['€', '€|euros?|eur'], ['$', '\\$|dollars?|usd'], ['£', '£|pounds?|gbp|quid'], ['¥', '¥|yen|円'],
  ['kg', 'kgs?|kilos?|kilograms?'], ['g', 'g|grams?|gramm'], ['km', 'kms?|kilomet(?:er|re)s?'], ['m', 'm|met(?:er|re)s?'], ['cm', 'cms?'], ['m²', 'm²|m2|sqm|square met(?:er|re)s?'],
  ['%', '%|per ?cent|percent|prozent'], ['°', '°c?|degrees?|grad'], ['h', 'h|hours?|hrs?|stunden?|heures?|horas?|時間'], ['min', 'min|mins|minutes?|minuten|minutos|分'],
  ['day', 'days?|tage?n?|jours?|días?|日間'], ['week', 'weeks?|wochen?|semaines?|semanas?|週間'], ['month', 'months?|monate?n?|mois|mes(?:es)?'], ['year', 'years?|jahre?n?|ans|años|年間'],
  ['mg', 'mgs?'], ['ml', 'mls?'], ['l', 'l|lit(?:er|re)s?'], ['people', 'people|persons?|guests?|participants?|leute|personen|personnes|personas|人'], ['pages', 'pages?|seiten'], ['times', 'times|mal|fois|veces|回'], ['kcal', 'kcal'], ['w', 'w|watts?|kw'],
];
const number = '\\d{1,3}(?:[,.\\u2009 ]\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d+)?';
const amount = new RegExp(`(?<![\\p{L}\\d.,])(?:(?<sign>[€$£¥])\\s?(?<first>${number})(?<k>k\\b)?|(?<second>${number})\\s?(?<unit>${units.map(([, pattern]) => pattern).join('|')})(?![\\p{L}\\d]))`, 'giu');
const patterns = units.map(([unit, pattern]) => [unit, new RegExp(`^(?:${pattern})$`, 'iu')] as const);
const weekday = /(?<![\p{L}])(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?![\p{L}])|(?<![\p{L}])(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)s?(?![\p{L}])|[月火水木金土日]曜/giu;
const clock = /(?<!\d)(?:[01]?\d|2[0-3])[:.][0-5]\d(?!\d)(?:\s?[ap]m)?|(?<!\d)(?:1[0-2]|[1-9])\s?[ap]m(?![\p{L}])/giu;

export function quantitiesIn({ text, pair }: Pick<Statement, 'text' | 'pair'>): Quantity[] {
  const line = pair && lineOf(pair);
  const amounts = [...text.matchAll(amount)].map(({ 0: found, groups }) => quantity(unitOf(groups!), plainNumber(groups!), found));
  if (line) return [amounts.length === 1 ? { ...line, unit: 'line' } : line];
  const days = [...text.matchAll(weekday)].map(({ 0: found }) => quantity('weekday', found.toLowerCase().replace(/s$/u, ''), found));
  const clocks = [...text.matchAll(clock)].map(({ 0: found }) => quantity('clock', found.toLowerCase().replace(/\s/gu, ''), found));
  // Two of a kind in one sentence: which of them it is about cannot be told.
  const all = [...amounts, ...days, ...clocks];
  return all.filter(({ unit }) => all.filter((other) => other.unit === unit).length === 1);
}

const wordsOf = (keys: readonly string[], text: string): string => plainWords(text).filter((word) => keysOf(word).some((key) => keys.includes(key))).join(' ');
const quantity = (unit: string, value: string, text: string): Quantity => ({ unit, value, text, keys: new Set(keysOf(text)), subject: null, label: null, wordsOf });

/** More is a sentence with a name before it. Words. */
const longestValue = 6;

/** "Colour: green". */
function lineOf({ key, value }: { key: string; value: string }): Quantity | null {
  const subject = new Set(keysOf(key));
  if (subject.size === 0 || value.split(' ').length > longestValue) return null;
  return { ...quantity('line', keysOf(value).join(' ') || value.toLowerCase(), value.replace(/[.;]$/u, '')), subject, label: key };
}

const unitOf = ({ sign, unit = '' }: Record<string, string | undefined>): string => sign ?? patterns.find(([, pattern]) => pattern.test(unit))?.[0] ?? unit.toLowerCase();

/** "1,400" and "1 400" are one; "3.5" and "3,5" too. */
function plainNumber({ first, second, k }: Record<string, string | undefined>): string {
  const digits = (first ?? second ?? '').replace(/[,.\u2009 ](?=\d{3}(?:\D|$))/gu, '').replace(',', '.');
  return String(Number(digits) * (k ? 1_000 : 1));
}

const change = new RegExp(
  [
    "\\b(?:no longer|not? (?:\\p{L}+ ){0,3}any ?more|instead(?: of)?|switch(?:ed|ing)?|chang(?:ed|ing)|gave up|giving up|given up|used to|from now on|replac(?:ed|ing|es)|cancell?ed|postponed|moved (?:from|to|the)|raised|lowered|cut (?:it |them )?(?:down )?to|turned out|after all|rather than|decided (?:against|to|on|not)|went back to|back to|stopped|quit|dropped|reconsider\\p{L}*|second thoughts|was wrong|new plan|up from|down from|revised|reversed)\\b",
    '\\b(?:nicht mehr|stattdessen|statt|doch nicht|umgestiegen|geändert|gewechselt|früher|ab jetzt|aufgehört|verschoben|abgesagt|erhöht|gesenkt)\\b',
    "\\b(?:ne (?:\\p{L}+ ){1,3}plus|au lieu de|plutôt que|changé|désormais|arrêté|abandonné|remplacé|reporté|annulé|augmenté)\\b",
    '\\b(?:ya no|en vez de|en lugar de|cambi(?:é|ado|amos)|dej(?:é|ado)|a partir de ahora|cancelad\\p{L}*|aplazad\\p{L}*|sustituid\\p{L}*)(?![\\p{L}])',
    '(?:やめた|やめる|変えた|変更|代わりに|もう.{0,8}ない|延期|中止|切り替え)',
  ].join('|'),
  'iu',
);

/** It tells itself that something changed. */
export const saysChange = (text: string): boolean => change.test(text);

const negation = /\b(?:not|never|no|none|nothing|cannot|without)\b|n't\b|\b(?:nicht|kein\p{L}*|nie|ohne)\b|\b(?:ne|n'|pas|jamais|sans|aucun\p{L}*)\b|\b(?:nunca|sin|ningun\p{L}*|tampoco)\b|ない|ません|なかった/iu;
export const isNegated = (text: string): boolean => negation.test(text.replace(/[’ʼ]/gu, "'"));

const good = /\b(?:love[ds]?|lik(?:e|ed|ing)|great|good|better|best|excellent|lovely|wonderful|happy|enjoy(?:ed|ing|s)?|helps?|helped|worth|recommend(?:ed)?|perfect|delicious|favou?rite|in favou?r|convinced|keen|easy|fast|calm|toll|gern|liebe|besser|super|j'aime|adore|meilleure?|me gusta|encanta|mejor)\b|好き|良い|いい|最高|楽しい/giu;
const bad = /\b(?:hate[ds]?|dislike[ds]?|bad|worse|worst|awful|terrible|horrible|annoy(?:ing|ed|s)|tired of|fed up|disappoint(?:ed|ing)|regret(?:ted)?|sceptical|skeptical|doubt(?:s|ful)?|against|useless|wast(?:e|ed|ing)|too (?:expensive|loud|noisy|slow|small|heavy|much|far|hard|cold|dark)|jittery|lonely|hurts?|problem(?:s|atic)?|schlecht\p{L}*|schlimm|hasse|déteste|pire|mauvais\p{L}*|odio|peor|malo)\b|嫌い|悪い|ひどい|最悪/giu;

/** 1 liked, -1 disliked, 0 neither or both. */
export function attitudeOf(text: string): -1 | 0 | 1 {
  const plain = text.replace(/[’ʼ]/gu, "'");
  const score = meant(plain, good) - meant(plain, bad);
  return score === 0 ? 0 : score > 0 ? 1 : -1;
}

/** "Not good" is the other way round. */
const denied = /(?:\b(?:not|never|no|hardly|kein\p{L}*|nicht|pas|jamais|nunca)|n't)(?: (?!only\b)\p{L}+){0,2} $/iu;

const meant = (text: string, words: RegExp): number => [...text.matchAll(words)].reduce((sum, { index }) => sum + (denied.test(text.slice(0, index)) ? -1 : 1), 0);

const planned = /\b(?:will|going to|gonna|plan(?:s|ned|ning)? (?:to|on|for)?|want(?:s|ed)? to|would like|should|need(?:s|ed)? to|must|remember to|remind|to-?do|next (?:week|month|year|time|spring|summer|autumn|winter)|tomorrow|appointment (?:on|for|at)|book(?:ed)? (?:an? |the )?(?:appointment|slot|table)|maybe|might|hope(?:s|d)? to|thinking of|werde|will ich|möchte|sollte|muss|morgen|nächste\p{L}*|je vais|il faut|demain|prochaine?|voy a|quiero|debo|mañana|próxim\p{L}*)\b|つもり|予定|たい(?:です)?(?:[。\s]|$)|明日|来[週月年]/iu;
const notDone = /\b(?:didn't|did not|haven't|have not|hasn't|wasn't|couldn't|could not|never|cancell?ed|postponed|skipped|missed|forgot|nicht|kein\p{L}*|abgesagt|ne .{1,20} pas|pas (?:allé|pu)|annulé|no (?:fui|pude)|cancel\p{L}*)\b|なかった|中止|キャンセル/iu;

/** Told as done, rather than planned, wished or left undone. */
export function isTold(text: string, done: boolean | null): boolean {
  const plain = text.replace(/[’ʼ]/gu, "'");
  return done === true || (done === null && !planned.test(plain) && !notDone.test(plain));
}
