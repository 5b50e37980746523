/** What to look for next, from what was found. Pure. */
import { mayTell } from '../../times/read.ts';
import { plainWords } from '../words.ts';
import { hasKey, keysOf, subjectKeys } from './keys.ts';
import type { Finding, Source } from './sources.ts';
import { isCalled, type Topic } from './topics.ts';

const mostNames = 3;

/** Other names of a topic: aliases of the note about it, and the short form behind its name in brackets. */
export function otherNames(topic: Topic, sources: readonly Source[], aliasesOf: (noteId: string) => string[]): { name: string; keys: string[] }[] {
  const called = sources.filter(({ note }) => isExactly(topic, note.title));
  const names = [...new Set([...called.flatMap(({ note }) => aliasesOf(note.id)), ...sources.flatMap(({ text }) => shortForms(topic, text)), ...sources.flatMap(({ note }) => titleOfAlias(topic, note.title, aliasesOf(note.id)))])];
  const known = new Set(topic.names.map((keys) => keys.join(' ')));
  return names
    .map((name) => ({ name, keys: subjectKeys(name) }))
    .filter(({ keys }) => keys.length > 0 && !known.has(keys.join(' ')) && known.add(keys.join(' ')))
    .slice(0, mostNames);
}

/** Called so and nothing more. */
const isExactly = (topic: Topic, title: string): boolean => isCalled(topic, title) && subjectKeys(title).length <= topic.names[0]!.length;

/** A topic that is the alias of a note is called by its title, too. */
const titleOfAlias = (topic: Topic, title: string, aliases: string[]): string[] => (aliases.some((alias) => subjectKeys(alias).join(' ') === topic.names[0]!.join(' ')) ? [title] : []);

/** "Home Assistant (HA)". */
function shortForms(topic: Topic, text: string): string[] {
  const words = plainWords(topic.name);
  if (words.length < 2) return [];
  return [...text.matchAll(/(?<long>(?:[\p{L}\p{N}]+ ){1,5})\((?<short>\p{Lu}[\p{L}\p{N}]{1,7})\)/gu)].flatMap(({ groups }) => {
    const long = new Set(keysOf(groups!['long']!));
    return topic.names[0]!.every((key) => hasKey(long, key)) ? [groups!['short']!] : [];
  });
}

const mostWords = 3;
const leastNotes = 2;

/** A topic with each word that several notes about it share: passages about it that the first search had no room for. */
export function standingOut(topics: readonly Topic[], findings: readonly Finding[]): string[] {
  return topics.flatMap((topic, index) => {
    const of = findings.filter((finding) => finding.topics.includes(index) && finding.bears >= 0.8);
    const notes = new Map<string, Set<string>>();
    for (const { keys, source } of of) for (const key of keys) if (!isOwn(topic, key)) notes.set(key, (notes.get(key) ?? new Set()).add(source.note.id));
    const words = [...notes].filter(([key, ids]) => ids.size >= leastNotes && key.length > 3 && /^\p{L}+$/u.test(key)).sort(([, one], [, other]) => other.size - one.size);
    return words.slice(0, mostWords).map(([key]) => `${topic.name} ${surface(key, of)}`);
  });
}

const isOwn = (topic: Topic, key: string) => key.startsWith('~') || mayTell(key) || topic.names.some((name) => hasKey(new Set(name), key));

/** The word as it stands there. */
function surface(key: string, findings: readonly Finding[]): string {
  for (const { text, keys } of findings) {
    if (!keys.has(key)) continue;
    const word = plainWords(text).find((candidate) => keysOf(candidate)[0] === key);
    if (word) return word;
  }
  return key;
}
