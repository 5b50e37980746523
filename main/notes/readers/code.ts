/** Source code: what stands together without a break that leads back to the margin is one block. */
import { emptyDocument, type Block, type NoteDocument } from '../document.ts';
import type { Given } from '../given.ts';
import { Lines } from '../lines.ts';
import { marked } from '../writing.ts';

export function readCode(given: Given): NoteDocument {
  const { text, mark } = given.text();
  const blocks: Block[] = [];
  let from = -1;
  let to = 0;
  const close = () => {
    if (from >= 0) blocks.push({ kind: 'code', text: text.slice(from, to), place: { from, to } });
    from = -1;
  };
  let blank = false;
  const lines = new Lines(text);
  for (let at = 0; at < lines.count && blocks.length < given.limits.blocks; at++) {
    const line = lines.at(at);
    if (line.text.trim() === '') {
      blank = true;
      continue;
    }
    // A line that only closes belongs to what it closes.
    if (blank && /^[^\s})\]]/.test(line.text)) close();
    blank = false;
    if (from < 0) from = line.from;
    to = line.to;
  }
  const full = blocks.length >= given.limits.blocks;
  if (!full) close();
  const sentence = marked(mark, full && 'Only its beginning was read: it has too many parts.');
  return { ...emptyDocument('code', `${given.title}${given.extension}`, sentence), text, blocks };
}
