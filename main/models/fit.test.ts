import { expect, test } from 'vitest';
import { judgeFit } from './fit.ts';

const gigabyte = 1_000_000_000;
const laptop = { totalMemoryBytes: 16 * gigabyte, freeMemoryBytes: 8 * gigabyte };
const judge = (sizeBytes: number, more: Partial<Parameters<typeof judgeFit>[0]> = {}) =>
  judgeFit({ sizeBytes, loaded: false, hardware: laptop, accelerated: false, ...more });

test('a model larger than the machine will not fit, and the sentence has both numbers', () => {
  const fit = judge(20 * gigabyte);
  expect(fit.verdict).toBe('will-not-fit');
  expect(fit.reason).toMatch(/23 GB.*16 GB/u);
});

test('a model larger than what is free may be slow, unless it is loaded and the memory is already its own', () => {
  const hardware = { ...laptop, freeMemoryBytes: gigabyte };
  expect(judge(2 * gigabyte, { hardware }).verdict).toBe('may-be-slow');
  expect(judge(2 * gigabyte, { hardware, loaded: true }).verdict).toBe('fits-well');
});

test('five gigabytes write slowly on a processor and well on a graphics card', () => {
  expect(judge(5 * gigabyte).verdict).toBe('may-be-slow');
  expect(judge(5 * gigabyte, { accelerated: true }).verdict).toBe('fits-well');
});

test('the bundled model fits anything, and small numbers are said in megabytes', () => {
  const fit = judge(6_424_864, { hardware: { totalMemoryBytes: 2 * gigabyte, freeMemoryBytes: 0.5 * gigabyte } });
  expect(fit.verdict).toBe('fits-well');
  expect(fit.reason).toMatch(/87 MB.*500 MB/u);
});
