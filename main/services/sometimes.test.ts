import { expect, it, onTestFinished, vi } from 'vitest';
import { createSometimes } from './sometimes.ts';

// Bug: the last of many changes is swallowed by the pause, and the window shows what was.
it('tells at once, then not too often, and never misses the last', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const work = vi.fn();
  const sometimes = createSometimes(work, 100);
  for (let time = 0; time < 25; time += 1) {
    sometimes.soon();
    vi.advanceTimersByTime(10);
  }
  expect(work).toHaveBeenCalledTimes(3);
  vi.advanceTimersByTime(1_000);
  expect(work).toHaveBeenCalledTimes(4);
  sometimes.soon();
  sometimes.soon();
  sometimes.dispose();
  vi.advanceTimersByTime(1_000);
  expect(work).toHaveBeenCalledTimes(5);
});
