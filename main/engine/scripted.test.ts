import { expect, test } from 'vitest';
import type { GenerateEvent, GenerateRequest } from './contract.ts';
import { createScriptedEngine, hashEmbedding } from './scripted.ts';

const ask = (text: string): GenerateRequest => ({
  messages: [{ role: 'user', text }],
  answerSoFar: '',
  overlay: [],
  lane: 'chat',
  sampling: { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, maxTokens: 100, seed: null },
});

async function collect(events: AsyncIterable<GenerateEvent>): Promise<GenerateEvent[]> {
  const all: GenerateEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

test('a script whose pieces lose a space would make every service test lie', async () => {
  const engine = createScriptedEngine({ answer: () => 'Your sister  lives in\nPorto.' });
  const events = await collect(engine.generate(ask('Where?'), new AbortController().signal));
  expect(events.map((event) => (event.type === 'delta' ? event.text : '')).join('')).toBe('Your sister  lives in\nPorto.');
  expect(events.at(-1)).toMatchObject({ type: 'done', stats: { end: 'finished' } });
});

test('stopping ends with done, not with an error, even when the script never goes on', async () => {
  const engine = createScriptedEngine({
    answer: async function* () {
      yield 'One';
      await new Promise(() => {});
    },
  });
  const controller = new AbortController();
  const events: GenerateEvent[] = [];
  for await (const event of engine.generate(ask('Count'), controller.signal)) {
    events.push(event);
    if (event.type === 'delta') controller.abort();
  }
  expect(events.at(-1)).toMatchObject({ type: 'done', stats: { end: 'stopped', answerTokens: 1 } });
});

test('a crash fails what waits with engine-stopped and the next question is answered', async () => {
  const engine = createScriptedEngine({
    answer: async function* (request) {
      yield 'Go';
      if (request.messages[0]?.text === 'hang') await new Promise(() => {});
    },
  });
  const waiting = (async () => {
    for await (const event of engine.generate(ask('hang'), new AbortController().signal)) if (event.type === 'delta') engine.crash();
  })();
  await expect(waiting).rejects.toMatchObject({ code: 'engine-stopped' });
  expect((await collect(engine.generate(ask('again'), new AbortController().signal))).at(-1)).toMatchObject({ type: 'done' });
  expect(engine.status().restarts).toBe(1);
});

test('hash embeddings are unit length and put texts that share words together', () => {
  const cosine = (a: string, b: string) => hashEmbedding(a, 64).reduce((sum, value, index) => sum + value * hashEmbedding(b, 64)[index]!, 0);
  expect(cosine('My sister lives in Porto', 'My sister lives in Porto')).toBeCloseTo(1, 5);
  expect(cosine('Where does my sister live', 'My sister lives in Porto')).toBeGreaterThan(cosine('The weather is grey', 'My sister lives in Porto'));
  expect(Math.hypot(...hashEmbedding('', 64))).toBeCloseTo(1, 5);
});
