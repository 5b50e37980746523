import type { ThreadRow } from './fold.ts';

/** A place where what is looked for stands: the message, and which match within it, from 0. */
export type Match = { messageId: string; row: number; nth: number };

/** Letters as compared: lower case, without accents, and with each position kept so that ranges stay true. */
export function fold(text: string): string {
  let folded = '';
  for (const letter of text) {
    const plain = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    // One code unit for each, or positions would drift.
    folded += plain.length === letter.length ? plain : letter;
  }
  return folded;
}

/** Where `query` begins in `text`, without overlaps, whatever case and accents. */
export function occurrences(text: string, query: string): number[] {
  const needle = fold(query);
  if (!needle) return [];
  const hay = fold(text);
  const found: number[] = [];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) found.push(at);
  return found;
}

/** Every match in the thread, first to last. */
export function findInRows(rows: readonly ThreadRow[], query: string): Match[] {
  return rows.flatMap(({ message }, row) => occurrences(readable(message.text), query).map((_, nth) => ({ messageId: message.id, row, nth })));
}

/** The text as drawn, nearly: without the signs of Markdown that the reader does not see. */
function readable(text: string): string {
  return text.replace(/(\*\*|__|~~|`)/g, '').replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1');
}
