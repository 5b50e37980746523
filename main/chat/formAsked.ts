/** The form of what was asked, and which stretches have the form of its answer. Pure. */
import { asksWhen } from '../times/asking.ts';
import { mayTell } from '../times/read.ts';
import type { TextBlock } from './blocks.ts';
import type { Passage } from './chatTypes.ts';
import { contentWords } from './words.ts';

type Said = { text: string; /** What it leads to. */ brings?: TextBlock; passage: Passage };

/** How far a stretch has the form of an answer, 0 to 1, and what that is worth in a question of this form. `needed`: without it nothing is an answer. */
export type FormAsked = { worth: number; needed: boolean; /** Steps alone may answer. */ steps?: true; fits(said: Said): number };

/** Beside words that are met: set by hand on questions over notes that explain, and left as fitted (.15) for the other forms. */
const worth = { asked: 1.2, other: 0.15 };

export function formAsked(question: string): FormAsked {
  const thing = thingAsked(question);
  if (thing !== null) return { worth: worth.asked, needed: false, fits: (said) => defines(thing, said) };
  if (asksHow.test(question)) return { worth: worth.asked, needed: false, steps: true, fits: (said) => instructs(question, said) };
  if (asksWhich.test(question)) return { worth: worth.asked, needed: false, fits: ({ brings }) => Number(brings !== undefined) };
  const needed = asksWhen(question) || asksNumber.test(question);
  const fits = kindOfText(question);
  return { worth: worth.other, needed, fits: ({ text }) => Number(fits(text)) };
}

const asksNumber = /\bhow (?:many|much|long|old|far|tall|high|big|large|often)\b|\bwhat (?:percentage|number|year)\b/iu;
const asksHow = /^\W*how (?:do|does|can|could|would|should|to)\b|\b(?:what|which) (?:are )?(?:the )?steps\b/iu;
const asksWhich = /^\W*(?:what|which) (?:are )?(?:the )?(?:(?:different|several|supported|available|possible) )?(?:types|kinds|formats|options|ways|characters|commands|operators|file formats|plans)\b/iu;
const tells = /(?:^|, )(?:select|open|click|press|enter|go to|type|choose|drag|add|create|use|set|run|right-click|double-click|hover|tap|move|copy|paste|install|download|log in|turn)\b|^(?:in the|under)\b/iu;

/** "To embed a PDF, …" most of all, and steps under a heading that says so; then what tells one to do something. */
function instructs(question: string, { text, brings, passage: { note } }: Said): number {
  const asked = new Set(contentWords(question).filter((word) => !/^steps?$/u.test(word)));
  const said = plainly(text);
  if (aimsAt(asked, said)) return Number(!isOpposite(question, said));
  const isUnder = brings?.kind === 'steps' && share(asked, contentWords([note.title, ...note.headings].join(' '))) >= 0.5;
  if (isUnder) return Number(!isOpposite(question, note.headings.join(' ')));
  return tells.test(said) ? 0.4 : 0;
}

/** "To embed a PDF": the same is done, to much the same. */
function aimsAt(asked: ReadonlySet<string>, said: string): boolean {
  const words = contentWords(/^to ([^,:.]{2,80})/iu.exec(said)?.[1] ?? '');
  return asked.has(words[0] ?? '') && share(asked, words) >= 0.5;
}

const opposites = [[/\bon\b|\benabl/iu, /\boff\b|\bdisabl/iu], [/\badd|\bcreat|\binstall/iu, /\bremov|\bdelet|\buninstall/iu], [/\bimport/iu, /\bexport/iu]] as const;
/** It has the other word of a pair, and not the one that was asked with. */
const isOpposite = (question: string, said: string): boolean =>
  opposites.some((pair) => [pair, [pair[1], pair[0]] as const].some(([one, other]) => one.test(question) && !other.test(question) && other.test(said) && !one.test(said)));

const share = (asked: ReadonlySet<string>, words: readonly string[]): number => (asked.size === 0 ? 0 : new Set(words.filter((word) => asked.has(word))).size / asked.size);

/** The thing of "What is a vault?"; null where more is asked of it. */
export function thingAsked(question: string): string | null {
  const thing = /^\W*(?:what|who)(?:['’]s| is| are| was| were) (?:an? |the )?(?<thing>[\p{L}\p{N}][\p{L}\p{N} -]{1,40}?)\s*\??\s*$/iu.exec(question)?.groups?.thing;
  if (thing === undefined || /^(?:it|its|that|this|they|these|those|he|she|there)\b/iu.test(thing) || thing.split(/\s+/u).length > 4 || / (?:of|in|for|on|to|from|with|by|at) /iu.test(` ${thing} `)) return null;
  return thing.toLowerCase();
}

/** "A vault is a folder…"; or how the note that is called so begins. */
function defines(thing: string, { text, passage: { note, text: whole } }: Said): number {
  const said = plainly(text).toLowerCase();
  const stem = thing.replace(/(?:e?s)$/u, '');
  const names = new RegExp(`^(?:(?:an?|the|your|in [\\p{L}]+,?)\\s+)?${escaped(stem)}[\\p{L}]{0,3}(?: \\([^)]{1,40}\\))?,? (?<says>is|are|was|were|means|refers to|lets|allows|helps|offers)\\b`, 'u');
  const says = names.exec(said)?.groups?.says;
  if (says !== undefined) return /^(?:lets|allows|helps|offers)$/u.test(says) ? 0.6 : 1;
  const isCalled = [thing, stem].includes(note.title.toLowerCase());
  return isCalled && note.headings.length === 0 && whole.trimStart().startsWith(text.trimStart().slice(0, 40)) ? 0.8 : 0;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
const plainly = (text: string) => text.replace(/\[\[(?:[^\]|]*\|)?([^\]]*)\]\]|\[([^\]]*)\]\([^)]*\)/gu, '$1$2').replace(/^[\s>*_#+-]*(?:\d{1,3}[.)]\s+)?[*_]*|[*_`]/gu, '');

/** What an answer must have in it: a time, a number, a name. */
function kindOfText(question: string): (text: string) => boolean {
  if (asksWhen(question)) return (text) => /\d/u.test(text) || mayTell(text);
  if (asksNumber.test(question)) return (text) => /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million|billion|half|twice)\b/iu.test(text);
  if (/^\W*(?:who|whose|whom)\b|\bwhere\b/iu.test(question)) return (text) => /(?<=[\p{Ll},;“"(] )\p{Lu}\p{L}+/u.test(text);
  return () => false;
}
