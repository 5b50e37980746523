/** A set of documents as the app keeps notes: written as files, read, cut, kept, embedded; and SQLite's full-text search over the same, plain. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Embed } from '../recall/embedder.ts';
import type { Engine } from '../../main/engine/engine.ts';
import { chunksOf } from '../../main/notes/chunk.ts';
import type { Chunk } from '../../main/notes/document.ts';
import { createNoteMeaning, type NoteMeaning } from '../../main/notes/meaning/noteMeaning.ts';
import { readNote } from '../../main/notes/read.ts';
import { closeDatabase, type Database } from '../../main/store/database.ts';
import { keepContents } from '../../main/store/noteContents.ts';
import { addNoteFolder } from '../../main/store/noteFolders.ts';
import { noteSeen } from '../../main/store/notes.ts';
import { openNotesDatabase } from '../../main/store/notesDatabase.ts';

export type Corpus = {
  db: Database;
  meaning: NoteMeaning;
  /** A busy machine is no reason to measure words alone. */
  patienceMs: number;
  /** Of the note, by its id, where it stands among what was given. */
  at(noteId: string): number;
  /** Plain BM25 of FTS5 over the documents, whole, best first; by where they stand. */
  plain(question: string, limit: number): number[];
  /** The same over their passages. */
  plainPassages(question: string, limit: number): { note: number; chunk: number }[];
  close(): Promise<void>;
};

export type Written = { path: string; title: string; chunks: Chunk[] };

/** Files under names that say nothing: what is asked for must stand in the text. */
export async function written(folder: string, texts: readonly string[]): Promise<Written[]> {
  mkdirSync(folder, { recursive: true });
  const notes: Written[] = [];
  for (const [at, text] of texts.entries()) {
    const name = `${String(at).replace(/\d/gu, (digit) => 'bcdfghjklm'[Number(digit)]!)}.md`;
    writeFileSync(path.join(folder, name), text);
    const document = await readNote(path.join(folder, name));
    notes.push({ path: name, title: document.title, chunks: chunksOf(document) });
  }
  return notes;
}

export async function kept(folder: string, notes: readonly Written[], { engine, embed, title }: { engine: Engine; embed: Embed; /** Whether titles say something: then plain search has them, too. */ title: boolean }): Promise<Corpus> {
  mkdirSync(folder, { recursive: true });
  const db = openNotesDatabase(folder);
  const place = addNoteFolder(db, { path: '/notes', kind: 'plain', at: 1 }).id;
  const ids = new Map<string, number>();
  const keepAll = db.transaction(() => {
    for (const [at, note] of notes.entries()) {
      const id = noteSeen(db, place, { path: note.path, size: 1, modifiedAt: 1, inode: null, at: 1 });
      keepContents(db, id, { hash: String(at), title: note.title, type: 'markdown', tags: [], aliases: [], properties: {}, links: [], mark: null, at: 1, chunks: note.chunks });
      ids.set(id, at);
    }
  });
  keepAll();
  const meaning = createNoteMeaning({ db, folder: path.join(folder, 'vectors'), engine: { status: () => engine.status(), onStatus: (listener) => engine.onStatus(listener), embed: (texts, signal) => embed(texts, signal) }, log: console.log });
  await meaning.settled();
  return { db, meaning, patienceMs: 60_000, at: (noteId) => ids.get(noteId)!, ...plainOver(db, notes, title), close: async () => { await meaning.dispose(); closeDatabase(db); } };
}

function plainOver(db: Database, notes: readonly Written[], title: boolean): Pick<Corpus, 'plain' | 'plainPassages'> {
  db.exec(`CREATE VIRTUAL TABLE temp.plain_notes USING fts5 (text); CREATE VIRTUAL TABLE temp.plain_chunks USING fts5 (text)`);
  const rows: { note: number; chunk: number }[] = [];
  const saysOf = (note: Written, chunks: readonly Chunk[]) => [...(title ? [note.title] : []), ...chunks.map(({ headings, text }) => `${headings.join('\n')}\n${text}`)].join('\n');
  const putNote = db.prepare('INSERT INTO plain_notes (rowid, text) VALUES (?, ?)');
  const putChunk = db.prepare('INSERT INTO plain_chunks (text) VALUES (?)');
  for (const [at, note] of notes.entries()) {
    putNote.run(BigInt(at + 1), saysOf(note, note.chunks));
    for (const [chunk, one] of note.chunks.entries()) {
      putChunk.run(saysOf(note, [one]));
      rows.push({ note: at, chunk });
    }
  }
  const found = (table: string) => {
    const search = db.prepare(`SELECT rowid FROM ${table} WHERE ${table} MATCH ? ORDER BY rank LIMIT ?`).pluck();
    return (question: string, limit: number) => {
      const words = [...new Set(question.match(/[\p{L}\p{N}]+/gu) ?? [])];
      return words.length === 0 ? [] : (search.all(words.map((word) => `"${word}"`).join(' OR '), limit) as number[]);
    };
  };
  const [inNotes, inChunks] = [found('plain_notes'), found('plain_chunks')];
  return { plain: (question, limit) => inNotes(question, limit).map((row) => row - 1), plainPassages: (question, limit) => inChunks(question, limit).map((row) => rows[row - 1]!) };
}
