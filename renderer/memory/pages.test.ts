import { describe, expect, it } from 'vitest';
import type { Memory } from '../../main/contract/memory.ts';
import { append, join, nextPlace, replace } from './pages.ts';

const memory = (id: string, createdAt: number, pinned = false): Memory => ({
  id, kind: 'said', text: id, role: 'user', question: false, messageId: null, conversationId: null, conversationTitle: null,
  scope: 'shared', personaId: null, pinned, createdAt, replacedBy: null, replaces: null,
});
const ids = (memories: readonly Memory[]) => memories.map(({ id }) => id).join('');
const [a, b, c, d] = [memory('a', 40), memory('b', 30), memory('c', 20), memory('d', 10)] as const;

describe('pages of memories', () => {
  it('continue after the last one shown, and end', () => {
    expect(nextPlace([a, b], 4)).toEqual({ at: 30, id: 'b' });
    expect(nextPlace([a, b], 2)).toBeNull();
    expect(nextPlace([], 0)).toBeNull();
  });

  it('put a new memory on top without losing what was scrolled to', () => {
    const fresh = memory('n', 50);
    expect(ids(join({ memories: [fresh, a], total: 5 }, [a, b, c, d]))).toBe('nabcd');
  });

  it('drop one that is gone from the first page', () => {
    expect(ids(join({ memories: [a, c], total: 3 }, [b, d]))).toBe('acd');
  });

  it('keep memories said in the same instant on both sides of a page', () => {
    const twins = [memory('x', 30), memory('y', 30), memory('z', 30)] as const;
    expect(ids(join({ memories: [a, twins[0]], total: 4 }, [twins[1], twins[2]]))).toBe('axyz');
  });

  it('show only the page when it is everything', () => {
    expect(ids(join({ memories: [a], total: 1 }, [b, c]))).toBe('a');
    expect(ids(join({ memories: [], total: 0 }, [b, c]))).toBe('');
  });

  it('show once what came twice, and take a change in place', () => {
    expect(ids(append([a, b], { memories: [b, c], total: 3 }))).toBe('abc');
    expect(replace([a, b], { ...b, pinned: true }).map(({ pinned }) => pinned)).toEqual([false, true]);
  });
});
