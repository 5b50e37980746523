/** What a file is: by its first bytes, and only what these leave open by its name. Pure. */
import type { NoteType } from './document.ts';
import { wideWithoutMark } from './decode.ts';

/** `zip` may be DOCX, EPUB or ODT: what lies in it says which. A sentence is why there is no text to read. */
export type Recognised = { type: Exclude<NoteType, 'docx' | 'epub' | 'odt' | 'other'> | 'zip' } | { mark: string };

const byExtension: Partial<Record<NoteType, string>> = {
  markdown: 'md markdown mdown mkd mdx qmd rmd',
  text: 'txt text log asc nfo me readme ini conf cfg properties env srt vtt tex bib ltx adoc asciidoc textile wiki',
  html: 'html htm xhtml xht',
  pdf: 'pdf',
  docx: 'docx docm dotx',
  epub: 'epub',
  odt: 'odt ott',
  rtf: 'rtf',
  csv: 'csv tsv tab psv',
  mail: 'eml',
  org: 'org',
  rst: 'rst rest',
  code:
    'js mjs cjs jsx ts mts cts tsx py pyi rb rs go java kt kts scala c h cc cpp cxx hpp hh cs fs vb swift m mm php pl pm r jl lua dart ex exs erl hs ml mli clj cljs lisp el scm vim sh bash zsh fish ps1 bat cmd sql graphql proto css scss sass less vue svelte xml xsl svg json jsonc json5 yaml yml toml cmake make mk gradle dockerfile nix tf zig nim',
};
const types = new Map(Object.entries(byExtension).flatMap(([type, extensions]) => extensions.split(' ').map((extension) => [`.${extension}`, type as NoteType])));

/** What its name says it is; null when that says nothing. `extension` in lower case, with its dot. */
export const typeByName = (extension: string): NoteType | null => types.get(extension) ?? null;

type Mark = { at?: number; bytes: string; what: string };
const picture = 'This is a picture; only text is read.';
const sound = 'This is a recording or a film; only text is read.';
const packed = 'This is an archive; what is packed in it is not read.';
const program = 'This is a program or a database, not a text.';
/** First bytes (as Latin-1) of what has no text for us. */
const withoutText: Mark[] = [
  { bytes: '\x89PNG\r\n', what: picture },
  { bytes: '\xff\xd8\xff', what: picture },
  { bytes: 'GIF8', what: picture },
  { bytes: 'II*\0', what: picture },
  { bytes: 'MM\0*', what: picture },
  { at: 8, bytes: 'WEBP', what: picture },
  { bytes: '8BPS', what: picture },
  { bytes: '\0\0\x01\0', what: picture },
  { at: 4, bytes: 'ftypheic', what: picture },
  { at: 4, bytes: 'ftypavif', what: picture },
  { at: 4, bytes: 'ftyp', what: sound },
  { at: 8, bytes: 'WAVE', what: sound },
  { at: 8, bytes: 'AVI ', what: sound },
  { bytes: 'ID3', what: sound },
  { bytes: '\xff\xfb', what: sound },
  { bytes: 'OggS', what: sound },
  { bytes: 'fLaC', what: sound },
  { bytes: '\x1aE\xdf\xa3', what: sound },
  { bytes: '\x1f\x8b', what: packed },
  { bytes: 'BZh', what: packed },
  { bytes: '7z\xbc\xaf\x27', what: packed },
  { bytes: '\xfd7zXZ', what: packed },
  { bytes: '(\xb5/\xfd', what: packed },
  { bytes: 'Rar!', what: packed },
  { at: 257, bytes: 'ustar', what: packed },
  { bytes: '\x7fELF', what: program },
  { bytes: 'MZ\x90', what: program },
  { bytes: '\xca\xfe\xba\xbe', what: program },
  { bytes: '\xcf\xfa\xed\xfe', what: program },
  { bytes: '\0asm', what: program },
  { bytes: 'SQLite format 3', what: program },
  { bytes: 'wOF', what: 'This is a typeface, not a text.' },
  { bytes: '%!PS', what: 'This is PostScript, which is not read; save it as PDF.' },
  { bytes: '\xd0\xcf\x11\xe0', what: 'This is a file of an older Office, or one locked with a password; save it in a newer form, without a password.' },
];

export function recognise(head: Buffer, extension: string): Recognised {
  const start = head.toString('latin1', 0, 4_096);
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return { type: 'zip' };
  if (start.slice(0, 1_024).includes('%PDF-')) return { type: 'pdf' };
  if (start.startsWith('{\\rtf')) return { type: 'rtf' };
  const without = withoutText.find(({ at = 0, bytes }) => start.startsWith(bytes, at));
  if (without) return { mark: without.what };
  if (isBinary(head)) return { mark: 'It is no text: most of it could not be read as letters.' };
  return { type: textType(start.replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').replaceAll('\0', ''), extension) };
}

/** Control characters that no text has. Two bytes a character, or four, bring their NULs along. */
function isBinary(head: Buffer): boolean {
  const sample = head.subarray(0, 8_192);
  if (wideWithoutMark(sample) || /^(fffe|feff|0000feff)/.test(sample.toString('hex', 0, 4))) return false;
  let strange = 0;
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at]!;
    if (byte > 31) continue;
    if (byte === 0) strange += 3;
    else if (!(byte >= 8 && byte <= 13) && byte !== 27) strange++;
  }
  return strange > sample.length * 0.1;
}

const typesOfText = ['markdown', 'text', 'html', 'csv', 'mail', 'org', 'rst', 'code'] as const;
type TextType = (typeof typesOfText)[number];

function textType(start: string, extension: string): TextType {
  const named = typeByName(extension);
  const byName = typesOfText.find((type) => type === named);
  if (byName === 'code') return byName;
  if (isPage(start)) return 'html';
  if (byName !== 'markdown' && isMail(start)) return 'mail';
  if (byName === undefined) return start.startsWith('#!') ? 'code' : 'text';
  return bears(start, byName) ? byName : 'text';
}

/** Whether it has the least that makes it what its name says. */
function bears(start: string, type: TextType): boolean {
  if (type === 'html') return start.includes('<');
  return type !== 'mail' || /^[!-9;-~]+:/m.test(start);
}

const isPage = (start: string) => /^\s*(<\?xml[^>]{0,200}\?>\s*)?(<!--[^]{0,1000}?-->\s*)?<(!doctype html|html)[\s>]/i.test(start);

/** Lines as only mail begins with. */
function isMail(start: string): boolean {
  const headers = /^(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+/.exec(start.replaceAll('\r\n', '\n'))?.[0] ?? '';
  return /^From:/im.test(headers) && /^(Message-ID|Received|Return-Path|MIME-Version):/im.test(headers);
}
