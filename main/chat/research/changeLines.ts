/** Changes as lines of a report. */
import type { Change } from './changes.ts';
import { nameOf, type Cites } from './cites.ts';
import { writtenWhen } from './dates.ts';
import { asQuote } from './plainQuote.ts';

export const changeLines = (changes: readonly Change[], cites: Cites): string => changes.map((change) => lineOf(change, cites)).join('\n');

function lineOf({ kind, subject, steps, isContradiction }: Change, cites: Cites): string {
  if (isContradiction) return `- These do not agree: ${steps.map(({ finding }) => cites.quote(finding)).join(' and ')}`;
  if (kind === 'said') return cites.line(steps[0]!.finding);
  if (kind !== 'value' || subject === '') return `- ${steps.map(({ finding }) => `${writtenWhen(finding.when)}: ${cites.quote(finding)}`).join(' → ')}`;
  const values = steps.map(({ finding, value }) => `${asQuote(value ?? finding.text)} (${writtenWhen(finding.when)}) ${cites.mark(finding)}`).join(' → ');
  return `- **${nameOf(capital(subject))}**: ${values}`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
