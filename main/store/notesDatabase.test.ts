import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { closeDatabase } from './database.ts';
import { opened, openedNotes, rawDatabase, temporaryFolder } from './fixtures/testing.ts';
import { addNoteFolder, changeNoteFolder, noteFolders } from './noteFolders.ts';
import { moveNote, noteAt, noteSeen } from './notes.ts';
import { notesFile, openNotesDatabase } from './notesDatabase.ts';
import { createNoteSources } from './noteSources.ts';

const file = { path: 'a.md', size: 1, modifiedAt: 1, inode: null, at: 1 };

function kept() {
  const folder = temporaryFolder();
  const db = opened(folder);
  const notes = openNotesDatabase(folder);
  const sources = createNoteSources(db, notes);
  const added = addNoteFolder(notes, { path: '/home/me/notes', kind: 'obsidian', at: 5 });
  sources.keep(changeNoteFolder(notes, added.id, { paused: true, ignore: ['drafts/'], largestMb: 3 }));
  noteSeen(notes, added.id, file);
  return { folder, db, notes, sources, id: added.id };
}

// Bugs: a power cut, a full disk or a sync program leaves a broken index, and the app does not start, or the folders are lost.
test.each<[string, (path: string) => void]>([
  ['cut short', (path) => truncateSync(path, 5_000)],
  ['overwritten', (path) => writeFileSync(path, 'This is no database at all.'.repeat(1_000))],
  ['emptied', (path) => truncateSync(path, 0)],
  ['of a newer version', (path) => {
    const raw = rawDatabase(path);
    raw.pragma('user_version = 99');
    raw.close();
  }],
  ['without a table', (path) => {
    const raw = rawDatabase(path);
    raw.exec('PRAGMA foreign_keys = OFF; DROP TABLE note_folder');
    raw.close();
  }],
])('an index of notes that is %s is made anew, with the folders that were chosen', async (_, harm) => {
  const { folder, db, notes, id } = kept();
  closeDatabase(notes);
  harm(notesFile(folder));
  const again = openedNotes(folder);
  await createNoteSources(db, again).follow();
  expect(noteFolders(again)).toMatchObject([{ id, path: '/home/me/notes', paused: true, ignore: ['drafts/'], largestMb: 3, notes: 0 }]);
});

// Bug: a conversation's chosen notes, and what its answers cite, are no notes any more once the index was made anew.
test('in an index that is made anew a note is the one it was; one that has moved on keeps its own, whatever takes its place', async () => {
  const { folder, db, notes, id } = kept();
  const before = noteSeen(notes, id, file);
  moveNote(notes, before, { ...file, path: 'moved.md' });
  const other = noteSeen(notes, id, file);
  expect(other).not.toBe(before);
  expect([noteAt(notes, id, 'moved.md')?.id, noteAt(notes, id, 'a.md')?.id]).toEqual([before, other]);
  closeDatabase(notes);
  truncateSync(notesFile(folder), 0);
  const again = openedNotes(folder);
  await createNoteSources(db, again).follow();
  expect(noteSeen(again, id, file)).toBe(before);
});

test('a database of another program is refused, and left as it is', () => {
  const folder = temporaryFolder();
  const raw = rawDatabase(notesFile(folder));
  raw.exec('CREATE TABLE theirs (a)');
  raw.pragma('application_id = 7');
  raw.close();
  const before = readFileSync(notesFile(folder));
  expect(() => openNotesDatabase(folder)).toThrow(/another program/u);
  expect(readFileSync(notesFile(folder)).equals(before)).toBe(true);
  expect(existsSync(`${notesFile(folder)}-wal`)).toBe(false);
});

test('the folders follow what was chosen: one that was taken out goes with its notes, one that came back is there again', async () => {
  const { db, notes, sources, id } = kept();
  db.prepare('DELETE FROM note_source').run();
  await sources.follow();
  expect(noteFolders(notes)).toEqual([]);
  expect(notes.prepare('SELECT count(*) FROM note').pluck().get()).toBe(0);
  db.prepare(`INSERT INTO note_source (id, path, added_at) VALUES (?, '/home/me/notes', 5)`).run(id);
  await sources.follow();
  expect(noteFolders(notes)).toMatchObject([{ id, paused: false, hidden: false }]);
  closeDatabase(notes);
});
