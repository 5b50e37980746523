/** A piece of a text around what was found in it, with the places to highlight. Pure. */
export type Excerpt = { text: string; /** Character ranges, [start, end). */ marks: [number, number][] };

const shownCharacters = 180;
const leadCharacters = 50;

/** `marked` carries an opening and a closing sign around each match. The piece begins and ends between words. */
export function excerpt(marked: string, signs: { open: string; close: string }): Excerpt {
  const { text, marks } = unmark(tighten(marked, signs), signs);
  const first = marks[0]?.[0] ?? 0;
  const from = first <= leadCharacters ? 0 : wordStart(text, first - leadCharacters, first);
  const to = from + shownCharacters >= text.length ? text.length : wordEnd(text, from, from + shownCharacters);
  const lead = from > 0 ? '…' : '';
  const moved = marks
    .filter(([start, end]) => start >= from && end <= to)
    .map(([start, end]): [number, number] => [start - from + lead.length, end - from + lead.length]);
  return { text: `${lead}${text.slice(from, to)}${to < text.length ? '…' : ''}`, marks: moved };
}

/** One space for all kinds and amounts; none where the index put them between characters that are written without. */
function tighten(marked: string, { open, close }: { open: string; close: string }): string {
  const unspaced = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
  return marked
    .replace(new RegExp(` (${open}?${unspaced}${close}?) `, 'gu'), '$1')
    .replace(/\s+/gu, ' ')
    .trim();
}

function unmark(marked: string, { open, close }: { open: string; close: string }): Excerpt {
  let text = '';
  let start = 0;
  const marks: [number, number][] = [];
  for (const character of marked) {
    if (character === open) start = text.length;
    else if (character === close) marks.push([start, text.length]);
    else text += character;
  }
  return { text, marks };
}

function wordStart(text: string, wanted: number, first: number): number {
  const space = text.indexOf(' ', wanted);
  return space === -1 || space > first ? wanted : space + 1;
}

function wordEnd(text: string, from: number, wanted: number): number {
  const space = text.lastIndexOf(' ', wanted);
  return space <= from ? wanted : space;
}
