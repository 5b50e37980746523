/** Claims that need no model: what the owner says of themselves and their people in so many words. Pure. */
import { clausesOf, type Clause } from './clauses.ts';
import { readEnglish, type Spoken } from './english.ts';
import { attributeRules, callRules, englishRules } from './englishRules.ts';
import { languages, readForeign } from './foreign.ts';
import type { Found } from './pattern.ts';
import { looksLikeOrder, looksSecret, namesAddress } from './screening.ts';
import { sinceOf } from './since.ts';
import { isSingle, valueKey, type ClaimDraft } from './slots.ts';

/**
 * What a message of the owner's claims, in order. Nothing from questions, quotations, pasted blocks, what only might be,
 * and secrets; what stands beside an order to the assistant comes out as hostile. `at`: when it was said.
 */
export function readClaims(text: string, at: number): ClaimDraft[] {
  const spoken: Spoken = { subject: null, person: null };
  const drafts = clausesOf(text).flatMap((clause) => {
    const found = readEnglish(clause, spoken);
    return (found.length > 0 ? found : readForeign(clause, spoken)).flatMap((one) => draftOf(one, clause, { text, at }));
  });
  if (drafts.length === 0) return [];
  const hostile = looksLikeOrder(text);
  return once(drafts).map((draft) => ({ ...draft, hostile: draft.hostile || hostile }));
}

/** Makes the patterns ready, a few at a time: the engine translates each at its first use, which takes a tenth of a second in all. */
export function* warmUp(): Generator<void> {
  const rules = [...callRules, ...attributeRules, ...englishRules, ...languages.flatMap(({ owner, other, wholeRules, rules: some }) => [{ pattern: owner }, { pattern: other }, ...wholeRules, ...some])];
  for (const { pattern } of rules) yield void pattern.test('be');
  yield void clausesOf('I am.');
  yield void looksLikeOrder('I am.');
  yield void sinceOf('I was here yesterday.', 0);
}

function draftOf(found: Found, clause: Clause, { text, at }: { text: string; at: number }): ClaimDraft[] {
  const quote = text.slice(clause.start, clause.end);
  if (looksSecret(quote, found.value)) return [];
  return [
    {
      subject: found.subject,
      slot: found.slot,
      value: found.value,
      quote,
      start: clause.start,
      end: clause.end,
      single: isSingle(found.slot),
      ended: found.ended ?? false,
      change: found.change ?? false,
      since: sinceOf(clause.sentence, at),
      onlyIfKnown: found.onlyIfKnown ?? false,
      bareName: found.bareName ?? false,
      hostile: namesAddress(quote),
    },
  ];
}

/** Said twice in one message, it is claimed once. */
function once(drafts: ClaimDraft[]): ClaimDraft[] {
  const seen = new Set<string>();
  return drafts.filter(({ subject, slot, value, ended }) => {
    const key = `${subject}\n${slot}\n${valueKey(value)}\n${ended}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
