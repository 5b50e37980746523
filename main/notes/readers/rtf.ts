/** Rich Text Format: words, paragraphs, tables and headings; all else of it is for the eye. */
import iconv from 'iconv-lite';
import { emptyDocument, type NoteDocument } from '../document.ts';
import type { Given } from '../given.ts';
import { Full, marked, singleSpaced, untilFull, Writing } from '../writing.ts';

/** Bytes, one a character: RTF is ASCII, with others escaped. */
type Group = { silent: boolean; font: number; unicodeSkip: number; into: 'body' | 'title' | 'author' | 'fonts' };

/** What these groups hold is not on the page. */
const silent = new Set('colortbl stylesheet listtable listoverridetable rsidtbl generator pict object themedata colorschememapping datastore latentstyles xmlnstbl filetbl revtbl fldinst header footer headerl headerr headerf footerl footerr footerf bkmkstart bkmkend nonshppict shppict sp sn sv panose falt keywords subject category doccomm operator company manager hlinkbase creatim revtim printim mmathPr ftnsep ftnsepc aftnsep pgptbl template atnid atnauthor annotation'.split(' '));
const symbols: Record<string, string> = { tab: '\t', line: '\n', emdash: '—', endash: '–', lquote: '‘', rquote: '’', ldblquote: '“', rdblquote: '”', bullet: '•', emspace: ' ', enspace: ' ', qmspace: ' ' };
/** Windows' numbers of scripts. */
const charsets: Record<number, string> = { 0: 'windows-1252', 77: 'macroman', 128: 'shift_jis', 129: 'cp949', 134: 'gbk', 136: 'big5', 161: 'windows-1253', 162: 'windows-1254', 163: 'windows-1258', 177: 'windows-1255', 178: 'windows-1256', 186: 'windows-1257', 204: 'windows-1251', 222: 'windows-874', 238: 'windows-1250' };
const deepest = 1_000;

export async function readRtf(given: Given): Promise<NoteDocument> {
  const { bytes, mark: cut } = given.first(given.limits.part);
  const writing = new Writing(given.limits);
  const rtf = new Rtf(writing);
  const mark = await untilFull(() => {
    try {
      rtf.read(bytes.toString('latin1'));
    } finally {
      rtf.end();
    }
  });
  const author = singleSpaced(rtf.author);
  const ends = bytes.subarray(-64).toString('latin1').trimEnd().replaceAll('\0', '').endsWith('}');
  return {
    ...emptyDocument('rtf', singleSpaced(rtf.title) || given.title, marked(cut, mark, !cut && !mark && !ends && 'Its end is missing; what is there was read.', !mark && writing.blocks.length === 0 && 'This document has no text in it.')),
    text: writing.text(),
    blocks: writing.blocks,
    properties: author ? { author } : {},
  };
}

const token = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\/gi;

class Rtf {
  title = '';
  author = '';
  readonly #writing: Writing;
  readonly #fonts = new Map<number, string>();
  readonly #groups: Group[] = [];
  #now: Group = { silent: false, font: -1, unicodeSkip: 1, into: 'body' };
  #encoding = 'windows-1252';
  #bytes: number[] = [];
  #words = '';
  #level: number | undefined;
  #row: string[] | null = null;
  #rows: string[] = [];
  #skip = 0;

  constructor(writing: Writing) {
    this.#writing = writing;
  }

  read(rtf: string): void {
    token.lastIndex = 0;
    for (let found = token.exec(rtf); found; found = token.exec(rtf)) {
      const [, word, number, hex, symbol, brace, plain] = found;
      // So many bytes of a picture, as they are.
      if (word === 'bin') token.lastIndex += Math.max(0, Number(number ?? 0));
      else if (word !== undefined) this.#word(word, number === undefined ? null : Number(number));
      else if (hex !== undefined) this.#byte(Number.parseInt(hex, 16));
      else if (plain !== undefined) this.#plain(plain);
      else if (brace !== undefined) this.#brace(brace);
      else if (symbol !== undefined) this.#symbol(symbol);
    }
  }

  /** What was begun, when the document ends in the middle. */
  end(): void {
    this.#now = { ...this.#now, silent: false, into: 'body' };
    this.#row = null;
    this.#endParagraph();
    this.#endTable();
  }

  #brace(brace: string): void {
    this.#letters();
    this.#skip = 0;
    if (brace === '{') {
      if (this.#groups.push(this.#now) > deepest) throw new Full('Only its beginning was read: its groups stand in each other too deeply.');
      this.#now = { ...this.#now };
    } else this.#now = this.#groups.pop() ?? this.#now;
  }

  #symbol(symbol: string): void {
    if (symbol === '*') this.#now.silent = true;
    else if (symbol === '~') this.#text('\u{A0}');
    else if (symbol === '_') this.#text('-');
    else if (symbol === '\\' || symbol === '{' || symbol === '}') this.#plain(symbol);
    else if (symbol === '\n' || symbol === '\r') this.#word('par', null);
  }

  #word(word: string, number: number | null): void {
    if (word === 'u' && number !== null) return this.#unicode(number);
    const known = symbols[word];
    if (known !== undefined) this.#text(known);
    else if (silent.has(word)) this.#now.silent = true;
    else this.#control[word]?.(number ?? 0);
  }

  readonly #control: Record<string, (number: number) => void> = {
    par: () => this.#endParagraph(),
    sect: () => this.#endParagraph(),
    page: () => this.#endParagraph(),
    pard: () => (this.#level = undefined),
    outlinelevel: (level) => (this.#level = Math.min(6, level + 1)),
    intbl: () => (this.#row ??= []),
    cell: () => this.#endCell(),
    nestcell: () => this.#endCell(),
    row: () => this.#endRow(),
    nestrow: () => this.#endRow(),
    uc: (count) => (this.#now.unicodeSkip = Math.min(10, Math.max(0, count))),
    ansicpg: (page) => (this.#encoding = iconv.encodingExists(`cp${page}`) ? `cp${page}` : page === 65001 ? 'utf8' : this.#encoding),
    mac: () => (this.#encoding = 'macroman'),
    f: (font) => {
      this.#letters();
      this.#now.font = font;
    },
    fonttbl: () => (this.#now.into = 'fonts'),
    fcharset: (charset) => {
      const encoding = charsets[charset];
      if (encoding && charset !== 0 && this.#fonts.size < 10_000) this.#fonts.set(this.#now.font, encoding);
    },
    title: () => (this.#now.into = 'title'),
    author: () => (this.#now.into = 'author'),
    upr: () => undefined,
    // Read in place of what stands before it, although it begins as what may be passed over does.
    ud: () => (this.#now.silent = false),
    shptxt: () => (this.#now.silent = false),
    footnote: () => this.#text(' '),
  };

  /** UTF-16, one half at a time, then what older programs show in its place. */
  #unicode(number: number): void {
    this.#text(String.fromCharCode(number & 0xffff));
    this.#skip = this.#now.unicodeSkip;
  }

  #byte(byte: number): void {
    if (this.#skip > 0) this.#skip--;
    else if (!this.#now.silent) this.#bytes.push(byte);
  }

  #plain(text: string): void {
    const skipped = Math.min(this.#skip, text.length);
    this.#skip -= skipped;
    if (this.#now.silent) return;
    const rest = text.slice(skipped);
    // The second half of a letter of two bytes may be ASCII; and not everybody escapes what is not.
    if (this.#bytes.length === 0 && !/[\u{80}-\u{FF}]/u.test(rest)) this.#text(rest);
    else for (let at = 0; at < rest.length; at++) this.#bytes.push(rest.charCodeAt(at));
  }

  /** Escaped bytes, once all of them that belong together are there. */
  #letters(): void {
    if (this.#bytes.length === 0) return;
    const bytes = Buffer.from(this.#bytes);
    this.#bytes = [];
    this.#text(iconv.decode(bytes, this.#fonts.get(this.#now.font) ?? this.#encoding));
  }

  #text(text: string): void {
    this.#letters();
    if (this.#now.silent || this.#now.into === 'fonts') return;
    if (this.#now.into === 'title') this.title = (this.title + text).slice(0, 1_000);
    else if (this.#now.into === 'author') this.author = (this.author + text).slice(0, 1_000);
    else this.#words += text;
    if (this.#words.length > this.#writing.room) this.#endParagraph();
  }

  #endParagraph(): void {
    this.#letters();
    if (this.#row) {
      this.#words += this.#words === '' ? '' : ' ';
      return;
    }
    const text = this.#words.trim();
    this.#words = '';
    if (text === '') return;
    this.#endTable();
    if (this.#level === undefined) this.#writing.add({ kind: 'paragraph', text });
    else this.#writing.add({ kind: 'heading', text: singleSpaced(text), level: this.#level });
  }

  #endCell(): void {
    this.#letters();
    (this.#row ??= []).push(singleSpaced(this.#words));
    this.#words = '';
  }

  #endRow(): void {
    const row = this.#row ?? [];
    this.#row = null;
    if (row.some(Boolean)) this.#rows.push(row.join(' | '));
  }

  #endTable(): void {
    const rows = this.#rows;
    this.#rows = [];
    this.#writing.add({ kind: 'table', text: rows.join('\n') });
  }
}
