/** What the owner wrote about themselves, in place of what would be compiled. */
import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';

export type WrittenProfile = {
  text: string;
  /** Hashes of what was compiled when it was written. */
  basis: string[];
};

export function getProfile(db: Database, id: string): WrittenProfile | null {
  const row = prepared<{ text: string; basis: string }>(db, 'SELECT text, basis FROM profile WHERE id = ?').get(id);
  return row ? { text: row.text, basis: row.basis === '' ? [] : row.basis.split(' ') } : null;
}

export const saveProfile = (db: Database, id: string, { text, basis, at }: WrittenProfile & { at: number }): void =>
  void prepared(
    db,
    `INSERT INTO profile (id, text, basis, edited_at) VALUES (@id, @text, @basis, @at)
     ON CONFLICT (id) DO UPDATE SET text = excluded.text, basis = excluded.basis, edited_at = excluded.edited_at`,
  ).run({ id, text, basis: basis.join(' '), at });

export const removeProfile = (db: Database, id: string): void => void prepared(db, 'DELETE FROM profile WHERE id = ?').run(id);
