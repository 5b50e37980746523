/** When two sentences certainly cannot both be true. A wrong reproach is worse than none: in doubt it is left unsaid. Pure. */
import { isWholeSentence } from './assertions.ts';
import { hasKey, likeness } from './keys.ts';
import type { Finding } from './sources.ts';
import { isNegated, type Quantity } from './values.ts';

export type Valued = { finding: Finding; quantity: Quantity; subject: ReadonlySet<string> };

/** Both may hold, each on its own condition. */
const limited = /(?<![\p{L}])(?:if|when|whenever|unless|until|while|only|may|might|should|some|sometimes|usually|often|yet|without|by default|wenn|falls|sofern|bis|nur|manchmal|meist|ohne|si|quand|sauf|seulement|parfois|sans|cuando|sólo|solo|salvo|a veces|sin)(?![\p{L}])|\?$/iu;

/** "The sofa fits through the door" and "The sofa does not fit through the door": one subject, one predicate, one of them denied. */
export function areOpposite(one: Finding, other: Finding): boolean {
  if (isNegated(one.text) === isNegated(other.text)) return false;
  const isSure = [one, other].every((finding) => isWholeSentence(finding) && finding.keys.size >= 2 && !limited.test(finding.text));
  if (!isSure || numbersOf(one) !== numbersOf(other)) return false;
  const [first, same] = [[...one.keys][0]!, [...other.keys][0]!];
  return (first === same || hasKey(new Set([first]), same)) && likeness(one.keys, other.keys) >= nearlyAll && containment(one.keys, other.keys) >= nearlyAll;
}

/** Of all the words of both. */
const nearlyAll = 0.75;

const numbersOf = ({ text }: Finding): string => (text.match(/\d+(?:[.,]\d+)?/gu) ?? []).join(' ');

/** Of the words of the shorter. */
function containment(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [shorter, longer] = one.size <= other.size ? [one, other] : [other, one];
  return shorter.size === 0 ? 0 : [...shorter].filter((key) => hasKey(longer, key)).length / shorter.size;
}

/** Different values of one thing, told by the words alone: no day says which came later. */
export function areAtOdds(steps: readonly Valued[], topic: ReadonlySet<string>): boolean {
  const [first, ...rest] = steps;
  return rest.every((step) => isOfSameThing(first!, step, topic));
}

function isOfSameThing(one: Valued, other: Valued, topic: ReadonlySet<string>): boolean {
  if (one.finding.source.kind === 'table' || containment(one.subject, other.subject) < 1) return false;
  // A line's name alone, such as "Price", is that of whatever it stands under.
  if (one.quantity.subject || other.quantity.subject) return [one, other].every(({ subject }) => [...subject].some((key) => topic.has(key)) && [...subject].some((key) => !topic.has(key)));
  return Math.min(one.subject.size, other.subject.size) >= 3;
}
