/** What is asked for one by one: the items of a list, and when something was done. */
import { byTime } from './changes.ts';
import { nameOf, openTask } from './cites.ts';
import { byNote, chosenFrom } from './choose.ts';
import { isWithin, writtenWhen } from './dates.ts';
import { eventsIn, type Event } from './events.ts';
import { count, noteCount, topicsNamed, type Composing, type Section } from './section.ts';
import type { Finding } from './sources.ts';

const mostItems = 60;
const mostOfNote = 3;
const mostBefore = 6;
const mostPlanned = 4;

export function listSections(composing: Composing): Section[] {
  return composing.plan.counts ? countedSections(composing) : itemSections(composing);
}

function itemSections({ plan, gathered, cites }: Composing): Section[] {
  const notes = byNote(gathered.findings.filter(({ bears }) => bears >= 0.75));
  const all = (notes.length > 0 ? notes : byNote(gathered.findings)).flatMap(({ findings }) => itemsOf(findings)).toSorted(byTime).reverse();
  const items = chosenFrom(all, mostItems).reverse();
  const text = items.map((finding) => `- ${titled(finding)}${writtenWhen(finding.when)} · ${cites.quote(finding)}${openTask(finding)}`).join('\n');
  const notesOf = new Set(items.map(({ source }) => source.note.id)).size;
  const opening = `${count(items.length, 'entry').replace('entrys', 'entries')} about ${topicsNamed(plan)} in ${noteCount(notesOf)}, newest first${all.length > items.length ? `; ${all.length - items.length} more say nearly the same or had no room` : ''}.`;
  return [{ heading: null, text: opening, findings: [] }, { heading: null, text, findings: items }];
}

/** A line of a list stands for itself; of running text the note's best sentences do. */
function itemsOf(findings: readonly Finding[]): Finding[] {
  const lines = findings.filter(({ source, done }) => source.kind === 'list' || source.kind === 'table' || done !== null);
  const text = findings.filter((finding) => !lines.includes(finding));
  const best = chosenFrom(text, mostOfNote);
  return [...lines, ...(lines.length > 0 ? best.filter(({ bears }) => bears === 1) : best)];
}

/** Where the title says more than the day. */
const titled = ({ source, when }: Finding): string => (when.by === 'title' && !source.note.title.replace(/[\d\s./_-]+/gu, '') ? '' : `**${nameOf(source.note.title)}** · `);

function countedSections({ plan, gathered, cites, now }: Composing): Section[] {
  const { told, other } = eventsIn(gathered.findings, now);
  const events = inTime(onePerDay(told), plan);
  if (events.length === 0) return [{ heading: null, text: `Your notes tell of no time at which ${topicsNamed(plan)} was done.`, findings: [] }, ...planned(other, cites)];
  const opening = `Your notes tell of ${topicsNamed(plan)} on **${count(events.length, 'day')}**${spanned(events)}. What was not written down is not counted.`;
  return [{ heading: null, text: opening, findings: [] }, { heading: null, text: events.slice(0, mostItems).map((event) => eventLine(event, cites)).join('\n'), findings: [] }, ...planned(other, cites)];
}

const spanned = (events: readonly Event[]) => (events.length < 2 ? '' : `, from ${writtenWhen(events.at(-1)!.at)} to ${writtenWhen(events[0]!.at)}`);

const inTime = (events: readonly Event[], { times }: Composing['plan']) => (times.length === 0 ? [...events] : events.filter(({ at }) => times.some((stretch) => isWithin(at, stretch))));

/** Latest first; of a day the sentence that tells it best. */
function onePerDay(events: readonly Event[]): Event[] {
  const days = new Map<number, Event>();
  for (const event of events) if (!days.has(event.at.from) || days.get(event.at.from)!.finding.bears < event.finding.bears) days.set(event.at.from, event);
  return [...days.values()].sort((one, other) => other.at.from - one.at.from);
}

const eventLine = ({ finding, at }: Event, cites: Composing['cites']) => `- ${writtenWhen(at)} · ${cites.quote(finding)}`;

/** When it was done last, or first, and the times before. */
export function eventSections({ plan, gathered, cites, now }: Composing): Section[] {
  const { told, mentioned, other } = eventsIn(gathered.findings, now);
  const events = inTime(onePerDay(told), plan);
  const inOrder = plan.end === 'first' ? events.toReversed() : events;
  const [first, ...more] = inOrder;
  if (!first) return [...notTold({ plan, gathered, cites, now }, mentioned), ...planned(other, cites)];
  const which = plan.end === 'first' ? 'first' : 'last';
  const opening = `The ${which} time your notes tell of ${topicsNamed(plan)}: **${writtenWhen(first.at)}**${first.at.by === 'file' ? ' (the date of the file)' : ''}${agoOf(first, now)}.\n\n${cites.quote(first.finding)}`;
  const rest: Section[] = more.length === 0 ? [] : [{ heading: plan.end === 'first' ? 'After that' : 'Before that', text: more.slice(0, mostBefore).map((event) => eventLine(event, cites)).join('\n') + (more.length > mostBefore ? `\n- and on ${count(more.length - mostBefore, 'other day')}` : ''), findings: [] }];
  return [{ heading: null, text: opening, findings: [] }, ...rest, ...planned(other, cites)];
}

function notTold({ plan, cites }: Composing, mentioned: readonly Finding[]): Section[] {
  const last = mentioned.toSorted(byTime).reverse();
  const opening = `Your notes do not tell a day on which ${topicsNamed(plan)} was done.`;
  if (last.length === 0) return [{ heading: null, text: opening, findings: [] }];
  return [{ heading: null, text: `${opening} They speak of it:`, findings: [] }, { heading: null, text: chosenFrom(last.slice(0, 12), 5).map(cites.line).join('\n'), findings: [] }];
}

function planned(other: readonly Finding[], cites: Composing['cites']): Section[] {
  const chosen = chosenFrom(other.filter((finding) => finding.bears >= 0.75), mostPlanned);
  return chosen.length === 0 ? [] : [{ heading: 'Planned, or not done', text: chosen.map(cites.line).join('\n'), findings: [] }];
}

function agoOf({ at }: Event, now: number): string {
  const days = Math.floor((now - at.from) / 86_400_000);
  if (days < 0 || at.until - at.from > 2 * 86_400_000) return '';
  if (days < 2) return days === 0 ? ', today' : ', yesterday';
  if (days < 60) return `, ${days} days ago`;
  return days < 730 ? `, ${Math.round(days / 30.4)} months ago` : `, ${Math.round(days / 365.25)} years ago`;
}
