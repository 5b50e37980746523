import { useEffect, useState, type RefObject } from 'react';
import type { BodyHandle } from './NoteBody.tsx';
import type { Segment } from './segments.ts';

/** How far below the upper edge one reads, pixels. */
const readingPx = 96;

/** The segment that is being read: the first that reaches below the upper edge. Followed for the outline. */
export function useTopSegment(body: RefObject<BodyHandle | null>, segments: readonly Segment[]): { segment: number; now: () => number } {
  const [segment, setSegment] = useState(0);
  useEffect(() => {
    const scroller = body.current?.scroller();
    if (!scroller) return;
    let frame = 0;
    const look = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        setSegment(topOf(scroller));
      });
    };
    look();
    scroller.addEventListener('scroll', look, { passive: true });
    return () => {
      scroller.removeEventListener('scroll', look);
      cancelAnimationFrame(frame);
    };
  }, [body, segments]);
  return { segment, now: () => topOf(body.current?.scroller() ?? null) };
}

function topOf(scroller: HTMLElement | null): number {
  if (!scroller) return 0;
  const edge = scroller.getBoundingClientRect().top + readingPx;
  for (const element of scroller.querySelectorAll<HTMLElement>('[data-segment]')) {
    if (element.getBoundingClientRect().bottom > edge) return Number(element.dataset['segment']);
  }
  return 0;
}
