/**
 * The trust rule: a model too small to be trusted with an answer may say it only in words that a remembered sentence
 * carries; otherwise the app answers with that sentence, quoted and dated. Pure: sentences in, a verdict out.
 */
import { asksForOverview, isAboutOwner, utteranceOf, type Utterance } from './utterance.ts';
import { contentWords, isAspect, plainWords, sentences, stem } from './words.ts';

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
};

/** From here a sentence is taken to answer the question. */
const answers = 0.75;
/** From here it is near enough to be shown as the closest thing remembered. */
const isNear = 0.5;

/**
 * What the rule has to say about a message before any model is asked. `free`: nothing, the model answers as usual.
 * `acknowledge`: the owner told something. `overview`: asked for everything remembered.
 */
export type Case =
  | { kind: 'free'; said: string; utterance: Utterance }
  | { kind: 'acknowledge'; said: string }
  | { kind: 'overview'; bearings: Bearing[] }
  | { kind: 'answered' | 'near' | 'unknown'; question: string; bearings: Bearing[] };

/**
 * `alone`: nobody but memory can answer, for there is no model, or one that knows nothing else. Beside a model of some
 * wit the rule keeps to what is remembered, and leaves advice and everything else to it.
 */
export function caseOf(text: string, sources: Source[], alone: boolean): Case {
  const utterance = utteranceOf(text);
  if (utterance === 'statement' && alone) return { kind: 'acknowledge', said: text };
  if (utterance !== 'question') return { kind: 'free', said: text, utterance };
  if (!asksForOverview(text)) return caseOfQuestion(text, rankBearings(text, sources), alone);
  return { kind: 'overview', bearings: sources.filter(isTold).map((source) => ({ ...source, sentence: source.text, coverage: 0 })) };
}

function caseOfQuestion(question: string, bearings: Bearing[], alone: boolean): Case {
  const covering = (least: number) => bearings.filter(({ coverage }) => coverage >= least);
  const aboutOwner = isAboutOwner(question);
  if (covering(answers).length > 0) return { kind: 'answered', question, bearings: covering(answers) };
  if (covering(isNear).length > 0 && (aboutOwner || alone)) return { kind: 'near', question, bearings: covering(isNear) };
  return aboutOwner && alone ? { kind: 'unknown', question, bearings: [] } : { kind: 'free', said: question, utterance: 'question' };
}

/** Something that was said to be known, not a greeting or a question. */
const isTold = ({ text, written, mark }: Source) => mark !== null && (written || utteranceOf(text) === 'statement');

/** Best first: by coverage, then the latest said, so that a correction beats what it corrects. */
function rankBearings(question: string, sources: Source[]): Bearing[] {
  return sources
    .map((source) => bearing(question, source))
    .sort((a, b) => b.coverage - a.coverage || b.saidAt - a.saidAt);
}

function bearing(question: string, source: Source): Bearing {
  const asked = questionWords(question);
  const all = sentences(source.text);
  const told = all.filter((sentence) => utteranceOf(sentence) !== 'question');
  const measured = told.map((sentence) => ({ sentence, coverage: coverageOf(asked, sentence) }));
  const best = measured.sort((a, b) => b.coverage - a.coverage)[0] ?? { sentence: source.text, coverage: 0 };
  // "Ana is my cousin. She plays the cello." says who she is.
  const isShort = told.length === all.length && source.text.length <= quotedWhole;
  return { ...source, ...best, ...(isShort ? { sentence: source.text.trim() } : {}) };
}

/** Characters. */
const quotedWhole = 160;

/** How much of a question a sentence has, 0 to 1. */
export const bearingOf = (question: string, sentence: string) => coverageOf(questionWords(question), sentence);

/** The owner as a subject, when a question names no other: "Where do I live?" must not be answered by where a sister lives. */
const self = 'self';

function questionWords(question: string): string[] {
  const found = contentWords(question);
  return found.length > 0 && found.every(isAspect) && /\b(i|my|me|we|our)\b/iu.test(question) ? [self, ...found] : found;
}

function coverageOf(asked: string[], sentence: string): number {
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

/** Courtesy and voice: words that state nothing, in which a persona may dress an answer. */
const voiceWords = new Set(
  plainWords(`
    certainly course dear easy question great good hey hi hello oh ah well sure surely okay ok right got noted thanks thank
    welcome happy glad pleased help take care yourself never forget always here there yes no of remember remembered memory
    recall told mentioned according absolutely indeed friend wonderful lovely nice exactly simple let see think believe
    course gladly answer sorry afraid unfortunately kind know
  `).map(stem),
);

/** Whether an answer admits not knowing. */
export const admitsIgnorance = (answer: string) =>
  /\b(do not|don't|don’t|cannot|can't|can’t|not) (know|remember|recall|sure|have)\b/iu.test(answer);

/** What an answer of an untrusted model may still rest on, as it grows. */
export type Footing = {
  /** The bearings whose words cover everything said so far. */
  resting: Bearing[];
  /** False once a word stands in it that neither the question nor one of the bearings has. */
  holds: boolean;
};

/** `answer` may end in mid-word only at its end; give whole sentences while it grows. */
export function footingOf(answer: string, rule: { question: string; bearings: Bearing[] }): Footing {
  if (speaksAsOwner(answer)) return { resting: [], holds: false };
  const asked = new Set([...contentWords(rule.question), ...plainWords(rule.question).map(stem)]);
  const novel = contentWords(answer).filter((word) => !asked.has(word) && !isAspect(word) && !voiceWords.has(word));
  const resting = rule.bearings.filter(({ sentence }) => {
    const has = new Set(contentWords(sentence));
    return novel.every((word) => has.has(word));
  });
  return { resting, holds: novel.length === 0 || resting.length > 0 };
}

/** The owner's "I" and "my" must have become "you" and "your"; a persona may still say "I never forget". */
const speaksAsOwner = (answer: string) =>
  /\b(my|mine|we|our|ours)\b/iu.test(answer) ||
  /\bI (?!never|don['’]t|do not|cannot|can['’]t|can|will|remember|recall|know|think|believe|see|am (?:sorry|glad|happy|afraid))/u.test(answer);

/** Whether a finished answer may stand as the model said it, where remembered sentences answer the question. */
export function mayStand(answer: string, rule: { question: string; bearings: Bearing[] }): boolean {
  if (answer.trim() === '' || looksLikeMachinery(answer) || admitsIgnorance(answer) || breaksOff(answer)) return false;
  return footingOf(answer, rule).resting.some(({ sentence }) => addsSomething(answer, rule.question, sentence) && saysWhole(answer, rule.question, sentence));
}

/** Ends in a word that wants another after it. */
const breaksOff = (answer: string) =>
  sentences(answer).some((sentence) => /\b(and|or|but|he|she|they|the|an?|of|to|with|for|from|who|that|which|called|is|are|was|your|because|so)[.!?\s:)]*$/iu.test(sentence));

/** An answer that only repeats the question says nothing, however well founded. */
function addsSomething(answer: string, question: string, sentence: string): boolean {
  const asked = new Set(contentWords(question));
  const has = new Set(contentWords(sentence));
  const isNew = contentWords(sentence).some((word) => !asked.has(word));
  return !isNew || contentWords(answer).some((word) => has.has(word) && !asked.has(word));
}

/**
 * A sentence may say several things. An answer says the one that was asked for whole, and none of the others by half:
 * "Your sister lives in Porto and her dog" has every word from memory and is still no answer.
 */
function saysWhole(answer: string, question: string, sentence: string): boolean {
  const [asked, said] = [questionWords(question), new Set(contentWords(answer))];
  const clauses = clausesOf(sentence).map((clause) => {
    const telling = contentWords(clause).filter((word) => !asked.includes(word) && !isAspect(word));
    const missing = telling.filter((word) => !said.has(word)).length;
    return { bears: coverageOf(asked, clause), whole: missing === 0, untouched: missing === telling.length };
  });
  const most = Math.max(...clauses.map(({ bears }) => bears));
  return clauses.every(({ bears, whole, untouched }) => whole || (untouched && bears < most));
}

const clausesOf = (sentence: string) => sentence.split(/\s*[,;:]\s+|\s+(?:and|but|because|so)\s+/iu).filter((clause) => contentWords(clause).length > 0);

/**
 * Whether an answer to something the owner told may stand: it must not claim more than was told, nor miss the point,
 * nor promise to remember where nothing is kept.
 */
export function mayAcknowledge(answer: string, said: string, remembers: boolean): boolean {
  if (answer.trim() === '' || looksLikeMachinery(answer) || admitsIgnorance(answer)) return false;
  const promises = /\b(remember|noted|keep)/iu.test(answer);
  if (promises && !remembers) return false;
  const told = new Set(contentWords(said));
  const meets = promises || /\b(got it|okay|understood|i see)\b/iu.test(answer) || contentWords(answer).some((word) => told.has(word));
  return meets && !breaksOff(answer) && footingOf(answer, { question: said, bearings: [] }).holds;
}

/** A small model trained on tools may still call one that is not there. */
export const looksLikeMachinery = (answer: string) => /^\s*[[{]\s*"/u.test(answer) || /<\|[a-z_]+\|>/u.test(answer);
