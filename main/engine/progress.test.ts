import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

test('progress ends with its work, also when that fails before any', async () => {
  const progress = createProgress();
  const work = Promise.reject(new Error('no'));
  const seen: number[] = [];
  for await (const fraction of progress.until(work)) seen.push(fraction);
  expect(seen).toEqual([]);
  await expect(work).rejects.toThrow();
});
