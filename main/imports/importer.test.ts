import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { metWords } from '../store/searchWords.ts';
import { deletedKeptMs } from '../store/conversations.ts';
import { claudeConversation, gptConversation, gptTalk } from './fixtures/exports.ts';
import { importing } from './fixtures/importing.ts';
import { zipOf } from '../store/fixtures/zipFile.ts';

const json = (value: unknown) => JSON.stringify(value);
const none = { added: 0, grown: 0, known: 0, leftOut: {} };

describe('bringing in', () => {
  it('ChatGPT’s zip, and it is found by words at once', async () => {
    const { store, bring, shown } = importing();
    const zip = zipOf([
      { name: 'chat.html', data: '<html>' },
      { name: 'conversations-000.json', data: json([gptTalk('a', ['My sister lives in Porto.', 'Noted.'])]) },
      { name: 'conversations-001.json', data: json([gptTalk('b', ['I am allergic to penicillin.'], 1_600_000_000)]) },
      { name: 'shared_conversations.json', data: '[{"id":"a"}]' },
    ]);
    const done = await bring('export.zip', zip);
    expect(done).toMatchObject({ stopped: false, cut: false, figures: { conversations: { ...none, added: 2 }, messages: { added: 3, known: 0, leftOut: {} } } });
    expect(shown()).toEqual([['About a', ['My sister lives in Porto.', 'Noted.']], ['About b', ['I am allergic to penicillin.']]]);
    expect(store.conversations.get(done.firstId!).title).toBe('About a');
    const key = store.db.prepare(`SELECT key FROM memory_words WHERE memory_words MATCH 'penicillin'`).pluck().get();
    expect(key).toContain('Sunday 13 September 2020');
  });

  it.each([
    ['claude', 'conversations.json', json([claudeConversation('u', [{ uuid: 'm', sender: 'human', text: 'Hello' }])]), ['About u', ['Hello']]],
    ['list', 'messages.json', json([{ role: 'user', content: 'Hello' }, { role: 'assistant', content: 'Hi' }]), ['Hello', ['Hello', 'Hi']]],
    ['list', 'log.jsonl', `${json({ messages: [{ role: 'user', content: 'Hello' }] })}\n`, ['Hello', ['Hello']]],
    ['markdown', 'talk.md', '# Trip\n\n**You:** Hello\n\n**Claude:** Hi', ['Trip', ['Hello', 'Hi']]],
    ['chatgpt', 'conversation.json', json(gptTalk('a', ['Hello'])), ['About a', ['Hello']]],
  ] as const)('%s, from %s', async (...[kind, name, content, conversation]) => {
    const { bring, events, folder, shown } = importing();
    await bring(name, content);
    expect(shown()).toEqual([conversation]);
    const again = [];
    for await (const event of events(join(folder, name))) again.push(event);
    expect(again[0]).toEqual({ type: 'started', kind, bytes: Buffer.byteLength(content) });
    expect(again.at(-1)).toMatchObject({ type: 'done', firstId: null, figures: { conversations: { added: 0, grown: 0, known: 1 }, messages: { added: 0 } } });
    expect(shown()).toHaveLength(1);
  });
});

describe('the same account again', () => {
  it('adds only what is new: conversations, what was said since, and branches', async () => {
    const { bring, shown } = importing();
    await bring('1.json', json([gptTalk('a', ['One', 'Two']), gptTalk('b', ['Three'], 1_600_000_000)]));
    const longer = gptTalk('a', ['One', 'Two', 'More']);
    const mapping = longer['mapping'] as Record<string, unknown>;
    mapping['branch'] = { parent: 'a-0', message: { author: { role: 'assistant' }, content: { content_type: 'text', parts: ['Another two'] }, create_time: 1_700_000_090 } };
    const { figures } = await bring('2.json', json([{ ...longer, title: 'Renamed there' }, gptTalk('b', ['Three'], 1_600_000_000), gptTalk('c', ['Four'], 1_500_000_000)]));
    expect(figures).toEqual({ conversations: { added: 1, grown: 1, known: 1, leftOut: {} }, messages: { added: 3, known: 3, leftOut: {} } });
    expect(shown()).toEqual([['About a', ['One', 'Two', 'More']], ['About b', ['Three']], ['About c', ['Four']]]);
  });

  it('leaves the branch that the owner went on with in sight', async () => {
    const { store, bring, shown } = importing();
    const { firstId } = await bring('1.json', json([gptTalk('a', ['One', 'Two'])]));
    store.messages.append({ conversationId: firstId!, role: 'user', text: 'Mine' });
    await bring('2.json', json([gptTalk('a', ['One', 'Two', 'Theirs'])]));
    expect(shown()).toEqual([['About a', ['One', 'Two', 'Mine']]]);
    expect(store.messages.branch(firstId!).at(-1)?.siblings).toHaveLength(2);
  });

  it('does not bring back what was deleted here, nor undo what was forgotten', async () => {
    const { store, bring, shown } = importing();
    const file = json([gptTalk('a', ['Quixotic', 'Two']), gptTalk('b', ['Secret'], 1_600_000_000)]);
    const { firstId } = await bring('1.json', file);
    const other = store.conversations.list({ archived: false }).find(({ id }) => id !== firstId)!.id;
    store.db.prepare(`UPDATE message SET text = '[forgotten]' WHERE conversation_id = ?`).run(other);
    store.conversations.delete(firstId!);
    expect((await bring('1.json', file)).figures.conversations).toEqual({ ...none, known: 1, leftOut: { deleted: 1 } });
    store.clock.now += deletedKeptMs;
    expect(store.conversations.purge()).toBe(1);
    const { figures } = await bring('2.json', json([gptTalk('a', ['Quixotic', 'Two', 'More']), gptTalk('b', ['Secret'], 1_600_000_000)]));
    expect(figures.conversations).toEqual({ ...none, known: 1, leftOut: { deleted: 1 } });
    expect(shown()).toEqual([['About b', ['[forgotten]']]]);
    expect(store.db.prepare('SELECT count(*) FROM imported WHERE conversation_id IS NULL AND message IS NULL').pluck().get()).toBe(4);
    // Nothing but hashes is left of it.
    const rows = store.db.prepare('SELECT typeof(hash) AS type, length(hash) AS length FROM imported').all();
    expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(new Set(['{"type":"blob","length":16}']));
  });

  it('knows conversations without names of their own by how they begin, and tells equal ones of a file apart', async () => {
    const { bring, shown } = importing();
    const talk = (...texts: string[]) => ({ messages: texts.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content })) });
    const file = (last: string[]) => [talk('Hi', 'Hello', 'One'), talk('Hi', 'Hello', ...last)].map(json).join('\n');
    await bring('a.jsonl', file(['Two']));
    const { figures } = await bring('renamed.jsonl', file(['Two', 'Yes', 'Three']));
    expect(figures).toEqual({ conversations: { added: 0, grown: 1, known: 1, leftOut: {} }, messages: { added: 2, known: 6, leftOut: {} } });
    expect(shown().map(([, texts]) => texts.join(' ')).sort()).toEqual(['Hi Hello One', 'Hi Hello Two Yes Three']);
  });
});

describe('what is not as it should be', () => {
  it('costs itself alone: broken entries are counted, the rest is kept', async () => {
    const { bring, shown } = importing();
    const entries = [json(gptTalk('a', ['One'])), '{"title": broken}', '7', '{"mapping": 7}', json(gptConversation('e', [{ id: 'r', parent: null, message: null }])), json(gptTalk('b', ['Two']))];
    const done = await bring('conversations.json', `[${entries.join(',')}]`);
    expect(done.figures.conversations).toEqual({ ...none, added: 2, leftOut: { broken: 3, empty: 1 } });
    expect(shown()).toHaveLength(2);
  });

  it('a file cut off keeps what stands before the cut, in a zip too', async () => {
    const whole = json([gptTalk('a', ['One']), gptTalk('b', ['Two']), gptTalk('c', ['Three '.repeat(9)])]);
    const plain = importing();
    expect(await plain.bring('conversations.json', whole.slice(0, -200))).toMatchObject({ cut: true, figures: { conversations: { added: 2 } } });
    const random = Buffer.from(Array.from({ length: 60_000 }, (_, index) => (index * 7919) % 251)).toString('base64');
    const zipped = importing();
    const data = json([gptTalk('a', ['One']), gptTalk('b', ['Two']), gptTalk('c', [random])]);
    expect(await zipped.bring('export.zip', zipOf([{ name: 'conversations.json', data, keep: 1_200 }]))).toMatchObject({ cut: true, figures: { conversations: { added: 2 } } });
    expect(zipped.shown()).toHaveLength(2);
  });

  const talk = json([gptTalk('a', ['One'])]);
  it.each<[string, string | Buffer, string]>([
    ['empty.json', '', 'bad-file'],
    ['other.json', '{"name":"package","version":"1"}', 'bad-file'],
    ['list.json', '[1,2,3]', 'bad-file'],
    ['binary.json', Buffer.from([0xff, 0xfe, 0, 1, 2, 0x50]), 'bad-file'],
    ['note.md', '# Note\n\nwith text', 'bad-file'],
    ['pictures.zip', zipOf([{ name: 'cat.jpg', data: 'x' }]), 'bad-file'],
    ['cut.zip', zipOf([{ name: 'conversations.json', data: talk }]).subarray(0, 200), 'bad-file'],
    ['climbs.zip', zipOf([{ name: '../../conversations.json', data: talk }]), 'bad-file'],
    ['rooted.zip', zipOf([{ name: '/etc/conversations.json', data: talk }]), 'bad-file'],
    ['backslash.zip', zipOf([{ name: '..\\conversations.json', data: talk }]), 'bad-file'],
    ['locked.zip', zipOf([{ name: 'conversations.json', data: talk, encrypted: true }]), 'bad-file'],
    ['bomb.zip', zipOf([{ name: 'conversations.json', data: Buffer.alloc(20_000_000, '[') }]), 'too-large'],
    ['lies.zip', zipOf([{ name: 'conversations.json', data: `[${talk.slice(1, -1)},${' '.repeat(200_000)}${talk.slice(1, -1)}]`, claims: 100 }]), 'bad-file'],
    ['claims.zip', zipOf([{ name: 'conversations.json', data: talk, claims: 0xfffffff0 }]), 'too-large'],
  ])('%s is refused, and nothing is imported', async (name, content, code) => {
    const { bring, shown } = importing();
    await expect(bring(name, content)).rejects.toMatchObject({ code, message: expect.stringMatching(/Nothing was imported/) as string });
    expect(shown()).toEqual([]);
  });

  it.each(['nowhere.json', 'a\0b.json', 'folder.json'])('%s is no file', async (name) => {
    const { events, folder } = importing();
    if (name === 'folder.json') mkdirSync(join(folder, name));
    await expect(events(join(folder, name)).next()).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('going on', () => {
  it('tells what it has read, and stops when asked with what there is', async () => {
    const { bring, shown, store } = importing();
    const file = json(Array.from({ length: 50 }, (_, index) => gptTalk(`c${index}`, ['One', 'Two'])));
    const stop = new AbortController();
    const append = store.messages.append.bind(store.messages);
    store.messages.append = (message) => {
      if (message.text === 'Two' && shown().length === 3) stop.abort();
      return append(message);
    };
    const done = await bring('conversations.json', file, stop.signal);
    expect(done).toMatchObject({ stopped: true, cut: false, figures: { conversations: { added: 3 }, messages: { added: 6 } } });
    expect(shown()).toHaveLength(3);
    store.messages.append = append;
    expect((await bring('conversations.json', file)).figures.conversations).toEqual({ ...none, added: 47, known: 3 });
  });

  it('keeps a conversation whole or not at all', async () => {
    const { bring, shown, store } = importing();
    const append = store.messages.append.bind(store.messages);
    store.messages.append = (message) => {
      if (message.text === 'Six') throw new Error('disk');
      return append(message);
    };
    const file = json([gptTalk('a', ['One', 'Two']), gptTalk('b', ['Five', 'Six'])]);
    await expect(bring('conversations.json', file)).rejects.toThrow('disk');
    expect(shown()).toHaveLength(1);
    store.messages.append = append;
    expect((await bring('conversations.json', file)).figures.messages).toMatchObject({ added: 2, known: 2 });
    expect(metWords(store.db, 'six', { before: null, after: null, of: ['said'] })).toHaveLength(1);
  });
});
