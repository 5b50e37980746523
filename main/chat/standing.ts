/**
 * What an untrusted model may say about what is remembered: a remembered sentence turned to "you", or that nothing is
 * remembered, in words of its own voice. Anything else is replaced by a quotation. Pure: words in, a verdict out.
 */
import { answers, coverageOf, questionWords, type Bearing } from './trust.ts';
import { contentWords, isAspect, plainWords, sentences, stem } from './words.ts';

export type Rule = {
  question: string;
  bearings: Bearing[];
  /** The model tells a correction from another matter: see `picksNewer` in the catalogue. */
  picksNewer?: boolean;
};

/** Courtesy and voice: words that state nothing, in which a persona may dress an answer. */
const voiceWords = new Set(
  plainWords(`
    certainly course dear easy question great good hey hi hello oh ah well sure surely okay ok right got noted thanks thank
    welcome happy glad pleased help take care yourself never forget always here there yes no of remember remembered memory
    recall told mentioned according absolutely indeed friend wonderful lovely nice exactly simple let see think believe
    course gladly answer sorry afraid unfortunately kind know says said note notes wrote written mention yet
    telling tell haven't hasn't hadn't news hear heard share shared nothing idea record
  `).map(stem),
);

/** Whether an answer says that its speaker does not know, or was never told. */
export const admitsIgnorance = (answer: string): boolean => ignorance.some((form) => form.test(answer));

const ignorance = [
  /\bI\b[^.!?]{0,24}?(?:\b(?:do not|cannot|could not|not|never)|n['’]t)\s+(?:\w+\s+)?(?:know|remember|recall|sure|have|find|see|hear|heard)\b/u,
  /\b(?:you|nobody|no one)\b[^.!?]{0,12}?(?:\b(?:have not|did not|not|never)|n['’]t)\s+(?:\w+\s+){0,2}?(?:told|tell|mention(?:ed)?|said|say|shared?)\b/iu,
  /\bI (?:have|hold|find|know|remember|see) (?:no|nothing)\b|^\W*not sure\b|\bno (?:idea|memory|record|trace) of\b|\bnews to me\b/iu,
];

/** What an answer of an untrusted model may still rest on, as it grows. */
export type Footing = {
  /** The bearings whose words cover everything said so far. */
  resting: Bearing[];
  /** False once a word stands in it that neither the question nor one of the bearings has, or a mark that points to none. */
  holds: boolean;
};

/** `answer` may end in mid-word only at its end; give whole sentences while it grows. */
export function footingOf(answer: string, rule: Rule): Footing {
  const named = namedBearings(answer, rule.bearings);
  const text = withoutMarks(answer);
  if (named === null || speaksAsOwner(text, named)) return { resting: [], holds: false };
  const asked = new Set([...contentWords(rule.question), ...plainWords(rule.question).map(stem)]);
  const claimed = contentWords(text).filter((word) => !isAspect(word) && !voiceWords.has(word));
  const resting = named.filter(({ sentence, coverage }) => {
    const has = new Set(contentWords(sentence));
    // A line that shares no word with the question must carry the answer alone: "You are allergic to eating" joins two things.
    return claimed.every((word) => has.has(word) || (coverage > 0 && asked.has(word)));
  });
  return { resting, holds: resting.length > 0 || claimed.every((word) => asked.has(word)) };
}

/** The bearings that an answer's marks leave it: all without a mark, one with one; null where a mark points to none or several are named. */
function namedBearings(answer: string, bearings: Bearing[]): Bearing[] | null {
  const marks = marksIn(answer);
  if (marks.length === 0) return bearings;
  const named = bearings.filter(({ label }) => label !== null && label === marks[0]);
  return marks.length > 1 || named.length === 0 ? null : named;
}

/** Each once, in order. */
export const marksIn = (answer: string): number[] => [...new Set([...answer.matchAll(/\[(\d+)\]/gu)].map(([, mark]) => Number(mark)))];

const withoutMarks = (answer: string) => answer.replace(/\s*\[\d+\]/gu, '');

/** The owner's "I" and "my" must have become "you" and "your", unless they are quoted; a persona may still say "I never forget". */
function speaksAsOwner(answer: string, bearings: Bearing[]): boolean {
  const unquoted = answer.replace(/["“]([^"“”]+)["”]/gu, (whole, quoted: string) => (bearings.some(({ sentence }) => sentence.includes(quoted.trim())) ? '' : whole));
  return (
    /\b(my|mine|we|our|ours)\b/iu.test(unquoted) ||
    /\bI (?!never|don['’]t|do not|cannot|can['’]t|can|will|have|remember|recall|know|think|believe|see|am (?:sorry|glad|happy|afraid))/u.test(unquoted)
  );
}

/** Whether a finished answer may stand as the model said it, where remembered sentences answer the question. */
export function mayStand(answer: string, rule: Rule): boolean {
  if (answer.trim() === '' || looksLikeMachinery(answer) || admitsIgnorance(answer)) return false;
  const text = withoutMarks(answer);
  if (breaksOff(text)) return false;
  return footingOf(answer, rule).resting.some(
    (bearing) =>
      !isOutdated(bearing, rule) &&
      !speaksOfAnother(rule.question, bearing.sentence) &&
      addsSomething(text, rule.question, bearing.sentence) &&
      saysWhole(text, rule.question, bearing.sentence) &&
      agrees(text, rule.question, bearing.sentence),
  );
}

/** As `mayStand`, for lines that only may bear on the question: the model must have said which one it means. */
export const mayStandMarked = (answer: string, rule: Rule): boolean => marksIn(answer).length > 0 && mayStand(answer, rule);

/** Says that nothing is remembered, and claims nothing beside it. Honest only where nothing remembered answers. */
export const isPlainRefusal = (answer: string, question: string): boolean =>
  admitsIgnorance(answer) && !looksLikeMachinery(answer) && footingOf(answer, { question, bearings: [] }).holds;

/** Says that it knows nothing of what was asked: in plain words, or as the starters do, which name the page with larger models. */
export const knowsNot = (answer: string): boolean => admitsIgnorance(answer) || /\blarger\b.*\bModels\b|\bunder Models\b/u.test(answer);

/** Ends in a word that wants another after it. */
const breaksOff = (answer: string) =>
  sentences(answer).some((sentence) => /\b(and|or|but|he|she|they|the|an?|of|to|with|for|from|who|that|which|called|is|are|was|your|because|so)[.!?\s:)]*$/iu.test(sentence));

/** Where somebody lives is no answer to how they are called, although both are about them. */
function speaksOfAnother(question: string, sentence: string): boolean {
  const [asked, said] = [aspectsOf(question), aspectsOf(sentence)];
  return asked.length > 0 && said.length > 0 && !asked.some((aspect) => said.includes(aspect));
}

/** Whoever says when somebody was born has said how old they are. */
const aspectsOf = (text: string) => contentWords(text).filter(isAspect).map((aspect) => (aspect === '~birth' ? '~age' : aspect));

/** How much of two sentences must be the same words before the later one counts as correcting the earlier. */
const sameStatement = 0.4;

/**
 * "My sister lives in Porto", when the sister has moved since: as much of the question stands in a later sentence; a like
 * one where the model may tell.
 */
function isOutdated(bearing: Bearing, { bearings, picksNewer = false }: Rule): boolean {
  const words = new Set(contentWords(bearing.sentence));
  return bearings.some((other) => {
    if (other.saidAt <= bearing.saidAt || other.coverage < bearing.coverage) return false;
    if (!picksNewer) return other.coverage >= answers;
    const others = contentWords(other.sentence);
    const shared = others.filter((word) => words.has(word)).length;
    const all = words.size + others.length - shared;
    return shared < all && shared / all >= sameStatement;
  });
}

/** An answer that only repeats the question says nothing, however well founded. */
function addsSomething(answer: string, question: string, sentence: string): boolean {
  const asked = new Set(contentWords(question));
  const has = new Set(contentWords(sentence));
  const isNew = contentWords(sentence).some((word) => !asked.has(word));
  return !isNew || contentWords(answer).some((word) => has.has(word) && !asked.has(word));
}

/**
 * A sentence may say several things. An answer says one of those that bear most on the question whole, and none of the
 * others by half: "Your sister lives in Porto and her dog" has every word from memory and is still no answer.
 */
function saysWhole(answer: string, question: string, sentence: string): boolean {
  const [asked, said] = [questionWords(question), new Set(contentWords(answer))];
  const clauses = clausesOf(sentence).map((clause) => {
    const telling = contentWords(clause).filter((word) => !asked.includes(word) && !isAspect(word));
    const missing = telling.filter((word) => !said.has(word)).length;
    return { bears: coverageOf(asked, clause), whole: missing === 0, untouched: missing === telling.length };
  });
  const most = Math.max(...clauses.map(({ bears }) => bears));
  return clauses.every(({ whole, untouched }) => whole || untouched) && clauses.some(({ bears, whole }) => whole && bears === most);
}

/** "I wanted to tell you that" is a clause too, of which nothing need be said. */
const clauseEnds = /\s*[,;:]\s+|(?<=[.!?…])\s+|\s+(?:and|but|because|so)\s+|\s+(?:tell|told|mention(?:ed)?|remember|know|say|said|note)(?: you| me)? that\s+/iu;

const clausesOf = (sentence: string) => sentence.split(clauseEnds).filter((clause) => contentWords(clause).length > 0);

/** Not "You are allergic" from "I am not allergic", nor "Yes" to more than the sentence says, nor "No" to all it says. */
function agrees(answer: string, question: string, sentence: string): boolean {
  const has = new Set(contentWords(sentence));
  const [, yesNo] = /^\W*(yes|no)\b/iu.exec(answer) ?? [];
  const claims = sentences(answer.replace(/^\W*(?:yes|no)\b[\s,.!]*/iu, '')).filter((part) => contentWords(part).some((word) => has.has(word)));
  const told = clausesOf(sentence).filter((clause) => contentWords(clause).some((word) => contentWords(claims.join(' ')).includes(word)));
  const isDenied = told.some(isNegated);
  if (claims.some(isNegated) !== isDenied) return false;
  if (yesNo === undefined) return true;
  const confirmed = contentWords(question).every((word) => isAspect(word) || has.has(word)) && !isDenied;
  return (yesNo.toLowerCase() === 'yes') === confirmed;
}

const isNegated = (clause: string) => /\b(?:not|never|no|cannot|without|nobody|nothing|none)\b|n['’]t\b/iu.test(clause);

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
