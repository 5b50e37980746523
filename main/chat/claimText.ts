/** A claim as the owner is told it. Pure. */
import type { Claim } from '../contract/claim.ts';

/** "your sister lives in Porto", "your favourite colour is blue". */
export function toldClaim({ subject, slot, text }: Pick<Claim, 'subject' | 'slot' | 'text'>): string {
  const said = text.slice(text.indexOf(':') + 1).trim();
  const isAttribute = said.startsWith(`${slot} is `);
  if (subject === 'you') return `${isAttribute ? 'your' : 'you'} ${said}`;
  // Whoever goes by a bare name is nobody's anything.
  const who = /^\p{Lu}/u.test(subject) ? subject : `your ${subject}`;
  return `${who}${isAttribute ? '’s' : ''} ${said}`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
