/** The folders of notes that the owner chose, in the record of truth; `notes.db` follows it. */
import type { Database } from 'better-sqlite3';
import { noteFolders, removeSomeOfFolder, type NoteFolder } from './noteFolders.ts';
import { prepared } from './prepared.ts';

export type NoteSources = {
  /** Added or changed. */
  keep(folder: NoteFolder): void;
  remove(id: string): void;
  /** Makes the folders of `notes.db` those that were chosen: it was made anew, or a back-up restored. A turn for others in between. */
  follow(): Promise<void>;
};

type Row = { id: string; path: string; paused: number; options: string; addedAt: number };

export function createNoteSources(db: Database, notes: Database): NoteSources {
  return {
    keep({ id, path, paused, addedAt, ignore, hidden, largestMb }) {
      prepared(
        db,
        `INSERT INTO note_source (id, path, paused, options, added_at) VALUES (@id, @path, @paused, @options, @addedAt)
         ON CONFLICT (id) DO UPDATE SET paused = excluded.paused, options = excluded.options`,
      ).run({ id, path, addedAt, paused: Number(paused), options: JSON.stringify({ ignore, hidden, largestMb }) });
    },
    remove: (id) => void prepared(db, 'DELETE FROM note_source WHERE id = ?').run(id),
    async follow() {
      const chosen = prepared<Row>(db, 'SELECT id, path, paused, options, added_at AS addedAt FROM note_source').all();
      const ids = new Set(chosen.map(({ id }) => id));
      for (const { id } of noteFolders(notes)) {
        while (!ids.has(id) && !removeSomeOfFolder(notes, id)) await new Promise((resolve) => setImmediate(resolve));
      }
      const put = prepared(
        notes,
        `INSERT INTO note_folder (id, path, kind, state, paused, options, added_at) VALUES (@id, @path, 'plain', 'present', @paused, @options, @addedAt)
         ON CONFLICT (id) DO UPDATE SET paused = excluded.paused, options = excluded.options`,
      );
      notes.transaction(() => chosen.forEach((row) => put.run(row)))();
    },
  };
}
