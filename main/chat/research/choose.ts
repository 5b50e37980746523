/** Which of what was found is worth quoting: what says most, nothing twice. Pure. */
import { byTime } from './changes.ts';
import { hasKey, keysOf, likeness } from './keys.ts';
import type { Finding } from './sources.ts';
import { quantitiesIn, saysChange } from './values.ts';

/** How much a sentence says of what is asked, comparable within one report. */
export function weightOf(finding: Finding, aspect: ReadonlySet<string> = new Set()): number {
  const { text, keys, bears, pair, source } = finding;
  const telling = Math.min(keys.size, 8) / 8;
  const exact = quantitiesIn(finding).length > 0 ? 0.3 : 0;
  const turn = saysChange(text) ? 0.25 : 0;
  const asked = [...aspect].some((key) => hasKey(keys, key)) ? 0.8 : 0;
  return bears + 0.5 * telling + exact + turn + asked + (pair ? 0.15 : 0) + 0.2 * source.score - (text.endsWith('?') ? 0.3 : 0) - (finding.isOrder ? 1 : 0) - (text.length > 300 ? 0.2 : 0);
}

/** Said twice in nearly the same words. */
const same = 0.8;

/** The best so many, each said once; in order of time. */
export function chosenFrom(findings: readonly Finding[], most: number, aspect?: ReadonlySet<string>): Finding[] {
  const chosen: Finding[] = [];
  for (const finding of findings.toSorted((one, other) => weightOf(other, aspect) - weightOf(one, aspect) || byTime(one, other))) {
    if (chosen.length === most) break;
    if (!chosen.some((one) => one.text === finding.text || (one.keys.size > 2 && likeness(one.keys, finding.keys) >= same))) chosen.push(finding);
  }
  return chosen.sort(byTime);
}

/** The same, but first of the notes that are called by what is asked about; these leave some room to others. */
export function chosenOfOwn(findings: readonly Finding[], { most, ofNote, isOwn }: { most: number; ofNote: number; isOwn: (finding: Finding) => boolean }, aspect?: ReadonlySet<string>): Finding[] {
  const notes = byNote(findings.filter(isOwn));
  const room = Math.floor(ownShare * most);
  const each = Math.max(1, Math.min(ofNote, Math.ceil(room / Math.max(1, notes.length))));
  const own = chosenFrom(notes.flatMap((note) => chosenFrom(note.findings, each, aspect)), room, aspect);
  const others = byNote(findings.filter((finding) => !isOwn(finding))).flatMap((note) => chosenFrom(note.findings, ofNote, aspect));
  return [...own, ...chosenFrom(others, most - own.length, aspect)];
}

const ownShare = 0.75;

/** Findings by their notes, the earliest note first. */
export function byNote(findings: readonly Finding[]): { id: string; title: string; findings: Finding[] }[] {
  const notes = new Map<string, { id: string; title: string; findings: Finding[] }>();
  for (const finding of findings.toSorted(byTime)) {
    const { id, title } = finding.source.note;
    const note = notes.get(id) ?? { id, title, findings: [] };
    note.findings.push(finding);
    notes.set(id, note);
  }
  return [...notes.values()];
}

export const aspectKeys = (aspect: string | null): ReadonlySet<string> => new Set(aspect === null ? [] : keysOf(aspect));
