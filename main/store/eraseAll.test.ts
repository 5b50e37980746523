import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eraseAll } from './eraseAll.ts';
import { databaseFile } from './backupFiles.ts';
import { closeDatabase } from './database.ts';
import { rawDatabase, storeIn, temporaryFolder } from './fixtures/testing.ts';

it('leaves no byte of what was said, and a database that goes on working', () => {
  const folder = temporaryFolder();
  const { db, conversations, messages } = storeIn(folder);
  const conversation = conversations.create({ personaId: 'friendly', title: 'Xylophone lessons' });
  for (let round = 0; round < 200; round += 1) {
    messages.append({ conversationId: conversation.id, role: 'user', text: `Xylophone ${round} ${'filler '.repeat(50)}` });
  }
  expect(eraseAll(db)).toBe(true);
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  expect(files.some((bytes) => bytes.includes('Xylophone') || bytes.includes('xylophon'))).toBe(false);
  expect(conversations.list({ archived: false })).toEqual([]);
  const next = conversations.create({ personaId: 'friendly' });
  expect(messages.append({ conversationId: next.id, role: 'user', text: 'Hello again' }).text).toBe('Hello again');
  expect(db.prepare('SELECT count(*) FROM vector_removal').pluck().get()).toBe(200);
  closeDatabase(db);
});

// Bug: a reader keeps older pages in the log, and the owner is told that everything is gone.
it('says so when a reader keeps the log, and empties it once that is over', () => {
  const folder = temporaryFolder();
  const { db, conversations } = storeIn(folder);
  db.pragma('busy_timeout = 0');
  conversations.create({ personaId: 'friendly', title: 'Xylophone lessons' });
  const reader = rawDatabase(databaseFile(folder));
  const reading = reader.prepare('SELECT id FROM conversation').iterate();
  reading.next();
  expect(eraseAll(db)).toBe(false);
  reading.return?.();
  reader.close();
  expect(eraseAll(db)).toBe(true);
});
