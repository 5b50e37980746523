import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/**
 * Markdown cut into its top-level blocks, so that a growing answer redraws only its last one.
 * Joined, the blocks are the text again but for blank lines between them.
 */
export type Blocks = {
  blocks: readonly string[];
  /** What the blocks were made from, and where the last two of them begin: later text can only change those. */
  text: string;
  resumeAt: number;
  kept: number;
};

export const noBlocks: Blocks = { blocks: [], text: '', resumeAt: 0, kept: 0 };

const parser = unified().use(remarkParse).use(remarkGfm);

type Place = { type: string; start: number; end: number };

/** The blocks of `text`; where it only grew since `before`, only its end is read again. */
export function splitBlocks(text: string, before: Blocks = noBlocks): Blocks {
  const grew = before.kept > 0 && text.startsWith(before.text);
  const from = grew ? before.resumeAt : 0;
  const tail = text.slice(from);
  const places = joinMath(placesOf(tail), tail);
  // What a reference or a footnote points to may stand in any other block: such a text stays whole.
  if (places.some((place) => place.type === 'definition' || place.type === 'footnoteDefinition')) {
    return { ...noBlocks, blocks: [text], text };
  }
  const fresh = places.map((place) => tail.slice(place.start, place.end));
  const kept = grew ? before.blocks.slice(0, before.kept) : [];
  const settled = Math.max(0, places.length - 2);
  return { blocks: [...kept, ...fresh], text, resumeAt: from + (places[settled]?.start ?? 0), kept: kept.length + settled };
}

function placesOf(text: string): Place[] {
  return parser.parse(text).children.map((node) => ({
    type: node.type,
    start: node.position?.start.offset ?? 0,
    end: node.position?.end.offset ?? text.length,
  }));
}

/** Displayed maths may hold blank lines, which end a paragraph but not the formula: it stays one block. */
function joinMath(places: readonly Place[], text: string): Place[] {
  const joined: Place[] = [];
  let open = false;
  for (const place of places) {
    const last = joined.at(-1);
    if (open && last) last.end = place.end;
    else joined.push({ ...place });
    const current = joined.at(-1) ?? place;
    open = current.type !== 'code' && hasOpenMath(text.slice(current.start, current.end));
  }
  return joined;
}

function hasOpenMath(block: string): boolean {
  const opened = block.lastIndexOf('\\[');
  return block.split('$$').length % 2 === 0 || (opened >= 0 && !block.includes('\\]', opened));
}
