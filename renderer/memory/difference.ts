/** A run of text that stays, goes, or comes. */
export type Run = { kind: 'kept' | 'removed' | 'added'; text: string };

/** Above this many words on each side the comparison would be slow: the texts are then shown whole, one after the other. */
const MOST_WORDS = 1_500;

/** What changes between two texts, by whole words, for showing side by side or in line. `after` null: all of it goes. */
export function difference(before: string, after: string | null): Run[] {
  if (after === null) return runs([['removed', before]]);
  const left = words(before);
  const right = words(after);
  if (left.length > MOST_WORDS || right.length > MOST_WORDS) return runs([['removed', before], ['added', after]]);
  return runs(walk(left, right, commonLengths(left, right)));
}

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
