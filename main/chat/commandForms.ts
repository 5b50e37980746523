/** What can be asked of memory, and how a form of words becomes it. Pure. */
import { endsAsking, splitSentences } from '../store/question.ts';

export type Command =
  /** `plain`: it must turn out to state something. `here`: in this conversation only. */
  | { kind: 'remember'; said: string; plain: boolean; here: boolean }
  /** Null: what was said last. `sure`: it can mean nothing else, whether anything is remembered of it or not. */
  | { kind: 'forget'; about: string | null; sure: boolean }
  | { kind: 'forget-everything' }
  /** Null: of the owner. */
  | { kind: 'known'; who: string | null }
  /** Only in answer to what rested on a memory. `instead`: what was wrong, where it was named. */
  | { kind: 'correct'; value: string; instead: string | null }
  /** The same in a sentence of its own: "no, she lives in Lisbon". */
  | { kind: 'restate'; said: string };

/** What one form of words asks; null where, for all its form, it asks nothing. */
export type Form = [pattern: RegExp, read: (groups: Record<string, string | undefined>) => Command | null];

export const lastSaid: Command = { kind: 'forget', about: null, sure: true };

/** "That time we…", "that one": what is recalled together, rather than told. What it is to be, the assistant is told elsewhere. */
const notTold = /^(?:that|one|when|how|what|who|where|why|to|me|us|him|her|them|you|you're|your|yourself|though|du|dein\p{L}*|tu|ton|ta|tes|vous|tú)(?:$|[\s,.!?])|^(?:the )?(?:time|times|day|night|evening|summer|winter|trip|movie|film|song|book|guy|girl|man|woman|place|joke|party|story|feeling|thing|conversation|episode|scene)(?:$|[\s,.!?])/iu;

/** How a clause begins, rather than "that villain in the film". */
const begins = /^(?:["“'(]?\p{Lu}|\d|(?:i|i'm|i've|i'll|i'd|we|we're|we've|my|our|he|she|it|they|he's|she's|it's|they're|his|their|its|there|there's|this|these|those|the|an?|every|each|all|both|some|most|no|nobody|next|last|today|tomorrow|tonight|on|in|at|from|for|since|until|after|before|during|if|by|with)(?:$|\s))/u;
const english = /^[\p{Script=Latin}\p{N}\p{P}\p{S}\s]*$/u;

/** Somebody who writes more than this talks of something. */
const longestTold = 300;
const mostSentences = 3;

/** `plain`: without "that" or a colon, so that it must turn out to state something. */
export function remember(said = '', plain: boolean): Command | null {
  const told = said.trim();
  const words = told.split(/\s+/u).length;
  const states = words > 2 || /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{4}/u.test(told);
  if (!states || notTold.test(told) || told.length > longestTold || splitSentences(told).length > mostSentences || asks(told)) return null;
  return { kind: 'remember', said: told, plain: plain || (english.test(told) && !begins.test(told)), here: false };
}

/** Whatever it is, and however long: what was to stay here must not become known elsewhere. */
export const rememberHere = (said = ''): Command | null => (/[\p{L}\p{N}]/u.test(said) ? { kind: 'remember', said: said.trim(), plain: false, here: true } : null);

/** "Could you remember that I am Ana?" asks nothing but that. */
const asks = (said: string) => /[?？].*\S/su.test(said.replace(/[?？]\s*$/u, '')) || (endsAsking(said) && /[.!。]\s/u.test(said));

/** Ways of letting a matter drop. */
const idiom = /^(?:it|that|this|everything|all that|nonsense|about (?:it|that|this)|my (?:question|last|manners|bad|mistake|words|ask|request)\b.*)$/iu;

export function forget(about = '', sure: boolean): Command | null {
  const topic = about.trim().replace(/^(?:the fact )?that (?=\S)/iu, '');
  if (idiom.test(topic) || /[?？;]|[.!]\s|,? (?:and|but) (?:tell|let|just|start|help|write|give|go|show|do)\b|, (?:tell|let|just|start|help|write|give|go|show|do)\b/iu.test(topic)) return null;
  return /^(?:me|us|myself)$/iu.test(topic) ? { kind: 'forget-everything' } : { kind: 'forget', about: topic, sure };
}

export function known(who = ''): Command | null {
  const asked = who.trim().replace(/(?:[\s,]+(?:so far|already|until now|at the moment|now))+$/iu, '');
  if (/^(?:me|us|myself)$/iu.test(asked)) return { kind: 'known', who: null };
  return asked === '' || asked.split(/\s+/u).length > 5 || /^(?:you|yourself|it|this|that|them|him|her|the|a|an)(?:$| )/iu.test(asked) ? null : { kind: 'known', who: asked };
}

/** Said of how one feels about an answer, or of the talk itself: no value of anything. */
const noValue =
  /^(?:not$|(?:all |quite |really |very |so |too |just |not |that |still |pretty |perfectly |a bit |kind of |more )*(?:fine|ok|okay|good|great|right|wrong|true|false|correct|incorrect|enough|it|that|this|all|everything|nothing|me|you|him|her|us|them|complicated|different|better|worse|bad|nice|cool|funny|weird|easy|hard|difficult|late|early|cold|hot|raining|interesting|important|possible|impossible|likely|unlikely|over|gone|here|there|done|finished|clear|unclear|sure|perfect|wonderful|terrible|amazing|alright|useless|useful|helpful|pointless|nonsense|stupid|silly|serious|simple|what|who|how|why|when|where|because|up|down)(?: .*)?|(?:not|never|because|like|about|what|how|why|when|where|who|if|a|an|the|your|my fault|to|up to|for|as|so|too|very|really|just|more|less|going|getting|been|being|time|only|also|still|already|always|even|almost|kind|sort|supposed|absolutely|pretty|totally|definitely|probably|maybe|almost) .*)$/iu;
/** A clause of its own, or what is left of one. */
const isClause = /(?:^|\s)(?:i|i'm|i've|you|he|she|we|they|have|has|had|was|were|did|do|does|is|are|but|theres|there's|say|said)(?:$|\s)/iu;

export function correct(value = '', instead = ''): Command | null {
  const right = value.trim().replace(/^(?:in|at|on|called|named) (?=\S)/iu, '');
  const wrong = instead.trim();
  if (!/[\p{L}\p{N}]/u.test(right) || right.split(/\s+/u).length > 6 || isClause.test(right) || (wrong === '' && noValue.test(right))) return null;
  return /^(?:(?:it|that|this)(?:'s| is)?|me|you|him|her|them|what .*|how .*|because .*)$/iu.test(right) ? null : { kind: 'correct', value: right, instead: wrong === '' ? null : wrong };
}
