/** PDF: words at their places on pages, put together to lines, paragraphs and headings. Nothing in it is run or drawn. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { emptyDocument, type NoteDocument } from '../document.ts';
import type { Given } from '../given.ts';
import { marked, singleSpaced, untilFull, Writing } from '../writing.ts';
import { linesOfPage, writePages, type Line, type PdfItem } from './pdfLines.ts';
import { getDocument, VerbosityLevel, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Tables for scripts whose letters have numbers of their own in a PDF. */
const tables = path.join(path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'cmaps') + path.sep;
/** In a row; a file may claim a thousand million pages. */
const mostDamaged = 50;

export async function readPdf(given: Given): Promise<NoteDocument> {
  const bytes = given.whole();
  const loading = getDocument({
    data: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length),
    cMapUrl: tables,
    cMapPacked: true,
    verbosity: VerbosityLevel.ERRORS,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    stopAtErrors: false,
  });
  try {
    return await readOpened(await loading.promise.catch(refused), given);
  } finally {
    await loading.destroy();
  }
}

function refused(error: unknown): never {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') throw new AppError('bad-file', 'This PDF is locked with a password.', error);
  throw new AppError('bad-file', 'This PDF is damaged: it may have been cut off while it was copied or fetched.', error);
}

async function readOpened(pdf: PDFDocumentProxy, given: Given): Promise<NoteDocument> {
  const { pages, mark, damaged } = await readPages(pdf, given);
  const about = await aboutOf(pdf);
  const writing = new Writing(given.limits);
  const full = await untilFull(() => writePages(writing, pages));
  const { title, ...properties } = about;
  const empty = writing.blocks.length === 0;
  return {
    ...emptyDocument('pdf', title || given.title, marked(full ?? mark, empty && !mark && (damaged > 0 ? 'Nothing of this PDF could be read: its pages are damaged.' : 'This PDF has no text in it: its pages are pictures.'), !empty && damaged > 0 && `${damaged === 1 ? 'One page is' : `${damaged} pages are`} damaged and could not be read.`)),
    text: writing.text(),
    blocks: writing.blocks,
    properties,
  };
}

type Pages = { pages: { page: number; lines: Line[] }[]; mark: string | null; damaged: number };

async function readPages(pdf: PDFDocumentProxy, { limits, until }: Given): Promise<Pages> {
  const found: Pages = { pages: [], mark: null, damaged: 0 };
  const late = () => performance.now() > until;
  let room = limits.text;
  let inRow = 0;
  for (let page = 1; page <= pdf.numPages; page++) {
    if (page > limits.pages || inRow >= mostDamaged) {
      found.mark = upTo(page - 1, pdf, false);
      break;
    }
    const read = await itemsOf(pdf, page, { room, late }).catch(() => null);
    if (!read) {
      found.damaged++;
      inRow++;
      continue;
    }
    inRow = 0;
    const lines = linesOfPage(read.items);
    room -= lines.reduce((sum, { text }) => sum + text.length, 0);
    found.pages.push({ page, lines });
    if (!read.cut && room > 0 && !late()) continue;
    if (read.cut || page < pdf.numPages) found.mark = upTo(page, pdf, late());
    break;
  }
  return found;
}

const upTo = (page: number, { numPages }: PDFDocumentProxy, late: boolean) =>
  `Only its beginning was read, up to page ${page} of ${numPages}: ${late ? 'the whole would have taken too long' : 'there is more than is read of one file'}.`;

/** The words of a page, until there is no room or no time for more. */
async function itemsOf(pdf: PDFDocumentProxy, number: number, { room, late }: { room: number; late(): boolean }): Promise<{ items: PdfItem[]; cut: boolean }> {
  const page = await pdf.getPage(number);
  const reader = page.streamTextContent().getReader();
  const items: PdfItem[] = [];
  let length = 0;
  let cut = false;
  while (!cut) {
    const { done, value } = (await reader.read()) as { done: boolean; value?: { items: (PdfItem | { type: string })[] } };
    if (done || !value) break;
    for (const item of value.items) {
      if (!('str' in item)) continue;
      items.push(item);
      length += item.str.length;
    }
    cut = length > room || late();
  }
  // Not waited for: an endless page does not hear it at once.
  if (cut) reader.cancel(new Error('Enough of this page.')).catch(() => undefined);
  page.cleanup();
  return { items, cut };
}

async function aboutOf(pdf: PDFDocumentProxy): Promise<Record<string, string>> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const said = info as Record<string, unknown>;
  const text = (key: string) => (typeof said[key] === 'string' ? singleSpaced(said[key]).slice(0, 500) : '');
  const all = { title: nameOf(text('Title')), author: text('Author'), subject: text('Subject'), keywords: text('Keywords') };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** What printing programs put there is no title. */
const nameOf = (title: string) => (/^(untitled|Microsoft (Word|PowerPoint) - .*|.*\.(docx?|tex|dvi|indd|qxd|pptx?|rtf|pdf))$/i.test(title) ? '' : title);
