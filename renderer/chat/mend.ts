/**
 * A growing text with the marks closed that its writer is bound to close, so that bold words and code do not first
 * appear with their signs. `block` is the last block of an answer that is still being written.
 */
export function mend(block: string): string {
  if (/^ {0,3}(```|~~~)/.test(block)) return block;
  const code = block.match(/`+/g) ?? [];
  // Inside open code nothing else counts.
  if (code.length % 2 === 1) return `${block}${code.at(-1)}`;
  const prose = block.replace(/(`+)[^`]*\1/g, '');
  const open = ['**', '~~'].filter((mark) => prose.split(mark).length % 2 === 0);
  // A mark just opened, with nothing in it yet, is left out for now.
  const bare = open.find((mark) => block.endsWith(mark));
  if (bare) return block.slice(0, -bare.length);
  return `${block.replace(/\*$/, '')}${open.join('')}`;
}
