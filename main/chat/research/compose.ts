/** The report, built by rule from what was found: every sentence of it is the app's own or a quotation with its number. Pure. */
import { changeSections } from './composeChange.ts';
import { compareSections } from './composeCompare.ts';
import { eventSections, listSections } from './composeList.ts';
import { createCites, nameOf, type Cited } from './cites.ts';
import { aspectKeys, byNote, chosenFrom, chosenOfOwn } from './choose.ts';
import { changesIn } from './changes.ts';
import { changeLines } from './changeLines.ts';
import { writtenWhen } from './dates.ts';
import type { Plan } from './plan.ts';
import type { Gathered } from './rounds.ts';
import { count, noteCount, topicsNamed, type Composing, type Section } from './section.ts';
import type { Finding } from './sources.ts';
import { isCalled } from './topics.ts';

export type Report = { sections: Section[]; citations: Cited[]; /** Topics of which nothing was found. */ missing: string[] };

export function composeReport(plan: Plan, gathered: Gathered, { among, now }: { among: number; now: number }): Report {
  const cites = createCites();
  const composing: Composing = { plan, gathered, cites, now };
  const missing = gathered.topics.filter((_, index) => !gathered.findings.some(({ topics }) => topics.includes(index))).map(({ name }) => name);
  const body = gathered.findings.length === 0 ? [nothing(composing)] : sectionsFor(composing);
  const absent = gathered.findings.length === 0 ? [] : missing.map((name) => plainSection(`Nothing was found about **${nameOf(name)}**.`));
  return { sections: [...body, ...absent, plainSection(lookedAt(composing, among))], citations: cites.list(), missing };
}

export const reportText = ({ sections }: Pick<Report, 'sections'>): string => sections.map(({ heading, text }) => (heading === null ? text : `### ${heading}\n\n${text}`)).join('\n\n');

const plainSection = (text: string): Section => ({ heading: null, text, findings: [] });

function sectionsFor(composing: Composing): Section[] {
  switch (composing.plan.kind) {
    case 'compare':
      return compareSections(composing);
    case 'change':
      return changeSections(composing);
    case 'when':
      return eventSections(composing);
    case 'list':
      return listSections(composing);
    case 'summary':
    case 'question':
      return summarySections(composing);
  }
}

const mostQuotes = 24;
const mostOfNote = 5;
/** Of so few notes there is room for more. */
const few = 4;
const mostOfFew = 12;
const mostAnswering = 10;

/** What the notes say, note by note, those first that are called by it; before it what changed on the way. */
function summarySections({ plan, gathered, cites }: Composing): Section[] {
  const changes = plan.kind === 'question' ? [] : changesIn(gathered.findings, gathered.topics.flatMap(({ names }) => names[0]!)).filter(({ kind }) => kind !== 'said');
  const turned = changes.length === 0 ? [] : [{ heading: 'What changed', text: changeLines(changes, cites), findings: changes.flatMap(({ steps }) => steps.map(({ finding }) => finding)) }];
  const opening = { heading: null, text: spanOf(plan, gathered.findings), findings: [] };
  const isDated = areDated(gathered.findings);
  const quoted = byNote(chosenForSummary({ plan, gathered }));
  const inOrder = gathered.findings.some(isDatedByNote) ? quoted : quoted.toSorted((one, other) => Number(isOwn(gathered, other.title)) - Number(isOwn(gathered, one.title)));
  const notes = inOrder.map(({ title, findings }): Section => ({ heading: isDated ? headingOf(title, findings[0]!) : nameOf(title), text: findings.map((finding) => `- ${cites.quote(finding)}`).join('\n'), findings }));
  return [opening, ...turned, ...notes, ...moreOf(gathered.findings, cites.has)];
}

function chosenForSummary({ plan, gathered }: Pick<Composing, 'plan' | 'gathered'>): Finding[] {
  const aspect = aspectKeys(plan.aspect);
  const inNotes = byNote(gathered.findings);
  const ofNote = inNotes.length <= few ? mostOfFew : mostOfNote;
  if (plan.kind === 'question') return chosenFrom(inNotes.flatMap(({ findings }) => chosenFrom(findings, ofNote, aspect)), mostAnswering, aspect);
  return chosenOfOwn(gathered.findings, { most: mostQuotes, ofNote, isOwn: ({ source }) => isOwn(gathered, source.note.title) }, aspect);
}

const isOwn = ({ topics }: Gathered, title: string): boolean => topics.some((topic) => isCalled(topic, title));

const isDatedByNote = ({ when }: Finding): boolean => when.by !== 'file';

/** Files that were all written on one day, as by a copy, say nothing of when; of a single note the day is worth showing. */
const areDated = (findings: readonly Finding[]): boolean =>
  findings.some((finding) => isDatedByNote(finding) || finding.when.from !== findings[0]!.when.from) || new Set(findings.map(({ source }) => source.note.id)).size === 1;

/** A note that is called by its day is named by that. */
const headingOf = (title: string, { when }: Finding): string => (when.by === 'title' && /^[\d\s./_-]+$/u.test(title) ? writtenWhen(when) : `${nameOf(title)} · ${writtenWhen(when)}`);

function spanOf(plan: Plan, findings: readonly Finding[]): string {
  const times = findings.map(({ when }) => when).toSorted((one, other) => one.from - other.from);
  const [first, last] = [writtenWhen(times[0]!), writtenWhen(times.at(-1)!)];
  const notes = new Set(findings.map(({ source }) => source.note.id)).size;
  const span = first === last ? `, of ${first}` : `, from ${first} to ${last}`;
  return `${noteCount(notes)} ${notes === 1 ? 'speaks' : 'speak'} of ${topicsNamed(plan)}${areDated(findings) ? span : ''}.`;
}

const mostNamed = 8;

/** Notes of which nothing was quoted. */
function moreOf(findings: readonly Finding[], isQuoted: (finding: Finding) => boolean): Section[] {
  const left = byNote(findings).filter((note) => !note.findings.some(isQuoted));
  if (left.length === 0) return [];
  const named = left.slice(0, mostNamed).map(({ title }) => `*${nameOf(title)}*`).join(', ');
  return [plainSection(`Not quoted here, though they bear on it: ${named}${left.length > mostNamed ? ` and ${count(left.length - mostNamed, 'more note')}` : ''}.`)];
}

function nothing({ plan, gathered }: Composing): Section {
  const looked = gathered.steps.map(({ looking }) => `“${nameOf(looking)}”`);
  const limits = plan.times.length > 0 ? ` of ${plan.times.map(({ name }) => nameOf(name)).join(' or ')}` : '';
  const outside = gathered.sources.length > 0 ? ` ${count(gathered.sources.length, 'passage')} came up, and none of them speaks of it.` : '';
  return plainSection(`Your notes say nothing${limits} about ${topicsNamed(plan)} that could be found.${looked.length > 0 ? ` Looked for: ${[...new Set(looked)].join(', ')}.` : ''}${outside}`);
}

/** What was looked at, and how far the dates can be trusted. */
function lookedAt(composing: Composing, among: number): string {
  const { sources, steps, end } = composing.gathered;
  const notes = new Set(sources.map(({ note }) => note.id)).size;
  const cited = new Set(composing.cites.list().map(({ source }) => source.note.id)).size;
  const looked = `Looked at ${count(sources.length, 'passage')} in ${notes} of ${noteCount(among)}, in ${count(steps.at(-1)?.round ?? 0, 'round')}; ${cited} ${cited === 1 ? 'is' : 'are'} quoted.`;
  return `*${looked}${datedByFile(composing)}*${endings[end]}`;
}

const endings = { done: '', stopped: ' **Stopped** before it had looked everywhere.', limit: ' There may be more: the time or room set for one research was used up.' };

function datedByFile({ plan, gathered, cites }: Composing): string {
  const quoted = gathered.findings.filter(cites.has);
  const byFile = quoted.filter(({ when }) => when.by === 'file').length;
  // A comparison names notes where their days are not told.
  if (byFile === 0 || plan.kind === 'question' || plan.kind === 'compare' || (plan.kind === 'summary' && !areDated(gathered.findings))) return '';
  if (byFile === quoted.length) return ' The dates are those of the files: no day stands in the notes.';
  return ` ${count(byFile, 'date')} ${byFile === 1 ? 'is that of a file' : 'are those of files'}: no day stands in the note.`;
}
