/** What the index of notes goes by: folders and files as they were last seen, and those that wait to be read. */
import type { Database } from 'better-sqlite3';
import type { FolderOptions, NoteFolder } from './noteFolders.ts';
import { usualOptions } from './noteFolders.ts';
import type { NoteFile } from './notes.ts';
import { prepared } from './prepared.ts';

export type WatchedFolder = Pick<NoteFolder, 'id' | 'path' | 'kind' | 'state' | 'paused' | 'scannedAt'> &
  FolderOptions & {
    /** The file systems of the folder ('') and of what is mounted in it, by path, as they were last seen. */
    mounts: Record<string, string>;
  };

/** Without figures, which cost a look at every note. */
export const watchedFolders = (db: Database): WatchedFolder[] =>
  prepared<Omit<WatchedFolder, 'paused' | 'mounts' | keyof FolderOptions> & { paused: number; mounts: string; options: string }>(
    db,
    'SELECT id, path, kind, state, paused, scanned_at AS scannedAt, mounts, options FROM note_folder ORDER BY added_at, id',
  )
    .all()
    .map(({ options, ...row }) => ({ ...row, ...usualOptions, ...(JSON.parse(options) as Partial<FolderOptions>), paused: row.paused === 1, mounts: JSON.parse(row.mounts) as Record<string, string> }));

export type FolderSeen = { kind: NoteFolder['kind']; state: NoteFolder['state']; mounts: Record<string, string>; scannedAt: number | null };

/** How a folder was found. */
export const folderSeen = (db: Database, id: string, { kind, state, mounts, scannedAt }: FolderSeen): void =>
  void prepared(db, 'UPDATE note_folder SET kind = @kind, state = @state, mounts = @mounts, scanned_at = coalesce(@scannedAt, scanned_at) WHERE id = @id').run({
    id, kind, state, scannedAt, mounts: JSON.stringify(mounts),
  });

export const folderAway = (db: Database, id: string): boolean => prepared(db, `UPDATE note_folder SET state = 'away' WHERE id = ? AND state <> 'away'`).run(id).changes > 0;

/** A file as it was last seen. */
export type KnownFile = NoteFile & { id: string; hash: string | null; state: 'waiting' | 'read' | 'failed'; readAt: number | null };

const known = 'SELECT id, path, size, modified_at AS modifiedAt, inode, hash, state, read_at AS readAt FROM note';

export const knownFile = (db: Database, folderId: string, path: string): KnownFile | undefined =>
  prepared<KnownFile>(db, `${known} WHERE folder_id = ? AND path = ?`).get(folderId, path);

/** By path, those after `after`; in the folder `below`, all of them where that is empty. */
export const knownFiles = (db: Database, folderId: string, page: { below: string; after: string; limit: number }): KnownFile[] =>
  prepared<KnownFile>(db, `${known} WHERE folder_id = @folderId AND path > @after AND path < @end ORDER BY path LIMIT @limit`).all({
    folderId,
    limit: page.limit,
    after: page.after || (page.below && `${page.below}/`),
    // '0' is the character after '/'.
    end: page.below === '' ? '\u{10ffff}' : `${page.below}0`,
  });

/** Files that have never been read. */
export type UnreadFile = NoteFile & { id: string; folderId: string };

export const unreadFiles = (db: Database): UnreadFile[] =>
  prepared<UnreadFile>(db, `SELECT id, folder_id AS folderId, path, size, modified_at AS modifiedAt, inode FROM note WHERE state = 'waiting' AND read_at IS NULL`).all();

/** Notes of the same bytes that were first seen since. */
export const newWithHash = (db: Database, hash: string, since: number): { id: string; path: string }[] =>
  prepared<{ id: string; path: string }>(db, 'SELECT id, path FROM note WHERE hash = ? AND added_at >= ?').all(hash, since);

export type WaitingFile = NoteFile & { id: string; folderId: string; hash: string | null; readAt: number | null };

/** What is to be read next: the latest changed first. Not of folders that are paused or away. The plus keeps SQLite to the index in this order. */
export const waitingFiles = (db: Database, limit: number): WaitingFile[] =>
  prepared<WaitingFile>(
    db,
    `SELECT id, folder_id AS folderId, path, size, modified_at AS modifiedAt, inode, hash, read_at AS readAt FROM note
     WHERE state = 'waiting' AND +folder_id IN (SELECT id FROM note_folder WHERE paused = 0 AND state = 'present') ORDER BY modified_at DESC, seq DESC LIMIT ?`,
  ).all(limit);

/** How many files wait, wherever they may be read. */
export const countWaiting = (db: Database): number =>
  prepared<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM note WHERE state = 'waiting' AND folder_id IN (SELECT id FROM note_folder WHERE paused = 0 AND state = 'present')`,
  ).get()!.count;

/** It is to be looked into, though it looks as it did. */
export const noteWaits = (db: Database, id: string): void => void prepared(db, `UPDATE note SET state = 'waiting' WHERE id = ?`).run(id);

export type FileStand = Pick<NoteFile, 'size' | 'modifiedAt' | 'inode'>;

/** How the file of a note stood when it was last seen; undefined where there is no such note any more. */
export const standOf = (db: Database, id: string): FileStand | undefined =>
  prepared<FileStand>(db, 'SELECT size, modified_at AS modifiedAt, inode FROM note WHERE id = ?').get(id);

export const fileStands = (db: Database, id: string, { size, modifiedAt, inode }: FileStand): void =>
  void prepared(db, 'UPDATE note SET size = @size, modified_at = @modifiedAt, inode = @inode WHERE id = @id').run({ id, size, modifiedAt, inode });
