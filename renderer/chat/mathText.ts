/** Whether a text may hold maths at all, so that KaTeX is only fetched when it does. */
export const mayHoldMath = (text: string): boolean => /\$[^\s$]|\$\$|\\\(|\\\[/.test(text);

/**
 * Brings the ways models write maths, `\(x\)`, `\[x\]`, `$x$`, `$$x$$`, to the one that is read: two dollars inline, two
 * dollars on lines of their own displayed. A lone `$` counts only as Pandoc has it, so that "$5 and $10" stays money.
 * `block` is one block of Markdown; code in it is left alone.
 */
export function prepareMath(block: string): string {
  if (!mayHoldMath(block) || /^ {0,3}(```|~~~)/.test(block) || /^( {4}|\t)/.test(block)) return block;
  const whole = /^\s*(?:\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\])\s*$/.exec(block);
  if (whole) return `$$\n${(whole[1] ?? whole[2] ?? '').trim()}\n$$`;
  // Code spans fall on the odd places.
  return block
    .split(/(`+[^`]*`+)/)
    .map((part, index) => (index % 2 === 1 ? part : inlineMath(part)))
    .join('');
}

const inlineMath = (text: string) =>
  text
    .replace(/\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)/g, (_, display: string | undefined, inline: string | undefined) => wrap(display ?? inline ?? ''))
    .replace(/(?<![\\$])\$(?![\s$])((?:\\.|[^$\n\\])*?)(?<![\s\\])\$(?![\d$])/g, (_, formula: string) => wrap(formula));

const wrap = (formula: string) => `$$${formula.trim().replace(/\s*\n\s*/g, ' ')}$$`;
