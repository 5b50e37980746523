import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Conversation, ConversationFile } from '../contract/conversation.ts';
import { databaseFile } from './backupFiles.ts';
import { fromMarkdown, exportName } from './conversationFiles.ts';
import { createConversationHandlers } from './conversationHandlers.ts';
import { deletedKeptMs } from './conversations.ts';
import { closeDatabase } from './database.ts';
import { storeIn, temporaryFolder, temporaryStore, type Store } from './fixtures/testing.ts';

const signal = new AbortController().signal;
const handlersOf = (store: Store) =>
  createConversationHandlers({ db: store.db, kept: store, temporary: temporaryStore(), defaultPersonaId: () => 'friendly', moved: () => undefined });

describe('the list', () => {
  test('is newest first, knows its archive and counts messages', () => {
    const store = storeIn(temporaryFolder());
    const one = store.conversations.create({ personaId: 'p' });
    store.clock.now += 1_000;
    const two = store.conversations.create({ personaId: 'p' });
    store.clock.now += 1_000;
    store.messages.append({ conversationId: one.id, role: 'user', text: 'newer' });
    store.conversations.archive(two.id, true);
    expect(store.conversations.list({ archived: false })).toMatchObject([{ id: one.id, messageCount: 1 }]);
    expect(store.conversations.list({ archived: true })).toMatchObject([{ id: two.id, archived: true }]);
  });

  test("the model's title never replaces the owner's", () => {
    const { conversations } = storeIn(temporaryFolder());
    const { id } = conversations.create({ personaId: 'p' });
    expect(conversations.suggestTitle(id, 'Thought of')).toMatchObject({ title: 'Thought of', titledBy: 'model' });
    conversations.rename(id, 'Mine');
    expect(conversations.suggestTitle(id, 'Again')).toMatchObject({ title: 'Mine', titledBy: 'owner' });
  });

  test('a draft survives a restart', () => {
    const folder = temporaryFolder();
    const store = storeIn(folder);
    const { id } = store.conversations.create({ personaId: 'p' });
    store.conversations.setDraft(id, 'Half a thou');
    closeDatabase(store.db);
    expect(storeIn(folder).conversations.get(id).draft).toBe('Half a thou');
  });
});

describe('deleting', () => {
  test('hides at once and can be undone', () => {
    const { conversations, messages, clock } = storeIn(temporaryFolder());
    const { id } = conversations.create({ personaId: 'p', title: 'Kept' });
    expect(conversations.delete(id)).toEqual({ erasesAt: clock.now + deletedKeptMs });
    expect(conversations.list({ archived: false })).toEqual([]);
    expect(() => messages.append({ conversationId: id, role: 'user', text: 'x' })).toThrow(/not here any more/);
    expect(conversations.purge()).toBe(0);
    expect(conversations.undoDelete(id)).toMatchObject({ title: 'Kept' });
  });

  test('erases every byte later, however long the conversation', () => {
    const folder = temporaryFolder();
    const { conversations, messages, clock, db } = storeIn(folder);
    const { id } = conversations.create({ personaId: 'p', title: 'Quixotic' });
    db.transaction(() => {
      for (let count = 0; count < 1_500; count += 1) messages.append({ conversationId: id, role: 'user', text: `Quixotic ${count}` });
    })();
    db.pragma('wal_checkpoint(TRUNCATE)');
    const bytes = () => readFileSync(databaseFile(folder), 'latin1').toLowerCase();
    expect(bytes()).toContain('quixotic');
    conversations.delete(id);
    clock.now += deletedKeptMs;
    expect(conversations.purge()).toBe(1);
    expect(bytes()).not.toContain('quixotic');
    expect(db.prepare('SELECT count(*) FROM memory').pluck().get()).toBe(0);
    expect(db.prepare('SELECT count(*) FROM vector_removal').pluck().get()).toBe(1_500);
  });
});

describe('files', () => {
  const file: ConversationFile = {
    format: 'engram-conversation',
    version: 1,
    title: 'A: talk / with "Anna"?',
    createdAt: 1_700_000_000_000,
    messages: [
      { id: 'a', parentId: null, role: 'user', speaker: 'Anna', caption: 'A boat', text: 'Hello\n\n# not a title\n## nor a message', createdAt: 1_700_000_000_001 },
      { id: 'b', parentId: 'a', role: 'assistant', speaker: null, caption: null, text: 'One', createdAt: 1_700_000_000_002 },
      { id: 'c', parentId: 'a', role: 'assistant', speaker: null, caption: null, text: 'Two', createdAt: 1_700_000_000_003 },
    ],
  };

  test('JSON comes back as it went, the tree included', async () => {
    const store = storeIn(temporaryFolder());
    const handlers = handlersOf(store);
    const imported = await handlers.import({ file, personaId: 'friendly' }, signal);
    const { text, name } = await handlers.export({ id: imported.id, format: 'json' }, signal);
    expect(name).toBe('A talk with Anna.json');
    const path = join(temporaryFolder(), 'x.json');
    writeFileSync(path, text);
    const [again] = (await handlers.importFile({ path }, signal)) as [Conversation];
    const opened = await handlers.open({ id: again.id }, signal);
    expect(opened.conversation).toMatchObject({ title: file.title, createdAt: file.createdAt, messageCount: 3, titledBy: 'owner' });
    expect(opened.messages.map((message) => message.text)).toEqual(['Hello\n\n# not a title\n## nor a message', 'Two']);
    expect(opened.messages[1]?.siblings).toHaveLength(2);
    expect(store.db.prepare('SELECT DISTINCT speaker, caption FROM message WHERE speaker IS NOT NULL').all()).toEqual([{ speaker: 'Anna', caption: 'A boat' }]);
  });

  test('Markdown holds the branch that is shown and can be read back', async () => {
    const handlers = handlersOf(storeIn(temporaryFolder()));
    const imported = await handlers.import({ file, personaId: 'friendly' }, signal);
    const { text } = await handlers.export({ id: imported.id, format: 'markdown' }, signal);
    expect(text).not.toContain('One');
    expect(fromMarkdown(text, 'x')).toEqual({
      ...file,
      createdAt: file.messages[0]?.createdAt,
      messages: [
        { ...file.messages[0], id: '0' },
        { ...file.messages[2], id: '1', parentId: '0' },
      ],
    });
  });

  test.each([
    ['nothing.json', null, 'not-found'],
    ['broken.json', '{"format":', 'bad-file'],
    ['other.json', '{"format":"other"}', 'bad-file'],
    ['binary.json', Buffer.from([0xff, 0xfe, 0x00]), 'bad-file'],
    ['readme.md', '# A title\n\nand no messages', 'bad-file'],
    ['century.json', JSON.stringify({ ...file, createdAt: 1e300 }), 'bad-file'],
    ['a\0b.json', null, 'not-found'],
    ['orphan.json', JSON.stringify({ ...file, messages: [{ ...file.messages[1], parentId: 'gone' }] }), 'bad-file'],
  ])('%s is refused and nothing is imported', (name, content, code) => {
    const store = storeIn(temporaryFolder());
    const path = join(temporaryFolder(), name);
    if (content !== null) writeFileSync(path, content);
    expect(() => handlersOf(store).importFile({ path }, signal)).toThrow(expect.objectContaining({ code }));
    expect(store.conversations.list({ archived: false })).toEqual([]);
  });

  test.each([
    ['../../etc/passwd', 'etc passwd.md'],
    ['...', 'Conversation.md'],
    ['a\u0000b\nc', 'a b c.md'],
  ])('a title like %j makes a harmless file name', (title, name) => {
    expect(exportName(title, 'markdown')).toBe(name);
  });
});
