import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { join } from '../ui/index.ts';

/** A row of a feed: what a screen reader calls it, and the heading that stands above it, if one does. */
export type FeedRow = { id: string; label: string; heading: string | null };

type Props<R extends FeedRow> = {
  label: string;
  rows: readonly R[];
  total: number;
  busy: boolean;
  /** Called when the end of what is there comes into sight. */
  onEnd: () => void;
  /** Takes a key pressed on the row itself; false leaves it to the feed. */
  onRowKey: (event: KeyboardEvent, row: R) => boolean;
  /** `reachable`: whether Tab stops at its buttons; only one row lets it. */
  children: (row: R, reachable: boolean) => ReactNode;
};

/** Rows left below the last one drawn when more are asked for. */
const AHEAD = 30;
/** Height of the filters that stay in sight above the list, pixels: a row one moves to must not hide behind them. */
const TOOLBAR = 120;

/** A long list that scrolls with its screen. One row at a time is reached by Tab; the arrow keys move between rows. */
export function Feed<R extends FeedRow>({ label, rows, total, busy, onEnd, onRowKey, children }: Props<R>) {
  'use no memo';
  const list = useRef<HTMLDivElement>(null);
  const above = useDistanceToTop(list);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => screenOf(list.current),
    estimateSize: (index) => (rows[index]?.heading ? 128 : 88),
    getItemKey: (index) => rows[index]?.id ?? index,
    scrollMargin: above,
    scrollPaddingStart: TOOLBAR,
    scrollPaddingEnd: 24,
    overscan: 8,
  });
  const drawn = virtualizer.getVirtualItems();
  const lastDrawn = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastDrawn >= rows.length - AHEAD) onEnd();
  });

  const [activeId, setActiveId] = useState<string | null>(null);
  const isDrawn = drawn.some((item) => rows[item.index]?.id === activeId);
  const reachable = isDrawn ? activeId : rows[drawn[0]?.index ?? 0]?.id;

  const onKeyDown = useRowKeys(rows, onRowKey, (index) => {
    virtualizer.scrollToIndex(index);
    // Far away rows are drawn only after the list has scrolled there.
    requestAnimationFrame(() => requestAnimationFrame(() => focusRow(list.current, index)));
  });

  return (
    <div
      ref={list}
      role="feed"
      className="memory-list"
      aria-label={label}
      aria-busy={busy}
      style={{ height: virtualizer.getTotalSize() }}
    >
      {drawn.map(({ index, key, start }) => {
        const row = rows[index];
        return row ? (
          <article
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            className={join('memory-item', row.heading && 'memory-item-first')}
            aria-posinset={index + 1}
            aria-setsize={total}
            aria-label={row.label}
            tabIndex={row.id === reachable ? 0 : -1}
            style={{ transform: `translateY(${start - above}px)` }}
            onFocus={() => setActiveId(row.id)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            {row.heading ? <h2 className="memory-heading">{row.heading}</h2> : null}
            {children(row, row.id === reachable)}
          </article>
        ) : null;
      })}
    </div>
  );
}

/** Moves by the arrow keys, Home and End, unless the row takes the key itself. */
function useRowKeys<R extends FeedRow>(rows: readonly R[], onRowKey: (event: KeyboardEvent, row: R) => boolean, moveTo: (index: number) => void) {
  return (event: KeyboardEvent, index: number) => {
    const row = rows[index];
    if (row && onRowKey(event, row)) return;
    const to = event.target === event.currentTarget ? target(event.key, index, rows.length) : null;
    if (to === null) return;
    event.preventDefault();
    moveTo(Math.min(Math.max(to, 0), rows.length - 1));
  };
}

const screenOf = (element: HTMLElement | null) => element?.closest<HTMLElement>('.screen') ?? null;

function target(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

const focusRow = (list: HTMLElement | null, index: number) => list?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });

/** How far below the top of the scrolled screen the list begins, pixels; follows what grows and shrinks above it. */
function useDistanceToTop(list: RefObject<HTMLElement | null>): number {
  const [distance, setDistance] = useState(0);
  useLayoutEffect(() => {
    const element = list.current;
    const screen = screenOf(element);
    if (!element || !screen) return;
    const measure = () => {
      setDistance(Math.round(element.getBoundingClientRect().top - screen.getBoundingClientRect().top + screen.scrollTop));
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const child of screen.children) observer.observe(child);
    return () => observer.disconnect();
  }, [list]);
  return distance;
}
