import { describe, expect, it } from 'vitest';
import type { NoteCitation } from '../contract/memory.ts';
import { settleMarks } from './noteMarks.ts';

const cited = (mark: number, quote: string): NoteCitation => ({ mark, id: `p${mark}`, note: { id: 'n', folderId: 'f', title: 'T', path: 't.md', headings: [], place: { from: 0, to: 1 } }, quote, telling: null, score: 1, why: [], used: false });
const settled = (answer: string) => settleMarks(answer, new Set([1, 2]), [cited(1, 'The boiler was serviced by Marek in March.'), cited(2, 'Quinces are cooked slowly with cardamom.')]);

describe('numbers in an answer', () => {
  it.each([
    ['that point nowhere go', 'It rained [4]. It was cold [12].', 'It rained. It was cold.'],
    ['that point somewhere stay', 'It rained [2].', 'It rained [2].'],
    ['are added where a sentence stands in a passage', 'Marek serviced the boiler in March. Nice.', 'Marek serviced the boiler in March. [1] Nice.'],
    ['are not added where a sentence has one, before its end or behind', 'Marek serviced the boiler in March [2]. Quinces are cooked slowly with cardamom. [1]', 'Marek serviced the boiler in March [2]. Quinces are cooked slowly with cardamom. [1]'],
    ['are not added to a few words', 'The boiler, then.', 'The boiler, then.'],
    ['in code are code', 'Take `list[7]`.\n\n```\na[9] = 1\n```\n', 'Take `list[7]`.\n\n```\na[9] = 1\n```\n'],
    ['stand in the lines of a list', '- Marek serviced the boiler in March\n- Quinces are cooked slowly with cardamom', '- Marek serviced the boiler in March [1]\n- Quinces are cooked slowly with cardamom [2]'],
  ])('%s', (_, answer, expected) => {
    expect(settled(answer)).toBe(expected);
  });
});
