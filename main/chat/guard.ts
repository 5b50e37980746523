import { datesTold } from './dated.ts';
import { footingOf, isPlainRefusal, knowsNot, looksLikeMachinery, mayAcknowledge, mayStand, mayStandMarked } from './standing.ts';
import { answers, type Case } from './trust.ts';
import { isAboutOwner } from './utterance.ts';
import { beginsOneOf, isOneOf, noPhrases, undress, type Phrases } from './voice.ts';
import { acknowledgement, beyondThisModel, nearQuotation, nothingRemembered, quotation, unknownToThisModel } from './wording.ts';

/** What the app says in place of the model. `quoted`: it is a remembered sentence, cited. */
export type Replacement = { text: string; quoted: boolean };

/** Watches an answer as it grows, and holds back what it could not stand by. */
export type Guard = {
  /** What may be shown now. `broken`: stop writing, the answer will be replaced. */
  hear(delta: string): { show: string; broken: boolean };
  /**
   * Called once the model has ended, or was stopped: what is left to show, or what to show instead of everything. `again`:
   * no line answers, but the model may know without any.
   */
  end(stopped: boolean): { show: string } | { instead: Replacement } | { again: Guard };
};

/** For a model that is trusted, or a message the rule has nothing to say about. */
export const openGuard: Guard = {
  hear: (delta) => ({ show: delta, broken: false }),
  end: () => ({ show: '' }),
};

/** What the app answers by itself, where it can: with no model, or when quotations are always wanted. */
export function answerWithoutModel(rule: Case, remembers: boolean): Replacement | null {
  switch (rule.kind) {
    case 'answered':
      return { text: quotation(rule.bearings[0]!, datesTold(rule.question, rule.bearings[0]!)), quoted: true };
    case 'near':
      return { text: nearQuotation(rule.bearings[0]!, datesTold(rule.question, rule.bearings[0]!)), quoted: true };
    case 'acknowledge':
      return { text: acknowledgement(remembers), quoted: false };
    case 'unknown':
      return { text: nothingRemembered(remembers), quoted: false };
    case 'free':
      return null;
  }
}

/** What the app answers at once although an untrusted model is loaded, because no answer of the model could stand. */
export function answerInsteadOfModel(rule: Case, { remembers, narrow, weighs }: GuardOptions): Replacement | null {
  if (tellsDates(rule) || (!weighs && isOpen(rule))) return answerWithoutModel(rule, remembers);
  // Why nothing is there the model cannot know.
  if (rule.kind === 'unknown' && !remembers) return answerWithoutModel(rule, remembers);
  return narrow && rule.kind === 'free' && rule.utterance !== 'small-talk' ? beyond(rule) : null;
}

/** The model would say "yesterday" again, days later. */
const tellsDates = (rule: Case) => rule.kind === 'answered' && datesTold(rule.question, rule.bearings[0]!) !== '';

/** Whether what is remembered answers is not settled by its words alone. */
const isOpen = (rule: Case): rule is Extract<Case, { question: string }> & { kind: 'near' | 'unknown' } => rule.kind === 'near' || rule.kind === 'unknown';

const beyond = (rule: Case): Replacement => ({
  text: rule.kind === 'free' && rule.utterance === 'question' ? unknownToThisModel : beyondThisModel,
  quoted: false,
});

export type GuardOptions = {
  /** False where nothing said is kept: a temporary conversation, a persona without memory. */
  remembers: boolean;
  /** The model knows nothing but small talk and the lines it is given. */
  narrow: boolean;
  /** It may weigh lines that only may bear on the question, and say itself that none does. */
  weighs: boolean;
  /** It tells a correction from another matter. */
  picksNewer: boolean;
  /** It may know what was asked without having been told. */
  general: boolean;
  /** In which its voice speaks. */
  phrases?: Phrases;
  /** Said when the model does not know: it was asked once before, with lines. */
  fallback?: Replacement;
  /** What a continued answer already says. */
  alreadyShown?: string;
};

/**
 * For an untrusted model. Where a remembered line answers the question, founded sentences are shown as they are
 * finished; where one only may, and for an acknowledgement, the answer is short and held until its end; anything else is
 * shown as it comes. A mark that points to no citation, for a line of this very conversation, is not shown.
 */
export function createGuard(rule: Case, options: GuardOptions): Guard {
  const pace = options.fallback ? 'end' : paceOf(rule);
  let heard = options.alreadyShown ?? '';
  let shown = heard.length;
  const judged = (text: string) => `${undress(text.replace(mark, ''), phrasesFor(rule, options))}${mark.exec(text)?.[0] ?? ''}`;

  function show(until: number): string {
    const text = heard.slice(shown, Math.max(shown, until));
    shown = Math.max(shown, until);
    return withoutOwnMarks(rule, text);
  }

  return {
    hear(delta) {
      heard += delta;
      if (pace === 'words') return { show: /^\s*(?:[[{]|$)/u.test(heard) ? '' : show(heard.length), broken: false };
      const end = endOfSentences(heard);
      const broken = end > shown && !mayGrow(rule, judged(heard.slice(0, end))) && !mayBecomePhrase(rule, heard, options);
      return { show: pace === 'sentences' && !broken ? show(end) : '', broken };
    },
    end(stopped) {
      // What was stopped before a sentence was finished cannot be judged: what was shown stays.
      if (stopped) return { show: '' };
      if (options.fallback && knowsNot(heard)) return { instead: options.fallback };
      if (stands(rule, judged(heard), options)) return { show: show(heard.length) };
      return endOfFallen(rule, { refused: isRefusal(rule, { heard, judged: judged(heard) }, options), heard, options }) ?? { show: show(heard.length) };
    },
  };
}

/** Null where the model's refusal is the answer. */
function endOfFallen(rule: Case, { refused, heard, options }: { refused: boolean; heard: string; options: GuardOptions }): ReturnType<Guard['end']> | null {
  const instead = refused ? { text: heard.trim(), quoted: false } : (answerWithoutModel(rule, options.remembers) ?? beyond(rule));
  if (options.general && isOpen(rule) && !isAboutOwner(rule.question)) {
    return { again: createGuard({ kind: 'free', said: rule.question, utterance: 'question' }, { ...options, fallback: instead }) };
  }
  return refused ? null : { instead };
}

/** Behind an answer. */
const mark = /\s*\[\d+\]\s*$/u;

/**
 * A refusal is an honest answer where it is open whether anything remembered answers: a model that may weigh lines is right
 * with it more often than the nearest line is an answer. Where a remembered sentence does answer, its quotation wins.
 */
function isRefusal(rule: Case, { heard, judged }: { heard: string; judged: string }, { remembers, phrases = noPhrases }: GuardOptions): boolean {
  if (isOpen(rule)) return isPlainRefusal(judged, rule.question) || isOneOf(heard, phrases.refusing);
  return rule.kind === 'acknowledge' && remembers && isOneOf(heard, phrases.noting);
}

const mayBecomePhrase = (rule: Case, soFar: string, { phrases = noPhrases }: GuardOptions) =>
  beginsOneOf(soFar, isOpen(rule) ? phrases.refusing : rule.kind === 'acknowledge' ? phrases.noting : []);

/** Phrases around what was told say that it is kept. */
const phrasesFor = (rule: Case, { remembers, phrases = noPhrases }: GuardOptions): Phrases => (rule.kind === 'acknowledge' && !remembers ? noPhrases : phrases);

function paceOf({ kind }: Case): 'words' | 'sentences' | 'end' {
  if (kind === 'answered') return 'sentences';
  return kind === 'acknowledge' || kind === 'near' || kind === 'unknown' ? 'end' : 'words';
}

/** Whether the finished sentences so far leave the answer a chance to stand. */
function mayGrow(rule: Case, soFar: string): boolean {
  if (rule.kind === 'answered' || rule.kind === 'near' || rule.kind === 'unknown') return footingOf(soFar, rule).holds;
  return rule.kind !== 'acknowledge' || footingOf(soFar, { question: rule.said, bearings: [] }).holds;
}

function stands(rule: Case, answer: string, { remembers, picksNewer }: GuardOptions): boolean {
  switch (rule.kind) {
    case 'answered':
      return mayStandMarked(answer, { ...rule, picksNewer }) || mayStand(answer, { ...rule, picksNewer, bearings: rule.bearings.filter(({ coverage }) => coverage >= answers) });
    case 'near':
    case 'unknown':
      return mayStandMarked(answer, { ...rule, picksNewer });
    case 'acknowledge':
      return mayAcknowledge(answer, rule.said, remembers);
    case 'free':
      return !looksLikeMachinery(answer);
  }
}

function withoutOwnMarks(rule: Case, text: string): string {
  const own = 'bearings' in rule ? rule.bearings.filter(({ mark, label }) => mark === null && label !== null).map(({ label }) => label) : [];
  return own.length === 0 ? text : text.replace(/\s*\[(\d+)\]/gu, (whole, mark: string) => (own.includes(Number(mark)) ? '' : whole));
}

/** The place after the last finished sentence, its white space not included. */
function endOfSentences(text: string): number {
  let end = 0;
  for (const match of text.matchAll(/[.!?…](?=\s)/gu)) end = match.index + 1;
  return end;
}
