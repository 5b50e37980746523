/** The language of a question, as far as its words are to be found: which of them carry no subject, and which are forms of one. Pure. */
import stemmers from 'snowball-stemmers';
import * as lists from 'stopword';
import { wordsOf } from './words.ts';

export type Language = { /** As Snowball calls it. */ name: string; isStopWord(word: string): boolean; stem(word: string): string };

/** Snowball's name and stopword's. English is not among them: it is the language of the index's own stemmer, and of what is not told apart. */
const known = {
  german: 'deu', french: 'fra', spanish: 'spa', italian: 'ita', portuguese: 'por', dutch: 'nld', swedish: 'swe', norwegian: 'nob', danish: 'dan',
  finnish: 'fin', hungarian: 'hun', romanian: 'ron', russian: 'rus', turkish: 'tur', catalan: 'cat', czech: 'ces',
} as const;
type Code = (typeof known)[keyof typeof known];

/** What the lists lack of the words that questions are made of. */
const more: Partial<Record<Code, string>> = {
  deu: 'heißt heiße heißen nennt nennen eigentlich denn nochmal',
  fra: 'comment quand combien pourquoi où appelle appelles appelons nom auprès est-ce déjà encore ai as a ont suis es sommes j l d qu n s c m t',
  spa: `cuál cuáles cual cuales cuándo cuándo cuánto cuánta cuántos cuántas cómo quién quiénes dónde adónde qué mi mis mí me yo nosotros nuestro nuestra nuestros nuestras tu tus
    su sus llama llamo llaman es son está están estoy hay ha he han hemos había tengo tiene tienes tenía fue fui era soy eres ya aún todavía también`,
};

const english: ReadonlySet<string> = new Set(lists.eng);
const lastLetters = 3;
const made = new Map<string, Language>();

/** Told by the words that a language uses all the time. Null: English, or too little to tell. */
export function languageOf(words: string[]): Language | null {
  const counts = Array<number>(codes.length).fill(0);
  let inEnglish = 0;
  for (const word of words) {
    if (english.has(word)) inEnglish += 1;
    for (const language of (users ??= usersOfWords()).get(word) ?? []) counts[language]! += 1;
  }
  const best = counts.indexOf(Math.max(...counts));
  return counts[best]! > inEnglish ? languageCalled(...codes[best]!) : null;
}

const codes = Object.entries(known);
/** By place in `codes`: the languages of which a word is a stop word. Many texts are looked at for one question. */
let users: Map<string, number[]> | null = null;

function usersOfWords(): Map<string, number[]> {
  const found = new Map<string, number[]>();
  codes.forEach(([, code], language) => {
    for (const word of stopWords(code)) found.set(word, [...(found.get(word) ?? []), language]);
  });
  return found;
}

/** Nothing speaks against it: no other alphabet, no other language's words. */
export const isEnglish = (text: string): boolean => !/(?!\p{Script=Latin})\p{L}/u.test(text) && languageOf(wordsOf(text)) === null;

function languageCalled(name: string, code: Code): Language {
  const before = made.get(name);
  if (before) return before;
  const stemmer = stemmers.newStemmer(name);
  const language = { name, isStopWord: (word: string) => stopWords(code).has(word), stem: (word: string) => stemmer.stem(folded(word)) };
  made.set(name, language);
  return language;
}

const sets = new Map<Code, ReadonlySet<string>>();

function stopWords(code: Code): ReadonlySet<string> {
  let set = sets.get(code);
  if (!set) sets.set(code, (set = new Set([...((lists as unknown as Record<Code, string[] | undefined>)[code] ?? []), ...(more[code] ?? '').split(/\s+/u)])));
  return set;
}

/** With what every form of a word begins, nearly always. */
export const beginningOf = (word: string): string => (word.length > 4 ? word.slice(0, Math.max(4, word.length - lastLetters)) : word);

/** As the index has words: without accents. */
const folded = (word: string) => word.normalize('NFKD').replace(/\p{M}/gu, '');
