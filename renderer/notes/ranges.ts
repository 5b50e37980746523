/** Where what was found stands in what is drawn. */
import { rangesOf, stretchIn, type Needles } from './matches.ts';
import type { Segment } from './segments.ts';

type Drawn = { text: string; pieces: { node: Text; start: number }[] };

/** Names of things, numbers and marks that are drawn beside the note's own words. */
const notOfTheNote = '.code-head, .note-page-mark, .katex, .visually-hidden, figcaption, .picture-note';
const blocks = 'p, li, td, th, tr, h3, h4, h5, h6, pre, dt, dd, summary, blockquote, .code-line';

/** The words of a segment as drawn; between two blocks is a break, or the end of one and the beginning of the next were one word. */
function drawnText(element: Element): Drawn {
  const pieces: Drawn['pieces'] = [];
  let text = '';
  let block: Element | null = null;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || parent.closest(notOfTheNote)) continue;
    const its = parent.closest(blocks);
    if (text !== '' && its !== block) text += '\n';
    block = its;
    pieces.push({ node: node as Text, start: text.length });
    text += node.nodeValue ?? '';
  }
  return { text, pieces };
}

function rangeAt({ pieces }: Drawn, from: number, to: number): Range | null {
  const place = (offset: number) => {
    const piece = pieces.findLast(({ start }) => start <= offset);
    return piece ? ([piece.node, Math.min(offset - piece.start, piece.node.length)] as const) : null;
  };
  const begin = place(from);
  const end = place(to - 1);
  if (!begin || !end) return null;
  const range = document.createRange();
  range.setStart(...begin);
  range.setEnd(end[0], Math.min(end[1] + 1, end[0].length));
  return range;
}

/** Every match in a segment that is drawn. */
export function matchRanges(element: Element, needles: Needles): Range[] {
  const drawn = drawnText(element);
  return rangesOf(drawn.text, needles).flatMap(([from, to]) => rangeAt(drawn, from, to) ?? []);
}

/** What is drawn of [from, to) in this segment; all of it where that cannot be told more closely. Null where it does not reach in. */
export function passageRange(element: Element, segment: Segment, at: { from: number; to: number }): Range | null {
  const from = Math.max(at.from, segment.from);
  const to = Math.min(at.to, segment.to);
  if (from >= to) return null;
  const drawn = drawnText(element);
  const stretch = from === segment.from && to === segment.to ? null : stretchIn(drawn.text, segment.text.slice(from - segment.from, to - segment.from));
  return rangeAt(drawn, ...(stretch ?? [0, drawn.text.length]));
}

/** Scrolls so far that it is in sight, with something before it. */
export function showRange(scroller: HTMLElement, range: Range): void {
  const box = scroller.getBoundingClientRect();
  const rect = range.getBoundingClientRect();
  if (rect.height === 0 && rect.width === 0) return;
  if (rect.top >= box.top + 72 && Math.min(rect.bottom, rect.top + 160) <= box.bottom - 72) return;
  scroller.scrollTop += rect.top - box.top - box.height * 0.28;
}

/** Opens what is folded over it: what is closed cannot be in sight, nor marked. */
export function unfold(element: Element, range: Range): void {
  for (const details of element.querySelectorAll<HTMLDetailsElement>('details:not([open])')) {
    const folded = document.createRange();
    folded.selectNodeContents(details);
    const summary = details.querySelector(':scope > summary');
    if (summary) folded.setStartAfter(summary);
    const reaches = range.compareBoundaryPoints(Range.END_TO_START, folded) < 0 && range.compareBoundaryPoints(Range.START_TO_END, folded) > 0;
    if (reaches) details.open = true;
  }
}
