/** What the owner typed into the search box, understood. Pure; nothing typed is an error: what is no filter is a word. */
import { noFilters, type NoteFilters } from '../store/noteFilters.ts';
import { folded, searchable } from '../store/noteText.ts';
import { dayOf } from './queryDate.ts';

/** Words that must stand one after the other: a word, a phrase in quotes, "e-mail". */
export type Wanted = {
  words: string[];
  isQuoted: boolean;
  /** The last of the words may go on. */
  isTyped: boolean;
};

/** Where the owner's search looks. */
export const searchKinds = ['notes', 'conversations', 'memories'] as const;
export type SearchKind = (typeof searchKinds)[number];

export type SearchQuery = { wanted: Wanted[]; unwanted: Wanted[]; filters: NoteFilters; /** What `in:` asks for; empty for all. */ kinds: SearchKind[] };

/** More says no more, and takes longer than typing. */
const longestQuery = 2_000;
const mostWanted = 32;
const longestPhrase = 32;

const part = /(?<not>-)?(?:(?<name>tag|path|folder|type|before|after|in):)?(?:"(?<quoted>[^"]*)(?<closed>"?)|(?<bare>[^\s"]+))/giu;
const someWord = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** `now`: what "before:yesterday" is counted from, Unix milliseconds. */
export function parseQuery(typed: string, now: number): SearchQuery {
  // The quotation marks that systems make of plain ones.
  const text = typed.slice(0, longestQuery).normalize('NFKC').replaceAll('\u00ad', '').replace(/[“”„‟«»]/gu, '"');
  const query: SearchQuery = { wanted: [], unwanted: [], filters: { ...noFilters, tags: [], paths: [], folders: [], types: [] }, kinds: [] };
  for (const found of text.matchAll(part)) {
    const isLast = found.index + found[0].length === text.length;
    const { not, name, quoted, closed, bare } = found.groups as Groups;
    const isTyped = isLast && closed !== '"' && /[\p{L}\p{N}\p{M}]$/u.test(text);
    addPart(query, { name: name?.toLowerCase(), value: quoted ?? bare ?? '', isQuoted: quoted !== undefined, isNot: not !== undefined, isTyped, now });
  }
  return { ...query, wanted: waitForMore(query.wanted).slice(0, mostWanted), unwanted: query.unwanted.slice(0, mostWanted) };
}

type Groups = Partial<Record<'not' | 'name' | 'quoted' | 'closed' | 'bare', string>>;
type Part = { name: string | undefined; value: string; isQuoted: boolean; isNot: boolean; isTyped: boolean; now: number };

function addPart(query: SearchQuery, found: Part): void {
  const { name, value, isQuoted, isNot, isTyped } = found;
  if (name !== undefined && addFilter(query, { ...found, name })) return;
  const said = isQuoted && name === undefined ? phraseOf(value, isTyped) : wordsOf(name === undefined ? value : `${name}:${value}`, isTyped);
  if (isNot) query.unwanted.push(...waitForMore(said).map((one) => ({ ...one, isTyped: false })));
  else query.wanted.push(...said);
}

/** False when it says nothing: then it is words. */
function addFilter(query: SearchQuery, found: Part & { name: string }): boolean {
  const { name, value, isNot, isTyped, now } = found;
  const { filters } = query;
  if (name === 'in') return addKinds(query, found);
  if (name === 'before' || name === 'after') {
    const day = isNot ? null : dayOf(value, now);
    if (day === null) return false;
    filters[name] = day;
    return true;
  }
  // A folder goes by its name as it is: the record has no other form of it.
  const plain = name === 'folder' ? value.trim().replaceAll('\\', '/').replace(/(?<=.)\/+$/u, '') : plainValue(name, folded(value).trim());
  if (plain === '') return false;
  const list = filters[lists[name as keyof typeof lists]];
  if (list.length < mostWanted) list.push({ value: plain, isNot, isTyped });
  return true;
}

const lists = { tag: 'tags', path: 'paths', folder: 'folders', type: 'types' } as const;

/** A name being typed stands for all that begin so. */
function addKinds(query: SearchQuery, { value, isNot, isTyped }: Part): boolean {
  const typed = folded(value).trim();
  const named = typed === '' ? [] : searchKinds.filter((kind) => kindNames[kind].some((name) => (isTyped ? name.startsWith(typed) : name === typed)));
  if (named.length === 0) return false;
  const rest = isNot ? searchKinds.filter((kind) => !named.includes(kind) && (query.kinds.length === 0 || query.kinds.includes(kind))) : [...query.kinds, ...named];
  query.kinds = searchKinds.filter((kind) => rest.includes(kind));
  return true;
}

/** Names people use for them, and ours. */
const kindNames: Record<SearchKind, string[]> = {
  notes: ['notes', 'note', 'files'],
  conversations: ['conversations', 'conversation', 'messages', 'message', 'chats', 'chat'],
  memories: ['memories', 'memory'],
};

/** Where an answer can come from: what only notes have, only notes answer. */
export function kindsOf({ kinds, filters }: SearchQuery): readonly SearchKind[] {
  const isOfNotes = filters.tags.length + filters.paths.length + filters.folders.length + filters.types.length > 0;
  return (isOfNotes ? (['notes'] as const) : searchKinds).filter((kind) => kinds.length === 0 || kinds.includes(kind));
}

/** Something was asked for besides words. */
export const hasFilter = ({ filters, unwanted, kinds }: SearchQuery): boolean =>
  filters.tags.length + filters.paths.length + filters.folders.length + filters.types.length + unwanted.length + kinds.length > 0 || filters.before !== null || filters.after !== null;

function plainValue(name: string, value: string): string {
  if (name === 'tag') return value.replace(/^#+|\/+$/gu, '');
  if (name === 'path') return value.replaceAll('\\', '/');
  const type = value.replace(/^\*?\./u, '');
  return typeNames[type] ?? type;
}

/** Names people use for the formats, and ours. */
const typeNames: Partial<Record<string, string>> = { md: 'markdown', txt: 'text', plain: 'text', htm: 'html', word: 'docx', mail: 'eml', email: 'eml' };

/** One wanted thing of all that stands in quotes. */
function phraseOf(text: string, isTyped: boolean): Wanted[] {
  const words = (searchable(text).match(someWord) ?? []).filter(isWord).slice(0, longestPhrase);
  return words.length === 0 ? [] : [{ words, isQuoted: true, isTyped }];
}

/** What is written in one piece stays together; in scripts without spaces, each word of it. */
function wordsOf(text: string, isTyped: boolean): Wanted[] {
  const pieces: string[] = [];
  let end = 0;
  for (const found of text.matchAll(unspaced)) {
    pieces.push(text.slice(end, found.index), ...[...segmenter.segment(found[0])].map(({ segment }) => segment));
    end = found.index + found[0].length;
  }
  pieces.push(text.slice(end));
  const wanted = pieces.flatMap((piece) => {
    const words = (searchable(piece.replace(/['’]s$/iu, '')).match(someWord) ?? []).filter(isWord).slice(0, longestPhrase);
    return words.length === 0 ? [] : [{ words, isQuoted: false, isTyped: false }];
  });
  return wanted.map((one, index) => ({ ...one, isTyped: isTyped && index === wanted.length - 1 }));
}

/** Accents alone are none. */
const isWord = (word: string) => /[\p{L}\p{N}\p{Co}]/u.test(word);

/** A single letter begins a tenth of all words: it is waited for what follows. */
function waitForMore(wanted: readonly Wanted[]): Wanted[] {
  const last = wanted.at(-1);
  if (!last?.isTyped || !/^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]$/u.test(last.words.at(-1)!)) return [...wanted];
  const begun = { ...last, words: last.words.slice(0, -1), isTyped: false };
  return [...wanted.slice(0, -1), ...(begun.words.length > 0 ? [begun] : [])];
}

/** Full-text syntax for all of these; null for none. `alike`: words that are taken for a wanted one, too, by its place. */
export function matchOf(wanted: readonly Wanted[], alike: ReadonlyMap<number, readonly string[]> = new Map()): string | null {
  return wanted.length === 0 ? null : wanted.map((one, index) => matchOfOne(one, alike.get(index))).join(' AND ');
}

/** One of them, with what is taken for it. */
export const matchOfOne = (one: Wanted, others: readonly string[] = []): string =>
  others.length === 0 ? termOf(one) : `(${[termOf(one), ...others.map((word) => `"${word}"`)].join(' OR ')})`;

/** A wanted thing by itself, in full-text syntax: words hold no quotation mark. */
export const termOf = ({ words, isTyped }: Wanted): string => `"${words.join(' ')}"${isTyped ? ' *' : ''}`;
