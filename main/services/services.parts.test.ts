import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppEvent } from '../contract/app.ts';
import { announcing } from './announce.ts';
import { browse } from './browse.ts';
import { createEvents } from './events.ts';

describe('events', () => {
  it('begin with the present, then come as they happen, until stopped', async () => {
    const events = createEvents();
    const stop = new AbortController();
    const heard: AppEvent[] = [];
    const following = (async () => {
      for await (const event of events.follow(() => [{ type: 'notice', message: 'present' }], stop.signal)) {
        heard.push(event);
        if (heard.length === 1) events.changed('settings');
        if (heard.length === 2) stop.abort();
      }
    })();
    await following;
    expect(heard).toEqual([{ type: 'notice', message: 'present' }, { type: 'changed', what: 'settings', id: null }]);
  });

  it('do not pile up behind a slow listener', async () => {
    const events = createEvents();
    const stop = new AbortController();
    const listener = events.follow(() => [], stop.signal)[Symbol.asyncIterator]();
    const first = listener.next();
    for (let round = 0; round < 1_000; round += 1) events.changed('memories', 'm1');
    events.changed('memories', 'm2');
    expect([(await first).value, (await listener.next()).value]).toMatchObject([{ id: 'm1' }, { id: 'm2' }]);
    const none = listener.next();
    stop.abort();
    expect((await none).done).toBe(true);
  });

  it('tell what a handler changed, once it has, and not when it failed', async () => {
    const events = createEvents();
    const stop = new AbortController();
    const listener = events.follow(() => [], stop.signal)[Symbol.asyncIterator]();
    const first = listener.next();
    const handlers = announcing(
      {
        rename: async (input: { id: string }) => input.id,
        fail: async () => {
          throw new Error('no');
        },
      },
      events,
      { rename: ['conversations', 'conversation'], fail: ['settings'] },
    );
    await expect(handlers.fail()).rejects.toThrow('no');
    expect(await handlers.rename({ id: 'c1' })).toBe('c1');
    expect([(await first).value, (await listener.next()).value]).toMatchObject([{ what: 'conversations', id: 'c1' }, { what: 'conversation', id: 'c1' }]);
  });
});

describe('looking into folders', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'engram-browse-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('shows folders first, files by extension, numbers in order, and nothing hidden', async () => {
    for (const name of ['b', 'a10', 'a9', '.secret']) mkdirSync(path.join(folder, name));
    for (const name of ['x.gguf', 'Y.GGUF', 'notes.txt', '.hidden.gguf']) writeFileSync(path.join(folder, name), 'abc');
    symlinkSync(path.join(folder, 'gone'), path.join(folder, 'broken.gguf'));
    const listing = await browse({ path: folder, extensions: ['gguf'] });
    expect(listing.entries.map(({ name }) => name)).toEqual(['a9', 'a10', 'b', 'x.gguf', 'Y.GGUF']);
    expect(listing.entries.at(-1)).toMatchObject({ kind: 'file', sizeBytes: 3, path: path.join(folder, 'Y.GGUF') });
    expect(listing.parent).toBe(path.dirname(folder));
  });

  it('begins at home, and stops at the root', async () => {
    expect((await browse({ path: null, extensions: [] })).path).toBe(homedir());
    expect((await browse({ path: '/', extensions: [] })).parent).toBeNull();
  });

  it('says plainly what is wrong', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    await expect(browse({ path: path.join(folder, 'file'), extensions: [] })).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('is a file') as string });
    await expect(browse({ path: path.join(folder, 'none'), extensions: [] })).rejects.toMatchObject({ code: 'not-found' });
    await expect(browse({ path: `${folder}/\0`, extensions: [] })).rejects.toMatchObject({ code: 'not-found' });
  });

  it.skipIf(process.getuid?.() === 0)('does not pretend that a locked folder is empty', async () => {
    chmodSync(folder, 0o000);
    await expect(browse({ path: folder, extensions: [] })).rejects.toMatchObject({ code: 'not-allowed' });
    chmodSync(folder, 0o700);
  });
});
