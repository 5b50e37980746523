import type { SearchHit } from '../../main/contract/memory.ts';
import type { Route } from '../app/route.ts';

export const kinds = ['all', 'conversation', 'message', 'memory'] as const;
export type Kind = (typeof kinds)[number];

/** The most that is asked for; nobody reads further. */
export const LIMIT = 200;

export const ofKind = (hits: readonly SearchHit[], kind: Kind): SearchHit[] => hits.filter((hit) => kind === 'all' || hit.kind === kind);

export const countOf = (hits: readonly SearchHit[], kind: Kind): number => ofKind(hits, kind).length;

/** Ids of hits are unique within a kind only. */
export const keyOf = ({ kind, id }: SearchHit): string => `${kind}-${id}`;

/** Where a hit leads. */
export function placeOf({ kind, id, conversationId }: SearchHit): Route {
  if (kind === 'memory') return { screen: 'memory', memoryId: id, tab: 'known' };
  return { screen: 'chat', conversationId: kind === 'conversation' ? id : conversationId, messageId: kind === 'message' ? id : null };
}

/** The next hit for an arrow key; stays at the ends, and starts at the top. */
export function step(active: number, key: string, count: number): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(active + 1, last);
    case 'ArrowUp':
      return Math.max(active - 1, 0);
    case 'PageDown':
      return Math.min(active + 10, last);
    case 'PageUp':
      return Math.max(active - 10, 0);
    default:
      return null;
  }
}
