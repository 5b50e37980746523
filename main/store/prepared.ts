import type { Database, Statement } from 'better-sqlite3';

const caches = new WeakMap<Database, Map<string, Statement>>();

/** The prepared statement for this SQL, made once per open database. */
export function prepared<Row = unknown>(db: Database, sql: string): Statement<unknown[], Row> {
  let cache = caches.get(db);
  if (!cache) caches.set(db, (cache = new Map()));
  let statement = cache.get(sql);
  if (!statement) cache.set(sql, (statement = db.prepare(sql)));
  return statement as Statement<unknown[], Row>;
}

/** Rows that this connection has written so far. */
export const changesOf = (db: Database): number => prepared<{ count: number }>(db, 'SELECT total_changes() AS count').get()!.count;
