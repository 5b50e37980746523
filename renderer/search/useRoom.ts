import { useLayoutEffect, useState, type RefObject } from 'react';

/** A list and a preview stand side by side from this width on: rem of the text size chosen. */
const widest = 56;

/** Whether there is room for a preview beside the list. */
export function useRoom(place: RefObject<HTMLElement | null>): boolean {
  const [hasRoom, setRoom] = useState(false);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const measure = () => setRoom(element.clientWidth >= widest * parseFloat(getComputedStyle(document.documentElement).fontSize));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return hasRoom;
}
