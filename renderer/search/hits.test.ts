import { describe, expect, it } from 'vitest';
import type { SearchHit } from '../../main/contract/memory.ts';
import { countOf, ofKind, placeOf, step } from './hits.ts';

const hit = (kind: SearchHit['kind'], id: string, conversationId: string | null = 'c'): SearchHit => ({
  kind, id, conversationId, title: '', snippet: '', marks: [], role: null, at: 0, kept: false,
});

describe('search hits', () => {
  it('lead to the conversation, to the message in it, to the memory', () => {
    expect(placeOf(hit('conversation', 'c9', null))).toEqual({ screen: 'chat', conversationId: 'c9', messageId: null });
    expect(placeOf(hit('message', 'm1'))).toEqual({ screen: 'chat', conversationId: 'c', messageId: 'm1' });
    expect(placeOf(hit('memory', 'k1'))).toEqual({ screen: 'memory', memoryId: 'k1', tab: 'known' });
  });

  it('are filtered by kind without changing their order', () => {
    const hits = [hit('memory', '1'), hit('message', '2'), hit('memory', '3')];
    expect(ofKind(hits, 'memory').map(({ id }) => id)).toEqual(['1', '3']);
    expect(countOf(hits, 'all')).toBe(3);
  });

  it('are walked by arrow keys and stop at the ends', () => {
    expect(step(-1, 'ArrowDown', 3)).toBe(0);
    expect(step(2, 'ArrowDown', 3)).toBe(2);
    expect(step(0, 'ArrowUp', 3)).toBe(0);
    expect(step(0, 'PageDown', 3)).toBe(2);
    expect(step(0, 'a', 3)).toBeNull();
    expect(step(-1, 'ArrowDown', 0)).toBe(-1);
  });
});
