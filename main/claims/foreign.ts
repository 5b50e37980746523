/** What sentences in German, French, Spanish and Japanese say of the owner and of people around them. Pure. */
import type { Clause } from './clauses.ts';
import { isUnique, speakOf, type Spoken } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { japanese } from './japanese.ts';
import { applyRules, type Found, type Language } from './pattern.ts';
import { spanish } from './spanish.ts';

export const languages: readonly Language[] = [german, french, spanish, japanese];

export function readForeign(clause: Clause, spoken: Spoken): Found[] {
  if (clause.implied && spoken.subject !== 'you') return [];
  for (const language of languages) {
    const found = readIn(language, clause.implied ? `${language.iImplied}${clause.text}` : clause.text);
    const last = found.at(-1);
    if (last) {
      speakOf(spoken, last);
      return found;
    }
  }
  return [];
}

function readIn(language: Language, clause: string): Found[] {
  const text = clause.replace(language.lead, '');
  if (language.unsure.test(text)) return [];
  const whole = applyRules(language.wholeRules, 'you', language.polarity(text));
  if (whole.length > 0) return whole;
  const owner = language.owner.exec(text)?.groups;
  if (owner) return applyRules(language.rules, 'you', language.polarity(owner.rest ?? ''));
  const other = language.other.exec(text)?.groups;
  return other ? ofOther(language, other) : [];
}

function ofOther(language: Language, { relation = '', name, rest = '' }: Record<string, string | undefined>): Found[] {
  const who = language.relations[relation.toLowerCase()] ?? relation;
  const subject = name === undefined || isUnique(who) ? who : `${who} ${name}`;
  const names = name === undefined ? [] : [{ subject, slot: 'name', value: name }];
  const found = applyRules(language.rules, subject, language.polarity(rest));
  return [...names, ...found.map((one) => (one.slot === 'name' && !one.ended && subject === who && !isUnique(who) ? { ...one, subject: `${who} ${one.value}` } : one))];
}
