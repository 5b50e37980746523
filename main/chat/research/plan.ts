/** What a question wants to have gathered from the notes, told by its wording: planning is done here, whatever model is loaded. Pure. */
import type { ResearchKind } from '../../contract/research.ts';
import type { Form } from './form.ts';
import { forms } from './forms.ts';
import { withoutTimes, type Stretch } from './stretches.ts';

export type { ResearchKind };

export type Plan = {
  kind: ResearchKind;
  /** As the question names them: two for a comparison, none where it is about a time alone. */
  topics: string[];
  /** In respect of what. */
  aspect: string | null;
  /** To which it is limited; for a change between two times both, the earlier first. */
  times: Stretch[];
  /** Of `when`: the last time, or the first. */
  end: 'last' | 'first';
  /** Of `list`: how many, too. */
  counts: boolean;
  /** Its wording can mean little else: it need not be asked for to be researched. */
  isSure: boolean;
  asks: Ask[];
};

/** A question of the first round. */
export type Ask = { text: string; /** Its place among the topics; null: of all. */ topic: number | null };

/** Whoever writes more is telling something. Characters. */
const longest = 400;

/** Null where the wording asks for nothing that would be gathered from many notes. */
export function planOf(question: string, now: number): Plan | null {
  const plain = question.replace(/[’ʼ‘]/gu, "'").replace(/\s+/gu, ' ').trim();
  if (plain.length > longest) return null;
  const { text, times } = withoutTimes(plain, now);
  const asked = text.replace(/[\s.!?？。]+$/u, '').replace(tail, '');
  for (const form of forms) {
    const plan = planBy(form, asked, times);
    if (plan) return plan;
  }
  return null;
}

/** What is to be researched because the owner says so: whatever it is, its words are looked for. */
export function planFor(question: string, now: number): Plan {
  const known = planOf(question, now);
  if (known) return known;
  const { text, times } = withoutTimes(question.replace(/\s+/gu, ' ').trim().slice(0, longest), now);
  const parts = text.split(/[?？]\s*(?=\S)|;\s+/u).map(topicOf).filter((part) => part !== '');
  return withAsks({ ...bare, kind: 'question', topics: parts.length > 0 ? parts.slice(0, mostTopics) : [question.trim()], times, isSure: false });
}

const mostTopics = 4;
const bare = { aspect: null, end: 'last', counts: false } as const;

function planBy(form: Form, text: string, times: Stretch[]): Plan | null {
  const { pattern, kind, end, counts, isSure } = { ...usualForm, ...form };
  const groups = pattern.exec(text)?.groups;
  if (!groups) return null;
  const aspect = groups['aspect'] ? topicOf(groups['aspect']) : null;
  const of = { kind, topics: topicsIn(groups), aspect, times, end, counts, isSure };
  if (kind === 'compare' && of.topics.length < 2) return comparedTimes(of);
  return of.topics.length > 0 || (times.length > 0 && kind !== 'when') ? withAsks(of) : null;
}

function topicsIn({ about, a, b }: Record<string, string | undefined>): string[] {
  const named = about === undefined ? sides(a, b) : [about.replace(/^(\p{L}+) (?:did|have|had|do) (?:ever )?(i|we)\b/iu, (_, what: string, who: string) => `${what} ${who.toLowerCase() === 'i' ? 'I' : who}`)];
  return named.map(topicOf).filter((topic) => topic !== '');
}

const usualForm = { end: 'last', counts: false, isSure: true } as const;

/** "Compare my goals of 2023 and 2024": what changed between them. */
const comparedTimes = (plan: Omit<Plan, 'asks'>): Plan | null => (plan.times.length === 2 && plan.topics.length === 1 ? withAsks({ ...plan, kind: 'change' }) : null);

/** "The Lisbon and Oslo trips" are two trips. */
function sides(a = '', b = ''): string[] {
  const last = /^\S+ (?<kind>\p{L}+s)$/u.exec(topicOf(b))?.groups?.['kind'];
  const one = topicOf(a);
  const names = last !== undefined && !one.includes(' ') && one !== '' && isName(one) && isName(topicOf(b));
  return names ? [`${one} ${last.replace(/s$/u, '')}`, topicOf(b).replace(/s$/u, '')] : [a, b];
}

const isName = (text: string) => /^\p{Lu}/u.test(text);

function withAsks(plan: Omit<Plan, 'asks'>): Plan {
  const { topics, aspect } = plan;
  const one = topics.map((text, topic) => ({ text, topic }));
  const inRespect = aspect === null ? [] : topics.map((text, topic) => ({ text: `${text} ${aspect}`, topic }));
  const together = plan.kind === 'compare' ? [{ text: topics.join(' '), topic: null }] : [];
  return { ...plan, asks: [...one, ...inRespect, ...together] };
}

const article = "(?:the|a|an|my|our|all|any|every|each|those|these|that|this|der|die|das|den|dem|des|ein|eine|einen|einem|meine?[nrms]?|unsere?[nrms]?|alle[nrs]?|le|la|les|l'|un|une|des|mon|ma|mes|notre|nos|tous|toutes|el|los|las|una|mi|mis|nuestr[oa]s?|todos|todas)";
const leading = new RegExp(`^(?:${article}(?:(?<=')|\\s+))+`, 'iu');
const inNotes = "(?:(?:,? (?:according to|in|from|across|out of|based on) (?:all )?(?:of )?(?:my|the|our) (?:notes?|vault|files|diary|journal|documents?))|,? in (?:meinen|den) notizen|,? (?:dans|d'après) (?:mes|les) notes|,? (?:en|según) (?:mis|las) notas)";
const politeness = '(?:,? (?:please|thanks|thank you|bitte|danke|s\'il te plaît|stp|por favor|gracias|so far|overall|over time|over the years|through the years|bisher|jusqu\'ici|hasta ahora|im laufe der zeit|au fil du temps|con el tiempo))';
const tail = new RegExp(`(?:${inNotes}|${politeness})+$`, 'iu');

/** As it would stand in an index: without articles, politeness and marks around it. */
export function topicOf(text: string): string {
  const plain = text.replace(/^[\s"'“”„«»「」.,:;!?？。¿¡()-]+|[\s"'“”„«»「」.,:;!?？。()-]+$/gu, '').replace(/\s+/gu, ' ');
  const cut = plain.replace(tail, '').replace(leading, '').replace(tail, '').trim();
  return /^(?:it|that|this|them|everything|anything|things?|stuff|all|me|alles|das|tout|ça|todo|eso|notes?|notizen|notas)$/iu.test(cut) ? '' : cut;
}
