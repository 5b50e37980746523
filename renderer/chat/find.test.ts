import { describe, expect, it } from 'vitest';
import type { Message } from '../../main/contract/conversation.ts';
import { findInRows, fold, occurrences } from './find.ts';

const rows = (...texts: string[]) => texts.map((text, index) => ({ message: { id: `m${index}`, text } as Message, turn: null }));

describe('find in a conversation', () => {
  it('ignores case and accents, and keeps positions true', () => {
    expect(occurrences('Évora, ÉVORA, evora', 'evora')).toEqual([0, 7, 14]);
  });

  it('does not drift behind letters whose plain form is longer or shorter', () => {
    const text = 'ﬃ İ 👩‍👩‍👧 then Porto';
    expect(fold(text)).toHaveLength(text.length);
    expect(occurrences(text, 'porto')).toEqual([text.indexOf('Porto')]);
  });

  it('counts matches within a message apart, without overlaps, first to last', () => {
    expect(findInRows(rows('aaaa', 'b', 'xaa'), 'aa')).toEqual([
      { messageId: 'm0', row: 0, nth: 0 },
      { messageId: 'm0', row: 0, nth: 1 },
      { messageId: 'm2', row: 2, nth: 0 },
    ]);
  });

  it('finds words that are partly bold, and not the address of a link', () => {
    expect(findInRows(rows('She lives in P**orto**.'), 'porto')).toHaveLength(1);
    expect(findInRows(rows('[here](https://porto.example)'), 'porto')).toHaveLength(0);
  });

  it('finds nothing for nothing', () => {
    expect(findInRows(rows('a'), '')).toEqual([]);
  });
});
