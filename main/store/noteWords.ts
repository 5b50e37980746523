/** The rows of `chunk_words`: one for each chunk, and one for the note itself. */
import type { Database } from 'better-sqlite3';
import { flushWords } from './flushWords.ts';
import { folded, searchable } from './noteText.ts';
import { changesOf, prepared } from './prepared.ts';

/** Of a note, in its `chunk.seq`s: slot 0 of the words is the note's own. */
const slots = 2 ** 20;
export const mostChunks = slots - 1;
/** The note of a row, its own row, and those that its chunks may have. */
export const noteOfRow = (rowid: number): number => Math.floor(rowid / slots);
export const ownRow = (noteSeq: number): number => noteSeq * slots;
export const chunkRow = (noteSeq: number, slot: number): number => ownRow(noteSeq) + slot;

/** A number beyond 31 bits is handed to SQLite as a fraction, which a full-text table takes for no row at all. */
const row = 'CAST(@seq AS INTEGER)';

export type Words = { seq: number; text: string; headings: string; title: string };

export const wordsOfChunk = (seq: number, chunk: { text: string; headings: string[]; title: string }): Words => ({
  seq, text: searchable(chunk.text), headings: searchable(chunk.headings.join('\n')), title: searchable(chunk.title),
});

/** Aliases, tags and path. */
export function wordsOfNote(noteSeq: number, note: { title: string; path: string; aliases: readonly string[]; tags: readonly string[] }): Words {
  const tags = new Map(note.tags.toReversed().map((tag) => [folded(tag), tag]));
  const text = [...note.aliases, ...[...tags.keys()].sort().map((key) => tags.get(key)!), note.path.replaceAll('/', '\n')].join('\n');
  return { seq: ownRow(noteSeq), text: searchable(text), headings: '', title: searchable(note.title) };
}

function wordsOfKnown(db: Database, noteSeq: number): Words {
  const { aliases, tags, ...note } = prepared<{ title: string; path: string; aliases: string; tags: string }>(
    db,
    `SELECT title, path, aliases, (SELECT json_group_array(tag) FROM note_tag WHERE note_seq = note.seq) AS tags FROM note WHERE seq = ?`,
  ).get(noteSeq)!;
  return wordsOfNote(noteSeq, { ...note, aliases: JSON.parse(aliases) as string[], tags: JSON.parse(tags) as string[] });
}

/** Rows as they are to read. `fresh`: such as there are none of. `hasGone`: others were taken out just now, whose places these may take. */
export type WordsToPut = { words: readonly Words[]; fresh?: readonly Words[]; hasGone?: boolean };

const sorted = (words: readonly Words[]): Words[] => words.toSorted((one, other) => one.seq - other.seq);

export function putWords(db: Database, { words, fresh = [], hasGone = false }: WordsToPut): void {
  // FTS5 gathers in memory what comes in the order of its rows; the rest it writes by itself.
  const inOrder = sorted([...words, ...fresh]);
  const old = sorted(words).filter(({ seq }) => isThere(db, seq));
  for (const { seq } of old) prepared(db, `DELETE FROM chunk_words WHERE rowid = ${row}`).run({ seq });
  if (hasGone || old.length > 0) flushWords(db);
  for (const one of inOrder) prepared(db, `INSERT INTO chunk_words (rowid, text, headings, title) VALUES (${row}, @text, @headings, @title)`).run(one);
}

/** Pages that one step of merging writes: some milliseconds. */
export const mergedAtOnce = 48;
/** While many notes are read, segments of so many transactions are made one together: all is written once less than by eights. A search takes twice as long over them all. */
const unmerged = 48;
const sinceMerged = new WeakMap<Database, number>();

/** Makes one segment of several, which a search has to look through, now and then a step. To be called after each transaction that put words. */
export function mergeSometimes(db: Database): void {
  const count = (sinceMerged.get(db) ?? 0) + 1;
  sinceMerged.set(db, count);
  if (count >= unmerged) mergeWords(db);
}

/** One step of making one segment of eight or more. Left to itself, FTS5 does it in long ones. True when nothing is left to merge. */
export function mergeWords(db: Database): boolean {
  const isDone = mergeStep(db, mergedAtOnce);
  if (isDone) sinceMerged.set(db, 0);
  return isDone;
}

/** So many pages; of a negative number, also where fewer than eight segments are left. True when nothing was left to do. */
export function mergeStep(db: Database, pages: number): boolean {
  const before = changesOf(db);
  prepared(db, `INSERT INTO chunk_words (chunk_words, rank) VALUES ('merge', CAST(? AS INTEGER))`).run(pages);
  // So FTS5 says it.
  return changesOf(db) - before < 2;
}

/** The note's own row, and where its title has changed those of its chunks. */
export function rewordNote(db: Database, noteSeq: number): void {
  const own = wordsOfKnown(db, noteSeq);
  const before = wordsAt(db, own.seq);
  if (before?.text === own.text && before.title === own.title) return;
  const chunks = before?.title === own.title ? [] : prepared<Omit<Words, 'title'>>(db, 'SELECT rowid AS seq, text, headings FROM chunk_words WHERE rowid IN (SELECT seq FROM chunk WHERE note_seq = ?)').all(noteSeq);
  putWords(db, { words: [own, ...chunks.map((chunk) => ({ ...chunk, title: own.title }))] });
}

/** The table of sizes that FTS5 keeps tells sooner than FTS5. */
export const isThere = (db: Database, seq: number): boolean => prepared(db, 'SELECT 1 FROM chunk_words_docsize WHERE id = ?').get(seq) !== undefined;

export const wordsAt = (db: Database, seq: number): Words | undefined =>
  isThere(db, seq) ? prepared<Words>(db, `SELECT rowid AS seq, text, headings, title FROM chunk_words WHERE rowid = ${row}`).get({ seq }) : undefined;
