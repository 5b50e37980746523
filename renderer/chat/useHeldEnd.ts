import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

/** So far from the end is at it all the same: heights are fractions, pixels. */
const endPx = 2;

/**
 * Whoever is at the end of the thread stays there, whatever its rows grow by, until they scroll up. `size` is the height of
 * all rows as drawn. The virtualizer follows what is written, but loses the end where an answer takes another row's place.
 */
export function useHeldEnd(scroller: RefObject<HTMLElement | null>, size: number) {
  const held = useRef(true);
  const seen = useRef({ scrollTop: 0, scrollHeight: 0, clientHeight: 0 });

  /** Only a way up among rows of one height is somebody's own: with other heights the virtualizer moves the thread too. */
  const look = useCallback((element: HTMLElement) => {
    const { scrollTop, scrollHeight, clientHeight } = element;
    const before = seen.current;
    if (restOf(element) <= endPx) held.current = true;
    else if (scrollTop < before.scrollTop && scrollHeight === before.scrollHeight && clientHeight === before.clientHeight) held.current = false;
    seen.current = { scrollTop, scrollHeight, clientHeight };
  }, []);
  const keep = useCallback(
    (element: HTMLElement) => {
      look(element);
      if (!held.current || restOf(element) <= 0) return;
      element.scrollTop = element.scrollHeight;
      look(element);
    },
    [look],
  );

  useLayoutEffect(() => {
    if (scroller.current) keep(scroller.current);
  }, [scroller, size, keep]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => look(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    // A taller composer leaves the thread less room.
    const observer = new ResizeObserver(() => keep(element));
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [scroller, look, keep]);

  return useCallback((hold: boolean) => {
    held.current = hold;
  }, []);
}

/** What is left to scroll, pixels. */
const restOf = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement) => scrollHeight - scrollTop - clientHeight;
