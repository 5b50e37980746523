/** The forms of words that ask for something to be gathered, in English; the other languages stand beside. Pure. */
import type { Form } from './form.ts';
import { foreignForms } from './foreignForms.ts';

const lead = "^(?:(?:hey|hi|hello|ok|okay|well|so|and|also|please|now|engram|can you|could you|would you|will you|i(?:'d| would) like you to|i want you to|i need you to|help me)[\\s,!.]+)*";
const end = '[\\s.!?]*$';
const form = (body: string): RegExp => new RegExp(`${lead}${body}${end}`, 'isu');

const wrote = "(?:what (?:i|we)(?:'ve| have|'d| had)? (?:ever )?(?:wrote|written|noted|said|jotted down|recorded|thought|think|know|learned|learnt|put down)(?: down)? (?:about|on|of|regarding)|(?:all )?(?:of )?(?:my|the|our) (?:notes?|thoughts|ideas|opinions?|views?|entries|experiences?) (?:about|on|of|from|for|with|regarding)|everything (?:about|on))";
const respect = '(?:(?:,? (?:in terms of|with respect to|with regard to|when it comes to|as far as|in respect of|as regards)|, (?:regarding|concerning)) (?<aspect>.+?)(?: (?:goes|go|is concerned))?)?';

/** Two times of one thing, where both are named. */
const compareTimes: Form = { pattern: form(`compare (?:${wrote} )?(?<a>.+?)(?<b>)${respect}`), kind: 'compare' };

const compare: Form[] = [
  { pattern: form(`compare (?:${wrote} )?(?<a>.+?) (?:and|with|to|vs\\.?|versus|against) (?:${wrote} )?(?<b>.+?)${respect}`), kind: 'compare' },
  { pattern: form(`(?:what(?:'s| is| are| were)|tell me|show me|list|find) (?:all )?(?:the )?(?:main |biggest )?(?:differences?|similarities|contrasts?) between (?:${wrote} )?(?<a>.+?) and (?:${wrote} )?(?<b>.+?)${respect}`), kind: 'compare' },
  { pattern: form(`how (?:do|does|did|is|are) (?:${wrote} )?(?<a>.+?) (?:compare[ds]?|differ(?:ent)?) (?:to|with|from) (?:${wrote} )?(?<b>.+?)${respect}`), kind: 'compare' },
  { pattern: form(`how (?:do|does|did) (?:${wrote} )?(?<a>.+?) and (?:${wrote} )?(?<b>.+?) (?:compare|differ)${respect}`), kind: 'compare' },
  { pattern: form(`what do (?<a>.+?) and (?<b>.+?) have in common${respect}`), kind: 'compare' },
  { pattern: form(`(?:contrast|weigh) (?:${wrote} )?(?<a>.+?) (?:and|with|against) (?:${wrote} )?(?<b>.+?)${respect}`), kind: 'compare' },
  { pattern: form(`(?<a>[^?.!,]{2,60}?) (?:vs\\.?|versus) (?<b>[^?.!,]{2,60}?)${respect}`), kind: 'compare' },
];

const opinion = '(?:my|our) (?:views?|opinions?|minds?|thinking|thoughts?|ideas?|feelings?|attitude|stance|plans?|notes?|approach)';
const change: Form[] = [
  { pattern: form(`(?:what|tell me what|show me what|anything that|which things)(?: all)?(?: has| have| had|'s)?(?: been)? (?:changed|different|altered|new)(?: (?:about|in|with|on|for|regarding|concerning) (?<about>.+?))?`), kind: 'change' },
  { pattern: form(`how (?:has|have|had|did|does|do) ${opinion} (?:on|of|about|for|regarding|towards?|to|with) (?<about>.+?) (?:changed?|evolved?|developed?|shift(?:ed)?)`), kind: 'change' },
  { pattern: form(`how (?:has|have|had|did) (?<about>.+?) (?:changed?|evolved?|developed?|progress(?:ed)?)`), kind: 'change' },
  { pattern: form('(?:did|have|when did|why did|do) (?:i|we) (?:ever )?(?:change[d]?|changing) (?:my|our) minds? (?:about|on|regarding|over) (?<about>.+?)'), kind: 'change' },
  { pattern: form('(?:(?:show|give|make|tell|draw up) (?:me )?)?(?:a |an |the )?(?:timeline|history|chronology|evolution|course|development) of (?<about>.+?)'), kind: 'change' },
];

const when: Form[] = [
  { pattern: form('when(?: did| have| was| were|\'d) (?:i|we) (?:last|most recently)(?: time)? (?<about>.+?)'), kind: 'when' },
  { pattern: form('when (?:was|is)(?: it)? (?:the|my|our) (?:last|most recent)(?: time)?(?: that)?(?: (?:i|we))?(?: have| had| was| were)? (?<about>.+?)'), kind: 'when' },
  { pattern: form("(?:how long (?:ago|has it been|is it|since)(?: since| did)?) (?:i|we)(?: have| had)?(?: last)? (?<about>.+?)"), kind: 'when', isSure: false },
  { pattern: form('(?:what|which) (?:day|date|year|month) did (?:i|we) (?:last|most recently) (?<about>.+?)'), kind: 'when' },
  { pattern: form('when did (?:i|we) (?:first|start|begin)(?: to)? (?<about>.+?)(?: for the first time)?'), kind: 'when', end: 'first' },
  { pattern: form('when (?:was|is)(?: it)? (?:the|my|our) (?:first|earliest)(?: time)?(?: that)?(?: (?:i|we))?(?: have| had| was| were)? (?<about>.+?)'), kind: 'when', end: 'first' },
  { pattern: form('when did (?:i|we) (?<about>.+?) for the first time'), kind: 'when', end: 'first' },
  { pattern: form('when did (?:i|we) (?<about>.+?) (?:last|for the last time)'), kind: 'when' },
];

const list: Form[] = [
  { pattern: form('how (?:often|many times|frequently) (?:did|have|do|had) (?:i|we) (?<about>.+?)'), kind: 'list', counts: true },
  { pattern: form("(?:list|enumerate|collect|gather)(?: me)?(?: up)? (?:(?:all|every|each|everything|the|my|any)(?: of)? )+(?:(?:that|which|i|we|about|where)\\b ?)*(?<about>.+?)"), kind: 'list' },
  { pattern: form('list(?: me)?(?: up)? (?<about>(?:(?!\\b(?:is|are|was|were|i think)\\b).){2,80}?)'), kind: 'list' },
  { pattern: form('(?:(?:give|show|make|get|write|find|tell) (?:me )?)?(?:a |the )?(?:complete |full |whole )?(?:list|enumeration) of (?<about>.+?)'), kind: 'list' },
  { pattern: form('(?:find|show(?: me)?|give me|what are|which are) (?:all|every)(?: of)? (?:(?:the|my|our|places|notes|times|where|i|we|that|about) )*(?<about>.+?)'), kind: 'list' },
  { pattern: form('(?:which|what) (?<about>\\p{L}+s (?:(?:did|have|had|do) (?:i|we)(?: ever)?) .+?)'), kind: 'list' },
  { pattern: form('(?:which|what) (?<about>\\p{L}+s (?:are|were|have been) (?:mentioned|noted|listed|planned|open|left|due).*?)'), kind: 'list' },
];

const summary: Form[] = [
  { pattern: form(`(?:summari[sz]e|sum up|recap|digest|condense|go through|review)(?: for me)? (?:${wrote}|(?:everything|all)(?: that| there is)?(?: (?:i|we)(?:'ve| have)? (?:wrote|written|noted|said|know|have|recorded|think))?(?: down)? (?:about|on|of|to know about)) (?<about>.+?)`), kind: 'summary' },
  { pattern: form(`(?:give me |write |make |i need )?(?:a |an |the )?(?:short |brief |quick |full |complete )?(?:summary|overview|digest|recap|synopsis|rundown) (?:of|about|on) (?:(?:${wrote}|everything|all)(?: (?:about|on))? )?(?<about>.+?)`), kind: 'summary' },
  { pattern: form('(?:tell|show|give) me (?:everything|all)(?: (?:that )?(?:i|we)(?:\'ve| have)?(?: ever)? (?:wrote|written|noted|said|know|have))?(?: in my notes)? (?:about|on) (?<about>.+?)'), kind: 'summary' },
  { pattern: form("(?:what (?:all )?(?:have (?:i|we)|did (?:i|we)) (?:ever )?(?:written|write|noted?|said|say|recorded?|collected?)(?: down)? (?:about|on|regarding)|everything (?:i(?:'ve| have)? (?:wrote|written|noted|know) )?(?:about|on)) (?<about>.+?)"), kind: 'summary' },
  { pattern: form('summari[sz]e (?<about>.+?)'), kind: 'summary', isSure: false },
  { pattern: form('what (?:do|does) (?:my|the) (?:notes?|diary|journal|vault)(?: all)? (?:say|tell(?: me)?|know|have) (?:about|on) (?<about>.+?)'), kind: 'summary', isSure: false },
  { pattern: form('what (?:did|have) (?:i|we) (?:do|done|write|written|note|noted|be up to|been up to|work(?:ed)? on|think about)(?<about>)'), kind: 'summary', isSure: false },
];

export const forms: readonly Form[] = [...change, ...compare, compareTimes, ...when, ...list, ...summary, ...foreignForms];
