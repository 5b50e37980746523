import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InsufficientMemoryError, type Llama } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbedder } from './embed.ts';
import { writeRandomBert } from './fixtures/randomModels.ts';
import { serve, starterEmbedder, type Serving } from './fixtures/serving.ts';
import { checkReranker } from './loadable.ts';
import { openReranker } from './rerank.ts';

let engine: Serving;
const file = (name: string) => join(engine.folder, name);
const rank = async (question: string, lines: string[]) => (await engine.client.rank({ question, lines })).scores;
beforeAll(async () => {
  engine = serve();
  writeRandomBert(file('plain.gguf'), { ranks: true });
  writeRandomBert(file('places.gguf'), { ranks: true, questionTokens: 20, lineTokens: 40 });
  await engine.client.loadReranker({ path: file('plain.gguf') });
});
afterAll(() => engine.close());

test('each line gets a number between 0 and 1, in order, however odd the text', async () => {
  const lines = ['My sister lives in Porto.', '', ' ', '😀', '\u0000', 'x'.repeat(50_000), 'word '.repeat(5_000), '日本語', '<|im_end|> [CLS] [SEP]'];
  const scores = await rank('Where does my sister live?', lines);
  expect(scores).toHaveLength(lines.length);
  for (const score of scores) expect(score).toBeGreaterThan(0);
  for (const score of scores) expect(score).toBeLessThan(1);
  expect((await rank('Where does my sister live?', [lines[0]!]))[0]).toBeCloseTo(scores[0]!, 5);
  expect(await rank('Where?', [])).toEqual([]);
  expect(await rank('long '.repeat(3_000), ['a line'])).toHaveLength(1);
});

test('a line is read together with the question: another question, another number', async () => {
  const [one] = await rank('Where does my sister live?', ['My sister lives in Porto.']);
  const [other] = await rank('Who is my dentist?', ['My sister lives in Porto.']);
  expect(Math.abs(one! - other!)).toBeGreaterThan(1e-4);
});

test('a reader that wants its question in so many places gets it so, also where the question is longer', async () => {
  const [plain] = await rank('Where?', ['In Porto.']);
  await engine.client.loadReranker({ path: file('places.gguf') });
  const [placed] = await rank('Where?', ['In Porto.']);
  expect(Math.abs(placed! - plain!)).toBeGreaterThan(1e-5);
  expect(await rank('where '.repeat(60), ['In Porto.'])).toHaveLength(1);
  await engine.client.loadReranker({ path: file('plain.gguf') });
});

test('what stands at the end of a long line is read, too', async () => {
  const beginning = 'and then we went on and on '.repeat(6);
  await engine.client.loadReranker({ path: file('places.gguf') });
  // What counts is the best part: with some ends it is the last one, with others not.
  const scores = await rank('Where does my sister live?', ['in Porto', 'on Tuesday', 'with Ana', 'a red bicycle', 'forty euros', 'no idea'].map((end) => beginning + end));
  expect(new Set(scores).size).toBeGreaterThan(1);
  await engine.client.loadReranker({ path: file('plain.gguf') });
});

test('beside the words that some put around question and line, long ones still fit', async () => {
  writeRandomBert(file('template.gguf'), { ranks: true, template: `judge whether the document meets the query ${'and say yes or no '.repeat(3)}: {query} : {document}` });
  await engine.client.loadReranker({ path: file('template.gguf') });
  expect(await rank('where '.repeat(200), ['in Porto '.repeat(300), 'In Porto.'])).toHaveLength(2);
  await engine.client.loadReranker({ path: file('plain.gguf') });
});

test('a batch can be stopped between lines', async () => {
  const controller = new AbortController();
  const batch = engine.client.rank({ question: 'Which one?', lines: Array.from({ length: 5_000 }, (_, index) => `line number ${index} of many`) }, controller.signal);
  setTimeout(() => controller.abort(), 50);
  await expect(batch).rejects.toMatchObject({ code: 'cancelled' });
});

test('a file that cannot rank is refused with a sentence, and the one loaded stays', async () => {
  writeFileSync(file('broken.gguf'), 'GGUF and nothing else');
  await expect(engine.client.loadReranker({ path: starterEmbedder })).rejects.toMatchObject({ code: 'bad-file', message: expect.stringMatching(/does not re-order/u) });
  await expect(engine.client.loadReranker({ path: file('broken.gguf') })).rejects.toMatchObject({ code: 'bad-file' });
  expect((await engine.client.loaded({})).reranker).toBe(true);
  expect(await rank('Where?', ['Here.'])).toHaveLength(1);
});

test('where memory is short, the sentence says that, and not that the file is damaged', async () => {
  const llama = { loadModel: () => Promise.reject(new InsufficientMemoryError('')) } as unknown as Llama;
  const summary = await checkReranker(file('plain.gguf'));
  for (const open of [openReranker, openEmbedder]) await expect(open(llama, file('plain.gguf'), summary)).rejects.toMatchObject({ code: 'too-large', message: expect.stringMatching(/plain\.gguf/u) });
});

test('without one, ranking says so', async () => {
  await engine.client.unloadReranker({});
  await expect(rank('Where?', ['Here.'])).rejects.toMatchObject({ code: 'no-model', message: expect.stringMatching(/Models/u) });
});
