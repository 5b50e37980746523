/** What is asked of the notes in natural language, as its words are looked for. Pure. */
import { languageOf } from '../meaning/languages.ts';
import { questionWords, wordsOf } from '../meaning/words.ts';
import { isQuestion } from '../store/question.ts';
import type { SearchQuery, Wanted } from '../words/query.ts';

/** The words that carry its subject; null where none does, and all of them are looked for. */
export function tellingWords(text: string): ReadonlySet<string> | null {
  const words = wordsOf(text);
  const language = languageOf(words);
  const telling = new Set(language ? words.filter((word) => !language.isStopWord(word)) : questionWords(text));
  return telling.size > 0 ? telling : null;
}

export const isTelling = ({ words, isQuoted }: Wanted, telling: ReadonlySet<string> | null): boolean =>
  telling === null || isQuoted || words.some((word) => telling.has(word.toLowerCase()));

/** So many words in a row are a sentence, not words that must all be there. */
const aSentence = 5;

/** Asked as one asks a person: not all of its words must stand in a note. */
export const isNatural = (text: string, { wanted }: SearchQuery): boolean => wanted.filter(({ isQuoted }) => !isQuoted).length >= aSentence || (wanted.length > 1 && isQuestion(text));
