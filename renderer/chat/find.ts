import type { Message } from '../../main/contract/conversation.ts';
import type { ThreadRow } from './fold.ts';

/** A place where what is looked for stands: the message, and which match within it, from 0. */
export type Match = { messageId: string; row: number; nth: number };

/** Letters as compared: lower case, without accents, and with each position kept so that ranges stay true. */
export function fold(text: string): string {
  // Most text is ASCII, where this is all there is to do.
  if (/^\p{ASCII}*$/u.test(text)) return text.toLowerCase();
  let folded = '';
  for (const letter of text) folded += foldedLetters.get(letter) ?? foldLetter(letter);
  return folded;
}

const foldedLetters = new Map<string, string>();

function foldLetter(letter: string): string {
  const plain = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  // One code unit for each, or positions would drift.
  const folded = plain.length === letter.length ? plain : letter;
  foldedLetters.set(letter, folded);
  return folded;
}

/** Where `query` begins in `text`, without overlaps, whatever case and accents. */
export function occurrences(text: string, query: string): number[] {
  return placesOf(fold(query), fold(text));
}

function placesOf(needle: string, hay: string): number[] {
  if (!needle) return [];
  const found: number[] = [];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) found.push(at);
  return found;
}

/** Every match in the thread, first to last. */
export function findInRows(rows: readonly ThreadRow[], query: string): Match[] {
  const needle = fold(query);
  return rows.flatMap(({ message }, row) => placesOf(needle, folded(message)).map((_, nth) => ({ messageId: message.id, row, nth })));
}

const foldedTexts = new WeakMap<Message, string>();

/** A message's text made ready once, not at every letter typed. */
function folded(message: Message): string {
  const known = foldedTexts.get(message) ?? fold(readable(message.text));
  foldedTexts.set(message, known);
  return known;
}

/** The text as drawn, nearly: without the signs of Markdown that the reader does not see. */
function readable(text: string): string {
  return text.replace(/(\*\*|__|~~|`)/g, '').replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1');
}
