import { describe, expect, it } from 'vitest';
import { AppError } from '../main/contract/errors.ts';
import { CallCache } from './callCache.ts';

/** A cache over answers given by hand, each when asked for. */
function setUp() {
  const asked: { path: string; answer: (value: unknown) => void; fail: (error: unknown) => void; signal: AbortSignal }[] = [];
  const cache = new CallCache((path, _input, signal) => new Promise((answer, fail) => asked.push({ path, answer, fail, signal })));
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return { asked, cache, settle, key: cache.keyOf('persona.list', {}) };
}

describe('the call cache', () => {
  it('asks once for many who look', async () => {
    const { asked, cache, key, settle } = setUp();
    cache.subscribe(key, () => {});
    cache.subscribe(key, () => {});
    asked[0]?.answer(['a']);
    await settle();
    expect(asked).toHaveLength(1);
    expect(cache.read(key)).toMatchObject({ data: ['a'], loading: false });
  });

  it('keeps showing the old answer while a new one comes, and the same object when nothing changed', async () => {
    const { asked, cache, key, settle } = setUp();
    cache.subscribe(key, () => {});
    asked[0]?.answer([{ id: 1 }]);
    await settle();
    const first = cache.read(key).data;
    cache.invalidate(['persona.list']);
    expect(cache.read(key)).toMatchObject({ data: first, loading: true });
    asked[1]?.answer([{ id: 1 }]);
    await settle();
    expect(cache.read(key).data).toBe(first);
  });

  it('ignores an answer that was overtaken', async () => {
    const { asked, cache, key, settle } = setUp();
    cache.subscribe(key, () => {});
    cache.reload(key);
    asked[1]?.answer('new');
    await settle();
    asked[0]?.answer('old');
    await settle();
    expect(cache.read(key).data).toBe('new');
    expect(asked[0]?.signal.aborted).toBe(true);
  });

  it('does not ask for what nobody looks at until somebody does', async () => {
    const { asked, cache, key, settle } = setUp();
    cache.subscribe(key, () => {})();
    asked[0]?.answer('a');
    await settle();
    cache.invalidateAll();
    expect(asked).toHaveLength(1);
    cache.subscribe(key, () => {});
    expect(asked).toHaveLength(2);
  });

  it('keeps what was known when asking fails, with the reason', async () => {
    const { asked, cache, key, settle } = setUp();
    cache.subscribe(key, () => {});
    asked[0]?.answer('a');
    await settle();
    cache.reload(key);
    asked[1]?.fail(new AppError('disk', 'Full.'));
    await settle();
    expect(cache.read(key)).toMatchObject({ data: 'a', error: { code: 'disk', message: 'Full.' } });
  });

  it('marks one conversation stale, not all', async () => {
    const { asked, cache, settle } = setUp();
    for (const id of ['a', 'b']) cache.subscribe(cache.keyOf('conversation.open', { id }), () => {});
    asked.forEach((one) => one.answer('x'));
    await settle();
    cache.invalidate(['conversation.open'], 'b');
    expect(asked).toHaveLength(3);
  });

  it('puts an answer right in place, and lets the next one overrule it', async () => {
    const { asked, cache, key, settle } = setUp();
    cache.subscribe(key, () => {});
    asked[0]?.answer(['a']);
    await settle();
    cache.update(key, () => ['guess']);
    cache.reload(key);
    asked[1]?.answer(['a']);
    await settle();
    expect(cache.read(key).data).toEqual(['a']);
  });
});
