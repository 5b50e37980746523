import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { t } from '../messages.ts';
import { join } from '../ui/index.ts';
import type { Row } from './groupByTime.ts';
import { MemoryRow, rowKey } from './MemoryRow.tsx';
import type { MemoryActions } from './useMemoryActions.ts';

type Props = {
  rows: readonly Row[];
  total: number;
  actions: MemoryActions;
  nameOfPersona: (id: string) => string;
  busy: boolean;
  /** Called when the end of what is there comes into sight. */
  onEnd: () => void;
};

/** Rows left below the last one drawn when more are asked for. */
const AHEAD = 30;
/** Height of the filters that stay in sight above the list, pixels: a row one moves to must not hide behind them. */
const TOOLBAR = 120;

/** A long list that scrolls with its screen. One row at a time is reached by Tab; the arrow keys move between rows. */
export function MemoryList({ rows, total, actions, nameOfPersona, busy, onEnd }: Props) {
  'use no memo';
  const list = useRef<HTMLDivElement>(null);
  const above = useDistanceToTop(list);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => screenOf(list.current),
    estimateSize: (index) => (rows[index]?.heading ? 128 : 88),
    getItemKey: (index) => rows[index]?.memory.id ?? index,
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
  const isDrawn = drawn.some((item) => rows[item.index]?.memory.id === activeId);
  const reachable = isDrawn ? activeId : rows[drawn[0]?.index ?? 0]?.memory.id;

  const onKeyDown = useRowKeys(rows, actions, (index) => {
    virtualizer.scrollToIndex(index);
    // Far away rows are drawn only after the list has scrolled there.
    requestAnimationFrame(() => requestAnimationFrame(() => focusRow(list.current, index)));
  });

  return (
    <div
      ref={list}
      role="feed"
      className="memory-list"
      aria-label={t('memory.listLabel')}
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
            aria-label={row.memory.text.slice(0, 200)}
            tabIndex={row.memory.id === reachable ? 0 : -1}
            style={{ transform: `translateY(${start - above}px)` }}
            onFocus={() => setActiveId(row.memory.id)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            {row.heading ? <h2 className="memory-heading">{row.heading}</h2> : null}
            <MemoryRow memory={row.memory} actions={actions} nameOfPersona={nameOfPersona} reachable={row.memory.id === reachable} />
          </article>
        ) : null;
      })}
    </div>
  );
}

/** Moves by the arrow keys, Home and End, unless the row takes the key itself. */
function useRowKeys(rows: readonly Row[], actions: MemoryActions, moveTo: (index: number) => void) {
  return (event: KeyboardEvent, index: number) => {
    const row = rows[index];
    if (row && rowKey(event, row.memory, actions)) return;
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
