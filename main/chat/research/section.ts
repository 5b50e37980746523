/** What the parts of a report are made of and from. */
import { nameOf, type Cites } from './cites.ts';
import type { Plan } from './plan.ts';
import type { Gathered } from './rounds.ts';
import type { Finding } from './sources.ts';

export type Section = {
  heading: string | null;
  /** Markdown. */
  text: string;
  /** What it quotes, where a model may say it in its own words; none: it stays as it is. */
  findings: Finding[];
};

export type Composing = { plan: Plan; gathered: Gathered; cites: Cites; now: number };

export const count = (number: number, what: string): string => `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
export const noteCount = (number: number): string => count(number, 'note');

/** "**the shed** and **the fence**", or the time it is about. */
export function topicsNamed({ topics, aspect, times }: Pick<Plan, 'topics' | 'aspect' | 'times'>): string {
  if (topics.length === 0) return `**${times.map(({ name }) => nameOf(name)).join(' or ')}**`;
  return `${topics.map((topic) => `**${nameOf(topic)}**`).join(' and ')}${aspect === null ? '' : ` in terms of **${nameOf(aspect)}**`}`;
}
