/** Two things side by side: what speaks of both, what is said of each in the same respect, and what only of one. */
import { isInstruction } from './assertions.ts';
import { byTime, changesIn, type Change } from './changes.ts';
import { changeLines } from './changeLines.ts';
import { nameOf } from './cites.ts';
import { aspectKeys, chosenFrom, chosenOfOwn, weightOf } from './choose.ts';
import { definitionOf } from './definitions.ts';
import { hasKey } from './keys.ts';
import { rowsOf, type Row } from './respects.ts';
import { noteCount, topicsNamed, type Composing, type Section } from './section.ts';
import type { Finding } from './sources.ts';
import { isCalled } from './topics.ts';

const mostTogether = 6;
const mostAlone = 6;
const mostRows = 10;

export function compareSections(composing: Composing): Section[] {
  const { plan, gathered, cites } = composing;
  const topicKeys = new Set(gathered.topics.flatMap(({ names }) => names.flat()));
  // A link that only names it says nothing of it.
  const telling = gathered.findings.filter(({ keys }) => [...keys].some((key) => !topicKeys.has(key)));
  const of = gathered.topics.map((_, index) => telling.filter(({ topics }) => topics.length === 1 && topics[0] === index));
  const both = telling.filter(({ topics }) => topics.length > 1);
  if (of.some((findings) => findings.length === 0) && both.length === 0) return oneSided(composing, of);
  const defined = definitions(composing);
  const isNew = (finding: Finding) => !defined.includes(finding);
  const aspect = aspectKeys(plan.aspect);
  const together = chosenFrom(stated(inRespect(both, aspect).filter(isNew)), mostTogether, aspect);
  const sides = of.map((findings) => inRespect(findings, aspect).filter(isNew));
  const rows = rowsOf([sides[0]!, sides[1]!], { topicKeys, aspect: plan.aspect }).slice(0, mostRows);
  const sections: Section[] = [{ heading: null, text: openingOf(composing, of, both), findings: [] }];
  if (defined.length > 0) sections.push({ heading: 'What they are', text: defined.map(cites.item).join('\n'), findings: defined });
  if (together.length > 0) sections.push({ heading: 'Of both', text: together.map(cites.item).join('\n'), findings: together });
  if (rows.length > 0) sections.push({ heading: 'Side by side', text: tableOf(rows, composing), findings: rows.flatMap((row) => row.sides.filter((side) => side !== null)) });
  for (const [index, findings] of sides.entries()) sections.push(...alone(composing, index, findings.filter((finding) => !cites.has(finding))));
  return [...sections, ...turned(composing)];
}

/** Each by the sentence that says what it is; where a respect was asked for, that was not the question. */
function definitions({ plan, gathered }: Composing): Finding[] {
  if (plan.aspect !== null) return [];
  return gathered.topics.map((topic, index) => definitionOf(topic, gathered.findings.filter(({ topics }) => topics.includes(index)))).filter((finding) => finding !== null);
}

/** In the respect that was asked for, where anything is. */
function inRespect(findings: readonly Finding[], aspect: ReadonlySet<string>): readonly Finding[] {
  const asked = findings.filter(({ keys, source }) => [...aspect].some((key) => hasKey(keys, key) || source.headings.join(' ').toLowerCase().includes(key)));
  return asked.length > 0 ? asked : findings;
}

/** What is said of them, rather than what to do with them; where nothing is, all. */
function stated(findings: readonly Finding[]): readonly Finding[] {
  const found = findings.filter(({ text }) => !isInstruction(text));
  return found.length > 0 ? found : findings;
}

function openingOf({ plan }: Composing, of: readonly Finding[][], both: readonly Finding[]): string {
  const notes = of.map((findings) => new Set([...findings, ...both].map(({ source }) => source.note.id)).size);
  const parts = plan.topics.map((topic, index) => `${noteCount(notes[index]!)} ${notes[index] === 1 ? 'speaks' : 'speak'} of **${nameOf(topic)}**`);
  const shared = both.length > 0 ? '' : '; none says something of both at once';
  return `${parts.join(', ')}${shared}.${aspectMissing(plan, of)}`;
}

/** Nothing may be said in the respect that was asked for. */
function aspectMissing(plan: Composing['plan'], of: readonly Finding[][]): string {
  if (plan.aspect === null) return '';
  const aspect = aspectKeys(plan.aspect);
  const without = plan.topics.filter((_, index) => !of[index]!.some(({ keys }) => [...aspect].some((key) => hasKey(keys, key))));
  return without.length === 0 ? '' : ` Nothing was found about **${nameOf(plan.aspect)}** of ${without.map((topic) => `**${nameOf(topic)}**`).join(' or ')}.`;
}

function tableOf(rows: readonly Row[], { plan, cites }: Composing): string {
  const cell = (finding: Finding | null) => (finding ? cites.quote(finding) : '–');
  return [`| About | ${plan.topics.map(nameOf).join(' | ')} |`, '|---|---|---|', ...rows.map(({ label, sides }) => `| **${nameOf(label)}** | ${sides.map(cell).join(' | ')} |`)].join('\n');
}

function alone({ plan, cites, gathered }: Composing, index: number, findings: readonly Finding[]): Section[] {
  const aspect = aspectKeys(plan.aspect);
  const chosen = chosenOfOwn(stated(findings), { most: mostAlone, ofNote: mostAlone, isOwn: ({ source }) => isCalled(gathered.topics[index]!, source.note.title) }, aspect);
  if (chosen.length === 0) return [];
  const other = gathered.topics.length === 2 ? `Only of ${nameOf(plan.topics[index]!)}` : nameOf(plan.topics[index]!);
  return [{ heading: other, text: chosen.toSorted(byTime).map(cites.item).join('\n'), findings: chosen }];
}

function oneSided({ plan, cites }: Composing, of: readonly Finding[][]): Section[] {
  const index = of.findIndex((findings) => findings.length > 0);
  const chosen = chosenFrom(of[index] ?? [], 2 * mostAlone).toSorted((one, other) => weightOf(other) - weightOf(one)).toSorted(byTime);
  return [
    { heading: null, text: `There is nothing to compare: your notes speak of **${nameOf(plan.topics[index]!)}** only.`, findings: [] },
    { heading: nameOf(plan.topics[index]!), text: chosen.map(cites.item).join('\n'), findings: chosen },
  ];
}

/** Nobody asked what changed: only what certainly did, by the days that stand in the notes, or cannot be true at once. */
const isCertain = ({ kind, steps, isContradiction }: Change): boolean => kind === 'opposite' || (kind === 'value' && (isContradiction || steps.every(({ finding }) => finding.when.by !== 'file')));

/** A value of one of them that was another before. */
function turned({ gathered, cites, plan }: Composing): Section[] {
  const keys = gathered.topics.flatMap(({ names }) => names[0]!);
  const changes = plan.topics.flatMap((_, index) => changesIn(gathered.findings.filter(({ topics }) => topics.length === 1 && topics[0] === index), keys)).filter(isCertain);
  return changes.length === 0 ? [] : [{ heading: 'What changed', text: `Of ${topicsNamed(plan)}:\n\n${changeLines(changes.slice(0, 6), cites)}`, findings: [] }];
}
