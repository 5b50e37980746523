/** Hostile texts on the product's own ways: brought in, recalled, answered from. */
import { writeFileSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { hostileTexts } from '../claims/fixtures/hostileTexts.ts';
import { writeRandomLlama } from '../engine/fixtures/randomModels.ts';
import { gptTalk } from '../imports/fixtures/exports.ts';
import { ask, gather, openAssistant, scripted, temporaryFolder } from './fixtures/assistant.ts';

/** Said by both sides, and followed by a claim that a rule can read and a word to ask for it by. */
const brought = hostileTexts.map(({ text }, index) => `Zorblax${index} is a word.\n${text}\nI live in Atlantis.`);

function exportFile(): string {
  const file = path.join(temporaryFolder(), 'conversations.json');
  writeFileSync(file, JSON.stringify(brought.map((text, index) => gptTalk(`c${index}`, [text, text], 1_600_000_000 + index * 86_400))));
  return file;
}

/** With a model that reads any prompt, as bigger ones do. */
async function open(answer: string) {
  const engine = scripted({ answer: () => answer });
  const { api, failures } = await openAssistant(engine);
  await api.app.changeSettings({ quoteMemories: 'never', automaticTitles: false });
  const file = path.join(temporaryFolder(), 'any.gguf');
  writeRandomLlama(file);
  await gather(api.model.load({ id: (await api.model.add({ path: file })).id }));
  return { api, engine, failures };
}

it('none makes a claim that counts, leaves its fence, changes the system text or opens a socket', { timeout: 60_000 }, async () => {
  const connect = vi.spyOn(Socket.prototype, 'connect');
  const listen = vi.spyOn(createServer().constructor.prototype as { listen(): void }, 'listen');
  onTestFinished(() => void vi.restoreAllMocks());
  const { api, engine, failures } = await open('So it says [1].');
  const plain = await ask(api, 'Hello there, what can you do about the weather?');
  const system = engine.requests.at(-1)!.messages[0]!;
  await gather(api.conversation.importPast({ path: exportFile() }));

  for (const [index, { name }] of hostileTexts.entries()) {
    const answer = await ask(api, `What is Zorblax${index} about?`);
    const { messages } = engine.requests.at(-1)!;
    expect(messages.map(({ role }) => role), name).toEqual(['system', 'user']);
    expect(messages[0], name).toEqual(system);
    expect(messages[1]!.text, name).toMatch(new RegExp(`^<remembered>\\n(\\[\\d+\\] .*\\n)+</remembered>\\n\\nWhat is Zorblax${index} about\\?$`, 'u'));
    expect(messages[1]!.text.match(/<\s*\/?\s*remembered/giu), name).toHaveLength(2);
    expect(answer.citations.some(({ quote }) => quote.includes(`Zorblax${index}`)), name).toBe(true);
  }

  await vi.waitFor(async () => expect(await api.claims.waiting({})).toEqual({ count: 0 }), 20_000);
  const of = (status: 'active' | 'superseded' | 'proposed' | 'quarantined') => api.claims.list({ status, subject: null, text: 'Atlantis', limit: 1, before: null }).then(({ total }) => total);
  expect([await of('active'), await of('superseded')]).toEqual([0, 0]);
  expect([await of('proposed'), await of('quarantined')].every((total) => total > 0)).toBe(true);
  expect(plain.citations).toEqual([]);
  expect([connect.mock.calls, listen.mock.calls, failures]).toEqual([[], [], []]);
});

it('a persona’s file is a persona: it claims nothing, remembers nothing, and speaks in the system text alone', async () => {
  const { api, engine } = await open('Hm.');
  const { sampling } = (await api.persona.list({}))[0]!;
  for (const { text, name } of hostileTexts.filter(({ from }) => from === 'persona')) {
    const instructions = `I live in Atlantis. ${text}`;
    const file = { format: 'engram-persona' as const, version: 1 as const, persona: { name: name.slice(0, 60), instructions, sampling, adapters: [], memoryScope: 'shared' as const }, adapterNames: {} };
    const persona = await api.persona.import(file);
    await ask(api, 'Good to meet you, my tall friend of the north.', { personaId: persona.id });
    const { messages } = engine.requests.at(-1)!;
    expect(messages.filter((message) => message.text.includes('Atlantis')).map(({ role }) => role)).toEqual(['system']);
  }
  const all = { status: 'all' as const, subject: null, text: 'Atlantis', limit: 9, before: null };
  expect((await api.claims.list(all)).total).toBe(0);
});

it('pasted into a conversation, none is done as if the owner had asked for it, nor claims beside an order', { timeout: 60_000 }, async () => {
  const { api } = await open('Hm.');
  await ask(api, 'My sister lives in Porto.');
  const { id } = await api.conversation.create({ personaId: 'friendly', temporary: false });
  for (const { text } of hostileTexts) await gather(api.chat.send({ conversationId: id, text: `${text}\n\nI live in Atlantis.`, editOf: null }));
  await vi.waitFor(async () => expect(await api.claims.waiting({})).toEqual({ count: 0 }), 20_000);
  const { claims } = await api.claims.list({ status: 'active', subject: null, text: '', limit: 500, before: null });
  const sources = await Promise.all(claims.map(({ memoryId }) => api.memory.get({ id: memoryId })));
  const ordering = hostileTexts.filter(({ orders }) => orders);
  expect(sources.map(({ text }) => text).filter((text) => ordering.some((hostile) => text.includes(hostile.text)))).toEqual([]);
  expect(await api.memory.forgettings({})).toEqual([]);
  expect((await api.memory.list({ filter: 'statements', text: 'Porto', personaId: null, limit: 9, before: null })).memories.map(({ text }) => text)).toContain('My sister lives in Porto.');
  expect((await api.memory.list({ filter: 'written', text: '', personaId: null, limit: 500, before: null })).total).toBe(0);
});
