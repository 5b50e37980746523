/** Sentences that tell that something was done, and on which day. Pure. */
import { readTimes } from '../../times/read.ts';
import { dayNamed } from './dates.ts';
import type { Finding, When } from './sources.ts';
import { isTold } from './values.ts';

export type Event = { finding: Finding; at: When };

/** `mentioned`: told of no day. `other`: planned, wished, or left undone. */
export type Events = { told: Event[]; mentioned: Finding[]; other: Finding[] };

const day = 86_400_000;

export function eventsIn(findings: readonly Finding[], now: number): Events {
  const events: Events = { told: [], mentioned: [], other: [] };
  for (const finding of findings) {
    const at = dayOf(finding);
    const isAhead = at !== null && at.from > Math.min(now, Math.max(finding.when.until, finding.when.from + day));
    if (finding.text.endsWith('?')) continue;
    if (isAhead || !isTold(finding.text, finding.done)) events.other.push(finding);
    else if (at && tells(finding, at)) events.told.push({ finding, at });
    else events.mentioned.push(finding);
  }
  return events;
}

/** The day in the sentence, counted from the one it was written on; else that one. */
function dayOf({ text, when }: Finding): When {
  const named = dayNamed(text);
  if (named) return { from: named.from, until: named.until, by: 'text' };
  if (when.by === 'text') return when;
  const told = readTimes(text, when.from + day / 2).find(({ side, lasting, unsure, until, from }) => side === 'in' && !lasting && !unsure && until - from <= 32 * day);
  return told ? { from: told.from, until: told.until, by: 'text' } : when;
}

const past = /\b(?:i|we|i've|we've|was|were|had|did|went|got|came|saw|took|\p{L}{3,}ed|ran|swam|met|bought|ate|made|read|paid|spoke|rode|drove|flew|gave|wrote|been|back from|war|habe|bin|hatte|haben|suis|ai|j'ai|fui|fue|he|estuve)\b|た(?:。|$)|ました/iu;

/** A line of a day, or one in the past tense: "The dentist's number is…" tells of no visit. */
function tells({ text, when, bears, done }: Finding, at: When): boolean {
  if (done === true || when.by === 'text' || when.by === 'heading') return true;
  if (at.by === 'text') return true;
  if (when.by === 'title') return bears >= 0.75;
  return bears >= 0.9 && past.test(text.replace(/[’ʼ]/gu, "'"));
}
