import { emptyDocument, type NoteDocument } from '../document.ts';
import type { Given } from '../given.ts';
import type { Limits } from '../limits.ts';
import { marked, untilFull, Writing } from '../writing.ts';
import { HtmlBlocks } from './htmlText.ts';

export async function readHtml(given: Given): Promise<NoteDocument> {
  const { text, mark } = given.text(declaredIn(given.head()));
  const document = await htmlDocument(text, given.limits);
  return { ...document, title: document.title || given.title, mark: marked(mark, document.mark, document.text === '' && 'This page has no text in it.') };
}

/** Its title is empty when the page has none. */
export async function htmlDocument(html: string, limits: Limits): Promise<NoteDocument> {
  const writing = new Writing(limits);
  const blocks = new HtmlBlocks(writing);
  const mark = await untilFull(() => {
    blocks.write(html);
    blocks.end();
  });
  const { keywords, ...properties } = blocks.about.properties;
  const tags = keywords?.split(/\s*,\s*/).filter(Boolean) ?? [];
  return { ...emptyDocument('html', blocks.about.title ?? '', mark), text: writing.text(), blocks: writing.blocks, links: writing.links, tags, properties };
}

/** The encoding that a page names: `<meta charset>`, or the first line of XHTML. */
function declaredIn(head: Buffer): string | undefined {
  const start = head.toString('latin1', 0, 4_096);
  return (/<meta[^>]{1,200}?charset\s*=\s*["']?([\w-]+)/i.exec(start) ?? /^\s*<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w-]+)/i.exec(start))?.[1];
}
