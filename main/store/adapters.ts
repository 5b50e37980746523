import type { Database } from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { prepared } from './prepared.ts';

/** An adapter the owner added. `id` is the sha256 of the file; `summary` is what the engine read from its header. */
export type StoredAdapter<Summary> = {
  id: string;
  path: string;
  name: string;
  summary: Summary;
  bundled: boolean;
  addedAt: number;
};

export type AdapterStore<Summary> = {
  list(): StoredAdapter<Summary>[];
  /** Fails with `not-found`. */
  get(id: string): StoredAdapter<Summary>;
  find(id: string): StoredAdapter<Summary> | null;
  /** Writes it under its id; the same file found elsewhere only changes its path and name. */
  save(adapter: StoredAdapter<Summary>): void;
  delete(id: string): void;
};

type Row = { id: string; path: string; name: string; summary: string; bundled: number; added_at: number };

export function createAdapters<Summary>(db: Database): AdapterStore<Summary> {
  const fromRow = (row: Row): StoredAdapter<Summary> => ({
    id: row.id,
    path: row.path,
    name: row.name,
    summary: JSON.parse(row.summary) as Summary,
    bundled: row.bundled === 1,
    addedAt: row.added_at,
  });
  function find(id: string): StoredAdapter<Summary> | null {
    const row = prepared<Row>(db, 'SELECT * FROM adapter WHERE id = ?').get(id);
    return row ? fromRow(row) : null;
  }
  return {
    list: () => prepared<Row>(db, 'SELECT * FROM adapter ORDER BY bundled DESC, added_at, rowid').all().map(fromRow),
    find,
    get(id) {
      const adapter = find(id);
      if (!adapter) throw new AppError('not-found', 'That adapter is not here any more.');
      return adapter;
    },
    save(adapter) {
      prepared(
        db,
        `INSERT INTO adapter (id, path, name, summary, bundled, added_at) VALUES (@id, @path, @name, @summary, @bundled, @addedAt)
         ON CONFLICT (id) DO UPDATE SET path = excluded.path, name = excluded.name, summary = excluded.summary, bundled = excluded.bundled`,
      ).run({ ...adapter, bundled: Number(adapter.bundled), summary: JSON.stringify(adapter.summary) });
    },
    delete(id) {
      prepared(db, 'DELETE FROM adapter WHERE id = ?').run(id);
    },
  };
}
