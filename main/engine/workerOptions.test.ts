import { expect, test } from 'vitest';
import { readWorkerOptions, writeWorkerOptions } from './workerOptions.ts';

test('options reach the process through its environment, and nonsense there is as if not said', () => {
  expect(readWorkerOptions(writeWorkerOptions({ gpu: 'vulkan', threads: 3 }))).toEqual({ gpu: 'vulkan', threads: 3 });
  expect(readWorkerOptions(writeWorkerOptions({ gpu: 'auto', threads: null }))).toEqual({ gpu: 'auto', threads: null });
  expect(readWorkerOptions({ ENGRAM_THREADS: 'many', ENGRAM_GPU: 'abacus' })).toEqual({ gpu: 'auto', threads: null });
});
