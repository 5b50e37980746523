/** Books: their chapters in the order in which they are read. */
import path from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { emptyDocument, type NoteDocument } from '../document.ts';
import type { Given } from '../given.ts';
import { Full, marked, singleSpaced, untilFull, Writing } from '../writing.ts';
import { walkXml } from '../xml.ts';
import type { Zipped } from '../zip.ts';
import { HtmlBlocks } from './htmlText.ts';

type Book = { title: string; author: string; subjects: string[]; /** Parts of the zip. */ chapters: string[] };

export async function readEpub(given: Given, zip: Zipped): Promise<NoteDocument> {
  const writing = new Writing(given.limits);
  let book: Book = { title: '', author: '', subjects: [], chapters: [] };
  const mark = await untilFull(async () => {
    book = await readPackage(zip, await packageOf(zip));
    await refuseLocked(zip, book.chapters);
    for (const chapter of book.chapters) await readChapter(chapter, { zip, writing, until: given.until });
  });
  const { title, author, subjects, chapters } = book;
  return {
    ...emptyDocument('epub', title || given.title, marked(mark, !mark && writing.blocks.length === 0 && (chapters.length === 0 ? 'No chapter of this book could be found.' : 'This book has no text in it: its pages may be pictures.'))),
    text: writing.text(),
    blocks: writing.blocks,
    links: writing.links,
    tags: subjects,
    properties: author ? { author } : {},
  };
}

type Into = { zip: Zipped; writing: Writing; until: number };

async function readChapter(chapter: string, { zip, writing, until }: Into): Promise<void> {
  if (performance.now() > until) throw new Full('Only its beginning was read: the whole would have taken too long.');
  const blocks = new HtmlBlocks(writing, true);
  try {
    for await (const piece of zip.read(chapter)) blocks.write(piece);
    blocks.end();
  } catch (error) {
    // What is damaged begins anew with the next chapter; what is too much does not.
    blocks.keep();
    throw error;
  }
}

/** Where the book says what it consists of. */
async function packageOf(zip: Zipped): Promise<string> {
  let found: string | undefined;
  await walkXml(zip.read('META-INF/container.xml'), {
    open: (name, attributes) => {
      if (local(name) === 'rootfile') found ??= attributes['full-path'];
    },
  });
  found = found && zip.names.has(found) ? found : [...zip.names].find((name) => name.endsWith('.opf'));
  if (found === undefined) throw new AppError('bad-file', 'It is no whole book: the list of its chapters is missing.');
  return found;
}

async function readPackage(zip: Zipped, name: string): Promise<Book> {
  const files = new Map<string, string>();
  const order: string[] = [];
  const told = { title: '', creator: '', subject: '' };
  const subjects: string[] = [];
  let inside: keyof typeof told | null = null;
  await walkXml(zip.read(name), {
    open: (tag, { id, href, idref, 'media-type': type = '' }) => {
      const element = local(tag);
      if (element === 'item' && id && href && /html|xml/.test(type)) files.set(id, href);
      else if (element === 'itemref' && idref) order.push(idref);
      else if (tag.startsWith('dc:') && element in told) inside = element as keyof typeof told;
    },
    close: () => {
      if (inside === 'subject' && told.subject && subjects.length < 100) subjects.push(singleSpaced(told.subject));
      if (inside === 'subject') told.subject = '';
      inside = null;
    },
    text: (text) => {
      if (inside) told[inside] = `${told[inside]}${text}`.slice(0, 1_000);
    },
  });
  const parts = order.map((id) => files.get(id)).flatMap((href) => (href === undefined ? [] : partAt(zip, name, href)));
  return { title: singleSpaced(told.title), author: singleSpaced(told.creator), subjects, chapters: [...new Set(parts)] };
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

/** An address in the book, seen from its list of chapters, to a part of the zip that is there. */
function partAt(zip: Zipped, from: string, href: string): string[] {
  const [written = ''] = href.split('#');
  const names = [written, unescaped(written)].map((each) => path.posix.normalize(path.posix.join(path.posix.dirname(from), each)));
  return names.filter((name) => zip.names.has(name)).slice(0, 1);
}

function unescaped(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

/** Typefaces may be locked; a locked chapter is a book that only its shop's program opens. */
async function refuseLocked(zip: Zipped, chapters: readonly string[]): Promise<void> {
  const locked = new Set<string>();
  await walkXml(zip.read('META-INF/encryption.xml'), {
    open: (name, { URI = '' }) => {
      if (local(name) === 'CipherReference') locked.add(unescaped(URI));
    },
  });
  if (chapters.some((chapter) => locked.has(chapter))) throw new AppError('bad-file', 'This book is locked by the shop that sold it (DRM).');
}
