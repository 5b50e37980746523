/**
 * What the owner asks of memory itself: to keep, to forget, to correct, to say what is known. Judged by the form of the
 * whole message, and rather missed than seen where it is not: "forget it, never mind" and "I can't remember that" ask nothing.
 * Pure.
 */
import { endsAsking } from '../store/question.ts';
import { capital } from './claimText.ts';
import { correct, forget, known, lastSaid, remember, type Command, type Form } from './commandForms.ts';
import { foreignForms } from './commandWords.ts';
import { hereForms, shortHereForms } from './hereForms.ts';

/** Nobody asks for something to be kept or forgotten at greater length. Characters. */
const longest = 400;

export function commandOf(text: string): Command | null {
  const plain = text.replace(/[’ʼ‘]/gu, "'").replace(/\s+/gu, ' ').trim();
  for (const [pattern, read] of plain.length > longest ? hereForms : short) {
    const found = pattern.exec(plain);
    const command = found ? read(found.groups ?? {}) : null;
    if (command) return command;
  }
  return null;
}

/** Whether a message asks to be kept to its conversation. */
export function asksToKeepHere(text: string): boolean {
  const command = commandOf(text);
  return command?.kind === 'remember' && command.here;
}

/** What was told, without the words that asked for it to be kept. */
export function toldIn(text: string): string {
  const command = commandOf(text);
  return command?.kind === 'remember' ? capital(command.said) : text;
}

const lead = "^(?:(?:hey|hi|hello|ok|okay|well|so|oh|and|also|please|engram|yes|by the way|btw)[\\s,!.]+)*";
const asked = "(?:(?:can|could|would|will) you (?:please )?|i(?:'d like| want| need| would like) you to |let's |please )?";
const tail = '(?:[\\s,]+(?:please|thanks|thank you|ok|okay|for me|again|then))*[\\s.!?]*$';
const form = (body: string, end = tail): RegExp => new RegExp(`${lead}${asked}${body}${end}`, 'isu');

const keep = "(?:remember|do not forget|don't forget|keep in mind|bear in mind|make a note|take note|note)(?: for (?:me|later))?";
const erase = '(?:forget|unremember)';
const told = "(?:i|i've|i have|we|we've)(?: just| ever| already| once)? (?:told|said|mentioned|wrote|written|shared|tell|talked)(?: to)?(?: you)?";
const recordOf = "(?:what|everything|all|anything)(?: that)?(?: else)? you(?: still| currently)? (?:know|remember|have (?:remembered|learnt|learned|kept|stored))";

const english: readonly Form[] = [
  [form(`${keep}(?: this| the following)?(?: that(?! one)|\\s*[:–—])\\s*(?<said>.+[^?\\s])\\s*`, '$'), ({ said }) => remember(said, false)],
  [new RegExp(`${lead}(?:can|could|would|will) you (?:please )?${keep} that (?<said>.+)$`, 'isu'), ({ said }) => remember(said, false)],
  [form(`${keep} (?<said>(?:my|our|i|i'm|i've|we|we're)\\b.+)`, '$'), ({ said }) => remember(said, true)],
  [form(`${erase} (?:everything|all)(?: of it)? (?:about (?:me|us)|you (?:know|remember|have)(?: about (?:me|us))?|(?:that )?${told})`), () => ({ kind: 'forget-everything' })],
  [form(`(?:${erase} (?:about )?me|(?:erase|wipe|clear|delete) (?:all )?(?:of )?your (?:whole |entire )?memor(?:y|ies))`), () => ({ kind: 'forget-everything' })],
  [form(`${erase} (?:that|this|what i(?:'ve| have)? (?:just |last )?(?:said|told you|wrote)(?: last| just now)?|the last thing i (?:said|told you|wrote)|my last (?:message|sentence))`), () => lastSaid],
  [form('(?:erase|delete|remove) (?:that|this) from (?:your )?memory'), () => lastSaid],
  [form(`${erase} (?:what(?:ever)?|everything|all|anything)(?: that)? ${told} (?:about|of|regarding) (?<about>.+?)`), ({ about }) => forget(about, true)],
  [form(`${erase} that ${told} (?:(?:anything )?about|of) (?<about>.+?)`), ({ about }) => forget(about, true)],
  [form(`${erase} ${recordOf} (?:about|of) (?<about>.+?)`), ({ about }) => forget(about, true)],
  [form(`(?:erase|delete|remove) (?:what|everything|all)(?: that)? (?:${told}|you (?:know|remember)) (?:about|of) (?<about>.+?)`), ({ about }) => forget(about, true)],
  [form(`${erase} (?<about>(?:my|our) .+?|(?:where|how old|what) (?:i|my|our) .+?)`), ({ about }) => forget(about, false)],
  [form(`${erase} that (?<about>(?:my|our|i|i'm|we) (?!asked|said|ever|mentioned|told|did|was joking).+?)`), ({ about }) => forget(about, false)],
  [form(`(?:(?:tell|show) me |list |say )?${recordOf.replace('(?:what', '(?:what(?: all)?')} (?:about|of) (?<who>.+?)`), ({ who }) => known(who)],
  [form('(?:so )?(?:what|how much)(?: all| exactly| else)? do you(?: still| currently| already)? (?:know|remember) (?:about|of) (?<who>.+?)'), ({ who }) => known(who)],
  [form("(?:what|how much) have you (?:remembered|learnt|learned|kept|stored)(?: so far)? about (?<who>.+?)"), ({ who }) => known(who)],
  [form('(?:what|how much) (?:do you remember|have you (?:remembered|learnt|learned))(?: so far| already)?'), () => ({ kind: 'known', who: null })],
  [form("(?:what (?:did i tell|have i told) you|(?:tell|show) me what you (?:know|remember))(?: so far| already)?"), () => ({ kind: 'known', who: null })],
  [form('(?:what (?:did i tell|have i told) you) about (?<who>.+?)'), ({ who }) => known(who)],
  ...corrections(),
];

function corrections(): Form[] {
  const no = "(?:no|nope|wrong|incorrect|sorry|wait|actually|correction|not quite|that's (?:wrong|not (?:right|true|correct))|that is (?:wrong|not (?:right|true|correct)))";
  const is = "(?:it's|it is|that's|that is|it was|i meant|i mean|make (?:that|it)|(?:it|that) should be|should be|(?:she|he|they)'s|(?:she|he) is|they are|they're)(?: actually| really| now)?";
  const not = '(?<instead>[^,.;!?]{1,60}?)';
  const value = '(?<value>[^,.;!?]{1,60}?)';
  const end = '(?:[\\s,]+(?:please|thanks|thank you|now|actually|sorry))*[\\s.!]*$';
  const leads = `^(?:(?:oh|hm+|but|well|and|ah)[\\s,!.]+)*${no}(?:[\\s,.!:;–—-]+${no})*[\\s,.!:;–—-]+`;
  const both = ({ value: right, instead }: Record<string, string | undefined>) => correct(right, instead);
  return [
    [new RegExp(`${leads}(?:${is} )?${value},? (?:and )?not(?: in| at| on)? ${not}${end}`, 'iu'), both],
    [new RegExp(`^(?:but )?${is} ${value}, not(?: in| at| on)? ${not}${end}`, 'iu'), both],
    [new RegExp(`${leads}not ${not}[,;.:–—-]+ ?(?:but )?(?:${is} )?${value}${end}`, 'iu'), both],
    [new RegExp(`${leads}${is} ${value}${end}`, 'iu'), both],
    [new RegExp(`${leads}(?<said>(?:she|he|they|i|we|my|our|her|his|their)\\b.{3,200}?)[\\s.!]*$`, 'iu'), ({ said = '' }) => (endsAsking(said) || /\b(?:not|never)\b|n't\b/iu.test(said) ? null : { kind: 'restate', said })],
  ];
}

/** For messages of no more than `longest`; those that keep something here come first. */
const short: readonly Form[] = [...hereForms, ...shortHereForms, ...english, ...foreignForms];
