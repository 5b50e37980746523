/** What can be claimed, and how a claim reads as one compact line. Pure. */
import type { NewClaim } from '../store/claims.ts';

/** One thing the owner's words say of somebody, with the quote it rests on. */
export type ClaimDraft = Pick<NewClaim, 'subject' | 'slot' | 'value' | 'quote' | 'start' | 'end' | 'single' | 'ended' | 'change' | 'since'> & {
  /** Worth keeping only where it ends a claim that stands: "I left Siemens". */
  onlyIfKnown: boolean;
  /** The subject is a bare name: whoever is known by it is meant, nobody else. */
  bareName: boolean;
  /** It reads like an order to the assistant. */
  hostile: boolean;
};

type Words = [you: string, others: string, notYou: string, notOthers: string];

const be = (rest = ''): Words => [`are${rest}`, `is${rest}`, `are no longer${rest}`, `is no longer${rest}`];
const verb = (you: string, others: string, rest = ''): Words => [`${you}${rest}`, `${others}${rest}`, `no longer ${you}${rest}`, `no longer ${others}${rest}`];

const phrases: Record<string, Words> = {
  name: be(' called'),
  called: ['want to be called', 'goes by', 'no longer want to be called', 'no longer goes by'],
  home: verb('live', 'lives', ' in'),
  origin: be(' from'),
  birthplace: ['were born in', 'was born in', 'were not born in', 'was not born in'],
  'grew up in': ['grew up in', 'grew up in', 'did not grow up in', 'did not grow up in'],
  work: verb('work', 'works', ' as'),
  employer: verb('work', 'works', ' at'),
  field: verb('work', 'works', ' in'),
  studies: verb('study', 'studies'),
  allergy: be(' allergic to'),
  condition: verb('have', 'has'),
  likes: verb('like', 'likes'),
  dislikes: verb('dislike', 'dislikes'),
  prefers: verb('prefer', 'prefers'),
  diet: be(''),
  avoids: ['do not eat', 'does not eat', 'eat again', 'eats again'],
  has: verb('have', 'has'),
  learning: be(' learning'),
  speaks: verb('speak', 'speaks'),
  plays: verb('play', 'plays'),
  takes: verb('take', 'takes'),
  is: be(''),
  status: be(''),
  'lives with': ['live with', 'lives with', 'no longer live with', 'no longer lives with'],
  fact: ['', '', 'no longer:', 'no longer:'],
  nationality: be(''),
};

/** Slots of which one value holds at a time. Favourites and other named attributes are of that kind too. */
const several = new Set(['allergy', 'condition', 'likes', 'dislikes', 'prefers', 'avoids', 'has', 'learning', 'speaks', 'plays', 'takes', 'diet', 'is', 'fact', 'lives with']);
export const isSingle = (slot: string): boolean => !several.has(slot);

/** "Sister: lives in Porto". */
export function compactLine({ subject, slot, value, ended }: Pick<ClaimDraft, 'subject' | 'slot' | 'value' | 'ended'>): string {
  const who = subject.charAt(0).toUpperCase() + subject.slice(1);
  const words = phrases[slot];
  if (!words) return `${who}: ${slot} ${ended ? 'is no longer' : 'is'} ${value}`.trimEnd();
  const form = (subject === 'you' ? 0 : 1) + (ended ? 2 : 0);
  return `${who}: ${`${words[form as 0 | 1 | 2 | 3]} ${value}`.trim()}`;
}

/** Slots that speak of one thing in opposite ways, so that one can contradict the other. */
export const familyOf = (slot: string): readonly string[] => (slot === 'likes' || slot === 'dislikes' ? ['likes', 'dislikes'] : [slot]);

const article = /^(?:an?|the|my|our|some|his|her|their|new|ein(?:e|en|em|er)?|der|die|das|den|dem|mein(?:e|en)?|une?|les?|la|l'|des|du|mon|ma|mes|uno?|una|el|los|las|mi|mis)\s+|^(?:l'|d')/u;

/** What two ways of saying a value have in common: case, accents, articles and plurals aside. */
export function valueKey(value: string): string {
  let key = value.normalize('NFKD').replace(/[\u0300-\u036f]/gu, '').normalize('NFC').toLowerCase().replace(/[’ʼ]/gu, "'").replace(/\s+/gu, ' ').trim();
  for (let shorter = key.replace(article, ''); shorter !== key && shorter !== ''; shorter = key.replace(article, '')) key = shorter;
  return key.replace(/[^\p{L}\p{N}\p{M}' ]+/gu, ' ').split(' ').map(singular).join(' ').trim();
}

const singular = (word: string) => (/[^su]s$/u.test(word) && word.length > 3 ? word.slice(0, -1) : word);

/** Whether what ends is what was claimed: "my Volvo" and "a blue Volvo". An end without a value ends whatever stands. */
export function sameThing(ended: string, claimed: string): boolean {
  const words = new Set(valueKey(claimed).split(' '));
  return valueKey(ended).split(' ').every((word) => word === '' || words.has(word));
}
