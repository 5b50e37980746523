import { expect, test } from 'vitest';
import { createStopper, stopped } from './stopper.ts';

test('a stop is heard while a step goes on, and the step’s end is still waited for', async () => {
  const controller = new AbortController();
  const stopper = createStopper(controller.signal);
  let finish = () => {};
  const step = new Promise<string>((resolve) => (finish = () => resolve('done')));
  const race = stopper.race(step);
  controller.abort();
  expect(await race).toBe(stopped);
  let settled = false;
  const waiting = stopper.settled().then(() => (settled = true));
  await Promise.resolve();
  expect(settled).toBe(false);
  finish();
  await waiting;
  expect(await stopper.race(Promise.resolve('next'))).toBe(stopped);
});

test('a step that fails is told once and still counts as settled', async () => {
  const stopper = createStopper(new AbortController().signal);
  await expect(stopper.race(Promise.reject(new Error('no')))).rejects.toThrow('no');
  await stopper.settled();
});
