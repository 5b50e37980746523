/** A stretch of a snippet, and whether it matched. */
export type Piece = { text: string; marked: boolean };

/** Cuts a snippet at its marks ([start, end) in characters). Marks may touch, overlap or run past the end. */
export function highlight(snippet: string, marks: readonly (readonly [number, number])[]): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  const add = (end: number, marked: boolean) => {
    if (end <= done) return;
    const last = pieces.at(-1);
    const text = snippet.slice(done, end);
    if (last?.marked === marked) last.text += text;
    else pieces.push({ text, marked });
    done = end;
  };
  for (const [start, end] of [...marks].sort(([a], [b]) => a - b)) {
    add(Math.min(Math.max(start, done), snippet.length), false);
    add(Math.min(end, snippet.length), true);
  }
  add(snippet.length, false);
  return pieces;
}

const shownCharacters = 260;
const leadCharacters = 70;

/** A piece of a long text around its first mark, cut between words, in one line. */
export function excerptOf(text: string, marks: readonly (readonly [number, number])[]): Piece[] {
  const first = Math.min(marks[0]?.[0] ?? 0, text.length);
  const from = first <= leadCharacters ? 0 : afterSpace(text, first - leadCharacters, first);
  const to = from + shownCharacters >= text.length ? text.length : beforeSpace(text, from + shownCharacters, from);
  const inside = marks.filter(([start, end]) => start >= from && end <= to).map(([start, end]): [number, number] => [start - from, end - from]);
  // As many characters as before, so that the marks stay where they are.
  const pieces = highlight(text.slice(from, to).replace(/\s/gu, ' '), inside);
  return [...(from > 0 ? [{ text: '…', marked: false }] : []), ...pieces, ...(to < text.length ? [{ text: '…', marked: false }] : [])];
}

function afterSpace(text: string, wanted: number, most: number): number {
  const space = text.slice(wanted, most).search(/\s/u);
  return space === -1 ? wanted : wanted + space + 1;
}

function beforeSpace(text: string, wanted: number, least: number): number {
  const space = text.slice(least, wanted).search(/\s\S*$/u);
  return space <= 0 ? wanted : least + space;
}

/** The words that were met, as they stand there, lowered. */
export const markedWords = (text: string, marks: readonly (readonly [number, number])[]): string[] => [...new Set(marks.map(([from, to]) => text.slice(from, to).toLowerCase()))];

/** Where these words stand in another text. */
export function wordsIn(text: string, words: readonly string[]): Piece[] {
  if (words.length === 0) return text ? [{ text, marked: false }] : [];
  const known = new Set(words);
  const marks = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].filter(([word]) => known.has(word.toLowerCase())).map(({ 0: word, index }): [number, number] => [index, index + word.length]);
  return highlight(text, marks);
}
