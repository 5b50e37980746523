import { useVirtualizer } from '@tanstack/react-virtual';
import { useImperativeHandle, useRef, type ReactNode, type Ref } from 'react';
import type { Segment } from './segments.ts';

export type BodyHandle = {
  scroller: () => HTMLElement | null;
  /** Brings a segment to the top, drawing it if need be. */
  toSegment: (index: number) => void;
  toTop: () => void;
};

type Props = {
  ref: Ref<BodyHandle>;
  label: string;
  segments: readonly Segment[];
  head: ReactNode;
  foot: ReactNode;
  draw: (segment: Segment, index: number) => ReactNode;
};

/** A note of this length is drawn whole: the browser's own means, of a screen reader's too, then reach all of it. */
const wholeSegments = 400;
const wholeLength = 200_000;

export const isLarge = (segments: readonly Segment[]): boolean => segments.length > wholeSegments || (segments.at(-1)?.to ?? 0) > wholeLength;

/** The note from its title to what is connected with it. */
export function NoteBody(props: Props) {
  return isLarge(props.segments) ? <LargeBody {...props} /> : <WholeBody {...props} />;
}

const elementOf = (scroller: HTMLElement | null, index: number) => scroller?.querySelector<HTMLElement>(`[data-segment="${index}"]`);

function WholeBody({ ref, label, segments, head, foot, draw }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({
    scroller: () => scroller.current,
    toSegment: (index) => elementOf(scroller.current, index)?.scrollIntoView({ block: 'start' }),
    toTop: () => scroller.current?.scrollTo({ top: 0 }),
  }));
  return (
    <div ref={scroller} className="note-scroller" tabIndex={0} role="region" aria-label={label}>
      <div className="note-page-column">
        {head}
        <article className="note-text" aria-label={label}>
          {segments.map((segment, index) => (
            <div key={index} data-segment={index} className="note-part">
              {draw(segment, index)}
            </div>
          ))}
        </article>
        {foot}
      </div>
    </div>
  );
}

/** Only what is in sight is drawn. The head is the first row, the foot the last. */
function LargeBody({ ref, label, segments, head, foot, draw }: Props) {
  'use no memo'; // The virtualizer keeps state of its own between renders.
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: segments.length + 2,
    getScrollElement: () => scroller.current,
    estimateSize: (row) => guessHeight(segments[row - 1]),
    overscan: 6,
  });
  useImperativeHandle(ref, () => ({
    scroller: () => scroller.current,
    toSegment: (index) => virtualizer.scrollToIndex(index + 1, { align: 'start' }),
    toTop: () => virtualizer.scrollToIndex(0, { align: 'start' }),
  }));
  const items = virtualizer.getVirtualItems();
  return (
    <div ref={scroller} className="note-scroller" tabIndex={0} role="region" aria-label={label}>
      <article className="note-page-column note-text" aria-label={label} style={{ paddingTop: items[0]?.start ?? 0, paddingBottom: Math.max(0, virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)) }}>
        {items.map(({ key, index }) => {
          const segment = segments[index - 1];
          return (
            <div key={key} ref={virtualizer.measureElement} data-index={index} data-segment={segment ? index - 1 : undefined} className={segment ? 'note-part note-part-large' : undefined}>
              {segment ? draw(segment, index - 1) : index === 0 ? head : foot}
            </div>
          );
        })}
      </article>
    </div>
  );
}

/** From the length of the text; measured as soon as it is drawn. */
function guessHeight(segment: Segment | undefined): number {
  if (!segment) return 160;
  if (segment.kind === 'lines') return 22 * segment.text.split('\n').length;
  return 24 + 29 * Math.max(1, Math.ceil(segment.text.length / 78));
}
