/** What changed: between two times, or over all of it. */
import { byTime, changesIn, type Change } from './changes.ts';
import { changeLines } from './changeLines.ts';
import { nameOf } from './cites.ts';
import { chosenFrom } from './choose.ts';
import { isWithin } from './dates.ts';
import { topicsNamed, type Composing, type Section } from './section.ts';
import type { Finding } from './sources.ts';

const mostInOrder = 16;
const mostOfTime = 10;
const mostChanges = 12;

export function changeSections(composing: Composing): Section[] {
  const { plan, gathered } = composing;
  const keys = gathered.topics.flatMap(({ names }) => names[0]!);
  const changes = changesIn(gathered.findings, keys);
  return plan.times.length === 2 ? between(composing, changes) : throughout(composing, changes);
}

function throughout({ plan, gathered, cites }: Composing, all: readonly Change[]): Section[] {
  const [since] = plan.times;
  const changes = (since ? all.filter(({ steps }) => isWithin(steps.at(-1)!.finding.when, since)) : all).slice(0, mostChanges);
  const findings = since ? gathered.findings.filter(({ when }) => isWithin(when, since)) : gathered.findings;
  const turned = changes.filter(({ kind }) => kind !== 'said').length;
  const opening = turned > 0 ? `${turned === 1 ? 'One thing' : `${turned} things`} about ${topicsNamed(plan)} did not stay as ${turned === 1 ? 'it was' : 'they were'}${since ? ` ${nameOf(since.name)}` : ''}.` : `No two statements about ${topicsNamed(plan)} were found that differ${changes.length > 0 ? '; these tell of a change themselves' : '. This is what your notes say, in order'}.`;
  return [
    { heading: null, text: opening, findings: [] },
    ...changesSection(changes, cites),
    ...inOrder(findings.filter((finding) => !cites.has(finding)), mostInOrder, { heading: changes.length > 0 ? 'Also, in order' : 'In order', cites }),
  ];
}

function changesSection(changes: readonly Change[], cites: Composing['cites']): Section[] {
  if (changes.length === 0) return [];
  return [{ heading: 'What changed', text: changeLines(changes, cites), findings: changes.flatMap(({ steps }) => steps.map(({ finding }) => finding)) }];
}

function inOrder(findings: readonly Finding[], most: number, { heading, cites }: { heading: string; cites: Composing['cites'] }): Section[] {
  const chosen = chosenFrom(findings, most).toSorted(byTime);
  return chosen.length === 0 ? [] : [{ heading, text: chosen.map(cites.line).join('\n'), findings: chosen }];
}

function between({ plan, gathered, cites }: Composing, all: readonly Change[]): Section[] {
  const [earlier, later] = plan.times as [Composing['plan']['times'][0], Composing['plan']['times'][0]];
  const changes = all.filter(({ steps }) => isWithin(steps.at(-1)!.finding.when, later) && steps.some(({ finding }) => isWithin(finding.when, earlier))).slice(0, mostChanges);
  const about = plan.topics.length > 0 ? ` about ${topicsNamed(plan)}` : '';
  const parts = [earlier, later].map((stretch) => ({ stretch, findings: gathered.findings.filter(({ when }) => isWithin(when, stretch)) }));
  const opening = changes.length > 0 ? `Between **${nameOf(earlier.name)}** and **${nameOf(later.name)}** ${changes.length === 1 ? 'one thing' : `${changes.length} things`}${about} changed.` : `Nothing${about} was found that says one thing in **${nameOf(earlier.name)}** and another in **${nameOf(later.name)}**.`;
  const sections = changesSection(changes, cites);
  return [
    { heading: null, text: opening, findings: [] },
    ...sections,
    ...parts.flatMap(({ stretch, findings }): Section[] => {
      if (findings.length === 0) return [{ heading: nameOf(stretch.name), text: `Nothing${about} was found of that time.`, findings: [] }];
      return inOrder(findings.filter((finding) => !cites.has(finding)), mostOfTime, { heading: nameOf(stretch.name), cites });
    }),
  ];
}
