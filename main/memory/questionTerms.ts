/** The words of a question as they are looked for in the index. */
import type { Database } from '../store/database.ts';
import { formsIn } from '../store/memoryRecall.ts';
import { beginningOf, languageOf, type Language } from '../meaning/languages.ts';
import { questionWords, wordsOf } from '../meaning/words.ts';

/** A word, and in full-text syntax what counts as it. */
export type QuestionTerm = { word: string; match: string };

/** Other forms of a word are looked for so far; a beginning that more words share says too little. */
const mostForms = 12;

/** Each once. Words of English as they are: the index knows their forms. Of other languages the forms that are there; of scripts without spaces pairs of signs. */
export function questionTerms(db: Database, question: string): QuestionTerm[] {
  const language = languageOf(wordsOf(question));
  const terms = new Map<string, QuestionTerm>();
  for (const word of [...spacedWords(question, language), ...pairsOf(question)]) {
    if (!terms.has(word)) terms.set(word, { word, match: matchOf(db, word, language) });
  }
  return [...terms.values()];
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;

function spacedWords(question: string, language: Language | null): string[] {
  const plain = question.replace(unspaced, ' ');
  if (!language) return questionWords(plain);
  return wordsOf(plain).filter((word) => !language.isStopWord(word) && (word.length > 1 || /\p{N}/u.test(word)));
}

/** Runs of kanji and of other scripts in pairs, a run of katakana whole; hiragana is mostly grammar. */
export function pairsOf(text: string): string[] {
  const runs = text.match(/[\p{Script=Katakana}ー]+|\p{Script=Han}+|[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu) ?? [];
  return runs.flatMap((run) => {
    const signs = [...run];
    if (signs.length < 3 || /\p{Script=Katakana}/u.test(run)) return [signs.join(' ')];
    return signs.slice(1).map((sign, index) => `${signs[index]} ${sign}`);
  });
}

function matchOf(db: Database, word: string, language: Language | null): string {
  if (!language || word.includes(' ') || /\p{N}/u.test(word)) return quoted(word);
  const root = language.stem(word);
  const forms = formsIn(db, beginningOf(word)).filter((form) => language.stem(form) === root);
  return [...new Set([word, ...forms.slice(0, mostForms)])].map(quoted).join(' OR ');
}

/** A word, or several in this order, in full-text syntax. */
export const quoted = (word: string) => `"${word.replaceAll('"', ' ')}"`;
