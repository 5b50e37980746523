/** What was read from a note's file, kept: its passages, their words, its tags and links. */
import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { idInOrder } from './ids.ts';
import { isUnread, placeOf } from './notePlaces.ts';
import { manyRows, strikeOut } from './noteRemoval.ts';
import { folded } from './noteText.ts';
import { chunkRow, mergeSometimes, mostChunks, putWords, rewordNote, wordsAt, wordsOfChunk, wordsOfNote, type WordsToPut } from './noteWords.ts';
import { prepared } from './prepared.ts';

export type ChunkDraft = { headings: string[]; kind: string; text: string; place: { from: number; to: number; page?: number } };

export type NoteContents = {
  /** Of the file's bytes. */
  hash: string;
  title: string;
  type: string;
  tags: string[];
  aliases: string[];
  properties: Record<string, string | string[]>;
  links: { target: string; heading: string | null; shown: string; embed: boolean; at: number }[];
  /** A sentence, where something of it could not be read. */
  mark: string | null;
  chunks: ChunkDraft[];
  /** When it was read. */
  at: number;
};

export type ReadNote = { id: string; contents: NoteContents };

/** Keeps what was read, all or nothing. A chunk whose text stands there still is the same chunk, wherever it stands now. */
export function keepContents(db: Database, id: string, contents: NoteContents): void {
  if (contents.chunks.length > mostChunks) throw tooMany();
  db.transaction(() => {
    const note = noteOf(db, id);
    reword(db, [keepRows(db, { ...note, ...placeOf(db, note.seq) }, contents)]);
  })();
  mergeSometimes(db);
}

/**
 * Keeps what was read of several notes: as many, from the first on, as make one short transaction. Answers how many that
 * were; one that is not here any more is passed over, and one with too many passages has failed. 0: the first is so long
 * that it takes several transactions, and waits until the last; call again.
 */
export function keepManyContents(db: Database, notes: readonly ReadNote[]): number {
  if (notes[0] && isLong(notes[0].contents)) return keepLong(db, notes[0]) ? 1 : 0;
  const some = notes.slice(0, togetherOf(notes));
  db.transaction(() => {
    const here = some.flatMap(({ id, contents }) => {
      const note = findNote(db, id);
      return note ? [{ note: { ...note, ...placeOf(db, note.seq) }, contents }] : [];
    });
    const inOrder = here.sort((one, other) => one.note.seq - other.note.seq);
    reword(db, inOrder.flatMap(({ note, contents }) => keepOneOfMany(db, note, contents)));
  })();
  mergeSometimes(db);
  return some.length;
}

function keepOneOfMany(db: Database, note: PlacedNote, contents: NoteContents): Reworded[] {
  if (contents.chunks.length <= mostChunks) return [keepRows(db, note, contents)];
  keepFailure(db, note.id, { hash: contents.hash, mark: tooMany().message });
  return [];
}

/** What one transaction takes: about thirty milliseconds; smaller ones cost more segments of words, and a third of the speed. Characters, a chunk's own rows counted as so many. */
const charactersAtOnce = 200_000;
const charactersOfChunk = 200;

const sizeOf = (chunks: readonly ChunkDraft[]): number => chunks.reduce((sum, { text }) => sum + text.length + charactersOfChunk, 0);
const isLong = ({ chunks }: NoteContents): boolean => sizeOf(chunks) > 2 * charactersAtOnce;

/** Of a long note that is read for the first time: how many of its chunks are kept. */
const begun = new WeakMap<NoteContents, { seq: number; next: number }>();

/** Answers whether all of it is kept. What was known before is kept in one go: most of it stays as it is. */
function keepLong(db: Database, { id, contents }: ReadNote): boolean {
  const note = findNote(db, id);
  if (!note) return true;
  const isBegun = begun.get(contents)?.seq === note.seq;
  if (contents.chunks.length <= mostChunks && (isBegun || isUnread(db, note.seq))) return keepPart(db, note, contents);
  db.transaction(() => reword(db, keepOneOfMany(db, { ...note, isFresh: false }, contents)))();
  mergeSometimes(db);
  return true;
}

function keepPart(db: Database, note: KnownNote, contents: NoteContents): boolean {
  const { chunks, title, tags } = contents;
  const part = db.transaction(() => {
    const { seq, next } = begun.get(contents) ?? { seq: placeOf(db, note.seq).seq, next: 0 };
    const end = partEnd(chunks, next);
    const kept = chunks.slice(next, end).map((draft, at) => insertChunk(db, { draft, n: next + at, noteSeq: seq, seq: chunkRow(seq, next + at + 1) }));
    const words = kept.map((chunk) => wordsOfChunk(chunk.seq, { ...chunk.draft, title }));
    if (end === chunks.length) {
      keepNote(db, seq, contents);
      insertTags(db, seq, tags);
      insertLinks(db, seq, contents.links);
      words.push(wordsOfNote(seq, { ...contents, path: note.path }));
    }
    putWords(db, { words });
    return { seq, next: end };
  })();
  begun.set(contents, part);
  mergeSometimes(db);
  return part.next === chunks.length;
}

function partEnd(chunks: readonly ChunkDraft[], from: number): number {
  let [end, size] = [from, 0];
  while (end < chunks.length && (end === from || size < charactersAtOnce)) size += sizeOf([chunks[end++]!]);
  return end;
}

/** None twice: what stands in its way would not be seen. */
function togetherOf(notes: readonly ReadNote[]): number {
  const ids = new Set<string>();
  let size = 0;
  for (const { id, contents } of notes) {
    size += charactersOfChunk + sizeOf(contents.chunks);
    if (ids.has(id) || (ids.size > 0 && size > charactersAtOnce)) break;
    ids.add(id);
  }
  return ids.size;
}

const tooMany = () => new AppError('invalid-input', 'The note has too many passages. Nothing was changed.');

type Reworded = Required<WordsToPut>;

function keepRows(db: Database, note: PlacedNote, contents: NoteContents): Reworded {
  keepNote(db, note.seq, contents);
  return note.isFresh ? insertRows(db, note, contents) : replaceRows(db, note, contents);
}

/** Nothing of it is here. */
function insertRows(db: Database, { seq, path }: PlacedNote, contents: NoteContents): Reworded {
  const { chunks, title, tags, links } = contents;
  insertTags(db, seq, tags);
  insertLinks(db, seq, links);
  for (const [n, draft] of chunks.entries()) insertChunk(db, { draft, n, noteSeq: seq, seq: chunkRow(seq, n + 1) });
  return { words: [], fresh: [wordsOfNote(seq, { ...contents, path }), ...chunks.map((draft, n) => wordsOfChunk(chunkRow(seq, n + 1), { ...draft, title }))], hasGone: false };
}

function replaceRows(db: Database, { seq, path }: PlacedNote, contents: NoteContents): Reworded {
  const own = wordsOfNote(seq, { ...contents, path });
  const before = wordsAt(db, own.seq);
  prepared(db, 'DELETE FROM note_tag WHERE note_seq = ?').run(seq);
  prepared(db, 'DELETE FROM note_link WHERE note_seq = ?').run(seq);
  insertTags(db, seq, contents.tags);
  insertLinks(db, seq, contents.links);
  const isRenamed = before?.title !== own.title;
  const { chunks, hasGone } = keepChunks(db, seq, contents.chunks);
  const reworded = chunks.filter((chunk) => isRenamed || chunk.isChanged).map((chunk) => wordsOfChunk(chunk.seq, { ...chunk.draft, title: contents.title }));
  return { words: isRenamed || before.text !== own.text ? [own, ...reworded] : reworded, fresh: [], hasGone };
}

const reword = (db: Database, all: readonly Reworded[]): void =>
  putWords(db, { words: all.flatMap(({ words }) => words), fresh: all.flatMap(({ fresh }) => fresh), hasGone: all.some(({ hasGone }) => hasGone) });

type KnownNote = { id: string; seq: number; path: string };
/** `isFresh`: nothing that was read from it is here. */
type PlacedNote = KnownNote & { isFresh: boolean };
const findNote = (db: Database, id: string): KnownNote | undefined => prepared<KnownNote>(db, 'SELECT id, seq, path FROM note WHERE id = ?').get(id);

function noteOf(db: Database, id: string): KnownNote {
  const note = findNote(db, id);
  if (!note) throw new AppError('not-found', 'That note is not here any more.');
  return note;
}

/** It could not be read: it is found by its name, and by what was read of it before, under a sentence that says so. */
export function keepFailure(db: Database, id: string, failure: { hash: string | null; mark: string }): void {
  db.transaction(() => {
    const { seq } = noteOf(db, id);
    prepared(db, `UPDATE note SET mark = @mark, hash = @hash, state = 'failed' WHERE seq = @seq`).run({ ...failure, seq });
    rewordNote(db, seq);
  })();
}

function keepNote(db: Database, seq: number, { hash, title, type, aliases, properties, mark, at }: NoteContents): void {
  prepared(
    db,
    `UPDATE note SET hash = @hash, title = @title, title_key = @titleKey, type = @type, aliases = @aliases, properties = @properties, mark = @mark,
       state = 'read', read_at = @at WHERE seq = @seq`,
  ).run({ seq, hash, title, titleKey: folded(title), type, mark, at, aliases: JSON.stringify(aliases), properties: JSON.stringify(properties) });
}

function insertTags(db: Database, seq: number, tags: readonly string[]): void {
  const insert = prepared(db, 'INSERT OR IGNORE INTO note_tag (note_seq, key, tag) VALUES (?, ?, ?)');
  for (const tag of tags) insert.run(seq, folded(tag), tag);
}

function insertLinks(db: Database, seq: number, links: NoteContents['links']): void {
  const insert = prepared(db, `INSERT INTO note_link (note_seq, n, target, name_key, heading, shown, embed, at) VALUES (@seq, @n, @target, @nameKey, @heading, @shown, @embed, @at)`);
  for (const [n, link] of links.entries()) insert.run({ ...link, seq, n, nameKey: linkedName(link.target), embed: Number(link.embed) });
}

/** The last of a path, as links name notes. */
const linkedName = (target: string) => folded(target.slice(target.lastIndexOf('/') + 1).replace(/\.md$/iu, ''));

type Known = { seq: number; id: string; hash: string; headings: string };
/** `isChanged`: new, or under other headings than before. */
type Kept = { seq: number; draft: ChunkDraft; isChanged: boolean };

function keepChunks(db: Database, noteSeq: number, drafts: readonly ChunkDraft[]): { chunks: Kept[]; hasGone: boolean } {
  const known = prepared<Known>(db, 'SELECT seq, id, hash, headings FROM chunk WHERE note_seq = ? ORDER BY n').all(noteSeq);
  const same = matched(known, drafts);
  const stays = new Set(same.flatMap((one) => (one ? [one.seq] : [])));
  const gone = known.map(({ seq }) => seq).filter((seq) => !stays.has(seq)).sort((one, other) => one - other);
  if (gone.length >= manyRows) strikeOut(db);
  prepared(db, 'DELETE FROM chunk WHERE seq IN (SELECT value FROM json_each(?))').run(JSON.stringify(gone));
  const free = freeRows(noteSeq, stays);
  const chunks = drafts.map((draft, n) => {
    const one = same[n];
    return one ? moveChunk(db, one, { draft, n }) : insertChunk(db, { draft, n, noteSeq, seq: free.next().value });
  });
  return { chunks, hasGone: gone.length > 0 };
}

/** For each draft the chunk that says the same; where several do, they keep their order. */
function matched(known: readonly Known[], drafts: readonly ChunkDraft[]): (Known | undefined)[] {
  const byHash = new Map<string, Known[]>();
  for (const one of known) {
    const alike = byHash.get(one.hash);
    if (alike) alike.push(one);
    else byHash.set(one.hash, [one]);
  }
  const taken = new Map<string, number>();
  return drafts.map(({ text }) => {
    const hash = hashOf(text);
    const at = taken.get(hash) ?? 0;
    taken.set(hash, at + 1);
    return byHash.get(hash)?.[at];
  });
}

const hashOf = (text: string): string => hash('sha256', text, 'base64url').slice(0, 22);

function* freeRows(noteSeq: number, taken: ReadonlySet<number>): Generator<number, never> {
  for (let slot = 1; ; slot += 1) if (!taken.has(chunkRow(noteSeq, slot))) yield chunkRow(noteSeq, slot);
}

/** Under other headings it means something else: it is embedded anew. */
function moveChunk(db: Database, { seq, id, headings: before }: Known, { draft, n }: { draft: ChunkDraft; n: number }): Kept {
  const headings = JSON.stringify(draft.headings);
  const isChanged = headings !== before;
  prepared(db, 'UPDATE chunk SET n = @n, place_from = @from, place_to = @to, page = @page, headings = @headings, kind = @kind WHERE seq = @seq').run({
    seq, n, headings, kind: draft.kind, ...draft.place, page: draft.place.page ?? null,
  });
  if (isChanged) {
    prepared(db, 'UPDATE chunk SET embedded_by = NULL WHERE seq = ?').run(seq);
    prepared(db, 'INSERT OR IGNORE INTO chunk_removal (id) VALUES (?)').run(id);
  }
  return { seq, draft, isChanged };
}

function insertChunk(db: Database, { draft, n, noteSeq, seq }: { draft: ChunkDraft; n: number; noteSeq: number; seq: number }): Kept {
  const { headings, kind, text, place } = draft;
  prepared(
    db,
    `INSERT INTO chunk (seq, id, note_seq, n, place_from, place_to, page, headings, kind, hash, text)
     VALUES (@seq, @id, @noteSeq, @n, @from, @to, @page, @headings, @kind, @hash, @text)`,
  ).run({ seq, id: idInOrder(), noteSeq, n, ...place, page: place.page ?? null, headings: JSON.stringify(headings), kind, hash: hashOf(text), text });
  return { seq, draft, isChanged: true };
}
