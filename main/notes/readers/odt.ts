/** OpenDocument texts: what one reads on the page, without what was struck out and what was remarked. */
import { AppError } from '../../contract/errors.ts';
import { emptyDocument, type NoteDocument } from '../document.ts';
import type { Given } from '../given.ts';
import { marked, singleSpaced, untilFull, Writing } from '../writing.ts';
import { walkXml, xmlTexts, withoutElements } from '../xml.ts';
import type { Zipped } from '../zip.ts';

export async function readOdt(given: Given, zip: Zipped): Promise<NoteDocument> {
  const writing = new Writing(given.limits);
  let told = new Map<string, string[]>();
  const mark = await untilFull(async () => {
    if ((await zip.text('META-INF/manifest.xml')).includes('encryption-data')) throw new AppError('bad-file', 'It is locked with a password.');
    told = await xmlTexts(zip.read('meta.xml'), ['dc:title', 'dc:creator', 'meta:initial-creator', 'meta:keyword']);
    const paragraphs = new OdtParagraphs(writing);
    try {
      await walkXml(zip.read('content.xml'), paragraphs.handler);
    } finally {
      paragraphs.end();
    }
  });
  const first = (name: string) => singleSpaced(told.get(name)?.[0] ?? '');
  const author = first('meta:initial-creator') || first('dc:creator');
  return {
    ...emptyDocument('odt', first('dc:title') || given.title, marked(mark, !mark && writing.blocks.length === 0 && 'This document has no text in it.')),
    text: writing.text(),
    blocks: writing.blocks,
    links: writing.links,
    tags: (told.get('meta:keyword') ?? []).flatMap((words) => words.split(/[,;]/)).map(singleSpaced).filter(Boolean),
    properties: author ? { author } : {},
  };
}

const unseen = new Set(['text:tracked-changes', 'office:annotation', 'office:forms', 'text:sequence-decls', 'svg:desc', 'svg:title', 'office:scripts']);

class OdtParagraphs {
  readonly #writing: Writing;
  #paragraphs = 0;
  #lists = 0;
  #tables = 0;
  #level: number | undefined;
  #words = '';
  #list: string[] = [];
  #rows: string[][] = [];

  constructor(writing: Writing) {
    this.#writing = writing;
  }

  readonly handler = withoutElements(unseen, {
    open: (name, attributes) => this.#opens[name]?.(attributes),
    close: (name) => this.#closes[name]?.(),
    text: (text) => {
      if (this.#paragraphs > 0) this.#words += text.replace(/\s+/g, ' ');
    },
  });

  /** What was begun, when the document ends in the middle. */
  end(): void {
    this.#endParagraph();
    this.#endTable();
    this.#endList();
  }

  readonly #opens: Record<string, (attributes: Readonly<Record<string, string>>) => void> = {
    'text:h': ({ 'text:outline-level': level = '1' }) => {
      this.#begin();
      this.#level = Math.min(6, Math.max(1, Number(level) || 1));
    },
    'text:p': () => this.#begin(),
    'text:list': () => this.#lists++,
    'text:s': ({ 'text:c': count = '1' }) => (this.#words += ' '.repeat(Math.min(100, Number(count) || 1))),
    'text:tab': () => (this.#words += '\t'),
    'text:line-break': () => (this.#words += '\n'),
    'text:a': ({ 'xlink:href': target = '' }) => {
      const [note = '', heading] = /^[a-z][a-z0-9+.-]*:/i.test(target) ? [target] : target.split('#');
      this.#writing.link({ target: note, heading: heading || null, shown: '', embed: false, at: this.#writing.next });
    },
    'table:table': () => {
      if (this.#tables++ === 0) this.#endList();
    },
    'table:table-row': () => this.#rows.push([]),
    'table:table-cell': () => this.#rows.at(-1)?.push(''),
  };

  readonly #closes: Record<string, () => void> = {
    'text:h': () => this.#finish(),
    'text:p': () => this.#finish(),
    'text:list': () => {
      this.#lists--;
      if (this.#lists === 0 && this.#tables === 0) this.#endList();
    },
    'table:table': () => {
      this.#tables--;
      if (this.#tables === 0) this.#endTable();
    },
  };

  /** A note or a frame stands within a paragraph: what came before it is one of its own. */
  #begin(): void {
    this.#endParagraph();
    this.#paragraphs++;
  }

  #finish(): void {
    this.#paragraphs--;
    this.#endParagraph();
  }

  #endParagraph(): void {
    const text = this.#words.trim();
    const level = this.#level;
    this.#words = '';
    this.#level = undefined;
    if (text === '') return;
    const row = this.#tables > 0 ? this.#rows.at(-1) : undefined;
    if (row && row.length > 0) row[row.length - 1] = `${row.at(-1)} ${singleSpaced(text)}`.trim();
    else if (level !== undefined) this.#writing.add({ kind: 'heading', text: singleSpaced(text), level });
    else if (this.#lists > 0) this.#list.push(`${'  '.repeat(Math.min(this.#lists, 10) - 1)}- ${text}`);
    else this.#writing.add({ kind: 'paragraph', text });
  }

  #endTable(): void {
    const rows = this.#rows;
    this.#rows = [];
    this.#tables = 0;
    this.#writing.add({ kind: 'table', text: rows.map((row) => row.join(' | ')).filter((row) => /[^\s|]/.test(row)).join('\n') });
  }

  #endList(): void {
    const items = this.#list;
    this.#list = [];
    this.#writing.add({ kind: 'list', text: items.join('\n') });
  }
}
