/** Which passages of notes have vectors, and of which embedder. */
import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';

/** Of one embedder; `whole`: every chunk was in it once, so that it answers. */
export type VectorTable = { name: string; /** The embedder's file. */ path: string; dimensions: number; whole: boolean };

export const vectorTables = (db: Database): VectorTable[] =>
  prepared<Omit<VectorTable, 'whole'> & { whole: number }>(db, 'SELECT name, path, dimensions, whole FROM chunk_vectors ORDER BY whole DESC, name')
    .all()
    .map((table) => ({ ...table, whole: table.whole === 1 }));

export const keepVectorTable = (db: Database, { whole, ...table }: VectorTable): void =>
  void prepared(
    db,
    `INSERT INTO chunk_vectors (name, path, dimensions, whole) VALUES (@name, @path, @dimensions, @whole)
     ON CONFLICT (name) DO UPDATE SET path = excluded.path, whole = excluded.whole`,
  ).run({ ...table, whole: Number(whole) });

export const removeVectorTable = (db: Database, name: string): void => void prepared(db, 'DELETE FROM chunk_vectors WHERE name = ?').run(name);

export type UnembeddedChunk = { id: string; title: string; headings: string[]; text: string };

/** Chunks without an embedding, those lately read first. */
export const nextUnembeddedChunks = (db: Database, limit: number): UnembeddedChunk[] =>
  prepared<Omit<UnembeddedChunk, 'headings'> & { headings: string }>(
    db,
    `SELECT chunk.id, note.title, chunk.headings, chunk.text FROM (SELECT seq FROM chunk WHERE embedded_by IS NULL ORDER BY seq DESC LIMIT ?) AS next
     JOIN chunk ON chunk.seq = next.seq JOIN note ON note.seq = chunk.note_seq ORDER BY chunk.seq DESC`,
  )
    .all(limit)
    .map((chunk) => ({ ...chunk, headings: JSON.parse(chunk.headings) as string[] }));

/** A chunk that was taken out or changed meanwhile keeps its place in the queue. */
export const markChunksEmbedded = (db: Database, ids: string[], name: string): void =>
  void prepared(db, 'UPDATE chunk SET embedded_by = ? WHERE id IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT id FROM chunk_removal)').run(name, JSON.stringify(ids));

/** Marks as embedded exactly the chunks that have a vector there, and answers the vectors that have no chunk. */
export function reconcileChunks(db: Database, name: string, vectorIds: ReadonlySet<string>): { orphans: string[] } {
  const rows = prepared(db, 'SELECT seq, id, embedded_by FROM chunk').raw().all() as [number, string, string | null][];
  const wrong = rows.filter(([, id, by]) => by !== (vectorIds.has(id) ? name : null));
  const set = prepared(db, 'UPDATE chunk SET embedded_by = ? WHERE seq IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT id FROM chunk_removal)');
  db.transaction(() => {
    set.run(name, JSON.stringify(wrong.filter(([, id]) => vectorIds.has(id)).map(([seq]) => seq)));
    set.run(null, JSON.stringify(wrong.filter(([, id]) => !vectorIds.has(id)).map(([seq]) => seq)));
  })();
  const known = new Set(rows.map(([, id]) => id));
  return { orphans: [...vectorIds].filter((id) => !known.has(id)) };
}

export const pendingChunkRemovals = (db: Database): string[] => prepared(db, 'SELECT id FROM chunk_removal').pluck().all() as string[];

export const chunkRemovalsDone = (db: Database, ids: string[]): void =>
  void prepared(db, 'DELETE FROM chunk_removal WHERE id IN (SELECT value FROM json_each(?))').run(JSON.stringify(ids));

export const countEmbeddedChunks = (db: Database): { embedded: number; chunks: number } =>
  prepared<{ embedded: number; chunks: number }>(db, 'SELECT (SELECT count(*) FROM chunk WHERE embedded_by IS NOT NULL) AS embedded, (SELECT count(*) FROM chunk) AS chunks').get()!;
