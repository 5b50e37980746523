import { useEffect, type RefObject } from 'react';
import { occurrences, type Match } from './find.ts';
import type { Find } from './useFind.ts';

/**
 * Colours the matches in the messages that are drawn, through the browser's own highlights: the text itself is not
 * touched, so nothing is redrawn. `drawn` changes whenever other messages come into sight.
 */
export function useFindMarks(scroller: RefObject<HTMLElement | null>, find: Find, drawn: string): void {
  const { open, query, current } = find;
  useEffect(() => {
    if (!open || !query || !('highlights' in CSS) || !scroller.current) return;
    const { all, one } = highlightsIn(scroller.current, query, current);
    CSS.highlights.set('find', all);
    CSS.highlights.set('find-current', one);
    return () => {
      CSS.highlights.delete('find');
      CSS.highlights.delete('find-current');
    };
  }, [scroller, open, query, current, drawn]);
}

/** All matches in sight, and the one that find stands at, brought into view. */
function highlightsIn(thread: HTMLElement, query: string, current: Match | null): { all: Highlight; one: Highlight } {
  const all = new Highlight();
  const one = new Highlight();
  one.priority = 1;
  for (const message of thread.querySelectorAll<HTMLElement>('[data-message]')) {
    const ranges = rangesIn(message, query);
    for (const range of ranges) all.add(range);
    if (current?.messageId !== message.dataset['message']) continue;
    const chosen = ranges[Math.min(current?.nth ?? 0, ranges.length - 1)];
    if (!chosen) continue;
    one.add(chosen);
    chosen.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
  }
  return { all, one };
}

/** The matches in a message's text as drawn, across bold, links and the like. */
function rangesIn(message: HTMLElement, query: string): Range[] {
  const pieces: { node: Text; start: number }[] = [];
  let text = '';
  for (const body of message.querySelectorAll('.said, .markdown')) {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      pieces.push({ node: node as Text, start: text.length });
      text += node.nodeValue ?? '';
    }
  }
  const placeOf = (offset: number) => {
    const piece = pieces.findLast(({ start }) => start <= offset);
    return piece ? ([piece.node, offset - piece.start] as const) : null;
  };
  return occurrences(text, query).flatMap((start) => {
    const from = placeOf(start);
    const to = placeOf(start + query.length - 1);
    if (!from || !to) return [];
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(to[0], to[1] + 1);
    return [range];
  });
}
