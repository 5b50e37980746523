import { expect, it, onTestFinished, vi } from 'vitest';
import { createScriptedEngine, type Script } from '../engine/scripted.ts';
import { createReader } from './reader.ts';

const unstopped = new AbortController().signal;

/** Passes the exam, where the line that answers comes first, and knows one line besides. */
function knowing(known: string): Pick<Script, 'rank'> & { asked: string[] } {
  const asked: string[] = [];
  let question = '';
  return {
    asked,
    rank(now, line) {
      const isFirst = now !== question;
      question = now;
      asked.push(line);
      return line === known || isFirst ? 0.9 : 0.1;
    },
  };
}

function begin(script: Script, log: (message: string) => void = () => undefined) {
  const engine = createScriptedEngine({ loaded: { chat: false, embedder: false, reranker: true }, ...script });
  const reader = createReader({ engine, log });
  onTestFinished(() => reader.dispose());
  const read = (question: string, lines: string[], signal = unstopped) => reader.read(question, { count: lines.length, at: (index) => lines[index]! }, signal);
  return { engine, reader, read };
}

/** The exam takes some turns of the event loop. */
const examined = async (read: () => Promise<unknown>) => vi.waitFor(async () => expect(await read()).not.toBeNull());

it('tells which lines answer, the first twelve at most', async () => {
  const { read } = begin(knowing('In Porto.'));
  const lines = ['I see.', 'In Porto.', ...Array.from({ length: 20 }, (_, index) => `line ${index}`)];
  await examined(() => read('Where?', lines));
  const reading = (await read('Where does she live?', lines))!;
  expect(reading.earned).toBe(1);
  expect(reading.tells).toHaveLength(12);
  expect(reading.tells.slice(1, 4)).toEqual([0.9, 0.1, 0.1]);
});

it('one that cannot tell an answer from anything else is not asked', async () => {
  const asked: string[] = [];
  const { read } = begin({ rank: (_, line) => (asked.push(line), 0.5) });
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(100));
  const before = asked.length;
  expect(await read('Where?', ['In Porto.', 'On Tuesday.', 'With Ana.'])).toBeNull();
  expect(asked).toHaveLength(before);
});

it('without one, while it is being examined, and when it fails there is no reading, and no error', async () => {
  const log = vi.fn();
  const { engine, read } = begin(knowing('In Porto.'), log);
  expect(await read('Where?', ['In Porto.', 'a', 'b'])).toBeNull();
  await examined(() => read('Where?', ['In Porto.', 'a', 'b']));
  vi.spyOn(engine, 'rank').mockRejectedValueOnce(new Error('the text of the owner'));
  expect(await read('Where?', ['In Porto.', 'a', 'b'])).toBeNull();
  expect(log).toHaveBeenCalledWith(expect.not.stringContaining('owner'));
  await engine.unloadReranker();
  expect(await read('Where?', ['In Porto.', 'a', 'b'])).toBeNull();
});

it('a slow one is left out, and tried again some questions later', async () => {
  const script = knowing('In Porto.');
  const { engine, read } = begin(script);
  await examined(() => read('Where?', ['In Porto.', 'a', 'b', 'c']));
  const rank = vi.spyOn(engine, 'rank').mockImplementation(async (_, lines) => {
    await new Promise((resolve) => setTimeout(resolve, 250));
    return lines.map(() => 0.5);
  });
  let slow = 0;
  while ((await read('Where?', ['In Porto.', 'a', 'b', 'c'])) !== null) expect((slow += 1)).toBeLessThan(6);
  rank.mockRestore();
  let questions = 0;
  while ((await read('Where?', ['In Porto.', 'a', 'b', 'c'])) === null) expect((questions += 1)).toBeLessThan(100);
  expect(questions).toBeGreaterThan(0);
});

it('a question that finds nothing leaves it as it was', async () => {
  const { read } = begin(knowing('In Porto.'));
  await examined(() => read('Where?', ['In Porto.', 'a', 'b']));
  expect(await read('Where?', [])).toBeNull();
  expect((await read('Where?', ['In Porto.', 'a', 'b']))?.tells).toEqual([0.9, 0.1, 0.1]);
});

it('the exam waits while it is held, and what it waited does not count as slowness', async () => {
  const script = knowing('In Porto.');
  const { reader, read } = begin(script);
  const release = reader.hold();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(script.asked.length).toBeLessThanOrEqual(1);
  release();
  await vi.waitFor(async () => expect((await read('Where?', ['In Porto.', 'a', 'b', 'c', 'd']))?.tells).toHaveLength(5));
});

it('one that takes the place of another during its exam is examined itself', async () => {
  const { engine, reader, read } = begin(knowing('In Porto.'));
  const release = reader.hold();
  await engine.loadReranker({ path: 'other.gguf', name: 'Other' });
  release();
  await examined(() => read('Where?', ['In Porto.', 'a', 'b']));
});

it('one that is too slow to be of any use is not examined to the end', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const rank = vi.fn(() => (vi.advanceTimersByTime(250), 0.5));
  const { read } = begin({ rank });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(rank).toHaveBeenCalledTimes(12);
  expect(await read('Where?', ['In Porto.', 'a', 'b'])).toBeNull();
});

it('a question that is stopped stops', async () => {
  const { read } = begin(knowing('In Porto.'));
  await examined(() => read('Where?', ['In Porto.', 'a', 'b']));
  await expect(read('Where?', ['In Porto.', 'a', 'b'], AbortSignal.abort())).rejects.toThrow();
});
