/** Known-item search in a vault: what one remembers of a note, and the note. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Chunk, NoteDocument } from '../../main/notes/document.ts';
import { chunksOf } from '../../main/notes/chunk.ts';
import { readNote } from '../../main/notes/read.ts';

export type VaultNote = { path: string; document: NoteDocument; chunks: Chunk[] };
/** `gold`: passages by their place in `chunks`, of the note in that place; `from`: the note that is left out of what is found. */
export type KnownItem = { text: string; note: number; chunks: Set<number> | null; from: number | null };

export async function readVault(folder: string): Promise<VaultNote[]> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  const notes: VaultNote[] = [];
  for (const file of files) {
    const document = await readNote(path.join(folder, file));
    // Headings are hidden: they are what is asked for.
    const chunks = chunksOf(document).filter(({ kind }) => kind !== 'heading');
    notes.push({ path: file.replaceAll(path.sep, '/'), document, chunks });
  }
  return notes;
}

/** A heading with its note's title, for the passages right under it. */
export const byHeading = (notes: readonly VaultNote[]): KnownItem[] =>
  notes.flatMap(({ document, chunks }, note) => {
    const sections = new Map<string, Set<number>>();
    for (const [at, { headings }] of chunks.entries()) if (headings.length > 0) sections.set(JSON.stringify(headings), (sections.get(JSON.stringify(headings)) ?? new Set()).add(at));
    return [...sections].map(([headings, gold]) => ({ text: `${document.title} ${(JSON.parse(headings) as string[]).at(-1)!}`, note, chunks: gold, from: null }));
  });

/** The sentence around a link, for the note that it points to; the note that says it is left out. */
export function byLink(notes: readonly VaultNote[]): KnownItem[] {
  const named = new Map(notes.flatMap(({ path: file, document }, note) => [path.basename(file, '.md'), ...document.aliases].map((name) => [name.toLowerCase(), note] as const)));
  const items = notes.flatMap(({ document }, from) =>
    document.links.flatMap(({ target, at }): KnownItem[] => {
      const note = named.get(path.basename(target).replace(/\.md$/u, '').toLowerCase());
      const text = plain(sentenceAt(document.text, at));
      return note === undefined || note === from || (text.match(/[\p{L}\p{N}]+/gu) ?? []).length < leastWords ? [] : [{ text, note, chunks: null, from }];
    }),
  );
  return [...new Map(items.map((item) => [`${item.note} ${item.text}`, item])).values()];
}

/** A link that stands alone in its line says nothing around it. */
const leastWords = 4;

function sentenceAt(text: string, at: number): string {
  const from = Math.max(0, text.lastIndexOf('\n', at - 1) + 1, ...['. ', '! ', '? '].map((end) => text.slice(0, at).lastIndexOf(end) + end.length).filter((after) => after >= 2));
  const rest = text.slice(at);
  const length = /\n|[.!?](?=\s|$)/u.exec(rest)?.index ?? rest.length;
  return text.slice(from, at + length);
}

/** Without markup; of a link, what is shown. */
const plain = (text: string) =>
  text
    .replace(/!?\[\[(?:[^\]|]*\|)?([^\]]*)\]\]/gu, '$1')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/[*_`>#|~=]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
