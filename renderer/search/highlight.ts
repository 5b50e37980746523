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
