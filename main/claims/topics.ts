/** What a claim is about, by its slot. Pure. */
import type { ClaimTopic } from '../contract/claim.ts';

const slotsOf: Record<Exclude<ClaimTopic, 'other'>, readonly string[]> = {
  names: ['name', 'called', 'pronouns'],
  home: ['home', 'origin', 'birthplace', 'grew up in', 'hometown', 'home town', 'nationality', 'time zone', 'timezone'],
  family: ['status', 'lives with', 'is', 'religion', 'star sign'],
  work: ['work', 'employer', 'field', 'studies', 'school', 'university', 'dream job'],
  health: ['allergy', 'condition', 'takes', 'blood type', 'blood group', 'height', 'weight', 'doctor', 'dentist'],
  food: ['diet', 'avoids', 'favourite food', 'favourite dish', 'favourite drink', 'favourite meal', 'favourite cake', 'favourite fruit', 'favourite restaurant'],
  likes: ['likes', 'dislikes', 'prefers', 'plays', 'hobby', 'hobbies', 'team', 'band'],
  languages: ['speaks', 'learning', 'native language', 'first language', 'mother tongue'],
  days: ['birthday', 'anniversary'],
  belongings: ['has', 'car', 'bike', 'phone', 'laptop', 'camera', 'guitar'],
};
const topics = new Map(Object.entries(slotsOf).flatMap(([topic, slots]) => slots.map((slot) => [slot, topic as ClaimTopic])));

export function topicOf(slot: string): ClaimTopic {
  const known = topics.get(slot.replace(/^fave |^favorite /u, 'favourite '));
  if (known) return known;
  if (/^(?:all-time )?(?:favou?rite|fave)\b/u.test(slot)) return 'likes';
  return / size$/u.test(slot) ? 'belongings' : 'other';
}

const places = new Set(['home', 'origin', 'birthplace', 'grew up in', 'hometown', 'home town', 'favourite place', 'favourite city', 'favourite country']);

/** Whether its value is the name of a place. */
export const namesPlace = (slot: string): boolean => places.has(slot);
