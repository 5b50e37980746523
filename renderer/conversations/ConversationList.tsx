import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Conversation } from '../../main/contract/conversation.ts';
import { formatMonth } from '../format.ts';
import { t } from '../messages.ts';
import { groupByDate, type Heading } from './group.ts';
import { Row } from './Row.tsx';

type Item = { kind: 'heading'; heading: Heading } | { kind: 'row'; conversation: Conversation };
type Props = { conversations: readonly Conversation[]; currentId: string | null; grouped: boolean };

/** The conversations under their dates. Arrows go up and down, Tab enters and leaves; only what is in sight is drawn. */
export function ConversationList({ conversations, currentId, grouped }: Props) {
  const items = useMemo(() => itemsOf(conversations, grouped), [conversations, grouped]);
  const [renamingId, setRenamingId] = useState<string | null>(null);
  const { scroller, virtualizer, tabbableIndex, onKeyDown } = useRovingList(items, currentId);

  return (
    <div ref={scroller} className="conversation-list" onKeyDown={onKeyDown}>
      <ul role="list" aria-label={t('conversations.title')} className="virtual-rows" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const item = items[index] as Item;
          return (
            <li key={key} data-index={index} ref={virtualizer.measureElement} style={{ transform: `translateY(${start}px)` }}>
              {item.kind === 'heading' ? (
                <h2 className="conversation-heading">{nameOf(item.heading)}</h2>
              ) : (
                <Row
                  conversation={item.conversation}
                  current={item.conversation.id === currentId}
                  renaming={item.conversation.id === renamingId}
                  tabbable={index === tabbableIndex}
                  onRename={setRenamingId}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function itemsOf(conversations: readonly Conversation[], grouped: boolean): Item[] {
  const row = (conversation: Conversation): Item => ({ kind: 'row', conversation });
  if (!grouped) return conversations.map(row);
  return groupByDate(conversations, Date.now()).flatMap((group) => [{ kind: 'heading' as const, heading: group.heading }, ...group.conversations.map(row)]);
}

const nameOf = (heading: Heading) => (typeof heading === 'string' ? t(`conversations.${heading}`) : formatMonth(heading.monthOf));

function useRovingList(items: readonly Item[], currentId: string | null) {
  'use no memo'; // The virtualizer keeps state of its own between renders.
  const scroller = useRef<HTMLDivElement>(null);
  const [moved, setMoved] = useState<number | null>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'heading' ? 36 : 34),
    getItemKey: (index) => keyOf(items[index] as Item),
    overscan: 12,
  });
  const currentIndex = items.findIndex((item) => item.kind === 'row' && item.conversation.id === currentId);
  const firstRow = items.findIndex((item) => item.kind === 'row');
  const tabbableIndex = moved !== null && items[moved]?.kind === 'row' ? moved : currentIndex >= 0 ? currentIndex : firstRow;

  // The row may only be drawn after scrolling to it.
  useEffect(() => {
    if (moved === null) return;
    virtualizer.scrollToIndex(moved, { align: 'auto' });
    const frame = requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${moved}"] [data-row]`)?.focus());
    return () => cancelAnimationFrame(frame);
  }, [moved, virtualizer]);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = Number((event.target as HTMLElement).closest('[data-index]')?.getAttribute('data-index') ?? tabbableIndex);
    const next = nextRow(items, at, event);
    if (next === null) return;
    event.preventDefault();
    setMoved(next);
  };
  return { scroller, virtualizer, tabbableIndex, onKeyDown };
}

const keyOf = (item: Item) => (item.kind === 'row' ? item.conversation.id : typeof item.heading === 'string' ? item.heading : item.heading.monthOf);

/** The row that a key leads to from here, or null when it leads nowhere. */
function nextRow(items: readonly Item[], at: number, event: KeyboardEvent): number | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const steps: Record<string, [from: number, step: number]> = {
    ArrowDown: [at + 1, 1],
    ArrowUp: [at - 1, -1],
    Home: [0, 1],
    End: [items.length - 1, -1],
  };
  const [from, step] = steps[event.key] ?? [-1, 0];
  for (let index = from; step !== 0 && index >= 0 && index < items.length; index += step) {
    if (items[index]?.kind === 'row') return index;
  }
  return null;
}
