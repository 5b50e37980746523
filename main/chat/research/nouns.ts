/** Words of a sentence that surely name something, told by what stands around them. Pure. */
import { languageOf } from '../../meaning/languages.ts';
import { wordsOf } from '../../meaning/words.ts';
import { keysOf } from './keys.ts';

const article = "the|an?|its|their|his|her|my|our|your|this|that|these|those|each|every|no|any|much|many|more|less|few|two|three|four|five|six|seven|eight|nine|ten|of|per|der|die|das|des|dem|den|eine?[nrms]?|keine?[nrms]?|le|la|les|une?|du|des|leur|son|sa|ses|el|los|las|una|su|sus|del";
const before = new RegExp(`^(?:${article}|\\d[\\d.,]*|\\p{L}*(?:teen|ty)(?:-\\p{L}+)?|\\p{L}+[’']s)$`, 'iu');
const after = /^(?:is|are|was|were|has|have|had|of|in|on|at|for|with|without|from|to|by|and|or|but|that|which|who|cost[s]?|takes?|ist|sind|war|hat|von|mit|für|und|est|sont|était|de|du|à|pour|et|avec|es|son|era|para|y|con)$/iu;

/** Each by its key: "the kitchen", "ten minutes"; "a gas stove" names the stove. German writes its own with a capital; Japanese has no marks between its words. */
export function nounsIn(text: string): ReadonlyMap<string, string> {
  const nouns = new Map<string, string>();
  const add = (word: string) => keysOf(word).forEach((key) => nouns.has(key) || nouns.set(key, word.toLowerCase()));
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) for (const key of keysOf(text)) nouns.set(key, key);
  const isGerman = languageOf(wordsOf(text))?.name === 'german';
  for (const [phrase] of text.matchAll(/[^.,;:!?()“”"–—]+/gu)) {
    const words = phrase.match(/[\p{L}\p{N}][\p{L}\p{N}’'.-]*/gu) ?? [];
    for (const [index, word] of words.entries()) if (isGerman ? index > 0 && /^\p{Lu}/u.test(word) : isHead(words, index)) add(word);
  }
  return nouns;
}

/** The last word of what an article begins, at most one other between. */
function isHead(words: readonly string[], index: number): boolean {
  const [next, last, second] = [words[index + 1], words[index - 1], words[index - 2]];
  if (next !== undefined && !after.test(next)) return false;
  const begins = (word: string | undefined) => word !== undefined && before.test(word);
  return !begins(words[index]) && (begins(last) || begins(second));
}
