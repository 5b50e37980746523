/** What is asked about, and whether a sentence speaks of it. Pure. */
import { countKeys, enough, keysOf, subjectKeys, union } from './keys.ts';
import type { Source, Statement } from './sources.ts';

export type Topic = {
  /** As the question names it. */
  name: string;
  /** The keys of each name it goes by, its own first. */
  names: string[][];
  /** Which must stand there: what tells it from the other topics. */
  own: string[];
};

export function topicsOf(names: readonly string[]): Topic[] {
  const keys = names.map(subjectKeys);
  return names.map((name, index) => {
    const others = new Set(keys.filter((_, other) => other !== index).flat());
    return { name, names: [keys[index]!], own: names.length > 1 ? keys[index]!.filter((key) => !others.has(key)) : [] };
  });
}

/** Where a passage stands says what it is about, too. */
const surroundings = new WeakMap<Source, { title: ReadonlySet<string>; path: ReadonlySet<string>; text: ReadonlySet<string> }>();

function around(source: Source) {
  const known = surroundings.get(source) ?? {
    title: new Set(keysOf(`${source.note.title} ${source.headings.join(' ')}`)),
    path: new Set(keysOf(source.note.path.replace(/\.\w+$/u, '').replaceAll('/', ' '))),
    text: new Set(keysOf(source.text)),
  };
  surroundings.set(source, known);
  return known;
}

const covers = (topic: Topic, keys: ReadonlySet<string>): boolean => topic.names.some((name, index) => coversName(name, keys) && (index > 0 || topic.own.length === 0 || coversName(topic.own, keys)));

const coversName = (name: readonly string[], keys: ReadonlySet<string>): boolean => name.length > 0 && countKeys(name, keys) >= enough(name.length);

const touches = (topic: Topic, keys: ReadonlySet<string>): boolean => topic.names.some((name) => countKeys(name, keys) > 0);

/** "It is…", "In the end they…", "the door": more of what stands before. */
const refersBack = /^(?:\S+ ){1,4}(?:it|they|she|he|er|sie|es|il|elle|ils)(?![\p{L}\p{N}])|(?<![\p{L}])the(?= \p{Ll})|^(?:it|its|it's|they|their|this|that|these|those|he|she|his|her|both|also|but|so|er|sie|es|das|dies|il|elle|ils|elles|ça|cela|ello|eso|esto|está|それ|これ|でも|しかし)(?![\p{L}\p{N}])/iu;

/** How plainly a sentence speaks of it, 0 to 1: in its own words, by where it stands, or by going on. */
export function bearsOn(topic: Topic, statement: Statement): number {
  const { keys, source } = statement;
  const { title, path, text } = around(source);
  if (lacksNumber(topic, keys)) return 0;
  if (covers(topic, keys)) return 1;
  const isNamed = touches(topic, keys);
  if (isNamed && covers(topic, union(keys, title, path))) return 0.9;
  return byWhereItStands(topic, title, path) || byGoingOn(topic, statement) || (isNamed && mayBeApart(topic) && covers(topic, union(text, title)) ? 0.5 : 0);
}

/** "10 km" is not 5 km, whatever else is alike. */
const lacksNumber = ({ names }: Topic, keys: ReadonlySet<string>): boolean => names.every((name) => name.some((key) => /^\d/u.test(key) && !keys.has(key)));

const byGoingOn = (topic: Topic, { text, before }: Statement): number => (before && refersBack.test(text) && bearsOn(topic, before) >= 0.5 ? 0.6 : 0);

function byWhereItStands(topic: Topic, title: ReadonlySet<string>, path: ReadonlySet<string>): number {
  if (covers(topic, title)) return 0.8;
  return touches(topic, title) && covers(topic, union(title, path)) ? 0.75 : 0;
}

/** Its words may stand in different sentences of a passage. */
const mayBeApart = ({ names, own }: Topic) => names[0]!.length > 1 && own.length === 0;

/** A quick look that spares most passages the rest. */
export function mayBear(topic: Topic, source: Source): boolean {
  const { title, path, text } = around(source);
  return covers(topic, union(text, title, path));
}

/** Whether a note is the one about it. */
export const isCalled = (topic: Topic, title: string): boolean => covers(topic, new Set(keysOf(title)));
