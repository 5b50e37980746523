/** What a question tells of its answer before anything is looked for, in a few languages. Pure. */
import { anyOf, asksHowOften, asksWhen } from '../times/asking.ts';
import { readTimes, type TimeTold } from '../times/read.ts';
import { isEnglish } from '../meaning/languages.ts';
import { wordsOf } from '../meaning/words.ts';

/** Of what is wanted: how it is at present, said outright; how it is, or was, as the question leaves open; how it was formerly. */
export type Tense = 'now' | 'present' | 'past' | 'former';

export type Asked = { words: Set<string>; english: boolean; when: boolean; howOften: boolean; /** That the question names. */ times: TimeTold[]; tense: Tense; aboutOwner: boolean; aboutAssistant: boolean };

const tenses: [Tense, RegExp][] = [
  [
    'former',
    anyOf(
      'used to|before|formerly|former|previous|previously|originally|original|at first|back then|in the past|früher|vorher|zuvor|damals|zuerst|ursprünglich|ehemalig\\p{L}*|avant|auparavant|autrefois|à l’époque|ancien(?:ne)?|d’abord|antes|anterior|al principio|entonces',
      '以前|前は|前の|昔|最初',
    ),
  ],
  [
    'now',
    anyOf(
      'now|nowadays|current|currently|at present|present|at the moment|these days|still|any ?more|any longer|latest|newest|in the end|finally|eventually|noch|jetzt|zurzeit|momentan|aktuell\\p{L}*|inzwischen|derzeit|am Ende|schließlich|letztlich|endgültig|actuel\\p{L}*|maintenant|encore|toujours|finalement|ahora|al final|finalmente|actual(?:mente)?|todavía|sigo|sigue|aún',
      '今|まだ|現在|最近|結局|最終的',
    ),
  ],
  [
    'past',
    anyOf(
      'did|was|were|had|first|ago|war|waren|hatte|hatten|wurde|(?:habe|hat|haben)(?= .*\\p{L}(?:t|en)[?.!]*$)|était|étaient|avais|avait|ai(?=(?:-je)? (?:\\p{L}+ )?\\p{L}+(?:é|i|u|is|it)e?s?(?!\\p{L}))|fue|fueron|era|tenía|hice|compré',
      '(?:った|した|きた|いた|えた|れた|んだ)(?:の|か|っけ|[?？。]|$)',
    ),
  ],
];
const owner = anyOf(
  'i|me|my|mine|we|our|us|ich|mich|mir|mein\\p{L}*|wir|uns|unser\\p{L}*|je|j|moi|mon|ma|mes|nous|notre|nos|yo|mi|mis|mí|nosotros|nuestr[oa]s?',
  '僕|私|俺|うち',
);
const assistant = anyOf('you|your|yours|du|dich|dir|dein\\p{L}*|tu|te|toi|ton|ta|tes|vous|tú|ti', 'あなた|君');

/** `now`: from which "last summer" is read; where it is left out none is. */
export function readQuestion(question: string, now?: number): Asked {
  const text = question.replaceAll('\'', '’');
  return {
    words: new Set(wordsOf(question)),
    english: isEnglish(question),
    when: asksWhen(text),
    howOften: asksHowOften(text),
    times: now === undefined ? [] : readTimes(question, now),
    tense: tenses.find(([, said]) => said.test(text))?.[0] ?? 'present',
    aboutOwner: owner.test(text),
    aboutAssistant: assistant.test(text),
  };
}
