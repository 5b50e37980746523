import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref, type RefObject } from 'react';
import { t } from '../messages.ts';
import { IconButton, join } from '../ui/index.ts';
import type { Editing } from './chatTools.ts';
import type { ThreadRow } from './fold.ts';
import { MessageRow } from './MessageRow.tsx';
import type { ThreadHandle } from './threadHandle.ts';
import type { Find } from './useFind.ts';
import { useFindMarks } from './useFindMarks.ts';
import { useHeldEnd } from './useHeldEnd.ts';
import './thread.css';

type Props = {
  ref: Ref<ThreadHandle>;
  rows: readonly ThreadRow[];
  /** The message being rewritten, and its new words so far where they differ. */
  editing: Editing | null;
  /** The message one came for, marked for a while. */
  targetId: string | null;
  /** The answer whose receipts are shown. */
  receiptsId: string | null;
  answering: boolean;
  find: Find;
};

/** How near to the end still counts as being at it, pixels: then the thread follows what is written. */
const endPx = 64;

/** The messages, of which only those in sight are drawn. It follows a growing answer unless one has scrolled up. */
export function Thread({ ref, rows, editing, targetId, receiptsId, answering, find }: Props) {
  'use no memo'; // The virtualizer keeps state of its own between renders.
  const scroller = useRef<HTMLDivElement>(null);
  const { virtualizer, atEnd } = useThreadVirtualizer(rows, scroller);
  const hold = useHeldEnd(scroller, virtualizer.getTotalSize());
  useImperativeHandle(ref, () => ({
    toEnd: () => {
      hold(true);
      requestAnimationFrame(() => virtualizer.scrollToEnd());
    },
    toMessage: (id, focus = false) => {
      const index = rows.findIndex((row) => row.message.id === id);
      if (index < 0) return;
      hold(false);
      virtualizer.scrollToIndex(index, { align: 'center' });
      if (focus) focusWhenDrawn(scroller, id);
    },
  }));
  const items = virtualizer.getVirtualItems();
  useFindMarks(scroller, find, items.length > 0 ? `${items[0]?.key} ${items.at(-1)?.key} ${virtualizer.getTotalSize()}` : '');

  return (
    <div className="thread-place">
      <div ref={scroller} className="thread" tabIndex={0} role="region" aria-label={t('chat.thread')} onKeyDown={(event) => toEdge(event, virtualizer)}>
        <ol role="list" className="thread-rows" style={{ height: virtualizer.getTotalSize() }} aria-busy={answering}>
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const { id } = row.message;
            return (
              <li
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                aria-setsize={rows.length}
                aria-posinset={item.index + 1}
                className={join('thread-row', id === targetId && 'thread-target')}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <MessageRow row={row} last={item.index === rows.length - 1} editing={editing?.id === id ? editing : null} showsReceipts={id === receiptsId} idle={!answering} />
              </li>
            );
          })}
        </ol>
      </div>
      {atEnd ? null : (
        <div className="thread-latest">
          <IconButton label={t('chat.latest')} side="top" className="thread-latest-button" onClick={() => virtualizer.scrollToEnd()}>
            <ArrowDown aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
}

/** The browser's own way there is slow, and ends wherever a message on the way turns out taller than guessed. */
function toEdge(event: KeyboardEvent<HTMLElement>, virtualizer: Virtualizer<HTMLDivElement, Element>): void {
  if (event.target !== event.currentTarget || (event.key !== 'Home' && event.key !== 'End')) return;
  event.preventDefault();
  if (event.key === 'Home') virtualizer.scrollToIndex(0, { align: 'start' });
  else virtualizer.scrollToEnd();
}

/** Scrolling draws the message within a frame or two; until then there is nothing to focus. */
function focusWhenDrawn(scroller: RefObject<HTMLElement | null>, id: string, tries = 10): void {
  requestAnimationFrame(() => {
    const message = scroller.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`);
    if (message) message.focus({ preventScroll: true });
    else if (tries > 0) focusWhenDrawn(scroller, id, tries - 1);
  });
}

function useThreadVirtualizer(rows: readonly ThreadRow[], scroller: RefObject<HTMLDivElement | null>) {
  'use no memo';
  const [atEnd, setAtEnd] = useState(true);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => guessHeight(rows[index]),
    getItemKey: (index) => rows[index]?.message.id ?? index,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: endPx,
    overscan: 4,
    paddingStart: 24,
    paddingEnd: 24,
    onChange: (instance) => setAtEnd(instance.isAtEnd(endPx)),
  });
  // A conversation opens where it ended.
  useEffect(() => {
    virtualizer.scrollToEnd();
  }, [virtualizer]);
  return { virtualizer, atEnd };
}

/** A first guess from the length of the text; measured as soon as it is drawn. */
function guessHeight(row: ThreadRow | undefined): number {
  const text = row?.message.text ?? '';
  const lines = Math.ceil(text.length / 78) + (text.match(/\n/g)?.length ?? 0);
  return 76 + 28 * Math.max(1, lines);
}
