import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { takeLock } from '../lock.ts';
import { openAssistant } from '../open.ts';
import { serve } from '../serve.ts';
import { runCli } from './run.ts';
import type { Terminal } from './terminal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'engram-cli-'));
  process.env.ENGRAM_THREADS = '1';
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Given = { input?: string; answer?: string; interactive?: boolean; stopAt?: string };

/** Runs one command line on the test's folder. */
async function engram(parameters: string[], { input = '', answer = '', interactive = false, stopAt }: Given = {}) {
  const stop = new AbortController();
  let out = '';
  let said = '';
  const terminal: Terminal = {
    out(text) {
      out += text;
      if (stopAt !== undefined && out.includes(stopAt)) stop.abort();
    },
    say: (text) => void (said += text),
    readInput: async () => input,
    interactive,
    ask: async () => answer,
    signal: stop.signal,
  };
  const code = await runCli(['--data', folder, ...parameters], { terminal, version: '1.2.3', serve: async () => {} });
  return { code, out, said };
}

describe('engram', { timeout: 60_000 }, () => {
  it('explains itself', async () => {
    expect(await engram(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes') as string });
    expect(await engram(['--version'])).toMatchObject({ code: 0, out: '1.2.3\n' });
    expect(await engram(['bogus'])).toMatchObject({ code: 2, out: '' });
    expect(await engram(['ask'], { input: '  ' })).toMatchObject({ code: 2, said: expect.stringContaining('There is no text') as string });
    expect(await engram(['search', 'x', '--limit', 'many'])).toMatchObject({ code: 2 });
  });

  it('remembers, finds, and forgets what it was told to', async () => {
    const { out: id } = await engram(['remember', '-'], { input: 'My bike lock code is 4471.\n' });
    expect(await engram(['search', 'bike lock'])).toMatchObject({ code: 0, out: expect.stringContaining('4471') as string });
    expect(await engram(['search', 'zebra'])).toEqual({ code: 4, out: '', said: 'Nothing was found.\n' });

    const unasked = await engram(['forget', id.trim(), '--grace', '0']);
    expect(unasked).toMatchObject({ code: 2, said: expect.stringMatching(/4471.*--yes/su) as string });
    expect(await engram(['forget', id.trim()], { interactive: true, answer: 'n' })).toMatchObject({ code: 130 });
    expect(await engram(['forget', id.trim(), '--grace', '0', '--yes'])).toMatchObject({ code: 0, out: expect.stringContaining('Forgotten') as string });
    expect((await engram(['search', 'bike lock'])).code).toBe(4);
    expect(readFileSync(path.join(folder, 'engram.db')).includes('4471')).toBe(false);
  });

  it('can take a forgetting back within its time', async () => {
    const { out: id } = await engram(['remember', 'My bike lock code is 4471.']);
    const { out } = await engram(['forget', id.trim(), '--yes', '--json']);
    const { forgetting } = JSON.parse(out) as { forgetting: { id: string; state: string } };
    expect(forgetting.state).toBe('pending');
    expect(await engram(['forget', '--undo', forgetting.id])).toMatchObject({ code: 0 });
    expect((await engram(['search', 'bike lock'])).code).toBe(0);
  });

  it('answers with receipts, and as JSON', async () => {
    await engram(['remember', 'My sister lives in Porto.']);
    const asked = await engram(['ask', 'Where does my sister live?']);
    expect(asked).toMatchObject({ code: 0, out: expect.stringMatching(/Porto.*\n$/u) as string, said: expect.stringMatching(/^\[1\] .*My sister lives in Porto\.\n$/u) as string });
    const { out } = await engram(['ask', '--json', '--persona', 'WITTY', '--temporary', 'Where does my sister live?']);
    expect(JSON.parse(out)).toMatchObject({ answer: { status: 'complete', personaId: 'witty' } });
    expect(await engram(['ask', '--persona', 'nobody', 'hi'])).toMatchObject({ code: 1, said: expect.stringContaining('Friendly') as string });
  });

  it('ends with 130 when it is stopped, the answer so far saved', async () => {
    const { code, out } = await engram(['ask', 'Tell me a joke'], { stopAt: '' });
    expect(code).toBe(130);
    expect(out.trim()).not.toBe('');
  });

  it('imports, and says what is wrong with a file', async () => {
    writeFileSync(path.join(folder, 'bad.json'), '{}');
    expect(await engram(['import', path.join(folder, 'bad.json')])).toMatchObject({ code: 1, said: expect.stringContaining('Nothing was imported') as string });
    const file = { format: 'engram-conversation', version: 1, title: 'Old', createdAt: 1, messages: [{ id: '1', parentId: null, role: 'user', text: 'My dog is called Rex.', createdAt: 1 }] };
    writeFileSync(path.join(folder, 'good.json'), JSON.stringify(file));
    expect(await engram(['import', path.join(folder, 'good.json')])).toMatchObject({ code: 0, out: expect.stringContaining('Conversations: 1 new, 0 grown, 0 known already.\nMessages: 1 new') as string });
    const list = path.join(folder, 'list.json');
    writeFileSync(list, JSON.stringify([{ role: 'system', content: 'Be kind.' }, { role: 'user', content: 'My cat is called Tom.' }]));
    expect(await engram(['import', list, '--json'])).toMatchObject({ code: 0, out: expect.stringContaining('"leftOut":{"system":1}') as string });
    expect(await engram(['import', list])).toMatchObject({ out: expect.stringContaining('Messages: 0 new, 1 known already; left out: 1 system.') as string });
  });

  it('says when the folder is in use, and speaks to a running Engram that listens', async () => {
    const taken = takeLock(folder, 'electron');
    expect(await engram(['search', 'x'])).toMatchObject({ code: 3, said: expect.stringContaining('in use') as string });
    if ('lock' in taken) taken.lock.release();

    const served = await serve({ dataFolder: folder, port: 0, windowFolder: folder, openAssistant });
    onTestFinished(async () => (served.first ? served.close() : undefined));
    expect((await engram(['remember', 'My dog is called Rex.'])).code).toBe(0);
    expect(await engram(['search', 'dog'])).toMatchObject({ code: 0, out: expect.stringContaining('Rex') as string });
  });
});
