import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eraseAll } from './eraseAll.ts';
import { closeDatabase } from './database.ts';
import { storeIn, temporaryFolder } from './fixtures/testing.ts';

it('leaves no byte of what was said, and a database that goes on working', () => {
  const folder = temporaryFolder();
  const { db, conversations, messages } = storeIn(folder);
  const conversation = conversations.create({ personaId: 'friendly', title: 'Xylophone lessons' });
  for (let round = 0; round < 200; round += 1) {
    messages.append({ conversationId: conversation.id, role: 'user', text: `Xylophone ${round} ${'filler '.repeat(50)}` });
  }
  eraseAll(db);
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  expect(files.some((bytes) => bytes.includes('Xylophone') || bytes.includes('xylophon'))).toBe(false);
  expect(conversations.list({ archived: false })).toEqual([]);
  const next = conversations.create({ personaId: 'friendly' });
  expect(messages.append({ conversationId: next.id, role: 'user', text: 'Hello again' }).text).toBe('Hello again');
  expect(db.prepare('SELECT count(*) FROM vector_removal').pluck().get()).toBe(200);
  closeDatabase(db);
});
