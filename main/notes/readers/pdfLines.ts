/** Words at their places to lines, lines to paragraphs and headings. Pure. */
import type { Writing } from '../writing.ts';

/** As pdf.js gives them: `transform` ends in x and y, y growing upwards. */
export type PdfItem = { str: string; transform: number[]; width: number; height: number; hasEOL: boolean };
export type Line = { text: string; height: number; x: number; y: number };

export function linesOfPage(items: readonly PdfItem[]): Line[] {
  const lines: Line[] = [];
  let open: OpenLine | null = null;
  const close = () => {
    const text = open?.words.join('').replace(/[\s\u{A0}]+/gu, ' ').trim();
    if (open && text) lines.push({ text: withoutLigatures(text), height: open.height, x: open.x, y: open.y });
    open = null;
  };
  for (const item of items) {
    const [x = 0, y = 0] = item.transform.slice(4);
    if (open && leaves(open, item, y)) close();
    open ??= { words: [], height: 0, x, y };
    open.height = Math.max(open.height, item.height);
    open.words.push(item.str);
    if (item.hasEOL) close();
  }
  close();
  return lines;
}

type OpenLine = { words: string[]; height: number; x: number; y: number };

/** What is set a little higher, as a number of a note is, stays in its line. */
const leaves = (open: OpenLine, item: PdfItem, y: number) => item.str.trim() !== '' && Math.abs(open.y - y) > Math.max(open.height, item.height) * 0.7;

/** "ﬁ" is "fi" to whoever searches. */
const withoutLigatures = (text: string) => text.replace(/[\u{FB00}-\u{FB06}]/gu, (letters) => letters.normalize('NFKC'));

type Page = { page: number; lines: Line[] };

export function writePages(writing: Writing, pages: readonly Page[]): void {
  const body = usualHeight(pages);
  const levels = levelsOf(pages, body);
  for (const { page, lines } of pages) {
    for (const part of partsOf(lines)) {
      const level = levels.get(rounded(part[0]!.height));
      const text = joined(part);
      if (level !== undefined && text.length <= longestHeading && !leader.test(text)) writing.add({ kind: 'heading', text, level, page });
      else writing.add({ kind: 'paragraph', text, page });
    }
  }
}

const longestHeading = 160;
/** A line of a table of contents: the heading stands elsewhere. */
const leader = /(?:\. ?){5}/;
const rounded = (height: number) => Math.round(height * 2) / 2;

function lengths(pages: readonly Page[]): Map<number, number> {
  const byHeight = new Map<number, number>();
  for (const { lines } of pages) for (const { height, text } of lines) byHeight.set(rounded(height), (byHeight.get(rounded(height)) ?? 0) + text.length);
  return byHeight;
}

/** In which most of the letters are set. */
function usualHeight(pages: readonly Page[]): number {
  return [...lengths(pages)].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0])[0];
}

/** Larger letters are headings, the largest of the first level: as long as few are. */
function levelsOf(pages: readonly Page[], body: number): Map<number, number> {
  const byHeight = lengths(pages);
  const all = [...byHeight.values()].reduce((sum, length) => sum + length, 0);
  const larger = [...byHeight].filter(([height, length]) => height > body * 1.12 && length < all * 0.3).map(([height]) => height);
  return new Map(larger.sort((a, b) => b - a).map((height, rank) => [height, Math.min(rank + 1, 6)]));
}

/** Lines that stand together: near below each other, of one height. */
function partsOf(lines: readonly Line[]): Line[][] {
  const parts: Line[][] = [];
  for (const line of lines) {
    const before = parts.at(-1)?.at(-1);
    if (before && follows(before, line)) parts.at(-1)!.push(line);
    else parts.push([line]);
  }
  return parts;
}

function follows(before: Line, line: Line): boolean {
  const height = Math.max(before.height, line.height, 1);
  const gap = before.y - line.y;
  return gap >= -height * 0.5 && gap < height * 1.7 && Math.abs(rounded(before.height) - rounded(line.height)) <= 0.5;
}

/** A word that was parted at the end of its line is whole again. */
function joined(lines: readonly Line[]): string {
  return lines.reduce((text, line) => {
    if (text === '') return line.text;
    return /\p{L}[-\u{AD}\u{2010}]$/u.test(text) && /^\p{Ll}/u.test(line.text) ? text.slice(0, -1) + line.text : `${text}\n${line.text}`;
  }, '');
}
