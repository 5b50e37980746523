import { describe, expect, it } from 'vitest';
import { firstFrom, matchesIn, rangesOf, stretchIn } from './matches.ts';
import type { Segment } from './segments.ts';

const found = (text: string, words: string[], whole = true) => rangesOf(text, { words, whole }).map(([from, to]) => text.slice(from, to));
const segment = (plain: string): Segment => ({ kind: 'paragraph', text: plain, drawn: null, plain, from: 0, to: plain.length, level: null, id: null, page: null, line: 1 });

describe('words in a text', () => {
  it('are marked as words of their own where a search found them, and anywhere where somebody types', () => {
    expect(found('Art, party, ART. État', ['art', 'etat'])).toEqual(['Art', 'ART', 'État']);
    expect(found('Art, party', ['art'], false)).toEqual(['Art', 'art']);
  });

  it('need no blanks around them in scripts that have none', () => {
    expect(found('庭の花梨が実る', ['花梨'])).toEqual(['花梨']);
  });

  it('do not overlap: the longer one holds the shorter', () => {
    expect(found('the garden shed', ['garden', 'garden shed', 'shed'])).toEqual(['garden shed']);
    expect(found('aaaa', ['aa'], false)).toEqual(['aa', 'aa']);
    expect(found('anything', [''], false)).toEqual([]);
  });

  it('are counted through all segments, beginning where one comes for a place', () => {
    const matches = matchesIn([segment('a b a'), segment('c'), segment('a')], { words: ['a'], whole: true });
    expect(matches).toEqual([{ segment: 0, nth: 0 }, { segment: 0, nth: 1 }, { segment: 2, nth: 0 }]);
    expect([null, 0, 1, 2, 3].map((from) => firstFrom(matches, from))).toEqual([0, 0, 2, 2, 0]);
  });

  it('are found in two million letters before one has let go of the key', () => {
    const long = Array.from({ length: 2_000 }, (_, index) => segment(`Überall stehen Quitten, ${index}. `.repeat(30)));
    const began = performance.now();
    expect(matchesIn(long, { words: ['Quitten', 'quitte'], whole: true })).toHaveLength(60_000);
    expect(performance.now() - began).toBeLessThan(2_500);
  });
});

describe('a stretch of Markdown in what is drawn of it', () => {
  const drawn = 'A quince is ripe when it lets go. The down rubs off under the thumb, says Ana.';
  const stretch = (written: string) => {
    const place = stretchIn(drawn, written);
    return place && drawn.slice(...place);
  };

  it('is found without its marks, its links and its line ends', () => {
    expect(stretch('The **down** rubs off\nunder the [thumb](https://example.org/x), says [[Ana]]')).toBe('The down rubs off under the thumb, says Ana');
    expect(stretch('when it *lets go*')).toBe('when it lets go');
  });

  it('is none where the text is another', () => {
    expect(stretch('Picked before that')).toBeNull();
    expect(stretch('—')).toBeNull();
  });
});
