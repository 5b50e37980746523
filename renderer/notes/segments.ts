/** A note cut into what is drawn at once: its blocks, and what stands between them. Pure. */
import type { OpenNote } from '../../main/contract/note.ts';

export type Segment = {
  kind: 'markdown' | 'heading' | 'paragraph' | 'list' | 'table' | 'code' | 'quote' | 'lines' | 'plain';
  /** As it stands in the note's text at [from, to). */
  text: string;
  from: number;
  to: number;
  /** What is drawn, where that is not the text itself. */
  drawn: string | null;
  /** Its words as one reads them, to look for words in. */
  plain: string;
  /** Headings: 1 to 6. */
  level: number | null;
  /** Obsidian: what `^id` calls it. */
  id: string | null;
  /** Where a page begins with it. */
  page: number | null;
  /** Code: the number of its first line, from 1. */
  line: number;
};

/** Reading the marks of a longer block would hold up the window: it is shown as it is written. */
const longestMarkdown = 60_000;
/** Longer plain text is cut at a line, so that only what is in sight is laid out. */
const longestPlain = 20_000;
const linesAtOnce = 60;

export function segmentsOf(note: Pick<OpenNote, 'text' | 'blocks' | 'properties'> & { note: { type: string } }): Segment[] {
  switch (note.note.type) {
    case 'markdown':
      return markdownSegments(note);
    case 'code':
      return lineSegments(note.text);
    case 'mail':
      return blockSegments(note).filter((segment, index) => !isMailHead(segment, index));
    default:
      return blockSegments(note);
  }
}

const bare = { drawn: null, plain: '', level: null, id: null, page: null, line: 1 } as const;

function markdownSegments({ text, blocks }: Pick<OpenNote, 'text' | 'blocks'>): Segment[] {
  const segments: Segment[] = [];
  let at = frontMatterEnd(text);
  for (const { kind, place, text: words, level = null, id = null } of blocks) {
    segments.push(...between(text, at, place.from));
    const written = text.slice(place.from, place.to);
    const shown: Segment = { ...bare, kind: kind === 'heading' ? 'heading' : 'markdown', text: written, drawn: withFootnotes(written), from: place.from, to: place.to, plain: words, level, id };
    if (written.length > longestMarkdown) segments.push(...cut({ ...shown, kind: 'plain', plain: written }));
    else segments.push(shown);
    at = place.to;
  }
  return withAddresses([...segments, ...between(text, at, text.length)]);
}

const address = /^\[(?!\^)[^\]\n]{1,200}\]:[ \t]*\S[^\n]*$/gm;
const footnote = /^\[\^([^\]\n]{1,100})\]:[ \t]*/gm;

/** A footnote by itself would not be drawn: nothing in its block points to it. */
const withFootnotes = (text: string): string | null => (text.startsWith('[^') ? text.replace(footnote, '\n\n$1\\. ').trim() : null);

/** `[text][name]` leads where a line elsewhere says: each block is drawn by itself, and takes those lines along. */
function withAddresses(segments: Segment[]): Segment[] {
  const addresses = segments.flatMap(({ kind, plain, text }) => (kind === 'markdown' && plain === '' ? (text.match(address) ?? []) : [])).join('\n');
  if (addresses === '') return segments;
  return segments.map((segment) => (/\][[\s]|\](?![(\w:])/.test(segment.text) && segment.drawn === null && segment.kind === 'markdown' && segment.plain !== '' ? { ...segment, drawn: `${segment.text}\n\n${addresses}` } : segment));
}

/** What is no block and yet to be seen: pictures, rules, footnotes. */
function between(text: string, from: number, to: number): Segment[] {
  const written = text.slice(from, to);
  if (written.trim() === '') return [];
  const begins = from + written.length - written.trimStart().length;
  const shown = written.trim();
  return [{ ...bare, kind: 'markdown', text: shown, drawn: withFootnotes(shown), from: begins, to: begins + shown.length, plain: shown.replace(footnote, '').replace(address, '').trim() }];
}

/** Where the text begins that is shown as text: the properties stand in a table above it. */
export function frontMatterEnd(text: string): number {
  return /^---[ \t]*(?:\r\n?|\n)(?:[^]*?(?:\r\n?|\n))?(?:---|\.\.\.)[ \t]*(?=[\r\n]|$)/.exec(text.slice(0, 70_000))?.[0].length ?? 0;
}

function blockSegments({ text, blocks }: Pick<OpenNote, 'text' | 'blocks'>): Segment[] {
  let page = 0;
  return blocks.flatMap(({ kind, place, level = null, id = null }) => {
    const begun = place.page !== undefined && place.page !== page ? place.page : null;
    page = place.page ?? page;
    const written = text.slice(place.from, place.to);
    return cut({ ...bare, kind, text: written, from: place.from, to: place.to, plain: written, level, id, page: begun });
  });
}

/** At lines, else at blanks, where it is long. */
function cut(segment: Segment): Segment[] {
  const parts: Segment[] = [];
  for (let at = 0; at < segment.text.length; ) {
    const end = at + longestPlain >= segment.text.length ? segment.text.length : cutPlace(segment.text, at, at + longestPlain);
    const text = segment.text.slice(at, end);
    parts.push({ ...segment, text, plain: segment.text === segment.plain ? text : segment.plain, from: segment.from + at, to: segment.from + end, page: at === 0 ? segment.page : null });
    at = end;
  }
  return parts;
}

function cutPlace(text: string, from: number, to: number): number {
  const line = text.lastIndexOf('\n', to);
  if (line > from) return line + 1;
  const blank = text.lastIndexOf(' ', to);
  return blank > from ? blank + 1 : to;
}

function lineSegments(text: string): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  let line = 1;
  while (from < text.length) {
    let to = from;
    let count = 0;
    while (to < text.length && count < linesAtOnce && to - from < longestPlain) {
      const end = text.indexOf('\n', to);
      to = end < 0 ? text.length : end + 1;
      count += 1;
    }
    const written = text.slice(from, to);
    segments.push({ ...bare, kind: 'lines', text: written, from, to, plain: written, line });
    line += count;
    from = to;
  }
  return segments;
}

/** Its subject is the title, and who wrote to whom stands above it. */
const isMailHead = ({ kind, text }: Segment, index: number) => (index === 0 && kind === 'heading') || (index <= 1 && kind === 'paragraph' && /^(From|To|Date|Cc): /.test(text));

/** The segment that holds a place, or the one before it. */
export function segmentAt(segments: readonly Segment[], at: number): number {
  const after = segments.findIndex((segment) => segment.to > at);
  return after < 0 ? segments.length - 1 : after;
}

/** Where `#heading` or `#^id` leads in the note; null where nothing is called so. */
export function segmentNamed(segments: readonly Segment[], name: string): number | null {
  const wanted = keyOf(name.replace(/^\^/, ''));
  const found = segments.findIndex((segment) => (name.startsWith('^') ? segment.id !== null && keyOf(segment.id) === wanted : segment.kind === 'heading' && keyOf(segment.plain) === wanted));
  return found < 0 ? null : found;
}

/** As written, or as GitHub and its like make an address of it. */
const keyOf = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

export type Heading = { index: number; level: number; title: string };

/** Begins at the first level there is, with no more than `depth` levels in sight. */
export function outlineOf(segments: readonly Segment[], depth = 3): Heading[] {
  const all = segments.flatMap(({ kind, level, plain }, index) => (kind === 'heading' && plain.trim() ? [{ index, level: level ?? 1, title: plain.trim() }] : []));
  const top = Math.min(...all.map(({ level }) => level));
  return all.flatMap((heading) => (heading.level - top < depth ? [{ ...heading, level: heading.level - top + 1 }] : []));
}

/** The line of a place, from 1. */
export function lineAt(text: string, at: number): number {
  let line = 1;
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1)) line += 1;
  return line;
}
