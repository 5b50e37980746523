/** What English sentences say of the owner and of the people and animals around them. Pure. */
import type { Clause } from './clauses.ts';
import { attributeRules, callRules, englishRules, namedAttribute } from './englishRules.ts';
import { applyRules, type Found, type Predicate } from './pattern.ts';
import { nameOf, plain } from './values.ts';

const relations: Record<string, string> = {
  mom: 'mother', mum: 'mother', mommy: 'mother', mummy: 'mother', mama: 'mother', mother: 'mother', dad: 'father', daddy: 'father', papa: 'father',
  father: 'father', sister: 'sister', sis: 'sister', brother: 'brother', bro: 'brother', wife: 'wife', husband: 'husband', hubby: 'husband', partner: 'partner',
  girlfriend: 'girlfriend', boyfriend: 'boyfriend', 'fiancé': 'fiancé', 'fiancée': 'fiancé', fiance: 'fiancé', fiancee: 'fiancé', spouse: 'partner', ex: 'ex',
  son: 'son', daughter: 'daughter', baby: 'baby', kid: 'child', child: 'child', grandmother: 'grandmother', grandma: 'grandmother', granny: 'grandmother',
  gran: 'grandmother', nana: 'grandmother', grandfather: 'grandfather', grandpa: 'grandfather', granddad: 'grandfather', grandson: 'grandson',
  granddaughter: 'granddaughter', aunt: 'aunt', auntie: 'aunt', uncle: 'uncle', cousin: 'cousin', niece: 'niece', nephew: 'nephew', twin: 'twin',
  friend: 'friend', boss: 'boss', manager: 'boss', colleague: 'colleague', coworker: 'colleague', 'co-worker': 'colleague', neighbour: 'neighbour',
  neighbor: 'neighbour', roommate: 'flatmate', flatmate: 'flatmate', housemate: 'flatmate', landlord: 'landlord', landlady: 'landlord', teacher: 'teacher',
  doctor: 'doctor', gp: 'doctor', dentist: 'dentist', therapist: 'therapist', coach: 'coach', tutor: 'tutor', dog: 'dog', puppy: 'dog', cat: 'cat', kitten: 'cat',
  horse: 'horse', pony: 'horse', rabbit: 'rabbit', hamster: 'hamster', parrot: 'parrot', tortoise: 'tortoise', pet: 'pet', car: 'car', boat: 'boat', company: 'company',
};
const steps: Record<string, string> = {
  'mother-in-law': 'mother-in-law', 'father-in-law': 'father-in-law', 'sister-in-law': 'sister-in-law', 'brother-in-law': 'brother-in-law',
  'son-in-law': 'son-in-law', 'daughter-in-law': 'daughter-in-law', stepmother: 'stepmother', stepmom: 'stepmother', stepmum: 'stepmother',
  stepfather: 'stepfather', stepdad: 'stepfather', stepsister: 'stepsister', stepbrother: 'stepbrother', stepson: 'stepson', stepdaughter: 'stepdaughter',
  godmother: 'godmother', godfather: 'godfather', godson: 'godson', goddaughter: 'goddaughter',
};
const known: Record<string, string> = { ...relations, ...steps };

const relation = Object.keys(known).sort((a, b) => b.length - a.length).join('|');
const kinds = '(?:(?<kind>older|younger|elder|eldest|oldest|youngest|little|big|twin|half|middle|best|late|maternal|paternal|first|second)[ -])?';
const name = '(?<name>\\p{Lu}[\\p{L}\\p{M}-]+(?: \\p{Lu}[\\p{L}\\p{M}-]+)?)';
const mine = `(?:[Mm]y|[Oo]ur) ${kinds}(?<relation>${relation}|${relation.toUpperCase()})(?:,? ${name})?`;

const ofOwner = /^(?:i|we)(?= |')(?<rest>.*)$/iu;
const ofRelation = new RegExp(`^${mine},?(?= |')(?: who(?= |'))?(?<rest>.*)$`, 'u');
const ofParent = /^(?<relation>Mom|Mum|Dad|Grandma|Grandpa|Granny|Nana|Mama|Papa)(?= |')(?<rest>.*)$/u;
const ofPronoun = /^(?<pronoun>he|she|they)(?= |')(?<rest>.*)$/iu;
const nobody = '(?!(?:The|This|That|These|Those|There|Here|People|Everyone|Everybody|Someone|Somebody|Nobody|Anyone|Who|What|Which|Where|When|Why|How|It|Its|You|Your|One|Some|All|Both|Most|Many|Life|Work|Today|Tomorrow|Yesterday|God|Nothing|Something|Everything|And|But|So|Not|In|On|At|My|Our|His|Her|Their|He|She|They|We|I|A|An)\\b)';
const ofName = new RegExp(`^${nobody}${name}(?= |')(?<rest>.*)$`, 'u');
const ownAttribute = /^(?:my|our) (?<rest>.*)$/iu;
const relationAttribute = new RegExp(`^${mine}'s (?<rest>.*)$`, 'u');
const pronounAttribute = /^(?<pronoun>his|her|their) (?<rest>.*)$/iu;
const nameAttribute = new RegExp(`^${nobody}${name}'s (?<rest>(?:birthday|favou?rite|nickname|job|hometown) .*)$`, 'u');
const isName = new RegExp(`^${mine},? (?:is|'s) (?:called |named )?(?<rest>\\p{Lu}[\\p{L}\\p{M} -]*)$`, 'u');
const hasNamed = new RegExp(`^(?:I|we|We)(?:'ve| have| had)?(?: got| just| adopted| bought| own)* (?:an?|one) ${kinds}(?:\\p{Ll}+ ){0,2}?(?<relation>${relation})(?:,| who is| that is|,? who's)? (?:called|named|by the name of) ${name}`, 'u');

/** Words before what is said. */
const lead =
  /^(?:(?:well|oh|ah|hi|hey|hello|yes|yeah|yep|no|nope|ok|okay|so|and|but|also|actually|btw|by the way|fyi|just so you know|for the record|as you know|to be honest|honestly|in fact|you know|anyway|please|remember(?: that| this)?|note(?: that)?|keep in mind(?: that)?|don't forget(?: that)?|for your information|now|nowadays|these days|today|currently|at the moment|sorry|correction|update|reminder|good news|big news|guess what|thanks|recently|lately|last (?:week|month|year|night|spring|summer|autumn|winter|\p{Lu}\p{Ll}+day)|this (?:week|month|year|morning)|yesterday|as of \w+|(?:in|since) (?:\p{Lu}\p{Ll}+ ?)?(?:(?:19|20)\d\d)?|(?:a|one|two|three|four|five|six|\d+) (?:days?|weeks?|months?|years?) ago|I (?:told|said)(?: you)?(?: that)?|I (?:should|must) (?:mention|say)(?: that)?|as I said|the thing is|that|turns out|fun fact|personally|unfortunately|sadly|luckily|finally)(?:[,:!.\s-]+|$))+/iu;

/** What makes a clause less than a statement. */
const unsure =
  /\b(?:maybe|perhaps|might|could|would|'d|should|probably|possibly|supposedly|apparently|i think|i guess|i suppose|not sure|almost|nearly|hope|hoping|want|wants|wanted|plan(?:ning)?|planned|going to|gonna|thinking (?:of|about)|considering|about to|will|'ll|someday|one day|feel like|pretends?|tempted|rather not|supposed to|seems?|looks? like)\b|\bmay(?= [a-z])/iu;

/** Of whom the message spoke last, and of which other than the owner: whom "she" means. */
export type Spoken = { subject: string | null; person: string | null };

export function readEnglish(clause: Clause, spoken: Spoken): Found[] {
  const text = spelledOut(clause, spoken);
  if (!clause.implied) spoken.subject = null;
  const said = text.replace(lead, '');
  if (unsure.test(said)) return [];
  const corrected = /^(?:no|actually|correction|sorry)\b/iu.test(text);
  const found = [called, named, attribute, statement].reduce<Found[]>((before, read) => (before.length > 0 ? before : read(said, spoken)), []);
  speakOf(spoken, spokenOf(found) ?? subjectOf(said, spoken));
  return found.map((one) => (corrected ? { ...one, change: true } : one));
}

/** With the subject it goes on from; empty where there is none. */
function spelledOut({ text, implied }: Clause, { subject }: Spoken): string {
  if (!implied) return text;
  return subject === null ? '' : `${subject === 'you' ? 'I' : 'They'} ${text}`;
}

/** "My sister came by. She lives in Porto.": whoever a sentence is about may be meant by the next. */
const spokenOf = (found: Found[]): Pick<Found, 'subject' | 'bareName'> | undefined => found.at(-1);

export function speakOf(spoken: Spoken, about: Pick<Found, 'subject' | 'bareName'> | null): void {
  if (about === null || about.bareName) return;
  const { subject } = about;
  spoken.subject = subject;
  if (subject !== 'you') spoken.person = subject;
}

const called = (text: string): Found[] => applyRules(callRules, 'you', { text, denied: false, ended: false, change: false });

/** "My sister is Ana", "I have a sister called Ana": what tells one from another is its name. */
function named(text: string): Found[] {
  const groups = (isName.exec(text) ?? hasNamed.exec(text))?.groups;
  if (!groups?.relation) return [];
  const [value] = nameOf(groups.rest ?? groups.name ?? '');
  if (value === undefined || isNotName.test(value)) return [];
  return nameFound(relationOf(groups), value);
}

/** Capitalised, and no name. */
const isNotName =
  /^(?:American|British|English|Scottish|Welsh|Irish|German|French|Spanish|Portuguese|Italian|Dutch|Belgian|Swiss|Austrian|Danish|Swedish|Norwegian|Finnish|Icelandic|Polish|Czech|Slovak|Hungarian|Romanian|Bulgarian|Greek|Turkish|Russian|Ukrainian|Serbian|Croatian|Albanian|Israeli|Jewish|Muslim|Christian|Catholic|Protestant|Buddhist|Hindu|Sikh|Atheist|Indian|Pakistani|Bangladeshi|Chinese|Japanese|Korean|Thai|Vietnamese|Filipino|Indonesian|Malaysian|Australian|Canadian|Mexican|Brazilian|Argentinian|Chilean|Colombian|Peruvian|Cuban|African|European|Asian|Nigerian|Kenyan|Ethiopian|Egyptian|Moroccan|Iranian|Persian|Iraqi|Syrian|Lebanese|Arab|Capricorn|Aquarius|Pisces|Aries|Taurus|Gemini|Cancer|Leo|Virgo|Libra|Scorpio|Sagittarius)$/u;

/** One of several is told apart by its name, which then stays with it. */
function nameFound(who: string, value: string): Found[] {
  return [{ subject: isUnique(who) ? who : `${who} ${value}`, slot: 'name', value }];
}

/** One has only one of these at a time. */
const unique = new Set(['mother', 'father', 'wife', 'husband', 'partner', 'girlfriend', 'boyfriend', 'fiancé', 'boss', 'best friend', 'landlord', 'mother-in-law', 'father-in-law', 'stepmother', 'stepfather', 'twin', 'company']);
export const isUnique = (who: string): boolean => unique.has(who);

function relationOf({ kind, relation: word = '' }: Record<string, string | undefined>): string {
  const plain = known[word.toLowerCase()] ?? word.toLowerCase();
  return kind ? `${kind} ${plain}` : plain;
}

type Subject = { subject: string; rest: string; bareName?: boolean; names: Found[] };

function subjectOf(text: string, spoken: Spoken): Subject | null {
  const owner = groupsOf(ofOwner, text);
  if (owner) return { subject: 'you', rest: owner.rest!, names: [] };
  const person = groupsOf(ofRelation, text) ?? groupsOf(ofParent, text);
  if (person) return withName(person);
  const pronoun = groupsOf(ofPronoun, text);
  if (pronoun) return meantBy(pronoun, spoken);
  const bare = groupsOf(ofName, text);
  return bare ? { subject: bare.name!, rest: bare.rest!, bareName: true, names: [] } : null;
}

/** What the pattern names, by name; null where it does not fit. */
const groupsOf = (pattern: RegExp, text: string): Record<string, string | undefined> | null => pattern.exec(text)?.groups ?? null;

const women = /mother|sister|wife|girlfriend|daughter|grandmother|aunt|niece|goddaughter|^mom/u;
const men = /father|brother|husband|boyfriend|\bson\b|grandson|stepson|godson|uncle|nephew/u;

/** The person last spoken of, unless it cannot be. */
function meantBy({ pronoun = '', rest = '' }: Record<string, string | undefined>, { person }: Spoken): Subject | null {
  const isWrong = /^(?:he|his)$/iu.test(pronoun) ? women : /^(?:she|her)$/iu.test(pronoun) ? men : null;
  return person === null || isWrong?.test(person.split(' ').slice(0, 2).join(' ')) ? null : { subject: person, rest, names: [] };
}

function withName(groups: Record<string, string | undefined>): Subject {
  const who = relationOf(groups);
  const given = groups.name && !isNotName.test(groups.name) ? groups.name : undefined;
  const subject = given === undefined || isUnique(who) ? who : `${who} ${given}`;
  return { subject, rest: groups.rest ?? '', names: given === undefined ? [] : nameFound(who, given) };
}

/** "My sister's birthday is…", "my favourite colour is…". */
function attribute(text: string, spoken: Spoken): Found[] {
  const subject = attributeOf(text, spoken);
  if (!subject) return [];
  const predicate = polarityOf(subject.rest.replace(/ (?:isn't|aren't|is not|are not) /u, ' is no~ '));
  const denied = predicate.text.includes(' is no~ ');
  const said = { ...predicate, text: predicate.text.replace(' no~ ', ' '), denied };
  const found = [...applyRules(attributeRules, subject.subject, said), ...favourite(subject.subject, said)];
  return found.length === 0 ? [] : [...subject.names, ...found.map((one) => renamed(one, subject))];
}

/** "favourite colour is blue": the words before "is" name the slot. */
function favourite(subject: string, { text, denied, ended, change }: Predicate): Found[] {
  const { slot = '', value = '' } = namedAttribute.exec(text)?.groups ?? {};
  const name = slot.toLowerCase().replace(/^all-time /u, '').replace(/^(?:favorite|fave)/u, 'favourite');
  if (/^(?:like|best|so|very|really|too|not|great|good|bad|nice|old|new|gone|broken|dead|dirty|full|in|at|on|over|\p{Ll}+ing)\b/u.test(value)) return [];
  return plain(value).map((one) => ({ subject, slot: name, value: one, ...(denied || ended ? { ended: true } : {}), ...(change || ended ? { change: true } : {}) }));
}

function attributeOf(text: string, spoken: Spoken): Subject | null {
  const person = groupsOf(relationAttribute, text);
  if (person) return withName(person);
  const own = groupsOf(ownAttribute, text);
  if (own) return { subject: 'you', rest: own.rest!, names: [] };
  const pronoun = groupsOf(pronounAttribute, text);
  if (pronoun) return meantBy(pronoun, spoken);
  const bare = groupsOf(nameAttribute, text);
  return bare ? { subject: bare.name!, rest: bare.rest!, bareName: true, names: [] } : null;
}

/** "My sister's name is Ana" tells which sister. */
function renamed(found: Found, { subject, bareName }: Subject): Found {
  const named = found.slot === 'name' && subject !== 'you' && !found.ended && !isUnique(subject) && !subject.includes(found.value);
  return { ...found, ...(bareName ? { bareName } : {}), ...(named ? { subject: `${subject} ${found.value}` } : {}) };
}

function statement(text: string, spoken: Spoken): Found[] {
  const subject = subjectOf(text, spoken);
  if (!subject) return [];
  const found = applyRules(englishRules, subject.subject, polarityOf(subject.rest));
  const said = found.map((one) => renamed(one, subject));
  // "My sister Ana called" says nothing but her name.
  return said.length === 0 ? subject.names : [...subject.names, ...said];
}

const adverbs = /(?<=^|\s)(?:just|recently|finally|still|also|always|really|absolutely|totally|currently|actually|already|very much|quite|kind of|sort of|truly|genuinely|personally|usually|mostly|mainly|both|all|secretly|simply|particularly|especially|definitely|officially|happily|temporarily|now)\s+/giu;

const present: Record<string, string> = { loved: 'love', liked: 'like', hated: 'hate', enjoyed: 'enjoy', preferred: 'prefer' };

/** Takes negation, auxiliaries and adverbs out, and makes every form of "to be" one. */
export function polarityOf(rest: string): Predicate {
  let text = ` ${rest.trim()}`.replace(/^ (?:'m|am|'re|are)(?=\s|$)/iu, ' be').replace(/^ (?:'s|is)(?=\s(?!got\b|moved\b|started\b|bought\b|quit\b|left\b|retired\b|sold\b))/iu, ' be');
  let denied = false;
  let ended = false;
  const change = /\snow$|\sagain$|^ (?:be )?now /iu.test(text);
  const take = (pattern: RegExp, instead: string): boolean => {
    const after = text.replace(pattern, instead);
    const taken = after !== text;
    text = after;
    return taken;
  };
  text = text.trim();
  text = text.replace(/^(?:'ve|have|has|'s) (?:always |really |long )*(loved|liked|hated|enjoyed|preferred) /iu, (_, verb: string) => `${present[verb.toLowerCase()] ?? verb} `);
  take(/^(?:'ve|have|has|'s|had)(?= (?:\w+ )?(?:not |never |just |recently |finally |always |now |already )*(?:moved|started|bought|got|sold|quit|left|retired|stopped|given|gone|adopted|been|become|switched|lived|resigned|changed|loved|liked|hated|relocated|broken)\b)\s+/iu, '');
  if (take(/^used to /iu, '') || take(/\s(?:any ?more|any longer)$/iu, '')) ended = true;
  if (take(/^(be )?no longer /iu, '$1')) ended = true;
  if (take(/^(?:don't|do not|doesn't|does not|didn't|did not|never|haven't|have not|hasn't|has not|can't(?= eat| drink| have)|cannot(?= eat| drink| have)) (?:ever )?(?:really )?/iu, '')) denied = true;
  if (take(/^(?:isn't|aren't|ain't|is not|are not|am not|be not|be never|be n't) /iu, 'be ')) denied = true;
  take(/^been /iu, 'be ');
  if (denied) take(/^liked(?= )/iu, 'like');
  take(adverbs, '');
  return { text: text.trim(), denied: denied && !ended, ended, change };
}
