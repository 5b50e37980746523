import type { Client } from '../main/contract/contract.ts';
import type { OpenConversation } from '../main/contract/conversation.ts';
import { AppError } from '../main/contract/errors.ts';
import { startAssistant, type Assistant } from './assistant.ts';
import { expect, test } from './journey.ts';
import { useModel } from './prepare.ts';

const rounds = Number(process.env.ENGRAM_KILL_ROUNDS ?? 6);
/** A round that is not killed by then is killed at once, milliseconds. */
const longest = 1_500;

/** What the assistant has said is kept, by id. */
type Promised = { conversationId: string; messages: Map<string, { conversationId: string; text: string }>; memories: Map<string, string> };

test.skip(process.platform !== 'linux', 'The engine’s process is found the way Linux tells it.');

test(`killed ${rounds} times at random while talking and remembering, nothing acknowledged is lost`, async ({ talkative }) => {
  test.setTimeout(60_000 + rounds * 15_000);
  const assistant = await startAssistant();
  const random = seeded(Number(process.env.ENGRAM_KILL_SEED ?? 1));
  let api = await assistant.connect();
  const { defaultPersonaId: personaId } = await api.app.settings({});
  // Every other conversation is with a model that goes on talking, so that answers are cut off in the middle too.
  await useModel(api, talkative);
  const promised: Promised = { conversationId: '', messages: new Map(), memories: new Map() };
  const kills = { assistant: 0, engine: 0 };

  for (let round = 1; round <= rounds; round += 1) {
    if (round % 10 === 1) promised.conversationId = (await api.conversation.create({ personaId, temporary: false })).id;
    const victim = random() < 0.6 ? 'assistant' : 'engine';
    kills[victim] += 1;
    const busy = talk(api, promised, round);
    await pause(random() * longest);
    await kill(assistant, victim);
    await busy;
    if (victim === 'assistant') {
      await assistant.start();
      api = await assistant.connect();
    }
    await expectKept(api, promised, `after round ${round} (${victim})`);
  }
  await expectWhole(api, promised);
  console.log(`${rounds} rounds: ${kills.assistant} kills of the assistant, ${kills.engine} of the engine; ${promised.messages.size} messages and ${promised.memories.size} memories acknowledged, none lost`);
  await assistant.remove();
});

async function kill(assistant: Assistant, victim: 'assistant' | 'engine'): Promise<void> {
  if (victim === 'assistant') await assistant.stop('SIGKILL');
  // It may be starting again after the last round: then there is nothing to kill yet.
  else await assistant.killEngine().catch(() => {});
}

/** Tells and asks until something dies, noting what was acknowledged the moment it is. */
async function talk(api: Client, promised: Promised, round: number): Promise<void> {
  const { conversationId } = promised;
  const remembering = (async () => {
    for (let count = 0; count < 20; count += 1) {
      const text = `Fact ${round}-${count}: box ${Math.random().toString(36).slice(2, 8)} is on shelf ${count}.`;
      const memory = await api.memory.remember({ text, scope: 'shared', personaId: null });
      promised.memories.set(memory.id, text);
      await pause(40);
    }
  })();
  const talking = (async () => {
    for (let count = 0; count < 4; count += 1) {
      let answerId = '';
      let shown = '';
      for await (const event of api.chat.send({ conversationId, text: `My number ${round}-${count} is ${round * 100 + count}.`, editOf: null })) {
        if (event.type === 'started') {
          answerId = event.answerId;
          if (event.question) promised.messages.set(event.question.id, { conversationId, text: event.question.text });
        }
        if (event.type === 'delta') shown += event.text;
        if (event.type === 'saved') promised.messages.set(answerId, { conversationId, text: event.message.text });
        if (shown.length > 400) break;
      }
    }
  })();
  for (const work of await Promise.allSettled([remembering, talking])) {
    if (work.status === 'rejected') expect(['disconnected', 'engine-stopped', 'no-model', 'conflict', 'cancelled']).toContain(AppError.from(work.reason).code);
  }
}

/** What was promised in the conversation at hand is there, word for word. */
async function expectKept(api: Client, { conversationId, messages, memories }: Promised, when: string): Promise<void> {
  const there = textsOf(await api.conversation.open({ id: conversationId }));
  const lost = [...messages].filter(([id, message]) => message.conversationId === conversationId && there.get(id) !== message.text);
  expect(lost, `${when}: messages`).toEqual([]);
  for (const [id, text] of [...memories].slice(-40)) expect((await api.memory.get({ id })).text, `${when}: a memory`).toBe(text);
}

/** Every message and memory ever acknowledged, in the conversation it was said in and in memory; and the index is whole. */
async function expectWhole(api: Client, { messages, memories }: Promised): Promise<void> {
  const there = new Map<string, string>();
  for (const { id } of await api.conversation.list({ archived: false })) {
    for (const [messageId, text] of textsOf(await api.conversation.open({ id }))) there.set(messageId, text);
  }
  expect([...messages].filter(([id, { text }]) => there.get(id) !== text)).toEqual([]);
  for (const [id, text] of memories) expect((await api.memory.get({ id })).text).toBe(text);
  await expect.poll(async () => (await api.memory.index({})).state, { timeout: 60_000 }).toBe('up-to-date');
  const [, last] = [...memories].at(-1) ?? [];
  if (last) expect((await api.memory.recall({ question: last, personaId: (await api.app.settings({})).defaultPersonaId, limit: 5, meaning: true })).citations.map(({ quote }) => quote)).toContain(last);
}

const textsOf = ({ messages }: OpenConversation) => new Map(messages.map(({ id, text }) => [id, text]));

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The same rounds for the same seed, as far as the machine lets them be (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
