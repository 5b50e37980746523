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

export type NoteQuery = { wanted: Wanted[]; unwanted: Wanted[]; filters: NoteFilters };

/** More says no more, and takes longer than typing. */
const longestQuery = 2_000;
const mostWanted = 32;
const longestPhrase = 32;

const part = /(?<not>-)?(?:(?<name>tag|path|type|before|after):)?(?:"(?<quoted>[^"]*)(?<closed>"?)|(?<bare>[^\s"]+))/giu;
const someWord = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** `now`: what "before:yesterday" is counted from, Unix milliseconds. */
export function parseQuery(typed: string, now: number): NoteQuery {
  // The quotation marks that systems make of plain ones.
  const text = typed.slice(0, longestQuery).normalize('NFKC').replaceAll('\u00ad', '').replace(/[“”„‟«»]/gu, '"');
  const query: NoteQuery = { wanted: [], unwanted: [], filters: { ...noFilters, tags: [], paths: [], types: [] } };
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

function addPart(query: NoteQuery, found: Part): void {
  const { name, value, isQuoted, isNot, isTyped } = found;
  if (name !== undefined && addFilter(query.filters, { ...found, name })) return;
  const said = isQuoted && name === undefined ? phraseOf(value, isTyped) : wordsOf(name === undefined ? value : `${name}:${value}`, isTyped);
  if (isNot) query.unwanted.push(...said.map((one) => ({ ...one, isTyped: false })));
  else query.wanted.push(...said);
}

/** False when it says nothing: then it is words. */
function addFilter(filters: NoteFilters, { name, value, isNot, isTyped, now }: Part & { name: string }): boolean {
  if (name === 'before' || name === 'after') {
    const day = isNot ? null : dayOf(value, now);
    if (day === null) return false;
    filters[name] = day;
    return true;
  }
  const plain = plainValue(name, folded(value).trim());
  if (plain === '') return false;
  const list = filters[lists[name as keyof typeof lists]];
  if (list.length < mostWanted) list.push({ value: plain, isNot, isTyped });
  return true;
}

const lists = { tag: 'tags', path: 'paths', type: 'types' } as const;

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
  const terms = wanted.map((one, index) => {
    const others = alike.get(index) ?? [];
    return others.length === 0 ? termOf(one) : `(${[termOf(one), ...others.map((word) => `"${word}"`)].join(' OR ')})`;
  });
  return terms.length === 0 ? null : terms.join(' AND ');
}

/** A wanted thing by itself, in full-text syntax: words hold no quotation mark. */
export const termOf = ({ words, isTyped }: Wanted): string => `"${words.join(' ')}"${isTyped ? ' *' : ''}`;
