import type { ReactNode } from 'react';

/** Stands in for react-remove-scroll, whose injected <style> our policy refuses: the page itself never scrolls. */
export function RemoveScroll({ children }: { children?: ReactNode }): ReactNode {
  return children;
}
