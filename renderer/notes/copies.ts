/** What of a note is copied: as a link, and as a quotation with its source. Pure. */
import type { NoteFolder, NotePassage } from '../../main/contract/note.ts';

export type CopiedNote = {
  title: string;
  /** From its folder. */
  path: string;
  folder: Pick<NoteFolder, 'path' | 'kind' | 'name'>;
  passage: Pick<NotePassage, 'headings' | 'text' | 'place'> | null;
};

/**
 * A Markdown link that leads there without Engram: for a vault to Obsidian, which opens it anywhere on this machine;
 * else to the file, at its heading or page.
 */
export function linkTo({ title, path, folder, passage }: CopiedNote): string {
  const heading = passage?.headings.at(-1);
  const shown = [title, ...(heading && heading !== title ? [heading] : [])].join(' › ').replace(/[[\]\\]/gu, '\\$&');
  return `[${shown}](${folder.kind === 'obsidian' ? obsidian(folder.name, path, heading) : file(folder.path, path, passage)})`;
}

function obsidian(vault: string, path: string, heading: string | undefined): string {
  const name = `${path.replace(/\.md$/iu, '')}${heading ? `#${heading}` : ''}`;
  return `obsidian://open?vault=${encode(vault)}&file=${encode(name)}`;
}

function file(folder: string, path: string, passage: CopiedNote['passage']): string {
  const parts = `${folder.replaceAll('\\', '/').replace(/\/$/u, '')}/${path}`.split('/');
  // A drive letter stands behind a third slash, its colon as it is.
  const whole = parts.map((part, index) => (index === 0 && /^[A-Z]:$/iu.test(part) ? `/${part}` : encode(part))).join('/');
  const page = passage?.place.page;
  const heading = passage?.headings.at(-1);
  const at = page !== undefined ? `#page=${page}` : heading ? `#${encode(slug(heading))}` : '';
  return `file://${whole}${at}`;
}

/** As most programs that show Markdown name the places of headings. */
const slug = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s+/gu, '-');

/** Brackets would end a Markdown link. */
const encode = (text: string): string => encodeURIComponent(text).replace(/[()!'*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** A Markdown quotation, and where it is from. */
export const quoteOf = (text: string, source: string): string => `${text.trim().split(/\r?\n/u).map((line) => `> ${line}`.trimEnd()).join('\n')}\n>\n> — ${source}\n`;
