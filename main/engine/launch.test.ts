import { expect, test } from 'vitest';
import { childProcessLauncher, describeEnd } from './launch.ts';

test('the end of a process is told in words', () => {
  expect(describeEnd(null, 'SIGKILL')).toContain('memory');
  expect(describeEnd(null, 'SIGABRT')).toContain('crashed inside llama.cpp');
  expect(describeEnd(1, null)).toContain('code 1');
});

test('a worker that is not there ends in words instead of an unhandled error', async () => {
  const lines: string[] = [];
  const process_ = await childProcessLauncher({ workerPath: '/nowhere/worker.js', log: (line) => lines.push(line) }).launch({});
  expect(await process_.ended).toContain('ended with code 1');
  expect(lines.join('\n')).toContain('/nowhere/worker.js');
  await expect(process_.transport('engine.probe', {}, new AbortController().signal)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'disconnected' });
});
