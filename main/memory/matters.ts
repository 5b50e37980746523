/** The words that tell what a text is about, as keys for comparing two texts in one language. Pure. */
import { languageOf } from '../meaning/languages.ts';
import { pairsOf } from './questionTerms.ts';
import { contentStems, isTelling, wordsOf } from '../meaning/words.ts';

/** Of shorter words few name a matter. Figures always may. */
const shortest = 4;

/** Stems by the text's own language; of scripts without spaces pairs of signs, and runs of katakana whole. */
export function mattersOf(text: string): Set<string> {
  const words = wordsOf(text);
  const language = languageOf(words);
  const telling = words.filter((word) => word.length >= shortest && isTelling(word) || /\p{N}/u.test(word));
  const stems = language ? telling.filter((word) => !language.isStopWord(word)).map(language.stem) : [...contentStems(telling.join(' '))];
  return new Set([...stems, ...pairsOf(text)]);
}
