/** What stands in a passage between its sentences: code, lists, tables. Pure. */

/** [from, to) of the passage's text, its fences and marks included. `steps`: a numbered list. */
export type TextBlock = { kind: 'code' | 'steps' | 'list' | 'table'; from: number; to: number };

type Line = { text: string; from: number; to: number };

const fence = /^\s*(?:>\s?)*(?<mark>`{3,}|~{3,})/u;
const item = /^\s*(?:>\s?)*(?:(?<number>\d{1,3}[.)])|[-*+•])\s+\S/u;
const row = /^\s*(?:>\s?)*\|/u;
const indented = /^(?:\t| {2,})\S/u;

/** In their order, none within another. */
export function blocksIn(text: string): TextBlock[] {
  const lines = linesOf(text);
  const blocks: TextBlock[] = [];
  for (let at = 0; at < lines.length; ) {
    const found = blockAt(lines, at);
    if (found === null) at += 1;
    else {
      blocks.push({ kind: found.kind, from: lines[at]!.from, to: lines[found.end - 1]!.to });
      at = found.end;
    }
  }
  return blocks;
}

function linesOf(text: string): Line[] {
  return [...text.matchAll(/[^\n]+/gu)].map((found) => ({ text: found[0], from: found.index, to: found.index + found[0].trimEnd().length }));
}

/** `end`: the line after its last; lines without a word between two items are not there. */
function blockAt(lines: readonly Line[], at: number): { kind: TextBlock['kind']; end: number } | null {
  const first = lines[at]!.text;
  const opened = fence.exec(first)?.groups?.mark;
  if (opened !== undefined) {
    const closed = lines.findIndex(({ text }, index) => index > at && (fence.exec(text)?.groups?.mark ?? '').startsWith(opened));
    return { kind: 'code', end: closed === -1 ? lines.length : closed + 1 };
  }
  const begun = item.exec(first);
  if (begun) return { kind: begun.groups?.number ? 'steps' : 'list', end: endOf(lines, at, (text) => item.test(text) || indented.test(text)) };
  return row.test(first) ? { kind: 'table', end: endOf(lines, at, (text) => row.test(text)) } : null;
}

function endOf(lines: readonly Line[], at: number, goesOn: (text: string) => boolean): number {
  let end = at + 1;
  while (end < lines.length && goesOn(lines[end]!.text)) end += 1;
  return end;
}
