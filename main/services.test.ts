import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppEvent } from './contract/app.ts';
import { AppError } from './contract/errors.ts';
import type { Script } from './engine/scripted.ts';
import { answerOf, ask, gather, holds, openAssistant, scripted, temporaryFolder } from './services/fixtures/assistant.ts';

/** A trusted model that says what the script says. */
async function open(script: Script = {}, part: Parameters<typeof openAssistant>[1] = {}) {
  const engine = scripted(script);
  const assistant = await openAssistant(engine, part);
  await assistant.api.app.changeSettings({ quoteMemories: 'never' });
  await assistant.services.ready;
  return { ...assistant, engine };
}

/** Something to wait for, and what ends the waiting. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe('a turn through the assistant', () => {
  it('recalls by words and meaning in another conversation, cites, and does not cite itself', async () => {
    const { api, engine } = await open({ answer: () => 'Your sister lives in Porto [1].' });
    const told = await ask(api, 'My sister lives in Porto.');
    for (let round = 0; round < 5; round += 1) {
      const answer = await ask(api, 'Where does my sister live?');
      expect(answer.citations[0]).toMatchObject({ mark: 1, messageId: told.parentId, quote: 'My sister lives in Porto.', used: true });
    }
    expect(engine.requests.findLast(({ lane }) => lane === 'chat')?.messages.at(-1)?.text).toContain('[1] Your sister lives in Porto. (');
  });

  it('finds what was said in other words where only memory can answer', async () => {
    const { api } = await open();
    await api.app.changeSettings({ quoteMemories: 'untrusted' });
    await ask(api, 'I moved to Berlin last year.');
    await ask(api, 'I work at Kestrel Analytics.');
    expect((await ask(api, 'Where do I live?')).text).toContain('Berlin');
    expect((await ask(api, 'What do I do for a living?')).text).toContain('Kestrel');
  });

  it('waits for a model that is still being loaded', async () => {
    const engine = scripted({ loaded: { chat: false, embedder: false } });
    const started = gate();
    const { loadChat } = engine;
    const slow = { ...engine, loadChat: (...given: Parameters<typeof loadChat>) => started.opened.then(() => loadChat(...given)) };
    const { api } = await openAssistant(slow);
    const asking = ask(api, 'Hello!');
    started.open();
    expect((await asking).status).toBe('complete');
  });

  it('is told to every window, and named once', async () => {
    const { api } = await open({ answer: () => 'Broken Lamp' });
    const stop = new AbortController();
    const heard: AppEvent[] = [];
    const titled = (async () => {
      for await (const event of api.app.events({}, stop.signal)) {
        heard.push(event);
        const [named] = await api.conversation.list({ archived: false });
        if (named?.title) stop.abort();
      }
    })();
    const { conversation } = await ask(api, 'My tall lamp is a broken lamp.');
    await titled;
    expect(heard.slice(0, 2).map(({ type }) => type)).toEqual(['engine', 'index']);
    expect(heard).toContainEqual({ type: 'changed', what: 'conversation', id: conversation });
    expect((await api.conversation.list({ archived: false }))[0]).toMatchObject({ titledBy: 'model' });
  });

  it('never takes the owner’s title away', async () => {
    const dataFolder = temporaryFolder();
    const { api, services } = await open({ answer: () => 'Broken Lamp' }, { dataFolder });
    const { id } = await api.conversation.create({ personaId: 'friendly', temporary: false });
    await api.conversation.rename({ id, title: 'Mine' });
    await answerOf(api.chat.send({ conversationId: id, text: 'My tall lamp is a broken lamp.', editOf: null }));
    // Closing waits for whatever title was being thought of.
    await services.close();
    const again = await open({}, { dataFolder });
    expect((await again.api.conversation.list({ archived: false }))[0]).toMatchObject({ title: 'Mine', titledBy: 'owner' });
  });

  it('survives the engine’s death: what there is stays, and the next question is answered', async () => {
    const { api, engine } = await open({
      async *answer({ messages }) {
        yield 'Well';
        if (messages.at(-1)?.text.includes('crash')) engine.crash();
        yield ', yes.';
      },
    });
    const { id } = await api.conversation.create({ personaId: 'friendly', temporary: false });
    await expect(gather(api.chat.send({ conversationId: id, text: 'hello and crash now', editOf: null }))).rejects.toMatchObject({ code: 'engine-stopped' });
    const { messages } = await api.conversation.open({ id });
    expect(messages.map(({ status, text }) => [status, text])).toEqual([['complete', 'hello and crash now'], ['failed', 'Well']]);
    await expect(answerOf(api.chat.regenerate({ conversationId: id, answerId: messages[1]!.id }))).rejects.toMatchObject({ code: 'engine-stopped' });
    expect((await ask(api, 'Are you well today?')).text).toBe('Well, yes.');
  });

  it('is stopped, and saved, when the assistant closes in the middle of it', async () => {
    const folder = temporaryFolder();
    const begun = gate();
    const first = await open(
      {
        async *answer() {
          yield 'Half';
          begun.open();
          await new Promise(() => {});
        },
      },
      { dataFolder: folder },
    );
    const asking = ask(first.api, 'Tell me everything you can');
    await begun.opened;
    await first.services.close();
    expect(await asking).toMatchObject({ status: 'stopped', text: 'Half' });
    const { api } = await open({}, { dataFolder: folder });
    const [conversation] = await api.conversation.list({ archived: false });
    expect((await api.conversation.open({ id: conversation!.id })).messages[1]).toMatchObject({ status: 'stopped', text: 'Half' });
  });

  it('leaves no byte of a temporary conversation, and is not remembered', async () => {
    const { api, folder, services } = await open({ answer: () => 'Understood.' });
    await ask(api, 'My secret word is Xylophone.', { temporary: true });
    expect((await api.memory.list({ filter: 'all', text: '', personaId: null, limit: 10, before: null })).total).toBe(0);
    expect((await ask(api, 'What is my secret word?')).citations).toEqual([]);
    await services.close();
    expect(holds(folder, 'Xylophone')).toEqual([]);
  });
});

describe('an enormous message', () => {
  it('is kept, and holds up neither its own answer nor later ones', async () => {
    const { api } = await open({ answer: () => 'Noted.' });
    const book = 'my sister lives here, '.repeat(80_000);
    await expect(ask(api, book)).rejects.toMatchObject({ code: 'too-large' });
    await ask(api, 'My sister lives in Porto.');
    const begun = performance.now();
    await ask(api, 'Where does my sister live?');
    await api.search.query({ text: 'sister lives', limit: 20 });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('personas', () => {
  it('keep their own memories to themselves, and answer when they have gone', async () => {
    const { api } = await open();
    const [friendly] = await api.persona.list({});
    const alone = await api.persona.create({ ...friendly!, name: 'Alone', memoryScope: 'own' });
    await ask(api, 'My sister lives in Porto.', { personaId: alone.id });
    expect((await ask(api, 'Where does my sister live?')).citations).toEqual([]);
    expect((await ask(api, 'Where does my sister live?', { personaId: alone.id })).citations).toHaveLength(1);
    await api.app.changeSettings({ defaultPersonaId: alone.id });
    const { id } = await api.conversation.create({ personaId: alone.id, temporary: false });
    await api.persona.delete({ id: alone.id });
    expect((await api.app.settings({})).defaultPersonaId).toBe('friendly');
    expect((await answerOf(api.chat.send({ conversationId: id, text: 'Still there, are you?', editOf: null }))).status).toBe('complete');
    await expect(api.conversation.create({ personaId: alone.id, temporary: false })).rejects.toMatchObject({ code: 'not-found' });
    await expect(api.app.changeSettings({ defaultPersonaId: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('have their bundled adapters, which fit the bundled base', async () => {
    const { api, failures } = await open();
    const adapters = await api.persona.adapters({});
    expect(adapters.map(({ misfit, present }) => [misfit, present])).toEqual(adapters.map(() => [null, true]));
    for (const persona of await api.persona.list({})) expect(adapters.map(({ id }) => id)).toContain(persona.adapters[0]?.adapterId);
    expect(failures).toEqual([]);
  });
});

describe('everything at once', () => {
  it('is exported, and imported again into another folder', async () => {
    const { api } = await open({ answer: () => 'Noted.' });
    await ask(api, 'My sister lives in Porto.');
    await api.memory.remember({ text: 'I am allergic to penicillin.', scope: 'shared', personaId: null });
    const { path: file } = await api.app.export({ folder: temporaryFolder() });
    const other = await open();
    const [imported] = await other.api.conversation.importFile({ path: file });
    expect((await other.api.conversation.open({ id: imported!.id })).messages.map(({ text }) => text)).toEqual(['My sister lives in Porto.', 'Noted.']);
    expect((await ask(other.api, 'Where does my sister live?')).citations[0]?.quote).toBe('My sister lives in Porto.');
    expect((await ask(other.api, 'What am I allergic to?')).citations[0]?.quote).toBe('I am allergic to penicillin.');
    await expect(api.app.export({ folder: '/nowhere/at/all' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('brings written memories and personas with it, once', async () => {
    const { api } = await open();
    const [friendly] = await api.persona.list({});
    const pirate = await api.persona.create({ ...friendly!, name: 'Pirate', memoryScope: 'own' });
    await api.memory.remember({ text: 'The treasure is in Tortuga.', scope: 'own', personaId: pirate.id });
    const old = await api.memory.remember({ text: 'I live in Lyon.', scope: 'shared', personaId: null });
    await api.memory.correct({ id: old.id, text: 'I live in Porto.' });
    await api.memory.pin({ id: old.id, pinned: true });
    const written = (from: typeof api) => from.memory.list({ filter: 'written', text: '', personaId: null, limit: 9, before: null });
    const { path: file } = await api.app.export({ folder: temporaryFolder() });
    const other = await open();
    for (let round = 0; round < 2; round += 1) await other.api.conversation.importFile({ path: file });
    const here = (await other.api.persona.list({})).filter(({ name }) => name === 'Pirate');
    expect(here).toEqual([{ ...pirate, id: here[0]?.id, createdAt: here[0]?.createdAt, updatedAt: here[0]?.updatedAt }]);
    const { memories } = await written(other.api);
    expect(memories).toHaveLength(3);
    const [lyon, porto, treasure] = ['I live in Lyon.', 'I live in Porto.', 'The treasure is in Tortuga.'].map((text) => memories.find((memory) => memory.text === text));
    expect(lyon).toMatchObject({ createdAt: old.createdAt, pinned: true, replacedBy: porto?.id });
    expect(treasure).toMatchObject({ scope: 'own', personaId: here[0]?.id });
    await api.conversation.importFile({ path: file });
    expect((await written(api)).memories).toHaveLength(3);
  });

  it('says how many memories would be out of reach without a persona: its own, and no shared ones', async () => {
    const { api } = await open({ answer: () => 'Noted.' });
    const [friendly] = await api.persona.list({});
    const pirate = await api.persona.create({ ...friendly!, name: 'Pirate', memoryScope: 'own' });
    await api.memory.remember({ text: 'The treasure is in Tortuga.', scope: 'own', personaId: pirate.id });
    await api.memory.remember({ text: 'I live in Lyon.', scope: 'shared', personaId: pirate.id });
    expect(await api.persona.ownMemories({ id: pirate.id })).toEqual({ count: 1 });
    expect(await api.persona.ownMemories({ id: friendly!.id })).toEqual({ count: 0 });
  });

  it('imports nothing of a file that is not what it should be', async () => {
    const { api, folder } = await open();
    const hostile: Record<string, string | Buffer> = {
      'empty.json': '',
      'list.json': '[]',
      'broken.json': '{"format":"engram-conversation"',
      'binary.json': Buffer.from([0xff, 0xfe, 0x00, 0xd8]),
      'other.json': '{"messages":[]}',
      'circle.json': JSON.stringify({ format: 'engram-conversation', version: 1, title: 'x', createdAt: 1, messages: [{ id: 'a', parentId: 'b', role: 'user', text: 'x', createdAt: 1 }, { id: 'b', parentId: 'a', role: 'user', text: 'y', createdAt: 1 }] }),
      'note.md': '# Just a note\n\nwith text',
    };
    for (const [name, content] of Object.entries(hostile)) {
      writeFileSync(path.join(folder, name), content);
      const result = await api.conversation.importFile({ path: path.join(folder, name) }).then((list) => list.length, (error: unknown) => AppError.from(error).code);
      expect([0, 'bad-file'], name).toContain(result);
    }
    await expect(api.conversation.importFile({ path: folder })).rejects.toMatchObject({ code: 'not-found' });
    expect(await api.conversation.list({ archived: false })).toEqual([]);
  });

  it('goes back to a back-up', async () => {
    const { api } = await open({ answer: () => 'Noted.' });
    await ask(api, 'My sister lives in Porto.');
    const backup = await api.app.backUp({});
    await ask(api, 'My brother lives in Lyon.');
    await api.app.restore({ name: backup.name });
    expect(await api.conversation.list({ archived: false })).toHaveLength(1);
    expect((await ask(api, 'Where does my brother live?')).citations.map(({ quote }) => quote)).not.toContain('My brother lives in Lyon.');
    expect((await api.app.backups({})).map(({ reason }) => reason)).toContain('restore');
  });

  it('removes a back-up from the list and the disk, and no other file', async () => {
    const { api, folder } = await open({ answer: () => 'Noted, Xylophone.' });
    await ask(api, 'My secret word is Xylophone.');
    const kept = await api.app.backUp({});
    const removed = await api.app.backUp({});
    await api.app.removeBackup({ name: removed.name });
    expect(await api.app.backups({})).toEqual([kept]);
    expect(readdirSync(path.join(folder, 'backups'))).toEqual([kept.name]);
    await expect(api.app.removeBackup({ name: '../engram.db' })).rejects.toMatchObject({ code: 'not-found' });
    expect(await api.conversation.list({ archived: false })).toHaveLength(1);
  });

  it('is erased to the last byte, and begins anew', async () => {
    const { api, folder } = await open({ answer: () => 'Noted, Xylophone.' });
    await ask(api, 'My secret word is Xylophone.');
    await api.memory.remember({ text: 'Xylophone it is.', scope: 'shared', personaId: null });
    await api.app.backUp({});
    const [friendly] = await api.persona.list({});
    await api.persona.create({ ...friendly!, name: 'Xylophone' });
    mkdirSync(path.join(folder, 'logs'), { recursive: true });
    writeFileSync(path.join(folder, 'logs', 'engram.log'), 'Xylophone');
    expect(holds(folder, 'Xylophone')).not.toEqual([]);
    await api.app.eraseEverything({ confirm: 'erase' });
    expect(holds(folder, 'Xylophone')).toEqual([]);
    expect(await api.conversation.list({ archived: false })).toEqual([]);
    expect(await api.app.backups({})).toEqual([]);
    // Whoever writes the log goes on doing so.
    expect(readdirSync(path.join(folder, 'logs'))).toEqual([]);
    expect((await api.persona.list({})).map(({ id }) => id)).toEqual(['friendly', 'professional', 'witty', 'caring', 'enthusiastic']);
    expect((await ask(api, 'My sister lives in Porto.')).status).toBe('complete');
  });
});

describe('without a system’s window', () => {
  it('has no picker but its own', async () => {
    const { api, folder } = await open();
    expect((await api.app.info({})).shell).toEqual({ pick: false, reveal: false, notify: false });
    await expect(api.app.pick({ title: 'x', extensions: [], folder: false })).rejects.toMatchObject({ code: 'not-allowed' });
    expect((await api.app.browse({ path: folder, extensions: [] })).entries.map(({ name }) => name)).toContain('engram.db');
  });
});
