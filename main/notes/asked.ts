/** A question to the notes, as its words are looked for. Pure. */
import { languageOf } from '../meaning/languages.ts';
import { questionWords, wordsOf } from '../meaning/words.ts';
import type { Wanted } from '../words/query.ts';
import { parseQuery } from '../words/query.ts';

/** What carries its subject, each once; what stands in quotes stays together. All of its words, where none does. */
export function questionOf(question: string): Wanted[] {
  const { wanted } = parseQuery(question, 0);
  const whole = wanted.map((one) => ({ ...one, isTyped: false }));
  const language = languageOf(wordsOf(question));
  const telling = new Set(language ? wordsOf(question).filter((word) => !language.isStopWord(word)) : questionWords(question));
  const kept = whole.filter(({ words, isQuoted }) => isQuoted || words.some((word) => telling.has(word.toLowerCase())));
  const seen = new Set<string>();
  return (kept.length > 0 ? kept : whole).filter(({ words }) => !seen.has(words.join(' ').toLowerCase()) && seen.add(words.join(' ').toLowerCase()));
}
