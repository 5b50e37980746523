import { spaceOut } from './memoryKey.ts';

/**
 * Full-text syntax for everything the owner typed: all words must occur, "quoted words" in that order; the word being
 * typed counts from its beginning. Null when there is no word in it. Nothing typed can break the query.
 */
export function wordsQuery(text: string, options: { lastIsPrefix: boolean }): string | null {
  const parts = spaceOut(text).match(/"[^"]*"?|[^"]+/gu) ?? [];
  const terms = parts.flatMap((part) => {
    const words = part.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? [];
    return part.startsWith('"') && words.length > 0 ? [words.join(' ')] : words;
  });
  if (terms.length === 0) return null;
  const typing = options.lastIsPrefix && /[\p{L}\p{N}\p{M}]$/u.test(text);
  return terms.map((term, index) => `"${term}"${typing && index === terms.length - 1 ? ' *' : ''}`).join(' AND ');
}
