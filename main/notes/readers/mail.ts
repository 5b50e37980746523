/** One e-mail: who wrote to whom, when, about what, and what it says. What hangs on it is named. */
import PostalMime, { type Address, type Email } from 'postal-mime';
import { AppError } from '../../contract/errors.ts';
import { emptyDocument, type NoteDocument } from '../document.ts';
import type { Given } from '../given.ts';
import { marked, singleSpaced, untilFull, Writing } from '../writing.ts';
import { htmlDocument } from './html.ts';

export async function readMail(given: Given): Promise<NoteDocument> {
  const { bytes, mark: cut } = given.first(given.limits.part);
  const mail = await parsed(bytes);
  const writing = new Writing(given.limits);
  const subject = singleSpaced(mail.subject ?? '');
  const { from, to, cc, date, attachments } = headersOf(mail);
  let bodyMark: string | null = null;
  const mark = await untilFull(async () => {
    writing.add({ kind: 'heading', level: 1, text: subject });
    const heads = [from && `From: ${from}`, to && `To: ${to}`, cc && `Cc: ${cc}`, date && `Date: ${date}`, attachments.length > 0 && `Attached: ${attachments.join(', ')}`];
    writing.add({ kind: 'paragraph', text: heads.filter(Boolean).join('\n') });
    bodyMark = await writeBody(mail, writing, given);
  });
  const properties = { from, to, date, attachments };
  const empty = !mail.text?.trim() && !mail.html?.trim() && 'This message says nothing in words.';
  return {
    ...emptyDocument('mail', subject || given.title, marked(cut, mark ?? bodyMark, empty)),
    text: writing.text(),
    blocks: writing.blocks,
    links: writing.links,
    properties: Object.fromEntries(Object.entries(properties).filter(([, value]) => value.length > 0)),
  };
}

const headersOf = (mail: Email) => ({
  from: namesOf(mail.from),
  to: namesOf(...(mail.to ?? [])),
  cc: namesOf(...(mail.cc ?? [])),
  date: mail.date ?? '',
  attachments: mail.attachments.flatMap(({ filename }) => (filename ? [singleSpaced(filename)] : [])),
});

async function parsed(bytes: Buffer): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, { maxNestingDepth: 50, maxHeadersSize: 1024 ** 2, forceRfc822Attachments: false });
  } catch (error) {
    throw new AppError('bad-file', 'It could not be read as a message: its parts or headers are not as mail has them.', error);
  }
}

function namesOf(...addresses: (Address | undefined)[]): string {
  const names = addresses.flatMap((each) => (each ? (each.group ?? [each]) : [])).map(({ name, address }) => singleSpaced(name && address ? `${name} <${address}>` : name || address || ''));
  return names.filter(Boolean).slice(0, 100).join(', ');
}

/** Plain words where there are some: the other form says the same. */
async function writeBody({ text, html }: Email, writing: Writing, given: Given): Promise<string | null> {
  if (!text?.trim() && html) {
    const page = await htmlDocument(html, given.limits);
    const shift = writing.next;
    for (const link of page.links) writing.link({ ...link, at: shift + link.at });
    for (const { kind, text: words, level } of page.blocks) writing.add({ kind, text: words, ...(level === undefined ? {} : { level }) });
    return page.mark;
  }
  for (const paragraph of (text ?? '').replaceAll('\r\n', '\n').split(/\n[ \t]*\n/)) {
    const words = paragraph.trimEnd().replace(/^\n+/, '');
    writing.add({ kind: /^>/.test(words) ? 'quote' : 'paragraph', text: words });
  }
  return null;
}
