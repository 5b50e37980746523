/** A telling as an answer shows it: its sentence in quotation marks, and what the sentence leads to below it. Pure. */
import type { TextBlock } from './blocks.ts';
import { withoutFence } from './prompt.ts';
import { inert, withoutMarkup } from './research/plainQuote.ts';
import type { Telling } from './tellings.ts';

/** More of a list or of code is read in the note. Lines. */
const mostLines = 30;
/** Characters of a line. */
const longestLine = 400;

/** As one reads it: without the markup of a note, and without a number that would look like one of ours. */
export const plainQuote = (text: string): string => withoutFence(withoutMarkup(text.replace(leading, '')).replace(/\s+/gu, ' ').trim());
const leading = /^\s*(?:[-*+>]\s+|#{1,6}\s+|\d+[.)]\s+)+(?:\[[ xX]\]\s+)?/u;

/** Of steps that stand alone, nothing. */
export const quoted = ({ from, to, text }: Telling): string => (to > from ? `“${plainQuote(text)}”` : '');

/** What it leads to, as Markdown of ours; empty where it leads to nothing. */
export function broughtBy({ passage, brings }: Telling): string {
  if (!brings) return '';
  const lines = passage.text.slice(brings.from, brings.to).split('\n').map((line) => line.replace(/^\s*(?:>\s?)+/u, ''));
  const shown = brings.kind === 'code' ? codeOf(lines) : lines.filter((line) => line.trim() !== '').slice(0, mostLines).map(written[brings.kind]);
  return `${shown.join('\n')}${lines.length > mostLines ? '\n\n…' : ''}`;
}

/** The longest row of marks in it ends nothing. */
function codeOf(lines: readonly string[]): string[] {
  const inside = lines.filter((line) => !/^\s*(?:`{3,}|~{3,})/u.test(line)).slice(0, mostLines);
  const marks = '`'.repeat(Math.max(3, ...inside.flatMap((line) => [...line.matchAll(/`+/gu)].map(([run]) => run.length + 1))));
  return [marks, ...inside.map((line) => line.slice(0, longestLine)), marks];
}

const plain = (text: string): string => inert(plainQuote(text).slice(0, longestLine));

const listItem = (line: string): string => {
  const { space = '', mark, rest = line } = /^(?<space>\s*)(?<mark>\d{1,3}[.)]|[-*+•])?\s*(?<rest>.*)$/u.exec(line)?.groups ?? {};
  const sign = mark === undefined ? ' ' : /\d/u.test(mark) ? `${mark} ` : '- ';
  return `${space.replaceAll('\t', '   ').slice(0, 9)}${sign}${plain(rest)}`;
};

const written: Record<Exclude<TextBlock['kind'], 'code'>, (line: string) => string> = {
  steps: listItem,
  list: listItem,
  table: (line) => (/^[\s|:-]+$/u.test(line) ? line.trim() : `| ${line.trim().replace(/^\||(?<!\\)\|$/gu, '').split(/(?<!\\)\|/u).map((cell) => plain(cell)).join(' | ')} |`),
};
