import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';
import { join } from './Button.tsx';
import './virtual-list.css';

type Props<T> = {
  /** Accessible name of the list. */
  label: string;
  items: readonly T[];
  keyOf: (item: T, index: number) => string;
  /** Height guessed before a row is measured, pixels. */
  estimate: number;
  className?: string | undefined;
  /** Space between rows, pixels. */
  gap?: number | undefined;
  children: (item: T, index: number) => ReactNode;
};

/** A long list of which only what is in sight is drawn. Give it a height, or a place that has one. */
export function VirtualList<T>({ label, items, keyOf, estimate, className, gap = 0, children }: Props<T>) {
  'use no memo'; // The virtualizer keeps state of its own between renders; nothing here may be memoised around it.
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    getItemKey: (index) => keyOf(items[index] as T, index),
    gap,
    overscan: 8,
  });
  return (
    <div ref={scroller} className={join('virtual-list', className)} tabIndex={-1}>
      <ul role="list" aria-label={label} className="virtual-rows" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((row) => (
          <li
            key={row.key}
            ref={virtualizer.measureElement}
            data-index={row.index}
            aria-setsize={items.length}
            aria-posinset={row.index + 1}
            style={{ transform: `translateY(${row.start}px)` }}
          >
            {children(items[row.index] as T, row.index)}
          </li>
        ))}
      </ul>
    </div>
  );
}
