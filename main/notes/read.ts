/** A file to what stands in it. Whatever the file is, what comes back is a document: a sentence says what could not be read. */
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import { emptyDocument, type NoteDocument, type NoteType } from './document.ts';
import { openGiven, type Given } from './given.ts';
import { limits as usual, type Limits } from './limits.ts';
import { recognise, typeByName } from './recognise.ts';
import { marked } from './writing.ts';
import { openZipped, type Zipped } from './zip.ts';

type Reader = (given: Given) => NoteDocument | Promise<NoteDocument>;
type Packed = 'docx' | 'epub' | 'odt';
type Unpacked = Exclude<NoteType, Packed | 'other'>;

/** Each is loaded when the first of its files is met. */
const readers: Record<Unpacked, () => Promise<Reader>> = {
  markdown: async () => (await import('./readers/markdown.ts')).readMarkdown,
  text: async () => (await import('./readers/text.ts')).readText,
  org: async () => (await import('./readers/text.ts')).readOrg,
  rst: async () => (await import('./readers/text.ts')).readRst,
  code: async () => (await import('./readers/code.ts')).readCode,
  csv: async () => (await import('./readers/csv.ts')).readCsv,
  html: async () => (await import('./readers/html.ts')).readHtml,
  mail: async () => (await import('./readers/mail.ts')).readMail,
  rtf: async () => (await import('./readers/rtf.ts')).readRtf,
  pdf: async () => (await import('./readers/pdf.ts')).readPdf,
};

/** To ask for a module again takes as long as reading a short note. */
const loaded = new Map<Unpacked, Reader>();

const packedReaders: Record<Packed, () => Promise<(given: Given, zip: Zipped) => Promise<NoteDocument>>> = {
  docx: async () => (await import('./readers/docx.ts')).readDocx,
  epub: async () => (await import('./readers/epub.ts')).readEpub,
  odt: async () => (await import('./readers/odt.ts')).readOdt,
};

export async function readNote(file: string, limits: Limits = usual): Promise<NoteDocument> {
  let given: Given | null = null;
  try {
    given = openGiven(file, limits);
    return await readOpened(given);
  } catch (error) {
    return emptyDocument('other', path.parse(file).name, sentenceOf(error));
  } finally {
    given?.close();
  }
}

/** Fails only for want of memory. */
export async function readOpened(given: Given): Promise<NoteDocument> {
  try {
    const document = await readGiven(given);
    return { ...document, mark: marked(misnamed(document.type, given.extension), document.mark) };
  } catch (error) {
    return emptyDocument('other', given.title, sentenceOf(error));
  }
}

/** Readers' libraries throw what they like at files that are not what they should be. */
export const sentenceOf = (error: unknown): string => (error instanceof AppError ? error.message : 'It could not be read: it is damaged, or not what it seems to be.');

async function readGiven(given: Given): Promise<NoteDocument> {
  if (given.bytes === 0) return emptyDocument(typeByName(given.extension) ?? 'text', given.title, 'It is empty.');
  const found = recognise(given.head(), given.extension);
  if ('mark' in found) return emptyDocument('other', given.title, found.mark);
  const { type } = found;
  if (type === 'zip') return readPacked(given);
  const read = loaded.get(type) ?? (await readers[type]());
  loaded.set(type, read);
  return read(given);
}

async function readPacked(given: Given): Promise<NoteDocument> {
  const zip = await openZipped(given.fd, given.limits);
  const type = await packedType(zip);
  if (type === null) return emptyDocument('other', given.title, whyNot(zip));
  return (await packedReaders[type]())(given, zip);
}

async function packedType(zip: Zipped): Promise<Packed | null> {
  const said = zip.names.has('mimetype') ? await firstPiece(zip.read('mimetype')) : '';
  if (said.startsWith('application/epub+zip') || zip.names.has('META-INF/container.xml')) return 'epub';
  if (said.startsWith('application/vnd.oasis.opendocument.text')) return 'odt';
  return zip.names.has('word/document.xml') ? 'docx' : null;
}

async function firstPiece(pieces: AsyncIterable<string>): Promise<string> {
  for await (const piece of pieces) return piece.slice(0, 100).trim();
  return '';
}

function whyNot({ names }: Zipped): string {
  if (names.has('xl/workbook.xml')) return 'This is a spreadsheet, which is not read; save it as CSV.';
  if (names.has('ppt/presentation.xml')) return 'This is a presentation, which is not read; save it as PDF.';
  if (names.has('content.xml')) return 'This is a spreadsheet, a drawing or a presentation, which is not read; save it as PDF or CSV.';
  return 'This is an archive; what is packed in it is not read.';
}

const names: Record<NoteType, string> = {
  markdown: 'Markdown',
  text: 'plain text',
  html: 'a web page',
  pdf: 'a PDF',
  docx: 'a Word document',
  epub: 'a book (EPUB)',
  odt: 'an OpenDocument text',
  rtf: 'rich text (RTF)',
  csv: 'a table (CSV)',
  mail: 'an e-mail',
  code: 'source code',
  org: 'Org',
  rst: 'reStructuredText',
  other: 'something else',
};

function misnamed(type: NoteType, extension: string): string | null {
  const named = typeByName(extension);
  return named === null || named === type || type === 'other' ? null : `Its name says ${names[named]}, but it is ${names[type]}; it was read as that.`;
}
