/** Word documents: what one reads on the page. What was struck out in revision is not there; notes come at the end. */
import { emptyDocument, type NoteDocument } from '../document.ts';
import type { Given } from '../given.ts';
import { marked, singleSpaced, untilFull, Writing } from '../writing.ts';
import { walkXml, xmlTexts, withoutElements } from '../xml.ts';
import type { Zipped } from '../zip.ts';

const main = 'word/document.xml';

export async function readDocx(given: Given, zip: Zipped): Promise<NoteDocument> {
  const writing = new Writing(given.limits);
  const about = { title: '', tags: [] as string[], author: '' };
  const mark = await untilFull(async () => {
    const told = await xmlTexts(zip.read('docProps/core.xml'), ['dc:title', 'dc:creator', 'cp:keywords']);
    about.title = singleSpaced(told.get('dc:title')?.[0] ?? '');
    about.author = singleSpaced(told.get('dc:creator')?.[0] ?? '');
    about.tags = (told.get('cp:keywords')?.[0] ?? '').split(/[,;]/).map(singleSpaced).filter(Boolean);
    const levels = await headingStyles(zip);
    const targets = await linkTargets(zip);
    for (const part of [main, 'word/footnotes.xml', 'word/endnotes.xml']) {
      const paragraphs = new DocxParagraphs({ writing, levels, targets });
      try {
        await walkXml(zip.read(part), paragraphs.handler);
      } finally {
        paragraphs.end();
      }
    }
  });
  return {
    ...emptyDocument('docx', about.title || given.title, marked(mark, !mark && writing.blocks.length === 0 && 'This document has no text in it.')),
    text: writing.text(),
    blocks: writing.blocks,
    links: writing.links,
    tags: about.tags,
    properties: about.author ? { author: about.author } : {},
  };
}

/** Styles by their id, as levels of headings: by their name, by the level in the outline, or by the style they are based on. */
async function headingStyles(zip: Zipped): Promise<Map<string, number>> {
  const own = new Map<string, number>();
  const basedOn = new Map<string, string>();
  let style = '';
  await walkXml(zip.read('word/styles.xml'), {
    open: (name, attributes) => {
      const value = attributes['w:val'] ?? '';
      if (name === 'w:style') style = attributes['w:styleId'] ?? '';
      if (name === 'w:basedOn') basedOn.set(style, value);
      const level = levelSaid(name, value);
      if (level) own.set(style, level);
    },
  });
  const levels = new Map(own);
  for (const id of basedOn.keys()) {
    const level = inherited(id, own, basedOn);
    if (level) levels.set(id, level);
  }
  return levels;
}

function levelSaid(name: string, value: string): number | null {
  if (name === 'w:outlineLvl') return Number(value) < 9 ? Number(value) + 1 : null;
  if (name !== 'w:name') return null;
  return /^title$/i.test(value) ? 1 : Number(/^heading ([1-9])$/i.exec(value)?.[1] ?? 0);
}

/** A style may be based on itself by way of others. */
function inherited(id: string, own: Map<string, number>, basedOn: Map<string, string>): number | undefined {
  let at: string | undefined = id;
  for (let steps = 0; at !== undefined && steps < 20; steps++) {
    const level = own.get(at);
    if (level) return level;
    at = basedOn.get(at);
  }
  return undefined;
}

async function linkTargets(zip: Zipped): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await walkXml(zip.read('word/_rels/document.xml.rels'), {
    open: (name, { Id, Target, TargetMode }) => {
      if (name === 'Relationship' && TargetMode === 'External' && Id && Target) targets.set(Id, Target);
    },
  });
  return targets;
}

type Into = { writing: Writing; levels: Map<string, number>; targets: Map<string, string> };
/** Not on the page: struck out, moved away, codes of fields, and what stands in for programs that know less. */
const unseen = new Set(['w:del', 'w:moveFrom', 'w:instrText', 'w:delText', 'mc:Fallback', 'w:pict']);

class DocxParagraphs {
  readonly #into: Into;
  #tables = 0;
  #words = '';
  #list: string[] = [];
  #rows: string[][] = [];
  #level: number | undefined;
  #item: number | null = null;
  #isText = false;
  #link: { target: string; from: number } | null = null;
  #links: { target: string; shown: string; from: number }[] = [];

  constructor(into: Into) {
    this.#into = into;
  }

  readonly handler = withoutElements(unseen, {
    open: (name, attributes) => this.#opens[name]?.(attributes),
    close: (name) => this.#closes[name]?.(),
    text: (text) => {
      if (this.#isText) this.#words += text;
    },
  });

  /** What was begun, when the document ends in the middle. */
  end(): void {
    this.#endParagraph();
    this.#endTable();
    this.#endList();
  }

  readonly #opens: Record<string, (attributes: Readonly<Record<string, string>>) => void> = {
    'w:p': () => this.#beginParagraph(),
    'w:pStyle': ({ 'w:val': style = '' }) => (this.#level ??= this.#into.levels.get(style)),
    'w:outlineLvl': ({ 'w:val': level = '' }) => (this.#level = Number(level) < 9 ? Number(level) + 1 : undefined),
    'w:numPr': () => (this.#item ??= 0),
    'w:ilvl': ({ 'w:val': level = '' }) => (this.#item = Math.min(9, Math.max(0, Number(level) || 0))),
    'w:t': () => (this.#isText = true),
    'w:tab': () => (this.#words += '\t'),
    'w:br': () => (this.#words += '\n'),
    'w:cr': () => (this.#words += '\n'),
    'w:noBreakHyphen': () => (this.#words += '-'),
    'w:tbl': () => this.#beginTable(),
    'w:tr': () => this.#rows.push([]),
    'w:tc': () => this.#rows.at(-1)?.push(''),
    'w:hyperlink': ({ 'r:id': id = '' }) => {
      const target = this.#into.targets.get(id);
      this.#link = target === undefined ? null : { target, from: this.#words.length };
    },
  };

  readonly #closes: Record<string, () => void> = {
    'w:p': () => this.#endParagraph(),
    'w:t': () => (this.#isText = false),
    'w:tbl': () => {
      this.#tables--;
      if (this.#tables === 0) this.#endTable();
    },
    'w:hyperlink': () => {
      const link = this.#link;
      this.#link = null;
      if (link) this.#links.push({ ...link, shown: this.#words.slice(link.from) });
    },
  };

  #beginParagraph(): void {
    this.#words = '';
    this.#level = undefined;
    this.#item = null;
  }

  #endParagraph(): void {
    const text = this.#words.trim();
    const before = this.#words.length - this.#words.trimStart().length;
    this.#words = '';
    if (text === '') return;
    const row = this.#tables > 0 ? this.#rows.at(-1) : undefined;
    this.#placeLinks(row ? null : before);
    if (row && row.length > 0) row[row.length - 1] = `${row.at(-1)} ${singleSpaced(text)}`.trim();
    else if (this.#level !== undefined) this.#block({ kind: 'heading', text: singleSpaced(text), level: Math.min(this.#level, 6) });
    else if (this.#item !== null) this.#list.push(`${'  '.repeat(this.#item)}- ${text}`);
    else this.#block({ kind: 'paragraph', text });
  }

  /** In a table a link stands where the table begins; `before`: the blanks that its paragraph loses. */
  #placeLinks(before: number | null): void {
    const list = this.#list.join('\n');
    const item = this.#item === null ? 0 : (list === '' ? 0 : list.length + 1) + this.#item * 2 + 2;
    for (const { target, shown, from } of this.#links) {
      const at = this.#into.writing.next + (before === null ? 0 : item + from - before);
      this.#into.writing.link({ target, heading: null, shown, embed: false, at });
    }
    this.#links = [];
  }

  #beginTable(): void {
    if (this.#tables++ === 0) this.#endList();
  }

  #endTable(): void {
    const rows = this.#rows;
    this.#rows = [];
    this.#tables = 0;
    this.#block({ kind: 'table', text: rows.map((row) => row.join(' | ')).filter((row) => /[^\s|]/.test(row)).join('\n') });
  }

  #endList(): void {
    const items = this.#list;
    this.#list = [];
    this.#into.writing.add({ kind: 'list', text: items.join('\n') });
  }

  #block(block: Parameters<Writing['add']>[0]): void {
    if (block.text.trim() === '') return;
    this.#endList();
    this.#into.writing.add(block);
  }
}
