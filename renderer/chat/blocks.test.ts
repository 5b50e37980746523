import { describe, expect, it } from 'vitest';
import { noBlocks, splitBlocks } from './blocks.ts';

const text = `# Title

A paragraph
over two lines.

1. one

2. two

\`\`\`js
const a = 1;

const b = 2;
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

$$
x = 1

+ 2
$$

The end.`;

describe('splitBlocks', () => {
  it('keeps code, lists, tables and displayed maths whole though they hold blank lines', () => {
    const { blocks } = splitBlocks(text);
    expect(blocks).toHaveLength(7);
    expect(blocks[2]).toContain('2. two');
    expect(blocks[3]).toMatch(/^```js[^]*b = 2;\n```$/);
    expect(blocks[5]).toBe('$$\nx = 1\n\n+ 2\n$$');
  });

  it('gives the same blocks letter by letter as at once, and never loses a letter', () => {
    let grown = noBlocks;
    for (let end = 1; end <= text.length; end += 1) {
      grown = splitBlocks(text.slice(0, end), grown);
      expect(grown.blocks).toEqual(splitBlocks(text.slice(0, end)).blocks);
    }
    expect(grown.blocks.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });

  it('does not touch blocks that cannot change any more, so that they are not drawn again', () => {
    const before = splitBlocks('One.\n\nTwo.\n\nThr');
    const after = splitBlocks('One.\n\nTwo.\n\nThree.', before);
    expect(after.blocks[0]).toBe(before.blocks[0]);
    expect(after.resumeAt).toBeGreaterThan(0);
  });

  it('keeps a text with references or footnotes whole, as they point across blocks', () => {
    const referring = 'See [it][1] and this.[^a]\n\nMore.\n\n[1]: https://example.org\n\n[^a]: A note.';
    expect(splitBlocks(referring, splitBlocks(referring.slice(0, 30))).blocks).toEqual([referring]);
  });

  it('starts afresh when the text was replaced', () => {
    expect(splitBlocks('Other.', splitBlocks('One.\n\nTwo.\n\nThree.')).blocks).toEqual(['Other.']);
  });
});
