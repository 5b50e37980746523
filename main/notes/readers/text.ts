/** Plain text, and the two formats that are read as such: Org and reStructuredText, whose headings are told. */
import type { Block, NoteDocument, NoteType } from '../document.ts';
import { emptyDocument } from '../document.ts';
import type { Given } from '../given.ts';
import { Lines, type Line } from '../lines.ts';
import { marked } from '../writing.ts';

type Heading = { text: string; level: number; lines: number };
/** What begins at this line, if a heading does. */
type HeadingAt = (lines: Lines, at: number) => Heading | null;

export const readText = (given: Given): NoteDocument => readLines(given, 'text', () => null);

export function readOrg(given: Given): NoteDocument {
  const document = readLines(given, 'org', orgHeading);
  for (const [, key = '', value = ''] of document.text.matchAll(/^#\+(title|filetags|author|date):[ \t]*(\S.*)$/gim)) {
    if (/title/i.test(key)) document.title = value.trim();
    else if (/tags/i.test(key)) document.tags.push(...value.split(/[:\s]+/).filter(Boolean));
    else document.properties[key.toLowerCase()] = value.trim();
  }
  document.tags.push(...[...document.text.matchAll(/^\*+ .*?[ \t](:[\w@#%:]+:)[ \t]*$/gm)].flatMap(([, tags = '']) => tags.split(':').filter(Boolean)));
  document.tags = [...new Set(document.tags)];
  return document;
}

export function readRst(given: Given): NoteDocument {
  const order: string[] = [];
  const document = readLines(given, 'rst', (lines, at) => rstHeading(lines, at, order));
  const [first] = document.blocks;
  return first?.kind === 'heading' ? { ...document, title: first.text } : document;
}

function readLines(given: Given, type: NoteType, headingAt: HeadingAt): NoteDocument {
  const { text, mark } = given.text();
  const { blocks, full } = paragraphs(new Lines(text), headingAt, given.limits.blocks);
  return { ...emptyDocument(type, given.title, marked(mark, full && 'Only its beginning was read: it has too many paragraphs.')), text, blocks };
}

function paragraphs(lines: Lines, headingAt: HeadingAt, most: number): { blocks: Block[]; full: boolean } {
  const blocks: Block[] = [];
  let open: Line[] = [];
  const close = () => {
    if (open.length > 0) blocks.push(block('paragraph', open));
    open = [];
  };
  for (let at = 0; at < lines.count && blocks.length < most; at++) {
    const line = lines.at(at);
    const heading = headingAt(lines, at);
    if (heading) {
      close();
      blocks.push({ ...block('heading', Array.from({ length: heading.lines }, (_, below) => lines.at(at + below))), text: heading.text, level: heading.level });
      at += heading.lines - 1;
    } else if (line.text.trim() === '') close();
    else open.push(line);
  }
  const full = blocks.length >= most;
  if (!full) close();
  return { blocks, full };
}

function block(kind: Block['kind'], lines: Line[]): Block {
  const text = lines.map((line) => line.text).join('\n');
  return { kind, text: text.trim(), place: { from: lines[0]!.from, to: lines.at(-1)!.to } };
}

function orgHeading(lines: Lines, at: number): Heading | null {
  const [, stars = '', title = ''] = /^(\*+) (.*)$/.exec(lines.at(at).text) ?? [];
  const text = title.replace(/^(TODO|DONE|NEXT|WAITING) /, '').replace(/[ \t]+:[\w@#%:]+:[ \t]*$/, '').trim();
  return text === '' ? null : { text, level: Math.min(stars.length, 6), lines: 1 };
}

const adornment = /^([!-/:-@[-`{-~])\1{2,}\s*$/;

/** A line of one mark below the title, or above it too. Which mark is which level, the order of their first use says. */
function rstHeading(lines: Lines, at: number, order: string[]): Heading | null {
  const [before, first, second, third] = [at - 1, at, at + 1, at + 2].map((each) => lines.at(each).text.trimEnd()) as [string, string, string, string];
  if (before !== '') return null;
  if (adornment.test(first)) return second !== '' && third === first ? { text: second.trim(), level: levelOf(first.slice(0, 2), order), lines: 3 } : null;
  return /^\S/.test(first) && adornment.test(second) && second.length >= first.length ? { text: first, level: levelOf(second[0]!, order), lines: 2 } : null;
}

function levelOf(style: string, order: string[]): number {
  if (!order.includes(style)) order.push(style);
  return Math.min(order.indexOf(style) + 1, 6);
}
