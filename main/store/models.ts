import type { Database } from 'better-sqlite3';
import type { ModelRole } from '../contract/model.ts';
import { prepared } from './prepared.ts';

/** A model file the owner added; it stays where it is. `summary` is what its header said. */
export type StoredModel<Summary> = {
  id: string;
  path: string;
  name: string;
  role: ModelRole;
  summary: Summary;
  /** 0 where the file's own window is used. */
  windowTokens: number;
  addedAt: number;
};

export type ModelStore<Summary> = {
  /** In the order they were added. */
  list(): StoredModel<Summary>[];
  find(id: string): StoredModel<Summary> | null;
  findByPath(path: string): StoredModel<Summary> | null;
  /** Writes it under its id. */
  save(model: StoredModel<Summary>): void;
  delete(id: string): void;
};

type Row = { id: string; path: string; name: string; role: ModelRole; summary: string; window_tokens: number; added_at: number };

export function createModelStore<Summary>(db: Database): ModelStore<Summary> {
  const fromRow = (row: Row): StoredModel<Summary> => ({
    id: row.id,
    path: row.path,
    name: row.name,
    role: row.role,
    summary: JSON.parse(row.summary) as Summary,
    windowTokens: row.window_tokens,
    addedAt: row.added_at,
  });
  const one = (row: Row | undefined) => (row ? fromRow(row) : null);
  return {
    list: () => prepared<Row>(db, 'SELECT * FROM model ORDER BY added_at, rowid').all().map(fromRow),
    find: (id) => one(prepared<Row>(db, 'SELECT * FROM model WHERE id = ?').get(id)),
    findByPath: (path) => one(prepared<Row>(db, 'SELECT * FROM model WHERE path = ?').get(path)),
    save(model) {
      prepared(
        db,
        `INSERT INTO model (id, path, name, role, summary, window_tokens, bundled, added_at)
         VALUES (@id, @path, @name, @role, @summary, @windowTokens, 0, @addedAt)
         ON CONFLICT (id) DO UPDATE SET path = excluded.path, name = excluded.name, role = excluded.role, summary = excluded.summary,
           window_tokens = excluded.window_tokens`,
      ).run({ ...model, summary: JSON.stringify(model.summary) });
    },
    delete(id) {
      prepared(db, 'DELETE FROM model WHERE id = ?').run(id);
    },
  };
}
