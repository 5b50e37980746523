/**
 * The trust rule: a model too small to be trusted with an answer may say it only in words that a remembered sentence
 * carries (`standing.ts`); otherwise the app answers with that sentence, quoted and dated. Here: what was asked, and which
 * sentences answer it. How far a certain model is believed beyond that stands in the catalogue (`prompt.trust`). Pure.
 */
import { isAboutOwner, utteranceOf, type Utterance } from './utterance.ts';
import { contentWords, isAspect, sentences } from './words.ts';

/** Something the owner said, here or before, that an answer may rest on. */
export type Source = {
  /** Its citation's mark; null for something said in this conversation that memory does not hold. */
  mark: number | null;
  /** Said in this conversation. */
  here: boolean;
  text: string;
  /** Written down by the owner as a memory, rather than said in a message. */
  written: boolean;
  /** Unix time, milliseconds. */
  saidAt: number;
};

/** A source measured against the question. */
export type Bearing = Source & {
  /** Of the source what bears on the question: all of a short one, else the one sentence that does most. */
  sentence: string;
  /** Weighted share of the question's words that the sentence has, 0 to 1. */
  coverage: number;
  /** The number of its line in the prompt, which an answer may name; null while it stands in none. */
  label: number | null;
};

/** From here a sentence is taken to answer the question. */
export const answers = 0.75;
/** From here it is near enough to be shown as the closest thing remembered. */
const isNear = 0.5;

/**
 * What the rule has to say about a message before any model is asked. `free`: nothing, the model answers as usual.
 * `acknowledge`: the owner told something.
 */
export type Case =
  | { kind: 'free'; said: string; utterance: Utterance }
  | { kind: 'acknowledge'; said: string }
  | { kind: 'answered' | 'near' | 'unknown'; question: string; bearings: Bearing[] };

/**
 * `alone`: nobody but memory can answer, for there is no model, or one that knows nothing else. Beside a model of some
 * wit the rule keeps to what is remembered, and leaves advice and everything else to it.
 */
export function caseOf(text: string, sources: Source[], alone: boolean): Case {
  const utterance = utteranceOf(text);
  if (utterance === 'statement' && alone) return { kind: 'acknowledge', said: text };
  if (utterance !== 'question') return { kind: 'free', said: text, utterance };
  return caseOfQuestion(text, rankBearings(text, sources), alone);
}

function caseOfQuestion(question: string, bearings: Bearing[], alone: boolean): Case {
  const covering = (least: number) => bearings.filter(({ coverage }) => coverage >= least);
  const aboutOwner = isAboutOwner(question);
  if (covering(answers).length > 0) return { kind: 'answered', question, bearings: covering(answers) };
  if (covering(isNear).length > 0 && (aboutOwner || alone)) return { kind: 'near', question, bearings: covering(isNear) };
  return aboutOwner && alone ? { kind: 'unknown', question, bearings: [] } : { kind: 'free', said: question, utterance: 'question' };
}

/** Best first: by coverage, then the latest said, so that a correction beats what it corrects. */
function rankBearings(question: string, sources: Source[]): Bearing[] {
  return sources
    .map((source) => bearing(question, source))
    .sort((a, b) => b.coverage - a.coverage || b.saidAt - a.saidAt);
}

export function bearing(question: string, source: Source): Bearing {
  const asked = questionWords(question);
  const all = sentences(source.text);
  const told = all.filter((sentence) => utteranceOf(sentence) !== 'question');
  const measured = told.map((sentence) => ({ sentence, coverage: coverageOf(asked, sentence) }));
  const best = measured.sort((a, b) => b.coverage - a.coverage)[0] ?? { sentence: source.text, coverage: 0 };
  // "Ana is my cousin. She plays the cello." says who she is.
  const isShort = told.length === all.length && source.text.length <= quotedWhole;
  return { ...source, ...best, label: null, ...(isShort ? { sentence: source.text.trim() } : {}) };
}

/** Characters. */
const quotedWhole = 160;

/** How much of a question a sentence has, 0 to 1. */
export const bearingOf = (question: string, sentence: string) => coverageOf(questionWords(question), sentence);

/** The owner as a subject, when a question names no other: "Where do I live?" must not be answered by where a sister lives. */
const self = 'self';

/** The content words of a question, with `self` where it asks about the owner and names no other subject. */
export function questionWords(question: string): string[] {
  const found = contentWords(question);
  return found.length > 0 && found.every(isAspect) && /\b(i|my|me|we|our)\b/iu.test(question) ? [self, ...found] : found;
}

/** Weighted share of the asked words that a sentence has. */
export function coverageOf(asked: string[], sentence: string): number {
  const has = new Set(contentWords(sentence));
  if (speaksOfSelf(sentence)) has.add(self);
  const weigh = (list: string[]) => list.reduce((sum, word) => sum + (isAspect(word) ? 0.5 : 1), 0);
  return asked.length === 0 ? 0 : weigh(asked.filter((word) => has.has(word))) / weigh(asked);
}

function speaksOfSelf(sentence: string): boolean {
  if (/\b(i|we|i'm|i’m)\b/iu.test(sentence)) return true;
  const mine = /\b(?:my|our)\s+([\p{L}]+)/iu.exec(sentence)?.[1];
  return mine !== undefined && contentWords(mine).some(isAspect);
}
