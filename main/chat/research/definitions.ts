/** What a thing is, where a note about it says so: "Canvas is a plugin for …". Pure. */
import { keysOf } from './keys.ts';
import type { Finding } from './sources.ts';
import { isCalled, type Topic } from './topics.ts';

const being = /^(?<named>\S+(?: \S+){0,5}?) (?:is|are|was|ist|sind|war|est|sont|était|es|son|era) (?:an?|the|one|my|our|ein(?:e[nrs]?)?|der|die|das|mein\p{L}*|une?|les?|la|l'\p{L}+|mon|ma|des|un[ao]s?|el|los|las|mi)(?![\p{L}])/iu;

/** Its own note's, or that of the note whose name says least besides; there the first. */
export function definitionOf(topic: Topic, findings: readonly Finding[]): Finding | null {
  const own = findings.filter((finding) => !finding.isOrder && finding.pair === null && isCalled(topic, finding.source.note.title) && defines(finding.text, topic));
  const beside = ({ source }: Finding) => keysOf(source.note.title).length;
  const place = ({ source, from }: Finding) => source.place.from + from;
  return own.toSorted((one, other) => beside(one) - beside(other) || place(one) - place(other))[0] ?? null;
}

/** The thing is the subject, alone or with no more than a word of its maker. */
function defines(text: string, topic: Topic): boolean {
  const named = being.exec(text)?.groups?.['named'];
  if (named === undefined) return false;
  const keys = keysOf(named);
  return isCalled(topic, named) && keys.length <= topic.names[0]!.length + 1;
}
