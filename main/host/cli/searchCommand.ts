import path from 'node:path';
import type { Client } from '../../contract/contract.ts';
import type { SearchHit } from '../../contract/memory.ts';
import type { NoteHit, Taken } from '../../contract/note.ts';
import { exitCodes, type ExitCode, type Terminal } from './terminal.ts';

export type SearchOptions = {
  text: string;
  /** Of notes, and of all else together. */
  limit: number;
  /** Nothing but notes. */
  notes?: boolean;
  /** What is close in meaning, too; for that an embedder is loaded. */
  meaning: boolean;
  json?: boolean;
};

/** A note and where its passage begins in its file. */
type Placed = NoteHit & { /** Absolute. */ file: string; /** From 1; null where the file has no lines, or is gone. */ line: number | null };

/** Finds in notes, conversations and memories what the search box finds. */
export async function search(client: Client, terminal: Terminal, options: SearchOptions): Promise<ExitCode> {
  // In front: the last word may go on.
  const text = options.notes ? `in:notes ${options.text}` : options.text;
  const { ms: _, ...found } = await client.search.query({ text, limit: options.limit, meaning: options.meaning }, terminal.signal);
  const placed = await placesOf(client, found.notes.hits);
  if (options.json) terminal.out(`${JSON.stringify({ ...found, notes: { ...found.notes, hits: placed } })}\n`);
  else show(terminal, { placed, hits: found.hits, taken: found.taken, near: found.notes.near });
  if (found.hits.length + placed.length > 0) return exitCodes.done;
  terminal.say('Nothing was found.\n');
  return exitCodes.nothingFound;
}

async function placesOf(client: Client, hits: readonly NoteHit[]): Promise<Placed[]> {
  const folders = new Map((await client.notes.folders({})).map(({ id, path: at }) => [id, at]));
  const placed: Placed[] = [];
  for (const hit of hits) placed.push({ ...hit, file: path.join(folders.get(hit.folderId) ?? '', hit.path), line: await lineIn(client, hit) });
  return placed;
}

/** Formats whose places count in the file's own text. */
const ownText = new Set(['markdown', 'text', 'code', 'org', 'rst', 'csv']);

/** Of what was met first in the passage; null where it cannot be said. */
async function lineIn(client: Client, { id, type, passage }: NoteHit): Promise<number | null> {
  if (!passage || !ownText.has(type)) return null;
  // Its file may have gone since; that it was found stays true.
  const open = await client.notes.open({ id }).catch(() => null);
  if (open === null) return null;
  return open.text.slice(0, passage.place.from + (passage.marks[0]?.[0] ?? 0)).split('\n').length;
}

type Shown = { placed: readonly Placed[]; hits: readonly SearchHit[]; taken: readonly Taken[]; near: boolean };

function show(terminal: Terminal, { placed, hits, taken, near }: Shown): void {
  for (const { typed, words } of taken) terminal.say(`“${typed}” stands nowhere; searched for ${words.slice(0, 5).join(', ')}.\n`);
  const [notes, others] = [placed.map((hit) => noteLines(hit, terminal.styled)), hits.map((hit) => otherLine(hit, terminal.styled))];
  if (near && notes.length > 0) terminal.say('No note has all of these words; what comes near is shown.\n');
  // What was said word for word stands before what is merely near.
  for (const lines of near ? [...others, ...notes] : [...notes, ...others]) terminal.out(`${lines}\n`);
}

const style = (code: string, text: string, styled: boolean) => (styled && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text);
const bold = '1';
const faint = '2';
/** Bold and yellow: seen on dark and on light. */
const met = '1;33';

/** Title and place, and the passage below. */
function noteLines({ title, titleMarks, file, line, passage, mark }: Placed, styled: boolean): string {
  const where = line !== null ? `${shownPath(file)}:${line}` : `${shownPath(file)}${passage?.place.page === undefined ? '' : ` (page ${passage.place.page})`}`;
  const first = `${marked(printable(title), titleMarks, { styled, plain: bold })}  ${style(faint, printable(where), styled)}`;
  const below = passage ? excerpt(passage, styled) : printable(mark ?? '');
  return below === '' ? first : `${first}\n  ${below}`;
}

/** As short as it can be typed here. */
function shownPath(file: string): string {
  const near = path.relative('', file);
  return near !== '' && !near.startsWith('..') && !path.isAbsolute(near) ? near : file;
}

type Marks = readonly (readonly [number, number])[];

/** Characters of a passage that are shown, and of these, before what was met first. */
const excerptLength = 240;
const before = 60;

function excerpt({ text, marks }: { text: string; marks: Marks }, styled: boolean): string {
  const first = marks[0]?.[0] ?? 0;
  const from = text.length <= excerptLength || first < before ? 0 : wordBegin(text, first - before);
  const to = Math.min(text.length, from + excerptLength);
  const within = marks.filter(([start, end]) => start >= from && end <= to).map(([start, end]) => [start - from, end - from] as const);
  return `${from > 0 ? '… ' : ''}${marked(printable(text.slice(from, to)), within, { styled, plain: '' })}${to < text.length ? ' …' : ''}`;
}

function wordBegin(text: string, near: number): number {
  const space = text.slice(near, near + before).search(/\s/u);
  return space === -1 ? near : near + space + 1;
}

/** One line of what a terminal shows: its own commands may stand in a file. Character for character, so that marks stay where they are. */
const printable = (text: string) => text.replace(/[\s\p{Cc}\u{2028}\u{2029}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu, ' ');

function marked(text: string, marks: Marks, { styled, plain }: { styled: boolean; plain: string }): string {
  const parts: string[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    parts.push(style(plain, text.slice(at, from), styled && plain !== ''), style(met, text.slice(from, to), styled));
    at = to;
  }
  parts.push(style(plain, text.slice(at), styled && plain !== ''));
  return parts.join('').replace(/ {2,}/gu, ' ').trim();
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

function otherLine({ at, title, kind, snippet, marks, id }: SearchHit, styled: boolean): string {
  return `${day.format(at)}  ${style(bold, printable(title) || kind, styled)}  ${marked(printable(snippet), marks, { styled, plain: '' })}  ${style(faint, `(${kind} ${id})`, styled)}`;
}
