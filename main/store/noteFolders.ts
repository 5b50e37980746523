import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import { many, rewriteSome, strikeOut } from './noteRemoval.ts';
import { prepared } from './prepared.ts';

/** A folder of the owner's that is read, never written. */
export type NoteFolder = {
  id: string;
  /** Absolute. */
  path: string;
  kind: 'plain' | 'obsidian';
  /** 'away': its drive has vanished; its notes stay findable. */
  state: 'present' | 'away';
  paused: boolean;
  addedAt: number;
  /** When it was last looked through from end to end. */
  scannedAt: number | null;
  notes: number;
  chunks: number;
  waiting: number;
  marked: number;
} & FolderOptions;

/** What of a folder is read. `ignore`: lines as in `.gitignore`. */
export type FolderOptions = { ignore: string[]; hidden: boolean; largestMb: number };

export const usualOptions: FolderOptions = { ignore: [], hidden: false, largestMb: 2_048 };

type Row = Omit<NoteFolder, 'paused' | keyof FolderOptions> & { paused: number; options: string };

const select = `SELECT id, path, kind, state, paused, options, added_at AS addedAt, scanned_at AS scannedAt,
    (SELECT count(*) FROM note WHERE folder_id = note_folder.id) AS notes,
    (SELECT count(*) FROM note WHERE folder_id = note_folder.id AND state = 'waiting') AS waiting,
    (SELECT count(*) FROM note WHERE folder_id = note_folder.id AND mark IS NOT NULL) AS marked,
    (SELECT count(*) FROM chunk JOIN note ON note.seq = chunk.note_seq WHERE note.folder_id = note_folder.id) AS chunks
  FROM note_folder`;

const toFolder = ({ options, ...row }: Row): NoteFolder => ({ ...row, ...usualOptions, ...(JSON.parse(options) as Partial<FolderOptions>), paused: row.paused === 1 });

export const noteFolders = (db: Database): NoteFolder[] => prepared<Row>(db, `${select} ORDER BY added_at, id`).all().map(toFolder);

export function getNoteFolder(db: Database, id: string): NoteFolder {
  const row = prepared<Row>(db, `${select} WHERE id = ?`).get(id);
  if (!row) throw new AppError('not-found', 'That folder of notes is not here any more.');
  return toFolder(row);
}

export function addNoteFolder(db: Database, folder: { path: string; kind: NoteFolder['kind']; at: number }): NoteFolder {
  const id = randomUUID();
  const { changes } = prepared(db, `INSERT INTO note_folder (id, path, kind, state, added_at) VALUES (@id, @path, @kind, 'present', @at) ON CONFLICT (path) DO NOTHING`).run({ ...folder, id });
  if (changes === 0) throw new AppError('conflict', `The folder ${folder.path} is among your notes already. Nothing was changed.`);
  return getNoteFolder(db, id);
}

export type FolderChange = Partial<Pick<NoteFolder, 'kind' | 'state' | 'paused' | keyof FolderOptions>> & { scannedAt?: number };

export function changeNoteFolder(db: Database, id: string, change: FolderChange): NoteFolder {
  const { ignore, hidden, largestMb } = { ...getNoteFolder(db, id), ...change };
  prepared(db, 'UPDATE note_folder SET options = @options, kind = coalesce(@kind, kind), state = coalesce(@state, state), paused = coalesce(@paused, paused), scanned_at = coalesce(@scannedAt, scanned_at) WHERE id = @id').run({
    id,
    options: JSON.stringify({ ignore, hidden, largestMb } satisfies FolderOptions),
    kind: change.kind ?? null,
    state: change.state ?? null,
    paused: change.paused === undefined ? null : Number(change.paused),
    scannedAt: change.scannedAt ?? null,
  });
  return getNoteFolder(db, id);
}

/** In one transaction, while others wait. Milliseconds. */
const removingMs = 5;

/**
 * Takes some of the folder's notes out, and at last the folder; false while there is more to do. What stood in them is
 * overwritten in the database; its log holds it until it is cut (`truncateLog`).
 */
export function removeSomeOfFolder(db: Database, id: string): boolean {
  const some = prepared<{ seq: number }>(db, 'SELECT seq FROM note WHERE folder_id = ? ORDER BY seq LIMIT ?').all(id, many);
  if (some.length === many) strikeOut(db);
  if (some.length > 0) db.transaction(() => removeFor(db, some))();
  if (some.length > 0 || !rewriteSome(db)) return false;
  // Last: a folder that is here still is taken out at the next start.
  prepared(db, 'DELETE FROM note_folder WHERE id = ?').run(id);
  return true;
}

function removeFor(db: Database, notes: readonly { seq: number }[]): void {
  const until = performance.now() + removingMs;
  for (const { seq } of notes) {
    prepared(db, 'DELETE FROM note WHERE seq = ?').run(seq);
    if (performance.now() > until) return;
  }
}
