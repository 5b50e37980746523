import type { Database } from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';

/** One numbered change of the schema. Never edited once it has shipped. */
export type Migration = { number: number; name: string; up(db: Database): void };

/** Marks the file as ours: "Engr". */
export const applicationId = 0x456e6772;

export const versionOf = (db: Database): number => db.pragma('user_version', { simple: true }) as number;

export const newestVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.number ?? 0;

/**
 * Brings an open database to the newest version: all changes in one transaction, so that a crash or a full disk leaves
 * the old version whole. References are checked once at the end, which lets a change rebuild a table.
 */
export function migrate(db: Database, migrations: readonly Migration[]): void {
  const version = versionOf(db);
  const due = migrations.filter((migration) => migration.number > version);
  if (due.length === 0) return;
  db.pragma('foreign_keys = OFF');
  try {
    db.transaction(() => {
      for (const migration of due) {
        migration.up(db);
        db.pragma(`user_version = ${migration.number}`);
      }
      db.pragma(`application_id = ${applicationId}`);
      refuseBrokenReferences(db);
    }).immediate();
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

function refuseBrokenReferences(db: Database): void {
  const broken = db.pragma('foreign_key_check') as { table: string }[];
  if (broken.length === 0) return;
  const tables = [...new Set(broken.map((row) => row.table))].join(', ');
  throw new AppError('bad-file', `Updating the data failed: rows of ${tables} point to nothing. The data was left as it was before the update.`);
}
