import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dataFiles } from './byteSearch.ts';
import { truncateLog } from './erase.ts';
import { openedNotes, temporaryFolder } from './fixtures/testing.ts';
import { keepContents, type NoteContents } from './noteContents.ts';
import { addNoteFolder, noteFolders, removeSomeOfFolder } from './noteFolders.ts';
import { isRewriting, rewriteSome } from './noteRemoval.ts';
import { noteSeen, removeNote } from './notes.ts';

const contents = (texts: string[]): NoteContents => ({
  hash: texts.join().slice(0, 20), title: 'Log', type: 'text', tags: [], aliases: [], properties: {}, links: [], mark: null, at: 1,
  chunks: texts.map((text, at) => ({ headings: [], kind: 'paragraph', text, place: { from: at, to: at + 1 } })),
});

function begin() {
  const folder = temporaryFolder();
  const db = openedNotes(folder);
  const { id: folderId } = addNoteFolder(db, { path: '/notes', kind: 'plain', at: 1 });
  const seen = (path: string) => noteSeen(db, folderId, { path, size: 1, modifiedAt: 1, inode: null, at: 1 });
  const hits = (word: string) => db.prepare('SELECT count(*) FROM chunk_words WHERE chunk_words MATCH ?').pluck().get(word);
  const bytes = async () => (await dataFiles(folder)).some((file) => readFileSync(file).toString('latin1').toLowerCase().includes('zyzzyva'));
  return { db, folderId, seen, hits, bytes };
}

const long = Array.from({ length: 600 }, (_, n) => `The Zyzzyva sleeps in line ${n} of ${n * 7} and says number${n}.`);

// Bug: a log of sixteen megabytes is rotated, and nothing answers for half a minute while its words are taken out one by one.
it.each([['is reworded', true], ['goes', false]])('a note of very many passages that %s is struck out quickly, and leaves no byte once the words are written anew', async (_, reworded) => {
  const { db, seen, hits, bytes } = begin();
  keepContents(db, seen('other.txt'), contents(['Others stay.']));
  const id = seen('log.txt');
  keepContents(db, id, contents(long));
  if (reworded) keepContents(db, id, contents(['Begun anew.']));
  else removeNote(db, id);
  expect([hits('zyzzyva'), hits('stay'), isRewriting(db)]).toEqual([0, 1, true]);
  while (!rewriteSome(db));
  expect([hits('zyzzyva'), hits('stay'), hits('anew'), isRewriting(db)]).toEqual([0, 1, reworded ? 1 : 0, false]);
  db.exec(`INSERT INTO chunk_words (chunk_words) VALUES ('integrity-check')`);
  truncateLog(db);
  expect(await bytes()).toBe(false);
});

it('a folder whose removal was broken off is taken out at the next attempt, and leaves no byte', async () => {
  const { db, folderId, seen, bytes } = begin();
  for (let n = 0; n < 200; n += 1) keepContents(db, seen(`${n}.md`), contents([`The Zyzzyva sleeps ${n}.`]));
  removeSomeOfFolder(db, folderId);
  expect([isRewriting(db), noteFolders(db).length]).toEqual([true, 1]);
  while (!removeSomeOfFolder(db, folderId));
  expect([isRewriting(db), noteFolders(db)]).toEqual([false, []]);
  truncateLog(db);
  expect(await bytes()).toBe(false);
});
