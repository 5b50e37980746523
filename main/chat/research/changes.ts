/** What does not stay as it was: the same subject with another value on a later day, a mind that was changed, or what does not agree. Pure. */
import { areAtOdds, areOpposite, type Valued } from './agreement.ts';
import { isOfWriter } from './assertions.ts';
import { hasKey } from './keys.ts';
import { attitudeOf, quantitiesIn, saysChange, type Quantity } from './values.ts';
import type { Finding } from './sources.ts';

/** Statements of one subject with different values, oldest first. */
export type Change = {
  /** In words of the notes. */
  subject: string;
  kind: 'value' | 'opposite' | 'attitude' | 'said';
  /** `value`: what is different in it, where that can be named. */
  steps: { finding: Finding; value: string | null }[];
  /** Of one day, or of no order that is known: they contradict each other. */
  isContradiction: boolean;
};

/** More are not compared with each other. */
const most = 400;

export function changesIn(all: readonly Finding[], topicKeys: readonly string[]): Change[] {
  const findings = all.filter(({ bears, isOrder }) => bears >= 0.5 && !isOrder).slice(0, most).toSorted(byTime);
  const values = valueChanges(findings, new Set(topicKeys));
  const used = new Set(values.flatMap(({ steps }) => steps.map(({ finding }) => finding)));
  const rest = findings.filter((finding) => !used.has(finding));
  const opposites = oppositeChanges(rest);
  const attitudes = attitudeChanges(rest);
  const seen = new Set([...used, ...[...opposites, ...attitudes].flatMap(({ steps }) => steps.map(({ finding }) => finding))]);
  const said = rest.filter((finding) => !seen.has(finding) && saysChange(finding.text) && finding.bears >= 0.75).map((finding): Change => ({ subject: '', kind: 'said', steps: [{ finding, value: null }], isContradiction: false }));
  return [...values, ...opposites, ...attitudes, ...said];
}

export const byTime = (one: Finding, other: Finding): number =>
  one.when.from - other.when.from || one.source.note.path.localeCompare(other.source.note.path) || one.source.place.from + one.from - other.source.place.from - other.from;

/** "Budget 900 €", later "the budget is 1,400 € now": the same unit, the same subject. */
function valueChanges(findings: readonly Finding[], topic: ReadonlySet<string>): Change[] {
  const groups: Valued[][] = [];
  for (const finding of findings) {
    for (const quantity of quantitiesIn(finding)) {
      const valued = { finding, quantity, subject: subjectOf(finding, quantity) };
      const group = groups.find((one) => one.some((other) => other.finding !== finding && isSameSubject(other, valued, topic)) && !one.some((other) => other.finding === finding));
      if (group) group.push(valued);
      else groups.push([valued]);
    }
  }
  return groups.flatMap((group) => {
    const steps = group.filter(({ quantity }, index) => index === 0 || group[index - 1]!.quantity.value !== quantity.value);
    if (steps.length < 2 || (!areInOrder(steps.map(({ finding }) => finding)) && !areAtOdds(steps, topic))) return [];
    return [{ subject: labelOf(group), kind: 'value' as const, steps: steps.map(({ finding, quantity }) => ({ finding, value: quantity.text })), isContradiction: areOfOneTime(steps.map(({ finding }) => finding)) }];
  });
}

const subjectOf = ({ keys, pair }: Finding, quantity: Quantity): ReadonlySet<string> => quantity.subject ?? new Set([...keys].filter((key) => !/\d/u.test(key) && (pair === null || hasKey(keys, key)) && !quantity.keys.has(key)));

function isSameSubject(one: Valued, other: Valued, topic: ReadonlySet<string>): boolean {
  if (one.quantity.unit !== other.quantity.unit || !haveTopicInCommon(one.finding, other.finding)) return false;
  const shared = [...one.subject].filter((key) => hasKey(other.subject, key));
  const least = Math.min(one.subject.size, other.subject.size);
  if (one.quantity.subject && other.quantity.subject) return shared.length > 0 && shared.length === least;
  return isTelling(shared, [one.finding, other.finding], topic) && shared.length / least >= 0.5 && (shared.length >= 2 || least <= 2);
}

/** They share more than what all is about; or a topic of several words, which both name in full. */
const isTelling = (shared: readonly string[], findings: readonly Finding[], topic: ReadonlySet<string>): boolean =>
  shared.some((key) => !topic.has(key)) || (topic.size >= 2 && shared.length >= 2 && findings.every(({ bears }) => bears === 1));

const haveTopicInCommon = (one: Finding, other: Finding): boolean => one.topics.length === 0 || one.topics.some((topic) => other.topics.includes(topic));

/** Words that all of them share, as the last of them has them. */
function labelOf(group: readonly Valued[]): string {
  const named = group.find(({ quantity }) => quantity.label !== null)?.quantity.label;
  if (named) return named;
  const last = group.at(-1)!;
  const shared = [...last.subject].filter((key) => group.every(({ subject }) => hasKey(subject, key)));
  return last.quantity.wordsOf(shared, last.finding.text);
}

const areOfOneTime = (findings: readonly Finding[]): boolean => {
  const first = findings[0]!.when;
  return findings.every(({ when }) => when.from === first.from && when.until === first.until);
};

/** Which came later is told by the notes: when a file was written last says little of that. */
const areInOrder = (findings: readonly Finding[]): boolean => !areOfOneTime(findings) && findings.some(({ when }) => when.by !== 'file');

/** "Fits through the door", later "does not fit through the door". */
function oppositeChanges(findings: readonly Finding[]): Change[] {
  const changes: Change[] = [];
  for (const [index, later] of findings.entries()) {
    const earlier = findings.slice(0, index).findLast((one) => areOpposite(one, later));
    if (earlier) changes.push({ subject: '', kind: 'opposite', steps: [earlier, later].map((finding) => ({ finding, value: null })), isContradiction: areOfOneTime([earlier, later]) });
  }
  return changes;
}

/** Liked once, and later no more: the last of each run of one mind before it turned. Of one day it is no turn: a thing has good and bad sides. */
function attitudeChanges(findings: readonly Finding[]): Change[] {
  const minded = findings.filter(({ bears, text }) => bears >= 0.9 && isOfWriter(text)).map((finding) => ({ finding, attitude: attitudeOf(finding.text) })).filter(({ attitude }) => attitude !== 0);
  const turns = minded.filter(({ attitude }, index) => index === 0 || minded[index - 1]!.attitude !== attitude);
  if (turns.length < 2 || areOfOneTime(turns.map(({ finding }) => finding))) return [];
  return [{ subject: '', kind: 'attitude', steps: turns.map(({ finding }) => ({ finding, value: null })), isContradiction: false }];
}
