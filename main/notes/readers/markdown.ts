/** Markdown, with what Obsidian adds: front matter, wikilinks, embeds, tags, aliases, callouts, block ids. */
import MarkdownIt, { type MarkdownIt as Markdown, type Token } from 'markdown-it';
import { emptyDocument, type Block, type NoteDocument } from '../document.ts';
import type { Given } from '../given.ts';
import { Lines, type Line } from '../lines.ts';
import { marked } from '../writing.ts';
import { readFrontMatter } from './frontMatter.ts';
import { shownText } from './htmlText.ts';
import { masked, readLinks, readTags, shownOf } from './wiki.ts';

/** From which line on, and all the lines. */
type Piece = { first: number; lines: Lines; text: string };
type Wanted = { brief: boolean };

export function readMarkdown(given: Given): NoteDocument {
  const { text, mark } = given.text();
  const front = readFrontMatter(text);
  const blocks: Block[] = [];
  for (const piece of pieces(new Lines(text), front.lines, text)) {
    if (blocks.length >= given.limits.blocks) break;
    blocks.push(...blocksOf(piece, text, given));
  }
  const full = blocks.length >= given.limits.blocks;
  if (full) blocks.length = given.limits.blocks;
  const [first] = blocks;
  const bare = masked(text, blocks);
  return {
    ...emptyDocument('markdown', given.title, marked(mark, front.mark, full && 'Only its beginning was read: it has too many paragraphs.')),
    title: front.title ?? (first?.kind === 'heading' && first.level === 1 ? first.text : given.title),
    text,
    blocks,
    tags: unique([...front.tags, ...readTags(bare, front.to)]),
    aliases: front.aliases,
    properties: front.properties,
    links: readLinks(bare, given.limits.links),
  };
}

const unique = (words: string[]) => [...new Map(words.map((word) => [word.toLowerCase(), word])).values()];

/** Longer texts are parsed in parts, each to be forgotten before the next: the parser's own notes are many times the text. */
const pieceLength = 512 * 1024;

function pieces(lines: Lines, begin: number, text: string): Iterable<Piece> {
  return text.length <= pieceLength ? [{ first: begin, lines, text: text.slice(lines.from(begin)) }] : cutAtBlankLines(lines, begin, text);
}

/** Outside of code. */
function* cutAtBlankLines(lines: Lines, begin: number, text: string): Generator<Piece> {
  let begun = begin;
  let fence: string | null = null;
  for (let at = begin; at < lines.count; at++) {
    const line = lines.at(at);
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line.text)?.[1];
    if (mark) fence = fence === null ? mark : mark.startsWith(fence) ? null : fence;
    if (line.to - lines.from(begun) <= pieceLength || line.text !== '' || fence !== null) continue;
    yield { first: begun, lines, text: text.slice(lines.from(begun), line.to) };
    begun = at + 1;
  }
  if (begun < lines.count) yield { first: begun, lines, text: text.slice(lines.from(begun)) };
}

const parser = new MarkdownIt({ html: true }).use(wikilinks).use(inlineWhereItPays);

/** Nobody writes a paragraph so long: what looks like marks in it costs more to tell than it is worth. */
const longestParagraph = 64 * 1024;

/** Whatever follows, it shows a word. */
const wordFirst = /^[^<[&\\`]{0,200}[\p{L}\p{N}]/u;

function inlineWhereItPays(markdown: Markdown): void {
  markdown.core.ruler.at('inline', (state) => {
    const { brief } = state.env as Wanted;
    for (const [at, token] of state.tokens.entries()) {
      if (token.type !== 'inline' || !token.children) continue;
      const isTold = brief && state.tokens[at - 1]?.type !== 'heading_open' && wordFirst.test(token.content);
      if (!isTold && token.content.length <= longestParagraph) state.md.inline.parse(token.content, state.md, state.env, token.children);
      else token.children.push(Object.assign(new state.Token('text', '', 0), { content: token.content }));
    }
  });
}

function blocksOf(piece: Piece, text: string, { brief }: Wanted): Block[] {
  const tokens = parser.parse(piece.text, { brief } satisfies Wanted);
  const blocks: Block[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const end = token.nesting === 1 ? closing(tokens, at) : at;
    const block = blockOf(tokens.slice(at, end + 1), piece);
    if (block) blocks.push(withId(block, text));
    at = end;
  }
  return idsOfOthers(blocks);
}

function closing(tokens: Token[], open: number): number {
  const { level } = tokens[open]!;
  let at = open + 1;
  while (at < tokens.length && !(tokens[at]!.level === level && tokens[at]!.nesting === -1)) at++;
  return at;
}

const kinds: Record<string, Block['kind']> = {
  heading_open: 'heading',
  paragraph_open: 'paragraph',
  bullet_list_open: 'list',
  ordered_list_open: 'list',
  table_open: 'table',
  fence: 'code',
  code_block: 'code',
  blockquote_open: 'quote',
  html_block: 'paragraph',
};

function blockOf(tokens: Token[], { first: begin, lines }: Piece): Block | null {
  const [first] = tokens;
  const kind = first && kinds[first.type];
  if (!kind || !first.map) return null;
  const text = kind === 'table' ? rowsOf(tokens) : tokens.map(wordsOf).filter(Boolean).join('\n');
  if (text.trim() === '') return null;
  const last = lastLine(lines, begin + first.map[0], Math.min(begin + first.map[1], lines.count));
  const from = lines.at(begin + first.map[0]);
  const indent = kind === 'code' ? 0 : from.text.length - from.text.trimStart().length;
  const block: Block = { kind, text: text.trim(), place: { from: from.from + indent, to: last.from + last.text.trimEnd().length } };
  return kind === 'heading' ? { ...block, level: Number(first.tag.slice(1)) } : block;
}

/** The last that is not blank; `to` is after it. */
function lastLine(lines: Lines, from: number, to: number): Line {
  let at = to - 1;
  while (at > from && lines.at(at).text.trim() === '') at--;
  return lines.at(at);
}

function wordsOf(token: Token): string {
  if (token.type === 'fence' || token.type === 'code_block') return token.content.trimEnd();
  if (token.type === 'html_block') return shownText(token.content);
  return token.type === 'inline' ? inlineText(token.children ?? []) : '';
}

function rowsOf(tokens: Token[]): string {
  const rows: string[][] = [];
  for (const token of tokens) {
    if (token.type === 'tr_open') rows.push([]);
    else if (token.type === 'inline') rows.at(-1)?.push(inlineText(token.children ?? []));
  }
  return rows.map((row) => row.join(' | ')).join('\n');
}

function inlineText(tokens: readonly Token[]): string {
  const words = tokens.map((token) => {
    if (token.type === 'softbreak' || token.type === 'hardbreak') return '\n';
    if (token.type === 'image') return inlineText(token.children ?? []);
    return token.type === 'html_inline' ? '' : token.content;
  });
  return words.join('').replace(/^\[!([\w-]+)\][+-]?[ \t]*/, '').replace(/==(?=\S)([^=\n]+)==/g, '$1').trim();
}

/** `[[target|shown]]` and `![[…]]` are one token, of what is shown. */
function wikilinks(markdown: Markdown): void {
  markdown.inline.ruler.before('link', 'wikilink', (state, silent) => {
    const from = state.src.startsWith('![[', state.pos) ? state.pos + 3 : state.src.startsWith('[[', state.pos) ? state.pos + 2 : -1;
    if (from < 0) return false;
    const to = state.src.slice(from, from + 1_000).indexOf(']]');
    const inner = state.src.slice(from, from + to);
    if (to < 1 || inner.includes('\n') || inner.includes('[[')) return false;
    if (!silent) state.push('text_special', '', 0).content = shownOf(inner);
    state.pos = from + to + 2;
    return true;
  });
}

const idAtEnd = /(?:^|\s)\^([A-Za-z0-9-]+)\s*$/;

function withId(block: Block, text: string): Block {
  if (block.kind === 'code' || block.kind === 'table') return block;
  const end = text.slice(Math.max(block.place.from, block.place.to - 100), block.place.to);
  const id = idAtEnd.exec(end)?.[1];
  return id === undefined ? block : { ...block, id, text: block.text.replace(idAtEnd, '') };
}

/** An id on a line of its own names what stands before it. */
function idsOfOthers(blocks: Block[]): Block[] {
  const kept: Block[] = [];
  for (const block of blocks) {
    const before = kept.at(-1);
    if (block.text === '' && block.id !== undefined && before && before.kind !== 'heading') kept[kept.length - 1] = { ...before, id: block.id };
    else if (block.text !== '') kept.push(block);
  }
  return kept;
}
