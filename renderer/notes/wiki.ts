/** What Obsidian adds to Markdown, on the tree that is drawn. Nothing here makes markup of what a note says. */
/** Elements of ours; what draws them stands in `noteParts.tsx`. */
type Drawn = { hName: string; hProperties: Record<string, string>; hChildren?: Node[] };
/** A node of the tree, as far as it matters here. */
type Node = { type: string; value?: string; children?: Node[]; data?: Drawn };

const pieces =
  /(?<embed>!?)\[\[(?<inner>[^[\]\n]{1,1000})\]\]|(?<=^|[\s(])#(?<tag>[\p{L}\p{N}\p{M}\p{Extended_Pictographic}_/-]{1,200})|==(?=\S)(?<marked>[^=\n]{1,2000})==|%%[^]*?%%|\[\^(?<note>[^\]\s]{1,100})\]/gu;
const blockId = /(?:^|\s)\^[A-Za-z0-9-]+\s*$/;
const calloutHead = /^\[!(?<type>[\w-]{1,40})\](?<fold>[+-]?)[ \t]*/;

/** A remark plugin. */
export function wiki() {
  return (tree: Node): void => visit(tree);
}

function visit(parent: Node): void {
  const children = (parent.children ?? []).flatMap((child) => {
    if (child.type === 'text') return textPieces(child.value ?? '');
    return child.type === 'html' ? withoutMarkup(child.value ?? '', parent) : [child];
  });
  parent.children = children;
  dropBlockId(parent);
  for (const child of children) {
    if (child.children) visit(child);
    if (child.type === 'blockquote') makeCallout(child);
    if (child.type === 'paragraph') makeEmbed(child);
  }
}

function textPieces(value: string): Node[] {
  const found: Node[] = [];
  let at = 0;
  for (const match of value.matchAll(pieces)) {
    const node = pieceOf(match);
    if (node === undefined) continue;
    if (match.index > at) found.push({ type: 'text', value: value.slice(at, match.index) });
    if (node) found.push(node);
    at = match.index + match[0].length;
  }
  if (at < value.length) found.push({ type: 'text', value: value.slice(at) });
  return found;
}

/** Null: nothing of it is shown. Undefined: it is text after all. */
function pieceOf({ groups = {}, 0: whole }: RegExpExecArray): Node | null | undefined {
  const { embed, inner, tag, marked, note } = groups;
  if (inner !== undefined) return link(inner, embed === '!');
  if (tag !== undefined) return /[^\d/]/.test(tag) ? drawn('note-tag', { tag: tag.replace(/\/+$/, '') }, whole) : undefined;
  if (marked !== undefined) return drawn('mark', {}, marked);
  if (note !== undefined) return drawn('note-footnote', { name: note }, note);
  return null;
}

function link(inner: string, embed: boolean): Node {
  const [whole = '', ...others] = inner.replaceAll('\\|', '|').split('|');
  const [target = '', ...headings] = whole.split('#');
  const shown = others.at(-1) ?? '';
  // What follows a picture's name is its size.
  const isName = shown !== '' && !(embed && /^\s*\d+(x\d+)?\s*$/.test(shown));
  const text = isName ? shown : whole.replace(/#\^?/g, ' › ').replace(/^ › /, '');
  return drawn(embed ? 'note-embed' : 'note-link', { target: target.trim(), heading: (headings.at(-1) ?? '').trim() }, text.trim());
}

/** A node that is drawn as an element of ours with this text in it. */
function drawn(hName: string, hProperties: Record<string, string>, text: string): Node {
  const data: Drawn = { hName, hProperties, hChildren: [{ type: 'text', value: text }] };
  return { type: 'text', value: text, data };
}

/** Markup of a note's own is left out; the words in it are shown. */
function withoutMarkup(value: string, parent: Node): Node[] {
  if (/^<br\s*\/?>$/i.test(value)) return [{ type: 'break' }];
  // Within a line each mark is a node of its own and the words between them are text already.
  if (parent.type === 'paragraph' || parent.type === 'heading' || parent.type === 'tableCell') return [];
  const words = wordsOf(value);
  return words ? [{ type: 'paragraph', children: [{ type: 'text', value: words }] }] : [];
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

/** It becomes text, whatever is left in it. */
function wordsOf(markup: string): string {
  const bare = markup.replace(/<(script|style)\b[^]*?(<\/\1\s*>|$)/gi, '').replace(/<!--[^]*?(-->|$)/g, '').replace(/<[^>]*(>|$)/g, ' ');
  return bare.replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => entities[name] ?? '').replace(/[ \t]+/g, ' ').trim();
}

function dropBlockId(parent: Node): void {
  const last = parent.children?.at(-1);
  if (last?.type !== 'text' || last.data || (parent.type !== 'paragraph' && parent.type !== 'heading')) return;
  last.value = last.value?.replace(blockId, '') ?? '';
}

/** `> [!tip] Title`; anything else is a quotation like others. */
function makeCallout(quote: Node): void {
  const [first, ...others] = quote.children ?? [];
  const [text, ...words] = first?.children ?? [];
  const head = text && headOf(text);
  if (!head) return;
  const [title, rest] = splitLine([{ type: 'text', value: head.after }, ...words]);
  const body = rest === null || rest.every(isBlank) ? [] : [{ ...first!, children: rest }];
  const { hProperties } = head;
  // The title stands first in the callout, an element of its own: its words keep their marks.
  const named: Node = { type: 'paragraph', children: title.every(isBlank) ? [] : title, data: { hName: 'note-callout-title', hProperties } };
  quote.children = [named, ...body, ...others];
  quote.data = { hName: 'note-callout', hProperties };
}

/** What kind of callout these words begin, and the words after that. */
function headOf({ type, value = '', data }: Node) {
  const found = type === 'text' && !data ? calloutHead.exec(value) : null;
  if (!found?.groups) return null;
  const { type: kind = '', fold = '' } = found.groups;
  return { hProperties: { type: kind.toLowerCase(), fold }, after: value.slice(found[0].length) };
}

/** The first line, and what follows it; null where nothing does. A mark that goes on over the line is in both. */
function splitLine(words: Node[]): [Node[], Node[] | null] {
  for (const [at, word] of words.entries()) {
    const halves = splitWord(word);
    if (halves) return [[...words.slice(0, at), ...halves[0]], [...halves[1], ...words.slice(at + 1)]];
  }
  return [words, null];
}

function splitWord(word: Node): [Node[], Node[]] | null {
  if (word.type === 'break') return [[], []];
  if (word.data) return null;
  if (word.type === 'text') {
    const [line = '', ...lines] = (word.value ?? '').split('\n');
    return lines.length > 0 ? [[{ type: 'text', value: line }], [{ type: 'text', value: lines.join('\n') }]] : null;
  }
  const [line, rest] = splitLine(word.children ?? []);
  return rest && [[{ ...word, children: line }], [{ ...word, children: rest }]];
}

const isBlank = ({ type, value, data }: Node) => type === 'text' && !data && value?.trim() === '';

/** An embed on a line of its own stands between the paragraphs, not in one. */
function makeEmbed(paragraph: Node): void {
  const [only, ...others] = paragraph.children ?? [];
  if (others.length > 0 || only?.data?.hName !== 'note-embed') return;
  paragraph.data = { hName: 'note-embedded', hProperties: only.data.hProperties };
}
