import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';

/** A memory as its embedding is made of it. */
export type Unembedded = {
  id: string;
  scope: string;
  personaId: string | null;
  keptIn: string | null;
  role: 'user' | 'assistant';
  speaker: string | null;
  caption: string | null;
  text: string;
};

/** Longer texts say too much for one vector, and no embedder reads further. Characters. */
const longestText = 8_000;

/** Memories without an embedding, newest first. */
export const nextUnembedded = (db: Database, limit: number): Unembedded[] =>
  prepared<Unembedded>(
    db,
    `SELECT memory.id, memory.scope, memory.persona_id AS personaId, memory.kept_in AS keptIn, memory.role, message.speaker, message.caption,
       substr(coalesce(message.text, memory.text, ''), 1, ${longestText}) AS text
     FROM memory LEFT JOIN message ON message.id = memory.message_id
     WHERE memory.embedded_by IS NULL AND memory.scope <> 'none' ORDER BY memory.seq DESC LIMIT ?`,
  ).all(limit);

/** Texts of memories that may be recalled, a page after a seq at a time, as their words are to be known. */
export const textsAfter = (db: Database, seq: number, limit: number): { seq: number; text: string }[] =>
  prepared<{ seq: number; text: string }>(
    db,
    `SELECT memory.seq, substr(coalesce(message.text, memory.text, '') || ' ' || coalesce(message.caption, '') || ' ' || coalesce(message.speaker, ''), 1, ${longestText}) AS text
     FROM memory LEFT JOIN message ON message.id = memory.message_id WHERE memory.seq > ? AND memory.scope <> 'none' ORDER BY memory.seq LIMIT ?`,
  ).all(seq, limit);

/** Notes which embedder's vectors are written. A memory whose text changed meanwhile keeps its place in the queue. */
export const markEmbedded = (db: Database, ids: string[], embedder: string): void =>
  void prepared(
    db,
    `UPDATE memory SET embedded_by = ? WHERE id IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT id FROM vector_removal)`,
  ).run(embedder, JSON.stringify(ids));

/** Everything embedded by another embedder is to be embedded again. */
export const forgetOtherEmbedders = (db: Database, embedder: string): void =>
  void prepared(db, 'UPDATE memory SET embedded_by = NULL WHERE embedded_by <> ?').run(embedder);

/** Takes the mark off memories that have no vector, and answers the vectors that have no memory. */
export function reconcileEmbedded(db: Database, embedder: string, vectorIds: Set<string>): { orphans: string[] } {
  const rows = prepared(db, 'SELECT id, embedded_by FROM memory').raw().all() as [string, string | null][];
  const known = new Set(rows.map(([id]) => id));
  const missing = rows.filter(([id, by]) => by === embedder && !vectorIds.has(id)).map(([id]) => id);
  if (missing.length > 0) {
    prepared(db, 'UPDATE memory SET embedded_by = NULL WHERE id IN (SELECT value FROM json_each(?))').run(JSON.stringify(missing));
  }
  return { orphans: [...vectorIds].filter((id) => !known.has(id)) };
}

/** Vectors that must go: of memories deleted, or whose text changed. */
export const pendingRemovals = (db: Database): string[] => prepared(db, 'SELECT id FROM vector_removal').pluck().all() as string[];

export const removalsDone = (db: Database, ids: string[]): void =>
  void prepared(db, 'DELETE FROM vector_removal WHERE id IN (SELECT value FROM json_each(?))').run(JSON.stringify(ids));

export const countEmbedded = (db: Database): { embedded: number; total: number } =>
  prepared<{ embedded: number; total: number }>(
    db,
    `SELECT count(embedded_by) AS embedded, count(*) AS total FROM memory WHERE scope <> 'none'`,
  ).get()!;
