/** HTML to blocks, as it comes: no tree is built, no script is run, nothing is fetched. */
import { Parser } from 'htmlparser2';
import { limits } from '../limits.ts';
import { Full, Writing } from '../writing.ts';

/** What these hold is not for reading. */
const silent = new Set(['script', 'style', 'noscript', 'template', 'svg', 'math', 'iframe', 'object', 'audio', 'video', 'canvas', 'select', 'datalist', 'head']);
const ownLine = new Set('address article aside body details dialog dd div dl dt fieldset figcaption figure footer form header hgroup hr legend main nav p section summary caption center option'.split(' '));
/** Deeper than any page that was made to be read; each level makes the next slower to close. */
const deepest = 2_000;

/** A list or a table of more is several blocks: what is done at each line takes as long as the block is. */
const longestRun = 8_000;

export type HtmlAbout = { title: string | null; properties: Record<string, string> };
type Attributes = Record<string, string>;

export class HtmlBlocks {
  readonly about: HtmlAbout = { title: null, properties: {} };
  readonly #writing: Writing;
  readonly #parser: Parser;
  #words = '';
  /** White space ends what there is: more of it adds nothing. */
  #blank = true;
  #heading = 0;
  #silent = 0;
  #lists = 0;
  #tables = 0;
  #quotes = 0;
  #pres = 0;
  #depth = 0;
  #title: string | null = null;
  #link: { href: string; at: number; from: number } | null = null;

  /** `xhtml`: `<p/>` is a whole element, as in EPUB. */
  constructor(writing: Writing, xhtml = false) {
    this.#writing = writing;
    this.#parser = new Parser({ onopentag: (name, attributes) => this.#open(name, attributes), onclosetag: (name) => this.#close(name), ontext: (text) => this.#text(text) }, { recognizeSelfClosing: xhtml });
  }

  write(html: string): void {
    this.#parser.write(html);
  }

  end(): void {
    this.#parser.end();
    this.#flush();
  }

  /** What is written until now is kept, though more was to come. */
  keep(): void {
    this.#flush();
  }

  #open(name: string, attributes: Attributes): void {
    if (++this.#depth > deepest) throw new Full('Only its beginning was read: its elements stand in each other too deeply.');
    if (name === 'title') this.#title ??= this.about.title === null ? '' : null;
    if (name === 'meta') this.#meta(attributes);
    if (silent.has(name)) this.#silent++;
    else if (this.#silent === 0) this.#begin(name, attributes);
  }

  #close(name: string): void {
    this.#depth--;
    if (name === 'title' && this.#title !== null) {
      this.about.title = spaced(this.#title);
      this.#title = null;
    }
    if (silent.has(name)) this.#silent--;
    else if (this.#silent === 0) this.#finish(name);
  }

  #text(text: string): void {
    if (this.#title !== null) this.#title += text.slice(0, 1_000);
    else if (this.#silent === 0) this.#add(this.#pres > 0 ? text : text.replace(/[ \t\r\n\f\u{A0}]+/gu, ' '));
  }

  #meta({ name, content }: Attributes): void {
    const key = name?.toLowerCase() ?? '';
    if (content && ['author', 'description', 'keywords', 'date'].includes(key)) this.about.properties[key] = spaced(content).slice(0, 1_000);
  }

  #begin(name: string, attributes: Attributes): void {
    const opens = openings[name];
    if (opens) opens(this.#hands, attributes);
    else if (/^h[1-6]$/.test(name)) {
      this.#flush();
      this.#heading = Number(name[1]);
    } else if (ownLine.has(name)) this.#break();
  }

  #finish(name: string): void {
    const closes = closings[name];
    if (closes) closes(this.#hands);
    else if (/^h[1-6]$/.test(name)) {
      this.#flush();
      this.#heading = 0;
    } else if (ownLine.has(name)) this.#break();
  }

  /** What openings and closings of elements do. */
  readonly #hands: Hands = {
    add: (text) => this.#add(text),
    line: (start = '') => this.#line(start),
    item: () => this.#line(`${'  '.repeat(Math.max(0, Math.min(this.#lists, 10) - 1))}- `),
    cell: () => this.#cell(),
    flush: () => this.#flush(),
    list: (by) => this.#within(() => (this.#lists = Math.max(0, this.#lists + by)), this.#lists + Math.min(by, 0) === 0),
    table: (by) => this.#within(() => (this.#tables = Math.max(0, this.#tables + by)), this.#tables + Math.min(by, 0) === 0),
    quote: (by) => this.#within(() => (this.#quotes = Math.max(0, this.#quotes + by)), this.#lists + this.#tables === 0),
    pre: (by) => this.#within(() => (this.#pres = Math.max(0, this.#pres + by)), this.#lists + this.#tables === 0),
    linkBegins: (href) => (this.#link = { href, at: this.#writing.next + this.#words.length, from: this.#words.length }),
    linkEnds: () => this.#linkEnds(),
  };

  /** Changes what we stand in. Where that begins a block or ends one, what there is until now is one. */
  #within(change: () => void, parts: boolean): void {
    if (parts) this.#flush();
    change();
  }

  #linkEnds(): void {
    const link = this.#link;
    this.#link = null;
    if (!link || link.from > this.#words.length) return;
    const shown = spaced(this.#words.slice(link.from));
    const [target = '', heading] = /^[a-z][a-z0-9+.-]*:/i.test(link.href) ? [link.href] : link.href.split('#');
    this.#writing.link({ target, heading: heading || null, shown, embed: false, at: link.at });
  }

  #add(text: string): void {
    const more = this.#words === '' || (this.#blank && this.#pres === 0) ? text.trimStart() : text;
    if (more === '') return;
    this.#words += more;
    this.#blank = /\s/.test(more.at(-1)!);
    if (this.#words.length > this.#writing.room) this.#flush();
  }

  #line(start: string): void {
    if (this.#words.length > longestRun && this.#heading === 0) this.#flush();
    if (this.#words !== '' || start.trim() !== '') this.#words = `${this.#words.trimEnd()}${this.#words === '' ? '' : '\n'}${start}`;
    this.#blank = true;
  }

  #cell(): void {
    if (this.#words.length > longestRun) this.#flush();
    this.#blank = true;
    const row = this.#words.slice(this.#words.lastIndexOf('\n') + 1);
    if (row.trim() !== '') this.#words = `${this.#words.trimEnd()} | `;
  }

  #break(): void {
    if (this.#heading > 0) this.#add(' ');
    else if (this.#tables > 0) this.#add(' ');
    else if (this.#lists > 0) {
      if (!/- $/.test(this.#words.slice(-2))) this.#line('');
    } else this.#flush();
  }

  #flush(): void {
    const text = this.#words.trimEnd();
    this.#words = '';
    this.#blank = true;
    if (/^[-|\s]*$/.test(text)) return;
    if (this.#heading > 0) this.#writing.add({ kind: 'heading', text, level: this.#heading });
    else this.#writing.add({ kind: this.#kind(), text });
  }

  #kind(): 'table' | 'list' | 'code' | 'quote' | 'paragraph' {
    if (this.#tables > 0) return 'table';
    if (this.#lists > 0) return 'list';
    if (this.#pres > 0) return 'code';
    return this.#quotes > 0 ? 'quote' : 'paragraph';
  }
}

type Hands = {
  add(text: string): void;
  line(start?: string): void;
  item(): void;
  cell(): void;
  flush(): void;
  list(by: 1 | -1): void;
  table(by: 1 | -1): void;
  quote(by: 1 | -1): void;
  pre(by: 1 | -1): void;
  linkBegins(href: string): void;
  linkEnds(): void;
};

const openings: Record<string, (hands: Hands, attributes: Attributes) => void> = {
  br: ({ line }) => line(),
  hr: ({ flush }) => flush(),
  img: ({ add }, { alt }) => add(alt ? ` ${alt} ` : ''),
  ul: ({ list }) => list(1),
  ol: ({ list }) => list(1),
  li: ({ item }) => item(),
  table: ({ table }) => table(1),
  tr: ({ line }) => line(),
  td: ({ cell }) => cell(),
  th: ({ cell }) => cell(),
  blockquote: ({ quote }) => quote(1),
  pre: ({ pre }) => pre(1),
  a: ({ linkBegins }, { href }) => href && linkBegins(href.slice(0, 2_000)),
};

const closings: Record<string, (hands: Hands) => void> = {
  ul: ({ list }) => list(-1),
  ol: ({ list }) => list(-1),
  table: ({ table }) => table(-1),
  blockquote: ({ quote }) => quote(-1),
  pre: ({ pre }) => pre(-1),
  a: ({ linkEnds }) => linkEnds(),
};

const spaced = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The words of a piece of HTML within another text. */
export function shownText(html: string): string {
  const writing = new Writing(limits);
  const blocks = new HtmlBlocks(writing);
  try {
    blocks.write(html);
    blocks.end();
  } catch (error) {
    if (!(error instanceof Full)) throw error;
  }
  return writing.text();
}
