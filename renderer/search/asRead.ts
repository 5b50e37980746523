/** A passage of a note without what it is written with. Pure. */
import type { NoteHit, NotePassage } from '../../main/contract/note.ts';

type Read = Pick<NotePassage, 'text' | 'marks'>;

/** A passage of this note as one reads it; what was met in it stays marked. */
export function passageAsRead({ type }: Pick<NoteHit, 'type'>, { kind, text, marks }: NotePassage): Read {
  if (type !== 'markdown') return { text, marks };
  return without(kind === 'code' ? [...text.matchAll(fenceLine)].map(whole) : writtenIn(text), { text, marks });
}

/** A passage of Markdown as one reads it; what was met in it stays marked. */
export const asRead = (text: string, marks: NotePassage['marks']): Read => without(writtenIn(text), { text, marks });

/** A stretch that is not read, and what stands in its place, if anything. */
type Left = { from: number; to: number; by: string };

function without(left: readonly Left[], { text, marks }: Read): Read {
  const moved = (at: number) => at - left.reduce((sum, { from, to, by }) => sum + Math.max(0, Math.min(at, to) - from) - (to <= at ? by.length : 0), 0);
  const kept = left.map(({ from, by }, index) => text.slice(index === 0 ? 0 : left[index - 1]!.to, from) + by);
  return {
    text: [...kept, text.slice(left.at(-1)?.to ?? 0)].join(''),
    // Of a mark that is left out whole, at most what stands in its place is there.
    marks: marks.filter(([from, to]) => !left.some((one) => one.from <= from && to <= one.to)).map(([from, to]): [number, number] => [moved(from), moved(to)]).filter(([from, to]) => from < to),
  };
}

const fenceLine = /^[ \t>]*(?:`{3,}|~{3,})[^`\n]*$\n?/gmu;

/** What stands in code is read as it is: of these only the signs around it are left out. */
const code = [
  /^[ \t>]*(?<fence>`{3,}|~{3,})[^`\n]*(?:\n|$(?![\s\S]))(?<lines>[\s\S]*?)(?:^[ \t>]*\k<fence>[`~]*[ \t]*$\n?|$(?![\s\S]))/,
  /(?<ticks>`+)(?<inline>[^`\n]+)\k<ticks>/,
];

/** Rules between the lines of a table, and those across the page. */
const rules = [/^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$\n?/, /^[ \t>]*\|[ \t]*:?-+:?[ \t]*\|[ \t]*$\n?/, /^[ \t>]*-{3,}[ \t]*$\n?/];

/** Links and embeds: their targets, and the places in a note that they lead to. */
const links = [
  /!\[\[[^\]\n]*\.(?:svg|png|jpe?g|gif|webp|avif|bmp)\b[^\]\n]*\]\]/,
  /!?\[\[[^\]|\n]*\|/,
  /!?\[\[#\^[^\]\n]*/,
  /!?\[\[#?/,
  /(?<=\[\[[^[\]|#\n]+)#[^[\]|\n]*\]\]/,
  /\]\]/,
  /!?\[(?=[^[\]\n]*\]\()|\]\([^()\s]*(?:[ \t]+"[^"\n]*")?\)/,
];

const signs = [
  /<!--[\s\S]*?-->/,
  /<(?<tag>\/?[a-z][a-z0-9-]*)(?:\s[^<>]*)?\/?>/,
  /\*\*|__|~~|==|`+/,
  /^[ \t]*(?:>[ \t]?)*\[![\w-]+(?:\|[^\]\n]*)?\][+-]?[ \t]*/,
  /^[ \t]*(?:>[ \t]?)+/,
  /^[ \t]*#{1,6}[ \t]+/,
  /[ \t]\^[\w-]+$/,
];

/** Cells of a table: the lines at its sides go, and a dot stands for those between. */
const cells = [/^[ \t>]*\|[ \t]*/, /(?<=^[ \t>]*\|[^\n]*)[ \t]*\|[ \t]*$/, /(?<=^[ \t>]*\|[^\n]*[^\\\n])(?<wall>\|)/];

const written = new RegExp([...code, ...rules, ...links, ...signs, ...cells].map(({ source }) => `(?:${source})`).join('|'), 'dgimu');
/** Words on either side of these are words of their own. */
const parting = /^\/?(?:br|p|div|li|t[dhr]|h[1-6])$/iu;

const writtenIn = (text: string): Left[] => [...text.matchAll(written)].flatMap(leftIn);

function leftIn(found: RegExpExecArray): Left[] {
  const { from, to } = whole(found);
  const { lines, inline, tag, wall } = found.groups ?? {};
  const inside = lines === undefined ? (inline === undefined ? undefined : found.indices!.groups!['inline']) : found.indices!.groups!['lines'];
  if (inside) return [{ from, to: inside[0], by: '' }, { from: inside[1], to, by: '' }];
  return [{ from, to, by: wall ? '·' : tag && parting.test(tag) ? ' ' : '' }];
}

const whole = ({ 0: what, index }: RegExpExecArray): Left => ({ from: index, to: index + what.length, by: '' });
