/** A passage in its sentences, lines and rows, each by itself. Pure. */
import { splitSentences } from '../../store/question.ts';
import { leadingDay, whenOf } from './dates.ts';
import { keysOf } from './keys.ts';
import { bullet, withoutMarkup } from './plainQuote.ts';
import type { Source, Statement } from './sources.ts';

/** Shorter lines end with what they say; longer ones were broken to fit a page. Characters. */
const brokenLine = 55;

/** `goesOn`: in the same paragraph as the one before. */
type Piece = { text: string; from: number; done: boolean | null; goesOn?: boolean };

export function statementsOf(source: Source, dated: number | null): Statement[] {
  const passage = whenOf(source, dated);
  const list: Statement[] = [];
  for (const piece of piecesOf(source)) {
    const text = withoutMarkup(piece.text).replace(/\s+/gu, ' ').trim();
    if (!/[\p{L}\p{N}]{2}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) continue;
    const leading = leadingDay(text);
    list.push({
      source, text, from: piece.from, to: piece.from + piece.text.length, done: piece.done,
      keys: new Set(keysOf(text)),
      when: leading ? { ...leading, by: 'text' } : passage,
      pair: pairOf(text),
      before: piece.goesOn ? (list.at(-1) ?? null) : null,
    });
  }
  return list;
}

function piecesOf({ kind, text }: Source): Piece[] {
  if (kind === 'code') return [];
  return blocksIn(text).flatMap((block) => (block.text.trimStart().startsWith('|') ? rowOf(block) : sentencesOf(block)));
}

/** Lines of a list and rows of a table by themselves; a paragraph's broken lines together. */
function blocksIn(text: string): Piece[] {
  const blocks: Piece[] = [];
  let isOpen = false;
  for (const { 0: line, index } of text.matchAll(/[^\n]+/gu)) {
    const last = blocks.at(-1);
    if (isOpen && last && !beginsOwn.test(line) && !text.slice(0, index).endsWith('\n\n')) last.text += `\n${line}`;
    else if (line.trim() !== '') blocks.push(blockOf(line, index));
    isOpen = line.trim().length >= brokenLine && !/^\s*[#|]/u.test(line);
  }
  return blocks;
}

const beginsOwn = new RegExp(`${bullet.source}|^\\s*(?:#{1,6}\\s|\\||>)`, 'u');

function blockOf(line: string, from: number): Piece {
  const mark = bullet.exec(line);
  const task = mark?.groups?.['task'];
  const length = mark?.[0].length ?? 0;
  return { text: line.slice(length), from: from + length, done: task === undefined ? null : task.toLowerCase() === 'x' };
}

function rowOf({ text, from }: Piece): Piece[] {
  if (/^[\s|:-]+$/u.test(text)) return [];
  const cells = text.split('|').map((cell) => cell.trim()).filter(Boolean);
  return [{ text: cells.length === 2 ? `${cells[0]}: ${cells[1]}` : cells.join(' · '), from, done: null }];
}

function sentencesOf({ text, from, done }: Piece): Piece[] {
  const whole = text.replace(/\n/gu, ' ');
  let at = 0;
  return wholeSentences(whole).map((sentence, index) => {
    at = Math.max(at, whole.indexOf(sentence.slice(0, 20), at));
    const piece = { text: sentence, from: from + at, done, goesOn: index > 0 };
    at += sentence.length;
    return piece;
  });
}

/** "Dr. Lemmens" is no end of a sentence. */
const abbreviated = /(?:^|[\s(])(?:Dr|Drs|Mr|Mrs|Ms|Prof|St|Sr|Jr|No|Nr|ca|approx|e\.g|i\.e|z\.B|bzw|vgl|cf|p|pp|vs|Hr|Fr|M|Mme|\p{Lu})\.$/u;

function wholeSentences(text: string): string[] {
  const whole: string[] = [];
  for (const sentence of splitSentences(text)) {
    const last = whole.at(-1);
    if (last !== undefined && abbreviated.test(last)) whole[whole.length - 1] = `${last} ${sentence}`;
    else whole.push(sentence);
  }
  return whole;
}

function pairOf(text: string): Statement['pair'] {
  const found = /^(?<key>[\p{L}][\p{L}\p{N} /&'’()-]{1,38}?)\s*(?::|=|：)\s+(?<value>\S.{0,160})$/u.exec(text.replace('：', ': '));
  const [key, value] = [found?.groups?.['key'], found?.groups?.['value']];
  return key === undefined || value === undefined || key.split(' ').length > 5 ? null : { key, value };
}
