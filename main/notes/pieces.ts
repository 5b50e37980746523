const run = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}]+|\p{N}+|[^\s\p{L}\p{M}\p{N}]/gu;

/**
 * About how many pieces an embedder makes of a text, without asking one: rather too many than too few. Against the bundled
 * embedder's own count this is 1.15 times it in Markdown and 1.04 times in code (medians); other languages vary more.
 */
export function piecesOf(text: string): number {
  let pieces = 0;
  for (const [found] of text.matchAll(run)) pieces += Math.ceil(found.length / lettersAPiece(found));
  return pieces;
}

function lettersAPiece(found: string): number {
  if (/^[a-z]/iu.test(found)) return found.length > 12 ? 4 : 5;
  return 2;
}
