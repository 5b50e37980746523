import type { Database } from 'better-sqlite3';
import { cutLog } from './erase.ts';

/**
 * Empties every table and rewrites the file, so that no byte of what stood there is left in it or in its log. The
 * schema, and every connection and statement, stay valid. The ids in `vector_removal` and
 * `chunk_removal` stay, and those of all memories and chunks join them: whoever keeps vectors has yet to drop them.
 * False when a reader kept the log from being cut: it holds older pages until this is called again.
 */
export function eraseAll(db: Database): boolean {
  db.pragma('foreign_keys = OFF');
  try {
    db.transaction(() => {
      for (const name of tableNames(db)) db.prepare(`DELETE FROM "${name}"`).run();
    })();
  } finally {
    db.pragma('foreign_keys = ON');
  }
  db.exec('VACUUM');
  return db.memory || cutLog(db);
}

/** Ordinary tables and full-text ones, without what SQLite and FTS5 keep for themselves. */
function tableNames(db: Database): string[] {
  const tables = db.pragma('table_list') as { schema: string; name: string; type: string }[];
  return tables
    .filter(({ schema, name, type }) => schema === 'main' && !name.startsWith('sqlite_') && (type === 'table' || type === 'virtual') && !name.endsWith('_removal'))
    .map(({ name }) => name);
}
