import { createServer, Socket } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openAssistant, scripted } from './fixtures/assistant.ts';

const everything = { status: 'all' as const, subject: null, text: '', limit: 10, before: null };

it('claims what was said and written, answers about it, and opens no socket', async () => {
  const connect = vi.spyOn(Socket.prototype, 'connect');
  const listen = vi.spyOn(createServer().constructor.prototype as { listen(): void }, 'listen');
  onTestFinished(() => void vi.restoreAllMocks());
  const engine = scripted();
  const { api, failures } = await openAssistant(engine);
  const { id: conversationId } = await api.conversation.create({ personaId: 'friendly', temporary: false });
  const { id: temporaryId } = await api.conversation.create({ personaId: 'friendly', temporary: true });
  for (const [id, text] of [[conversationId, 'My sister lives in Porto.'], [temporaryId, 'My brother lives in Rome.']] as const) {
    for await (const _ of api.chat.send({ conversationId: id, text, editOf: null }));
  }
  await api.memory.remember({ text: 'I like tea.', scope: 'shared', personaId: null });
  await vi.waitFor(async () => expect((await api.claims.list(everything)).claims.map(({ text }) => text).sort()).toEqual(['Sister: lives in Porto', 'You: like tea']), 5_000);
  const [claim] = (await api.claims.list({ ...everything, text: 'Porto' })).claims;
  const edited = await api.claims.edit({ id: claim!.id, value: 'Braga' });
  expect((await api.claims.history({ subject: 'sister', slot: 'home' })).map(({ value, status }) => [value, status])).toEqual([['Porto', 'superseded'], ['Braga', 'active']]);
  expect(await api.memory.get({ id: edited.memoryId })).toMatchObject({ kind: 'written', text: 'Sister: lives in Braga' });
  expect([await api.claims.waiting({}), await api.claims.conflicts({})]).toEqual([{ count: 0 }, []]);
  // The scripted model is none to be trusted: it is asked for answers and titles, never for claims.
  expect(engine.requests.filter(({ grammar }) => grammar?.includes('claim'))).toEqual([]);
  expect([connect.mock.calls, listen.mock.calls, failures]).toEqual([[], [], []]);
});
