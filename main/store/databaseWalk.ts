/** Walks every text of a database, whatever its schema: back-ups may be older than any code here. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';

export type Cell = { table: string; column: string; text: string; row: Record<string, unknown> };
/** `source`: what to select from. A full-text table is read from the table that holds its texts, which is far faster. */
type Table = { name: string; keyColumns: string[]; columns: string[]; source: string };

/** Rows read at once; the loop is free in between. */
const rowsAtOnce = 200;

/** Visits each text. What `visit` answers, when it is another text, takes its place. */
export async function walkTexts(db: Database, visit: (cell: Cell) => string): Promise<number> {
  let changed = 0;
  for (const table of tablesOf(db)) changed += await walkTable(db, table, visit);
  return changed;
}

async function walkTable(db: Database, table: Table, visit: (cell: Cell) => string): Promise<number> {
  let changed = 0;
  for await (const rows of pagesOf(db, table)) {
    for (const row of rows) {
      for (const column of table.columns) {
        const text = row[column];
        if (typeof text !== 'string') continue;
        const after = visit({ table: table.name, column, text, row });
        if (after === text) continue;
        write(db, table, { row, column, after });
        changed += 1;
      }
    }
  }
  return changed;
}

/** What tables hold, without the bookkeeping of SQLite and of full-text tables. */
function tablesOf(db: Database): Table[] {
  const tables = db.pragma('table_list') as { schema: string; name: string; type: string; wr: number }[];
  const own = tables.filter((table) => table.schema === 'main' && !table.name.startsWith('sqlite_'));
  const names = new Set(own.map((table) => table.name));
  return own
    .filter((table) => table.type === 'table' || (table.type === 'virtual' && names.has(`${table.name}_content`)))
    .map((table) => {
      const columns = db.pragma(`table_info(${quote(table.name)})`) as { name: string; pk: number }[];
      const selected = columns.map((column, index) => (table.type === 'virtual' ? `c${index} AS ${quote(column.name)}` : quote(column.name)));
      const hasRowid = table.wr === 0;
      const from = table.type === 'virtual' ? { key: 'id', name: `${table.name}_content` } : { key: rowid, name: table.name };
      return {
        name: table.name,
        keyColumns: hasRowid ? [rowid] : columns.filter((column) => column.pk > 0).map((column) => column.name),
        columns: columns.map((column) => column.name),
        source: hasRowid
          ? `SELECT ${from.key} AS "rowid", ${selected.join(', ')} FROM ${quote(from.name)} WHERE ${from.key} > ? ORDER BY ${from.key} LIMIT ${rowsAtOnce}`
          : `SELECT ${selected.join(', ')} FROM ${quote(from.name)}`,
      };
    });
}

const rowid = 'rowid';
const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

async function* pagesOf(db: Database, table: Table): AsyncGenerator<Record<string, unknown>[]> {
  const page = db.prepare<unknown[], Record<string, unknown>>(table.source);
  if (!table.keyColumns.includes(rowid)) {
    yield page.all();
    return;
  }
  let last: unknown = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = page.all(last);
    if (rows.length === 0) return;
    yield rows;
    last = rows.at(-1)?.rowid;
    await turn();
  }
}

function write(db: Database, table: Table, { row, column, after }: { row: Record<string, unknown>; column: string; after: string }): void {
  const where = table.keyColumns.map((key) => `${key === rowid ? key : quote(key)} = ?`).join(' AND ');
  const keys = table.keyColumns.map((key) => row[key]);
  const update = db.prepare(`UPDATE ${quote(table.name)} SET ${quote(column)} = ? WHERE ${where}`);
  try {
    update.run(after, ...keys);
  } catch (error) {
    // A column whose values must differ cannot hold the same mark twice.
    if (!(error instanceof Error && 'code' in error && /UNIQUE|PRIMARYKEY/.test(String(error.code)))) throw error;
    update.run(`${after} ${keys.join(' ')}`, ...keys);
  }
}

/**
 * Builds full-text indexes anew from what their tables hold, so that no word stays in them that does not stand there.
 * Those that erase what is deleted need it only when asked for `all`.
 */
export function rebuildWords(db: Database, which: 'all' | 'unsafe'): void {
  const tables = db.prepare<unknown[], { name: string }>(`SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING fts%'`).all();
  for (const { name } of tables) {
    if (which === 'unsafe' && erasesDeleted(db, name)) continue;
    try {
      db.prepare(`INSERT INTO ${quote(name)} (${quote(name)}) VALUES ('rebuild')`).run();
    } catch {
      // An index that keeps no texts cannot be built anew; an empty one tells nothing.
      db.prepare(`INSERT INTO ${quote(name)} (${quote(name)}) VALUES ('delete-all')`).run();
    }
  }
}

function erasesDeleted(db: Database, name: string): boolean {
  const hasSettings = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = ?`).get(`${name}_config`) !== undefined;
  return hasSettings && db.prepare(`SELECT v FROM ${quote(`${name}_config`)} WHERE k = 'secure-delete'`).pluck().get() === 1;
}
