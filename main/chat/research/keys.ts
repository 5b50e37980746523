/** Words of notes and questions as keys that can be compared: inflections are one, grammar is none. Pure. */
import { languageOf } from '../../meaning/languages.ts';
import { wordsOf } from '../../meaning/words.ts';
import { spaceOut } from '../../store/memoryKey.ts';
import { contentWords, isAspect, plainWords } from '../words.ts';

/** Past forms that no ending tells. */
const irregular = new Map(
  Object.entries({
    go: 'went gone', run: 'ran', swim: 'swam swum', meet: 'met', buy: 'bought', eat: 'ate eaten', write: 'wrote written', speak: 'spoke spoken', see: 'saw seen', take: 'took taken', give: 'gave given',
    make: 'made', pay: 'paid', sell: 'sold', teach: 'taught', think: 'thought', begin: 'began begun', drive: 'drove driven', ride: 'rode ridden', fly: 'flew flown', break: 'broke broken', choose: 'chose chosen',
    wear: 'wore worn', sleep: 'slept', feel: 'felt', leave: 'left', lose: 'lost', win: 'won', build: 'built', send: 'sent', spend: 'spent', find: 'found', hold: 'held', sing: 'sang sung', drink: 'drank drunk',
    plant: 'planted', sow: 'sowed sown', grow: 'grew grown', come: 'came', get: 'got gotten', bake: 'baked', fall: 'fell fallen', know: 'knew known', visit: 'visited', tyre: 'tire tires tyres', colour: 'color colors colours',
  }).flatMap(([base, forms]) => forms.split(' ').map((form) => [form, base] as const)),
);

/** Verbs that go with anything, and words about notes themselves. */
const light = new Set('go do make have get take be see use put come give feel keep visit attend start begin finish happen write note notes noted mention mentioned record entry entries thing things stuff time times last first latest recent different kind sort lot way everything anyone'.split(' '));

const bases = new Map<string, string[]>();
for (const [form, base] of irregular) bases.set(base, [...(bases.get(base) ?? []), form]);

/** A question with the forms of its words that no ending tells: an index of words knows nothing of "swam". */
export function withForms(text: string): string {
  const words = plainWords(text).map((word) => irregular.get(word) ?? word.replace(/(?:(.)\1)?ing$/u, '$1'));
  const forms = words.flatMap((word) => (light.has(word) ? [] : [word, ...(bases.get(word) ?? [])].filter(() => bases.has(word))));
  return forms.length === 0 ? text : `${text} ${[...new Set(forms)].join(' ')}`;
}

/** The words that name a subject, each with its other forms. */
export function formsOf(text: string): string[][] {
  const keys = new Set(subjectKeys(text));
  const words = plainWords(text).filter((word) => keysOf(word).some((key) => keys.has(key)) || /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word));
  return words.map((word) => {
    const base = irregular.get(word) ?? word.replace(/(?:(.)\1)?ing$/u, '$1');
    return [...new Set([word, base, ...(bases.get(base) ?? [])])].filter((form) => form.length > 1 || form === word);
  });
}

/** The content words of a text as keys, each once. */
export function keysOf(text: string): string[] {
  const words = plainWords(spaceOut(text)).map((word) => irregular.get(word) ?? word);
  const language = languageOf(wordsOf(text));
  const telling = language ? words.filter((word) => !language.isStopWord(word)) : words;
  return contentWords(telling.join(' '));
}

/** What names a subject: without verbs that go with anything, where something remains. */
export function subjectKeys(text: string): string[] {
  const keys = keysOf(text);
  const telling = keys.filter((key) => !light.has(key) && !isAspect(key));
  return telling.length > 0 ? telling : keys;
}

/** One is the other with another ending. */
const areForms = (one: string, other: string) =>
  one.length > 4 && other.length > 4 && Math.abs(one.length - other.length) <= 2 && (one.startsWith(other) || other.startsWith(one));

export const hasKey = (keys: ReadonlySet<string>, key: string): boolean => keys.has(key) || (key.length > 4 && [...keys].some((one) => areForms(one, key)));

/** How many of them stand there. */
export const countKeys = (wanted: readonly string[], keys: ReadonlySet<string>): number => wanted.reduce((sum, key) => sum + Number(hasKey(keys, key)), 0);

/** So many of a subject's words say that it is meant. */
export const enough = (count: number): number => (count <= 2 ? count : count === 3 ? 2 : Math.ceil(0.6 * count));

export const union = (...sets: ReadonlySet<string>[]): Set<string> => new Set(sets.flatMap((set) => [...set]));

/** Shared words, of all of both. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  const shared = [...one].filter((key) => other.has(key)).length;
  return shared / (one.size + other.size - shared);
}
