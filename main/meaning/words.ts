import { spaceOut } from '../store/memoryKey.ts';

/** Words that carry no subject: a question is not searched for them. */
const stopWords = new Set(
  `a an the and or but if of at by for with about to from in on is are was were be been being am do does did doing have has had having
  i you he she it we they me him her us them my your his its our their mine yours hers ours theirs myself yourself this that these those
  what which who whom whose when where why how will would could should can may might must shall not no so as than then there here up out
  just please tell remind remember know ever any some also too very really s t d ll m re ve don didn doesn isn wasn aren won couldn wouldn`.split(
    /\s+/,
  ),
);

const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** Lower-case words of a text, possessive endings left off; a character of a script without spaces is a word. */
export const wordsOf = (text: string): string[] => spaceOut(text.toLowerCase().replace(/['’]s(?![\p{L}\p{N}])/gu, '')).match(word) ?? [];

/** The words of a question worth searching for, each once; none in "How are you?". */
export const questionWords = (question: string): string[] => [...new Set(wordsOf(question))].filter((candidate) => !stopWords.has(candidate));

/** The words of a text that carry its subject, reduced so that "lives" and "living" are one. For comparing two texts. */
export const contentStems = (text: string): Set<string> =>
  new Set(wordsOf(text.normalize('NFKD').replace(/\p{M}/gu, '')).filter((candidate) => !stopWords.has(candidate)).map(stem));

/** Words of a question whose like may be looked for: what is written as a name has none, for "Ann" is not "Marie". */
export function wordsWithLike(question: string): string[] {
  const names = new Set([...question.matchAll(/(?<=[\p{L}\p{N},;:'’"]\s+)\p{Lu}[\p{L}\p{M}]*/gu)].flatMap(([name]) => wordsOf(name)));
  return questionWords(question).filter((candidate) => isTelling(candidate) && !names.has(candidate));
}

/** Letters only, three at least, and no stop word: worth knowing the meaning of. */
export const isTelling = (word: string): boolean => word.length > 2 && !stopWords.has(word) && /^[\p{L}\p{M}]+$/u.test(word);

/** Takes off plural, -ing, -ed and a silent e. A key, not a word; the index has Porter's own. */
export function stem(text: string): string {
  let root = text;
  if (/[^aeiou]ies$/u.test(root)) root = `${root.slice(0, -3)}y`;
  else if (/[sxzh]es$/u.test(root)) root = root.slice(0, -2);
  else if (/[^su]s$/u.test(root) && root.length > 3) root = root.slice(0, -1);
  if (/\p{L}{3}ing$/u.test(root)) root = root.slice(0, -3);
  else if (/\p{L}{3}ed$/u.test(root)) root = root.slice(0, -2);
  if (/([^aeiouslz])\1$/u.test(root)) root = root.slice(0, -1);
  return root.length > 3 && root.endsWith('e') ? root.slice(0, -1) : root;
}
