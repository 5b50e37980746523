/** Where a text that is too long may be cut, the best places first. Pure. */
import type { BlockKind } from './document.ts';
import { piecesOf } from './pieces.ts';

export type Stretch = { from: number; to: number };
type Sized = Stretch & { pieces: number };
/** Where parts of a text begin, the first at 0: together they are the whole. */
type Split = (text: string) => Iterable<number>;

/** What lies between two cuts is at most this many pieces; together they are the whole text. */
export const cut = (text: string, kind: BlockKind, most: number): Stretch[] => cutBy(text, splits[kind], most).map(({ from, to }) => ({ from, to }));

function cutBy(text: string, [split, ...finer]: readonly Split[], most: number): Sized[] {
  if (!split) return [sized(text, 0, text.length)];
  const parts = partsOf(text, split).flatMap((part) =>
    part.pieces <= most
      ? [part]
      : cutBy(text.slice(part.from, part.to), finer, most).map((inner) => ({ ...inner, from: part.from + inner.from, to: part.from + inner.to })),
  );
  return packed(parts, most);
}

const sized = (text: string, from: number, to: number): Sized => ({ from, to, pieces: piecesOf(text.slice(from, to)) });

function partsOf(text: string, split: Split): Sized[] {
  const starts = [...split(text)];
  return starts.map((from, index) => sized(text, from, starts[index + 1] ?? text.length));
}

/** Neighbours together, as many as fit. */
function packed(parts: readonly Sized[], most: number): Sized[] {
  const packs: Sized[] = [];
  for (const part of parts) {
    const last = packs.at(-1);
    if (last && last.pieces + part.pieces <= most) packs[packs.length - 1] = { from: last.from, to: part.to, pieces: last.pieces + part.pieces };
    else packs.push(part);
  }
  return packs;
}

const segmenters = {
  sentence: new Intl.Segmenter(undefined, { granularity: 'sentence' }),
  word: new Intl.Segmenter(undefined, { granularity: 'word' }),
  grapheme: new Intl.Segmenter(undefined, { granularity: 'grapheme' }),
};

function* starts(text: string, granularity: keyof typeof segmenters): Generator<number> {
  for (const { index } of segmenters[granularity].segment(text)) yield index;
}

/** A line's end is a sentence's end to the segmenter; in a text with wrapped lines it is only a space. */
const sentences: Split = (text) => starts(text.replace(/[\n\v\f\r\u0085\u2028\u2029]/gu, ' '), 'sentence');
const words: Split = (text) => starts(text, 'word');
const graphemes: Split = (text) => starts(text, 'grapheme');

/** A letter may carry a thousand accents. */
function* codePoints(text: string): Generator<number> {
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) yield at;
}

const after = (pattern: RegExp): Split =>
  function* (text) {
    yield 0;
    for (const found of text.matchAll(pattern)) {
      const start = found.index + found[0].length;
      if (start < text.length) yield start;
    }
  };

const lines = after(/\r\n?|\n/gu);
const paragraphs = after(/(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))+/gu);

/** Before each item of the outermost list: what is nested goes with it. */
const items: Split = function* (text) {
  const found = [...text.matchAll(/^([ \t]*)(?:[-*+•]|\d{1,9}[.)])[ \t]/gmu)];
  const outermost = Math.min(...found.map(([, indent = '']) => indent.length));
  yield 0;
  for (const { index, 1: indent = '' } of found) if (index > 0 && indent.length === outermost) yield index;
};

const within = [words, graphemes, codePoints];
const prose = [paragraphs, sentences, lines, ...within];

const splits: Record<BlockKind, readonly Split[]> = {
  heading: prose,
  paragraph: prose,
  quote: prose,
  list: [items, lines, sentences, ...within],
  table: [lines, sentences, ...within],
  code: [paragraphs, lines, ...within],
};
