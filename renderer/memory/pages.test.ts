import { describe, expect, it } from 'vitest';
import type { Memory } from '../../main/contract/memory.ts';
import { append, endOfDay, isLast, join, nextPlace, PAGE, replace, type Page } from './pages.ts';

const memory = (id: string, createdAt: number, pinned = false): Memory => ({
  id, kind: 'said', text: id, role: 'user', question: false, messageId: null, conversationId: null, conversationTitle: null,
  scope: 'shared', personaId: null, keptIn: null, pinned, createdAt, replacedBy: null, replaces: null,
});
const ids = (memories: readonly Memory[]) => memories.map(({ id }) => id).join('');
/** A full page that begins with these; the rest of it lies between the last of them and the next. */
const full = (...memories: Memory[]): Page => {
  const last = memories.at(-1)!;
  const filler = Array.from({ length: PAGE - memories.length }, (_, index) => memory('', last.createdAt - index / 1_000));
  return { memories: [...memories, ...filler.map((each, index) => ({ ...each, id: `-${index}` }))], total: 900 };
};
const named = (memories: readonly Memory[]) => ids(memories.filter(({ id }) => !id.startsWith('-')));
const [a, b, c, d] = [memory('a', 40), memory('b', 30), memory('c', 20), memory('d', 10)] as const;

describe('pages of memories', () => {
  it('continue after the last one shown, and end with a page that is not full', () => {
    expect(nextPlace([a, b])).toEqual({ at: 30, id: 'b' });
    expect(nextPlace([])).toBeNull();
    expect(isLast({ memories: [a, b], total: 9 }, 2)).toBe(false);
    expect(isLast({ memories: [a], total: 9 }, 2)).toBe(true);
  });

  it('put a new memory on top without losing what was scrolled to', () => {
    const fresh = memory('n', 50);
    expect(named(join(full(fresh, a), [a, b, c, d]))).toBe('nabcd');
  });

  it('drop one that is gone from the first page', () => {
    expect(named(join(full(a, c), [b, d]))).toBe('acd');
  });

  it('keep memories said in the same instant on both sides of a page', () => {
    const twins = [memory('x', 30), memory('y', 30), memory('z', 30)] as const;
    const first = { ...full(a), memories: [...full(a).memories.slice(0, -1), twins[0]] };
    expect(named(join(first, [twins[1], twins[2]]))).toBe('axyz');
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

describe('endOfDay', () => {
  it('takes in everything said on that day, and nothing of the next', () => {
    const place = endOfDay('2026-11-20')!;
    expect(place.at).toBe(new Date(2026, 10, 21).getTime() - 1);
    expect(place.id > 'zzzz').toBe(true);
  });

  it('has no place for a date that is not finished', () => {
    expect(endOfDay(null)).toBeNull();
    expect(endOfDay('')).toBeNull();
    expect(endOfDay('2026-11')).toBeNull();
  });
});
