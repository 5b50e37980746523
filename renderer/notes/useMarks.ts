import { useEffect, useRef, type RefObject } from 'react';
import type { Match, Needles } from './matches.ts';
import type { BodyHandle } from './NoteBody.tsx';
import { matchRanges, passageRange, showRange, unfold } from './ranges.ts';
import type { Segment } from './segments.ts';

type Place = { from: number; to: number };
export type Marks = { segments: readonly Segment[]; needles: Needles; current: Match | null; at: Place | null };

const names = ['note-passage', 'note-word', 'note-current'] as const;

/**
 * Colours the passage one came for and the words that were meant in whatever is drawn, through the browser's own
 * highlights: the text itself is not touched. Parts that are drawn later (code, formulas) are coloured then.
 */
export function useMarks(body: RefObject<BodyHandle | null>, marks: Marks): void {
  const { segments, needles, current, at } = marks;
  useEffect(() => {
    const scroller = body.current?.scroller();
    if (!scroller || !('highlights' in CSS)) return;
    let frame = 0;
    const draw = () => {
      frame = 0;
      colour(scroller, { segments, needles, current, at });
    };
    const soon = () => {
      frame ||= requestAnimationFrame(draw);
    };
    draw();
    const observer = new MutationObserver(soon);
    observer.observe(scroller, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      for (const name of names) CSS.highlights.delete(name);
    };
  }, [body, segments, needles, current, at]);
}

function colour(scroller: HTMLElement, { segments, needles, current, at }: Marks): void {
  const [passage, words, one] = [new Highlight(), new Highlight(), new Highlight()];
  words.priority = 1;
  one.priority = 2;
  for (const element of scroller.querySelectorAll<HTMLElement>('[data-segment]')) {
    const index = Number(element.dataset['segment']);
    const segment = segments[index];
    if (!segment) continue;
    const reached = at && passageRange(element, segment, at);
    if (reached) passage.add(reached);
    if (needles.words.length === 0) continue;
    const ranges = matchRanges(element, needles);
    for (const range of ranges) words.add(range);
    const chosen = current?.segment === index ? nthOf(ranges, current.nth) : null;
    if (chosen) one.add(chosen);
  }
  CSS.highlights.set('note-passage', passage);
  CSS.highlights.set('note-word', words);
  CSS.highlights.set('note-current', one);
}

const nthOf = (ranges: readonly Range[], nth: number): Range | null => ranges[Math.min(nth, ranges.length - 1)] ?? null;

/** Goes to a match, to a place, or to a segment; drawn first where it is not. */
export function useShow(body: RefObject<BodyHandle | null>, marks: Marks) {
  const latest = useRef(marks);
  useEffect(() => {
    latest.current = marks;
  });
  /** Where it is drawn, with nothing folded over it. */
  const rangeOf = (index: number, nth: number | null): Range | null => {
    const element = body.current?.scroller()?.querySelector(`[data-segment="${index}"]`);
    const { segments, needles, at } = latest.current;
    const segment = segments[index];
    if (!element || !segment) return null;
    const range = nth === null ? at && passageRange(element, segment, at) : nthOf(matchRanges(element, needles), nth);
    if (range) unfold(element, range);
    return range;
  };
  /** The passage may go on in what is drawn below. */
  const unfoldPassage = (from: number): void => {
    const { segments, at } = latest.current;
    for (let index = from; at && index < segments.length && segments[index]!.from < at.to; index += 1) rangeOf(index, null);
  };
  const settle = (index: number, nth: number | null, tries = 8): void => {
    requestAnimationFrame(() => {
      const scroller = body.current?.scroller();
      const range = rangeOf(index, nth);
      if (nth === null) unfoldPassage(index + 1);
      if (scroller && range) showRange(scroller, range);
      // What is above it may turn out taller than guessed, and draws it out of sight again.
      if (tries > 0) settle(index, nth, range ? Math.min(tries - 1, 2) : tries - 1);
    });
  };
  return {
    match: (match: Match) => {
      const scroller = body.current?.scroller();
      const range = rangeOf(match.segment, match.nth);
      if (scroller && range) showRange(scroller, range);
      else body.current?.toSegment(match.segment);
      settle(match.segment, match.nth);
    },
    place: (index: number) => {
      body.current?.toSegment(index);
      settle(index, null);
    },
    heading: (index: number) => {
      body.current?.toSegment(index);
    },
  };
}
