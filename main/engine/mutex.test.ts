import { expect, test } from 'vitest';
import { createMutex } from './mutex.ts';

test('holders come one after another, in order, and a second release hands on nothing', async () => {
  const mutex = createMutex();
  const order: string[] = [];
  const first = await mutex.acquire();
  const hold = async (name: string) => {
    const release = await mutex.acquire();
    order.push(name);
    await Promise.resolve();
    release();
  };
  const both = [hold('b'), hold('c')];
  order.push('a');
  first();
  first();
  await Promise.all(both);
  expect(order).toEqual(['a', 'b', 'c']);
});

test('who leaves the queue does not keep the others waiting', async () => {
  const mutex = createMutex();
  const release = await mutex.acquire();
  const controller = new AbortController();
  const leaving = mutex.acquire(controller.signal);
  const staying = mutex.acquire();
  controller.abort();
  await expect(leaving).rejects.toMatchObject({ code: 'cancelled' });
  release();
  (await staying)();
  await expect(mutex.acquire(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
});
