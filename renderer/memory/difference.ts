/** A run of text that stays, goes, or comes. */
export type Run = { kind: 'kept' | 'removed' | 'added'; text: string };

/** Above this many comparisons the window would stall: what differs is then shown whole, one text after the other. */
const MOST_COMPARISONS = 1_000_000;

/** What changes between two texts, by whole words. `after` null: all of it goes. */
export function difference(before: string, after: string | null): Run[] {
  if (after === null) return runs([['removed', before]]);
  return runs(byLine(before.split('\n'), after.split('\n')) ?? changes(before, after));
}

/** Line by line where the lines answer each other, so that a list reads as a list. */
function byLine(left: string[], right: string[]): Step[] | null {
  if (left.length < 2 || left.length !== right.length) return null;
  return left.flatMap((line, index) => [...(index > 0 ? [['kept', '\n'] as Step] : []), ...changes(line, right[index]!)]);
}

function changes(before: string, after: string): Step[] {
  const left = words(before);
  const right = words(after);
  const head = commonHead(left, right);
  const tail = commonTail(left.slice(head), right.slice(head));
  const kept = (from: number, to?: number): Step[] => [['kept', left.slice(from, to).join('')]];
  return [
    ...kept(0, head),
    ...middle(left.slice(head, left.length - tail), right.slice(head, right.length - tail)),
    ...kept(left.length - tail),
  ];
}

function middle(left: string[], right: string[]): Step[] {
  if (left.length * right.length > MOST_COMPARISONS) return [['removed', left.join('')], ['added', right.join('')]];
  return walk(left, right, commonLengths(left, right));
}

function commonHead(left: string[], right: string[]): number {
  const most = Math.min(left.length, right.length);
  let count = 0;
  while (count < most && left[count] === right[count]) count++;
  return count;
}

const commonTail = (left: string[], right: string[]) => commonHead(left.reverse(), right.reverse());

type Step = [Run['kind'], string];

/** Words with the space that follows them; joined again they give the text back exactly. */
const words = (text: string) => text.match(/\s*\S+|\s+$/g) ?? [];

/** lengths[i][j]: how many words left[i..] and right[j..] have in common, in order. */
function commonLengths(left: string[], right: string[]): Uint16Array[] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    const row = lengths[i]!;
    const below = lengths[i + 1]!;
    for (let j = right.length - 1; j >= 0; j--) {
      row[j] = left[i] === right[j] ? below[j + 1]! + 1 : Math.max(below[j]!, row[j + 1]!);
    }
  }
  return lengths;
}

function walk(left: string[], right: string[], lengths: Uint16Array[]): Step[] {
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) {
      steps.push(['kept', left[i]!]);
      i++;
      j++;
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) steps.push(['removed', left[i++]!]);
    else steps.push(['added', right[j++]!]);
  }
  for (; i < left.length; i++) steps.push(['removed', left[i]!]);
  for (; j < right.length; j++) steps.push(['added', right[j]!]);
  return steps;
}

function runs(steps: Step[]): Run[] {
  const merged: Run[] = [];
  for (const [kind, text] of steps) {
    const last = merged.at(-1);
    if (text === '') continue;
    if (last?.kind === kind) last.text += text;
    else merged.push({ kind, text });
  }
  return merged;
}

/** The runs with long stretches cut: `around` characters of what stays beside each change, `most` of what goes or comes. */
export function excerpt(all: readonly Run[], around: number, most: number): Run[] {
  return all.map((run, index) => {
    if (run.kind !== 'kept') return { ...run, text: cut(run.text, most, 0) };
    const toStart = index > 0 ? around : 0;
    const toEnd = index < all.length - 1 ? around : 0;
    // A text that does not change at all still shows how it begins.
    return { ...run, text: cut(run.text, toStart || (toEnd ? 0 : around), toEnd) };
  });
}

/** Keeps so many characters of the beginning and of the end, at the ends of words, and marks what is left out. */
function cut(text: string, fromStart: number, fromEnd: number): string {
  if (text.length <= fromStart + fromEnd + 20) return text;
  const start = fromStart === 0 ? '' : text.slice(0, fromStart).replace(/\S*$/, '') || text.slice(0, fromStart);
  const end = fromEnd === 0 ? '' : text.slice(-fromEnd).replace(/^\S*/, '') || text.slice(-fromEnd);
  return `${start}…${end}`;
}
