/** Links and tags in Markdown, each at its place. Pure. */
import type { Block, NoteLink } from '../document.ts';

/** The text with blanks where code stands, which links nowhere. */
export function masked(text: string, blocks: readonly Block[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { kind, place } of blocks) {
    if (kind !== 'code') continue;
    parts.push(text.slice(at, place.from), ' '.repeat(place.to - place.from));
    at = place.to;
  }
  parts.push(text.slice(at));
  return blankInline(blankFences(parts.join('')));
}

const blank = (code: string) => code.replace(/[^\r\n]/g, ' ');

/** Blocks of code within lists and quotes. */
function blankFences(text: string): string {
  return text.includes('```') ? text.replace(/^[ \t>*+-]*(`{3,})[^`\r\n]*[\r\n][^]*?^[ \t>]*\1`*[ \t]*$/gm, blank) : text;
}

/** Within a line: a run of backticks that never ends is looked for once. */
function blankInline(text: string): string {
  return text.includes('`') ? text.replace(/(?<!`)(`{1,8})(?!`)([^\r\n]{1,2000}?)(?<!`)\1(?!`)/g, blank) : text;
}

const wikilink = /(!?)\[\[([^[\]\r\n]{1,1000})\]\]/g;
/** `[shown](target "title")`, `[shown](<a target>)`. */
const markdownLink = /(!?)\[([^[\]\r\n]{0,1000})\]\((?:<([^<>\r\n]{1,2000})>|([^()\s<>]{1,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?))(?:[ \t]+["'(][^\r\n]{0,500}?["')])?[ \t]*\)/g;

export function readLinks(text: string, most: number): NoteLink[] {
  return [...upTo(most, text.matchAll(wikilink), fromWikilink), ...upTo(most, text.matchAll(markdownLink), fromMarkdown)].sort((one, other) => one.at - other.at).slice(0, most);
}

function upTo(most: number, matches: Iterable<RegExpExecArray>, read: (match: RegExpExecArray) => NoteLink): NoteLink[] {
  const links: NoteLink[] = [];
  for (const match of matches) if (links.push(read(match)) >= most) break;
  return links;
}

function fromWikilink({ index, 1: bang, 2: inner = '' }: RegExpExecArray): NoteLink {
  const [whole = ''] = inner.replaceAll('\\|', '|').split('|');
  return { ...targetOf(whole), shown: shownOf(inner), embed: bang === '!', at: index };
}

function fromMarkdown({ index, 1: bang, 2: shown = '', 3: angled, 4: plain }: RegExpExecArray): NoteLink {
  const written = angled ?? plain ?? '';
  const isAddress = /^[a-z][a-z0-9+.-]+:/i.test(written);
  return { ...(isAddress ? { target: written, heading: null } : targetOf(unescaped(written))), shown, embed: bang === '!', at: index };
}

/** What a link shows: its other name, or what it leads to. */
export function shownOf(inner: string): string {
  const [target = '', ...shown] = inner.replaceAll('\\|', '|').split('|');
  return (shown.at(-1) ?? target.replace(/#\^?/g, ' ')).trim();
}

function targetOf(written: string): { target: string; heading: string | null } {
  const [target = '', ...headings] = written.split('#');
  return { target: target.trim(), heading: headings.at(-1)?.trim() || null };
}

function unescaped(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

const tag = /(?<=^|[\s(])#([\p{L}\p{N}\p{M}\p{Extended_Pictographic}_/-]{1,200})/gu;

/** From `from` on: front matter has its own. A number alone is none. */
export function readTags(text: string, from: number): string[] {
  const found = [...text.slice(from).matchAll(tag)].map(([, name = '']) => name.replace(/\/+$/, ''));
  return found.filter((name) => /[^\d/]/.test(name));
}
