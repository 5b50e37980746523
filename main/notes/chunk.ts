/** Cuts a note into passages that follow it: under their headings, blocks whole where they fit, long ones at sentences. Pure. */
import { cut } from './cut.ts';
import type { Block, BlockKind, Chunk, NoteDocument, Place } from './document.ts';
import { piecesOf } from './pieces.ts';

/** In pieces of an embedder. Neighbours share a chunk up to this size, and what is too long is cut into such. */
export const wanted = 200;
/** One block stays whole up to here: with title and headings that is what small embedders read, 256. */
export const longest = 230;
/** A longer heading is a paragraph made large: shortened in the path, and a passage of its own. Characters. */
export const longestHeading = 120;

/** Blocks under the same headings. */
type Section = { headings: string[]; blocks: Block[] };
/** Blocks that make one chunk, or one that is too long for one. */
type Group = { blocks: Block[]; pieces: number };

/** Every word of a block stands in exactly one chunk, or in a heading of one; what has no word is left out. */
export const chunksOf = (note: Pick<NoteDocument, 'text' | 'blocks'>): Chunk[] =>
  sectionsOf(inOrder(note)).flatMap(({ headings, blocks }) =>
    groupsOf(note.text, blocks)
      .flatMap((group) => placesOf(note.text, group))
      .map(({ kind, place }) => ({ headings, kind, text: note.text.slice(place.from, place.to), place }))
      .filter(({ text }) => hasWord.test(text)),
  );

const hasWord = /[\p{L}\p{N}]/u;

/** Headings, and the blocks that say something; no character twice, however a reader nests them. */
function inOrder({ text, blocks }: Pick<NoteDocument, 'text' | 'blocks'>): Block[] {
  let end = 0;
  return blocks
    .toSorted((one, other) => one.place.from - other.place.from)
    .flatMap((block) => {
      const from = Math.max(block.place.from, end);
      if (from >= block.place.to || !(block.kind === 'heading' || hasWord.test(text.slice(from, block.place.to)))) return [];
      end = block.place.to;
      return [{ ...block, place: { ...block.place, from } }];
    });
}

/** A heading under which nothing stands is a passage itself: nobody would find its words otherwise. */
function sectionsOf(blocks: readonly Block[]): Section[] {
  const sections: Section[] = [{ headings: [], blocks: [] }];
  let path: Block[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.kind !== 'heading') {
      sections.at(-1)!.blocks.push(block);
      continue;
    }
    path = path.filter((above) => levelOf(above) < levelOf(block));
    if (isBare(blocks, index) || titleOf(block).length > longestHeading) sections.push({ headings: pathOf(path), blocks: [block] });
    path.push(block);
    sections.push({ headings: pathOf(path), blocks: [] });
  }
  return sections;
}

const levelOf = (heading: Block) => heading.level ?? 1;
const titleOf = (heading: Block) => heading.text.replace(/\s+/gu, ' ').trim();
/** The next that says something, or ends what the heading opened, is no part of it. */
function isBare(blocks: readonly Block[], index: number): boolean {
  const level = levelOf(blocks[index]!);
  const ends = (block: Block) => block.kind === 'heading' && levelOf(block) <= level;
  for (let at = index + 1; at < blocks.length; at += 1) {
    if (ends(blocks[at]!)) return true;
    if (hasWord.test(blocks[at]!.text)) return false;
  }
  return true;
}
const pathOf = (path: readonly Block[]) => path.map((heading) => shortened(titleOf(heading))).filter((title) => title !== '');
const shortened = (title: string) => (title.length > longestHeading ? `${title.slice(0, longestHeading).replace(/[\ud800-\udbff]$/u, '')}…` : title);

/** As many neighbours together as fit; never across pages, where a place would be wrong. */
function groupsOf(text: string, blocks: readonly Block[]): Group[] {
  const groups: Group[] = [];
  for (const block of blocks) {
    const open = groups.at(-1);
    const pieces = open ? open.pieces + piecesOf(text.slice(open.blocks.at(-1)!.place.to, block.place.to)) : 0;
    if (open && open.blocks[0]!.place.page === block.place.page && pieces <= wanted) {
      open.blocks.push(block);
      open.pieces = pieces;
    } else groups.push({ blocks: [block], pieces: piecesOf(text.slice(block.place.from, block.place.to)) });
  }
  return groups;
}

function placesOf(text: string, { blocks, pieces }: Group): { kind: BlockKind; place: Place }[] {
  const [first, last] = [blocks[0]!, blocks.at(-1)!];
  const kind = blocks.every((block) => block.kind === first.kind) ? first.kind : 'paragraph';
  const whole = { ...first.place, to: last.place.to };
  const parts = pieces <= longest ? [whole] : cut(text.slice(whole.from, whole.to), kind, wanted).map(({ from, to }) => ({ ...whole, from: whole.from + from, to: whole.from + to }));
  return parts.map((part) => ({ kind, place: trimmed(text, part, kind) }));
}

/** Without the space around it; in code and lists the first line keeps its indentation. */
function trimmed(text: string, place: Place, kind: BlockKind): Place {
  const said = text.slice(place.from, place.to);
  const lead = /^\s*/u.exec(said)![0];
  const kept = kind === 'code' || kind === 'list' ? Math.max(lead.lastIndexOf('\n'), lead.lastIndexOf('\r')) + 1 : lead.length;
  return { ...place, from: place.from + kept, to: place.from + said.trimEnd().length };
}
