/** Tables of values. The first row, when it looks like names, says what the columns are. */
import Papa from 'papaparse';
import { emptyDocument, type Block, type NoteDocument } from '../document.ts';
import type { Given } from '../given.ts';
import { marked } from '../writing.ts';

/** A block is so many characters of rows: more than a chunk, so that it is cut where chunks are. */
const blockLength = 4_000;

export function readCsv(given: Given): NoteDocument {
  const { text, mark } = given.text();
  const blocks: Block[] = [];
  let rows: string[] = [];
  let from = 0;
  let columns: string[] | null = null;
  const close = (to: number) => {
    const words = rows.join('\n');
    if (words.trim() !== '') blocks.push({ kind: 'table', text: words, place: trimmed(text, from, to) });
    rows = [];
    from = to;
  };
  Papa.parse<string[]>(text, {
    skipEmptyLines: true,
    step: ({ data, meta }, parser) => {
      columns ??= data;
      rows.push(data.map((value) => value.replace(/\s+/g, ' ').trim()).join(' | '));
      if (meta.cursor - from >= blockLength) close(meta.cursor);
      if (blocks.length >= given.limits.blocks) parser.abort();
    },
  });
  const full = blocks.length >= given.limits.blocks;
  if (!full) close(text.length);
  const document = emptyDocument('csv', given.title, marked(mark, full && 'Only its beginning was read: it has too many rows.'));
  return { ...document, text, blocks, properties: columns && isHeader(columns) ? { columns } : {} };
}

const isHeader = (row: string[]) => row.length > 1 && row.length <= 200 && row.every((name) => name.trim() !== '' && name.length < 100 && !/^[\d.,\s%€$-]+$/.test(name));

/** Without the white space at both ends. */
function trimmed(text: string, from: number, to: number): { from: number; to: number } {
  const stretch = text.slice(from, to);
  const begins = from + (stretch.length - stretch.trimStart().length);
  return { from: begins, to: begins + stretch.trim().length };
}
