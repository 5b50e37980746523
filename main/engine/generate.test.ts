import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, ask, askedOfStarter, assistant, greedy, loadChat, request, serve, starterChat, starterPersona, system, user, type Serving } from './fixtures/serving.ts';
import { writeRandomLlama, tinyShape } from './fixtures/randomModels.ts';
import type { GenerateEvent } from './contract.ts';

const [remembers, where] = askedOfStarter();

describe('given the bundled chat model', () => {
  let engine: Serving;
  beforeAll(async () => {
    engine = serve();
    await loadChat(engine.client, starterChat, 512);
  });
  afterAll(() => engine.close());

  test('it answers from a memory line, by its own chat template', async () => {
    const { text, stats } = await ask(engine.client, [remembers, where]);
    expect(text).toBe('[1] Your sister lives in Porto.');
    expect(stats.end).toBe('finished');
  });

  test('a persona answers differently, and going back gives the first answer exactly without reading it again', async () => {
    const plain = await ask(engine.client, [remembers, where]);
    const witty = await ask(engine.client, [remembers, where], { overlay: [{ path: starterPersona('witty'), scale: 1 }] });
    expect(witty.text).not.toBe(plain.text);
    expect(witty.text).toContain('Porto');
    expect(witty.stats.reusedTokens, 'numbers made under another overlay').toBe(0);
    const again = await ask(engine.client, [remembers, where]);
    expect(again.text).toBe(plain.text);
    expect(again.stats.reusedTokens).toBe(again.stats.promptTokens - 1);
  });

  test('text that spells a control token stays text', async () => {
    const plain = await ask(engine.client, [remembers, user('im_end'), where]);
    const spelled = await ask(engine.client, [remembers, user('<|im_end|>'), where]);
    // As one control token it would be shorter; as text it is longer.
    expect(spelled.stats.promptTokens).toBeGreaterThan(plain.stats.promptTokens);
    const { counts } = await engine.client.countTokens({ texts: ['<|im_end|>'] });
    expect(counts[0]).toBeGreaterThan(1);
  });

  test('reading ahead leaves nothing to read but the question', async () => {
    const history = [remembers, where, assistant('Your sister lives in Porto.')];
    const ahead = await engine.client.prepare({ messages: history, answerSoFar: '', overlay: [], lane: 'chat' });
    const { stats } = await ask(engine.client, [...history, user('Thank you!')]);
    expect(stats.reusedTokens).toBeGreaterThanOrEqual(ahead.tokens - 1);
    expect(stats.promptTokens - stats.reusedTokens).toBeLessThan(16);
  });

  test('reading ahead for a persona brings its first word forward', async () => {
    const overlay = [{ path: starterPersona('witty'), scale: 0.9 }];
    const prompt = { messages: [remembers, where], answerSoFar: '', overlay, lane: 'chat' as const };
    const ahead = await engine.client.prepare(prompt);
    expect(ahead.reused).toBe(0);
    const { stats } = await ask(engine.client, [remembers, where], { overlay });
    expect(stats.reusedTokens).toBe(stats.promptTokens - 1);
  });

  test('a prompt beyond the window is refused in a sentence with both numbers, and the next one is answered', async () => {
    const long = user('word '.repeat(2_000));
    await expect(ask(engine.client, [long])).rejects.toMatchObject({ code: 'too-large', message: expect.stringMatching(/\d+ tokens.* 512/u) });
    expect((await ask(engine.client, [remembers, where])).text).toContain('Porto');
  });

  test('a grammar leaves it no other words, and a broken one is refused in a sentence', async () => {
    const { text, stats } = await ask(engine.client, [remembers, where], { grammar: 'root ::= "In " ("Paris" | "Rome")' });
    expect(['In Paris', 'In Rome']).toContain(text);
    expect(stats.end).toBe('finished');
    await expect(ask(engine.client, [remembers, where], { grammar: 'root ::= (' })).rejects.toMatchObject({ code: 'invalid-input' });
    expect((await ask(engine.client, [remembers, where])).text).toContain('Porto');
  });

  test('temperature brings variety, a seed brings the same answer again', async () => {
    const wild = (seed: number | null) => ask(engine.client, [user('Hello!')], { sampling: { ...greedy, temperature: 2, seed } });
    const seeded = [await wild(7), await wild(7)];
    expect(seeded[0]!.text).toBe(seeded[1]!.text);
    const free = new Set([(await wild(null)).text, (await wild(null)).text, (await wild(null)).text]);
    expect(free.size).toBeGreaterThan(1);
  });
});

describe('given a random model, whose answers are no words', () => {
  let engine: Serving;
  beforeAll(async () => {
    engine = serve();
    const path = join(engine.folder, 'tiny.gguf');
    writeRandomLlama(path);
    await loadChat(engine.client, path);
  });
  afterAll(() => engine.close());

  test('every turn reads only its new tokens, although the answers would be tokenised differently', async () => {
    const messages = [user('tell me the time')];
    let before = 0;
    for (let turn = 0; turn < 8; turn += 1) {
      const { text, stats } = await ask(engine.client, messages);
      // All of the last prompt and its answer is there; at most the answer's last token and the new question are not.
      expect(stats.reusedTokens, `turn ${turn}`).toBeGreaterThanOrEqual(before);
      before = stats.promptTokens + stats.answerTokens - 2;
      messages.push(assistant(text.trim()), user(`and the name of ${turn}`));
    }
    expect(before).toBeGreaterThan(300);
  });

  test('a stopped answer is continued where it was, as if it had never been stopped', async () => {
    const messages = [user('what is the name of this city')];
    const whole = await ask(engine.client, messages, { sampling: { ...greedy, maxTokens: 30 } });
    const part = await ask(engine.client, messages, { sampling: { ...greedy, maxTokens: 12 } });
    expect(part.stats.end).toBe('length');
    const rest = await ask(engine.client, messages, { answerSoFar: part.text, sampling: { ...greedy, maxTokens: 18 } });
    expect(part.text + rest.text).toBe(whole.text);
    expect(rest.stats.promptTokens - rest.stats.reusedTokens).toBeLessThanOrEqual(2);
  });

  test('jobs on the side leave the conversation’s cache alone, even at the same time', async () => {
    const messages = [user('the work of the day')];
    const first = await ask(engine.client, messages);
    const side = (text: string) => ask(engine.client, [user(text)], { lane: 'side', sampling: { ...greedy, maxTokens: 20 } });
    const alone = await side('a title please');
    const [again, beside] = await Promise.all([ask(engine.client, messages), side('a title please')]);
    expect(again.text).toBe(first.text);
    expect(beside.text).toBe(alone.text);
    expect(again.stats.reusedTokens).toBe(again.stats.promptTokens - 1);
  });

  test('a second answer waits for the first on its lane, and both are whole', async () => {
    const one = ask(engine.client, [user('hello tea')]);
    const two = ask(engine.client, [user('hello coffee')]);
    const alone = await ask(engine.client, [user('hello tea')]);
    expect((await one).text).toBe(alone.text);
    expect((await two).stats.end).not.toBe('stopped');
  });

  test('whoever waits for the lane can stop waiting', async () => {
    const controller = new AbortController();
    const running = ask(engine.client, [user('the first')]);
    const waiting = answer(engine.client.generate(request([user('the second')]), controller.signal));
    controller.abort();
    expect((await waiting).stats).toMatchObject({ end: 'stopped', answerTokens: 0 });
    await running;
  });

  test('an answer that is not waited for frees the lane', async () => {
    for await (const event of engine.client.generate(request([user('anything')]))) if (event.type === 'delta') break;
    expect((await ask(engine.client, [user('anything')])).stats.answerTokens).toBeGreaterThan(0);
  });

  test('the window’s end ends the answer, it does not push out the beginning', async () => {
    const path = join(engine.folder, 'small.gguf');
    writeRandomLlama(path, { ...tinyShape, window: 256 }, 3);
    const window = await loadChat(engine.client, path);
    const { stats } = await ask(engine.client, [user('w0 '.repeat(60))], { sampling: { ...greedy, maxTokens: 10_000 } });
    if (stats.end === 'length') expect(stats.promptTokens + stats.answerTokens).toBe(window);
    expect(stats.promptTokens + stats.answerTokens).toBeLessThanOrEqual(window);
  });
});

describe('given models with chat templates of their own', () => {
  test.each([
    [
      'one that trims and has no control tokens',
      "{{ bos_token }}{% for m in messages %}[{{ m['role'] }}] {{ m['content'] | trim }} [/{{ m['role'] }}]\n{% endfor %}{% if add_generation_prompt %}[assistant] {% endif %}",
    ],
    [
      'one that refuses system messages and turns that do not alternate',
      "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('No system role') }}{% endif %}{% for m in messages %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Must alternate') }}{% endif %}{{ '<turn>' + m['role'] + '\n' + m['content'] | trim + '</turn>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<turn>assistant\n' }}{% endif %}",
    ],
  ])('%s: it is followed, and turns still read only what is new', async (_what, chatTemplate) => {
    const engine = serve();
    const path = join(engine.folder, 'own.gguf');
    writeRandomLlama(path, { ...tinyShape, chatTemplate });
    await loadChat(engine.client, path);
    const messages = [system('be of use'), user('the name of tea')];
    let before = 0;
    for (let turn = 0; turn < 4; turn += 1) {
      const { text, stats } = await ask(engine.client, messages, { sampling: { ...greedy, maxTokens: 20 } });
      expect(stats.reusedTokens, `turn ${turn}`).toBeGreaterThanOrEqual(before);
      before = stats.promptTokens - 4;
      messages.push(assistant(text.trim()), user(`and coffee ${turn}`));
    }
    await engine.close();
  });
});

describe('given a model that takes seconds to read a prompt', () => {
  let engine: Serving;
  beforeAll(async () => {
    engine = serve();
    const path = join(engine.folder, 'slow.gguf');
    writeRandomLlama(path, { ...tinyShape, embedding: 768, feedForward: 3_072, layers: 4, heads: 12, keyValueHeads: 4, type: 'Q8_0' });
    await loadChat(engine.client, path);
  });
  afterAll(() => engine.close());
  const words = ['the', 'of', 'and', 'to', 'in', 'is', 'that', 'it'];
  const long = Array.from({ length: 1_800 }, (_, index) => words[(index * index) % 8]).join(' ');

  test('Stop is heard within 150 ms while the prompt is being read, and the lane is free soon after', async () => {
    const controller = new AbortController();
    let stoppedAt = 0;
    const events: GenerateEvent[] = [];
    for await (const event of engine.client.generate(request([user(long)]), controller.signal)) {
      events.push(event);
      if (event.type === 'reading' && event.done > 0 && stoppedAt === 0) {
        // In the middle of the next chunk, not at its border.
        setTimeout(() => {
          stoppedAt = performance.now();
          controller.abort();
        }, 30);
      }
    }
    const heardAfter = performance.now() - stoppedAt;
    expect(events.at(-1)).toMatchObject({ type: 'done', stats: { end: 'stopped', answerTokens: 0 } });
    expect(events.filter(({ type }) => type === 'delta')).toHaveLength(0);
    expect(heardAfter).toBeLessThan(150);
    const freeFrom = performance.now();
    await ask(engine.client, [user('short')], { sampling: { ...greedy, maxTokens: 1 } });
    expect(performance.now() - freeFrom).toBeLessThan(1_000);
  });

  test('what was read before a stop is not read again', async () => {
    const controller = new AbortController();
    let read = 0;
    for await (const event of engine.client.generate(request([user(`again ${long}`)]), controller.signal)) {
      if (event.type === 'reading') read = event.done;
      if (read > 200) controller.abort();
    }
    const resumed: GenerateEvent[] = [];
    for await (const event of engine.client.generate(request([user(`again ${long}`)]))) {
      resumed.push(event);
      if (event.type === 'reading') break;
    }
    expect(resumed[0]).toMatchObject({ type: 'reading' });
    expect(resumed[0]?.type === 'reading' ? resumed[0].done : 0).toBeGreaterThanOrEqual(read);
  });

  test('an answer does not wait until reading ahead has come to its end', async () => {
    const ahead = engine.client.prepare({ messages: [user(`ahead ${long}`)], answerSoFar: '', overlay: [], lane: 'chat' });
    const from = performance.now();
    await ask(engine.client, [user('hello')], { sampling: { ...greedy, maxTokens: 1 } });
    expect(performance.now() - from).toBeLessThan(700);
    await ahead;
  });

  test('progress of reading rises to the whole prompt', async () => {
    const { events, stats } = await ask(engine.client, [user(long.slice(0, 2_000))], { sampling: { ...greedy, maxTokens: 1 } });
    const done = events.flatMap((event) => (event.type === 'reading' ? [event.done] : []));
    expect(done.at(-1)).toBe(stats.promptTokens);
    expect([...done].sort((a, b) => a - b)).toEqual(done);
  });
});

test('without a model the answer is a sentence, not a crash', async () => {
  const engine = serve();
  await expect(ask(engine.client, [user('hello')])).rejects.toMatchObject({ code: 'no-model' });
  await expect(engine.client.embed({ texts: ['a'] })).rejects.toMatchObject({ code: 'no-model' });
  await engine.close();
});
