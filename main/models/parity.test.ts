/**
 * The files that ship say what the trainer's own program says: recorded prompts, tokens, greedy answers, embeddings and readings.
 * A file that was replaced without recording anew fails by its sha256.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openBackend, type Backend } from '../engine/backend.ts';
import { PromptMessage } from '../engine/contract.ts';
import { openEmbedder, spaceOutSymbols } from '../engine/embed.ts';
import { ask, greedy as greedySampling, loadChat, serve } from '../engine/fixtures/serving.ts';
import { inspectGguf } from '../engine/inspect.ts';
import { createRenderer } from '../engine/render.ts';
import { openReranker } from '../engine/rerank.ts';
import { readCatalogue } from './catalogue.ts';

const folder = resolve(import.meta.dirname, '../../models');
const { models, adapters } = readCatalogue(folder);
const base = models.find(({ role }) => role === 'chat')!;
const embedder = models.find(({ role }) => role === 'embedder')!;
const reader = models.find(({ role }) => role === 'reranker')!;

const ids = z.array(z.number().int());
const Answers = z.object({
  /** Of the base, or of the adapter that is laid over it. */
  sha256: z.string().length(64),
  /** `greedyIds` without the mark that ends the answer; the longest may have been cut. */
  cases: z.array(z.object({ messages: z.array(PromptMessage), ids, greedy: z.string(), greedyIds: ids })).min(1),
});
const Embeddings = z.object({ sha256: z.string().length(64), cases: z.array(z.object({ text: z.string(), ids, vector: z.array(z.number()) })).min(1) });

const Readings = z.object({ sha256: z.string().length(64), cases: z.array(z.object({ question: z.string(), line: z.string(), tells: z.number() })).min(1) });

const referenceOf = (name: string) => join(folder, 'starter/reference', `${name}.json`);
const read = <T>(name: string, schema: z.ZodType<T>): T => schema.parse(JSON.parse(readFileSync(referenceOf(name), 'utf8')));
const shaOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
/** Skipped where nothing is recorded, with the reason in its name. */
const parity = (name: string) => (existsSync(referenceOf(name)) ? test : (title: string, _run: () => Promise<void>) => test.skip(`${title} (models/starter/reference/${name}.json is not recorded yet)`));

let backend: Backend;
beforeAll(async () => {
  backend = await openBackend({ gpu: 'cpu', threads: 1, log: () => {} });
});
afterAll(() => backend.llama.dispose());

describe('the bundled files equal what was trained', () => {
  parity('chat')('the chat base: tokens and greedy answers', async () => {
    const reference = read('chat', Answers);
    expect(shaOf(base.path), 'the chat base was replaced: record its reference anew').toBe(reference.sha256);
    await compareAnswers(reference.cases, null);
  });

  parity('persona')('an adapter over the base: greedy answers', async () => {
    const reference = read('persona', Answers);
    const adapter = adapters.find(({ path }) => shaOf(path) === reference.sha256);
    expect(adapter, 'no bundled adapter is the recorded one: record its reference anew').toBeDefined();
    await compareAnswers(reference.cases, adapter!.path);
  });

  parity('embed')('the embedder: tokens and vectors', async () => {
    const reference = read('embed', Embeddings);
    expect(shaOf(embedder.path), 'the embedder was replaced: record its reference anew').toBe(reference.sha256);
    const model = await backend.llama.loadModel({ modelPath: embedder.path });
    const opened = await openEmbedder(backend.llama, embedder.path, await inspectGguf(embedder.path));
    const marks = new Set<number | null>([model.tokens.bos, model.tokens.eos]);
    const vectors = await opened.embed(reference.cases.map(({ text }) => text), new AbortController().signal);
    for (const [index, { text, ids: recorded, vector }] of reference.cases.entries()) {
      // llama.cpp puts the marks at both ends itself; a recording may hold them.
      expect([...model.tokenize(spaceOutSymbols(text))], text).toEqual(recorded.filter((id) => !marks.has(id)));
      expect(cosine(vectors[index]!, vector), text).toBeGreaterThan(0.9995);
    }
    await opened.close();
    await model.dispose();
  });

  parity('reader')('the reader: how far each line answers', async () => {
    const reference = read('reader', Readings);
    expect(shaOf(reader.path), 'the reader was replaced: record its reference anew').toBe(reference.sha256);
    const opened = await openReranker(backend.llama, reader.path, await inspectGguf(reader.path));
    for (const { question, line, tells } of reference.cases) {
      const [score] = await opened.rank(question, [line], new AbortController().signal);
      // Its weights are stored in eight bits.
      expect(Math.abs(score! - tells), `${question} ${line}`).toBeLessThan(0.03);
    }
    await opened.close();
  });
});

type Recorded = z.infer<typeof Answers>['cases'];

/** The same tokens from the same text; the same greedy tokens from llama.cpp; the same answer from the app's engine. */
async function compareAnswers(cases: Recorded, adapterPath: string | null): Promise<void> {
  const model = await backend.llama.loadModel({ modelPath: base.path });
  const renderer = createRenderer(model);
  const llamaContext = await model.createContext({ contextSize: 2_048, ...(adapterPath === null ? {} : { lora: adapterPath }) });
  const sequence = llamaContext.getSequence();
  const engine = serve();
  await loadChat(engine.client, base.path);
  const overlay = adapterPath === null ? [] : [{ path: adapterPath, scale: 1 }];
  const longest = Math.max(...cases.map(({ greedyIds }) => greedyIds.length));
  for (const { messages, ids: recorded, greedy, greedyIds } of cases) {
    const asked = messages.at(-1)!.text;
    const { tokens } = renderer.render(messages, '');
    expect([...tokens], asked).toEqual(recorded);

    // One token more than recorded: what ended there must end here.
    const most = greedyIds.length < longest ? greedyIds.length + 1 : longest;
    await sequence.clearHistory();
    const written: number[] = [];
    for await (const token of sequence.evaluate(tokens, { temperature: 0 })) {
      written.push(token);
      if (written.length >= most) break;
    }
    expect(written, asked).toEqual(greedyIds);

    const { text } = await ask(engine.client, messages, { overlay, lane: 'side', sampling: { ...greedySampling, maxTokens: most } });
    expect(text.trim(), asked).toBe(greedy.trim());
  }
  await engine.close();
  await llamaContext.dispose();
  await model.dispose();
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const sum = (of: (index: number) => number) => Array.from({ length: a.length }, (_, index) => of(index)).reduce((all, one) => all + one, 0);
  return sum((index) => a[index]! * b[index]!) / Math.sqrt(sum((index) => a[index]! ** 2) * sum((index) => b[index]! ** 2));
}
