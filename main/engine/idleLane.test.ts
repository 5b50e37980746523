import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createIdleLane } from './idleLane.ts';
import type { Held, Lane } from './lane.ts';

const signal = new AbortController().signal;
const held = { release: () => {} } as unknown as Held;

test('it is opened once, kept while it is held however long that takes, closed when it was idle, opened again', async () => {
  const close = vi.fn(async () => {});
  const open = vi.fn(async (): Promise<Lane> => ({ hold: async () => held, close }));
  const lane = createIdleLane(open, 20);
  expect(open).not.toHaveBeenCalled();
  const [one, two] = await Promise.all([lane.hold('answer', signal), lane.hold('answer', signal)]);
  expect(open).toHaveBeenCalledTimes(1);
  one.release();
  await delay(60);
  expect(close, 'a long answer must not lose its lane').not.toHaveBeenCalled();
  two.release();
  await vi.waitFor(() => expect(close).toHaveBeenCalledTimes(1));
  (await lane.hold('answer', signal)).release();
  expect(open).toHaveBeenCalledTimes(2);
  await lane.close();
  expect(close).toHaveBeenCalledTimes(2);
});

test('a lane that could not be opened is tried anew', async () => {
  const open = vi.fn(async (): Promise<Lane> => {
    if (open.mock.calls.length === 1) throw new Error('no memory');
    return { hold: async () => held, close: async () => {} };
  });
  const lane = createIdleLane(open, 1_000);
  await expect(lane.hold('answer', signal)).rejects.toThrow('no memory');
  await lane.hold('answer', signal);
  await lane.close();
});
