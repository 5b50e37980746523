import { expect, test } from 'vitest';
import { defaultThreads, openBackend } from './backend.ts';

test('cores stay free', () => {
  expect(defaultThreads(2, 2)).toBe(1);
  expect(defaultThreads(1, 1)).toBe(1);
  expect(defaultThreads(8, 16)).toBe(8);
  expect(defaultThreads(8, 8)).toBe(7);
  expect(defaultThreads(0, 4)).toBe(3);
});

test('a graphics card that is asked for and not there leaves the processor, and the reason says so', async () => {
  const absent = process.platform === 'darwin' ? 'cuda' : 'metal';
  const { llama, probe } = await openBackend({ gpu: absent, threads: 1, log: () => {} });
  expect(probe.threads).toBe(1);
  expect(probe.gpu.why).toMatch(/\.$/u);
  if (probe.gpu.kind === 'cpu') expect(probe.gpu.why).toContain('processor');
  else expect(probe.gpu.devices.length).toBeGreaterThan(0);
  await llama.dispose();
});
