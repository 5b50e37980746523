import type { Conversation } from '../contract/conversation.ts';
import { ofMemory, type MemoryCitation } from '../contract/memory.ts';
import type { CutRecord, Given } from '../store/given.ts';
import type { HistoryMessage } from '../store/messages.ts';
import type { Continued } from './begin.ts';
import type { Plan } from './assemble.ts';
import type { ActingPersona, ChatDependencies, ChatModel, Recalled, RecallQuery } from './chatTypes.ts';
import { claimsBeside } from './beside.ts';
import { datesTold } from './dated.ts';
import { answerInsteadOfModel, answerWithoutModel, createGuard, openGuard, type Guard, type Replacement } from './guard.ts';
import { profileLine } from './profileLine.ts';
import { excerpt, nothingRelevant, withoutFence, writeLine, type TrainedForm } from './prompt.ts';
import { bearing, bearingOf, caseOf, type Bearing, type Case, type Source } from './trust.ts';
import { isAboutOwner, utteranceOf } from './utterance.ts';
import { otherWords } from './words.ts';

/** What memory has to say to a question, and what follows from it for the answer. */
export type Recollection = {
  /** What the answer may rest on, marked from 1. */
  citations: MemoryCitation[];
  mode: 'hybrid' | 'words' | 'none';
  /** The remembered lines as the model is given them, and what was left out. */
  given: Given;
  /** The app's own answer, where the trust rule or the lack of a model asks for one. */
  instead: Replacement | null;
  /** The remembered sentence that answers, where one surely does. */
  quotation: Replacement | null;
  guard: Guard;
};

export type RecollectParts = {
  conversation: Conversation;
  /** Up to and including the question. */
  history: HistoryMessage[];
  /** What is continued: it rests on what it rested on before. */
  continued: Continued | null;
  acting: ActingPersona;
  /** Both null while no model is loaded. */
  model: ChatModel | null;
  plan: Plan | null;
};

/** Tokens of memory worth recalling when no model sets a limit. */
const withoutModelTokens = 600;

export async function recollect(deps: ChatDependencies, parts: RecollectParts, signal: AbortSignal): Promise<Recollection> {
  const recalled = await recallFor(deps, parts, signal);
  const rule = withCandidates(parts, recalled.citations);
  const instead = parts.continued ? null : ownAnswer(deps, parts, rule);
  const chosen = instead ? chooseQuoted(recalled.citations, rule) : await chooseGiven(deps, parts, { citations: recalled.citations, rule });
  return {
    citations: chosen.citations,
    mode: recalled.mode,
    given: parts.continued?.given ?? { lines: chosen.lines, ...(chosen.claims ? { claims: chosen.claims } : {}), ...cutFrom(recalled.citations, chosen, { rule, model: parts.model, quoted: instead !== null }) },
    instead: instead && ownAnswer(deps, parts, chosen.rule),
    quotation: chosen.rule.kind === 'answered' ? answerWithoutModel(chosen.rule, true) : null,
    guard: guardFor(deps, parts, chosen.rule),
  };
}

type Found = Recalled | { citations: MemoryCitation[]; mode: 'none' };

async function recallFor(deps: ChatDependencies, parts: RecollectParts, signal: AbortSignal): Promise<Found> {
  const { persona } = parts.acting;
  const { id } = parts.history.at(-1)!;
  const question = questionOf(parts);
  if (parts.continued) return { citations: ofMemory(parts.continued.citations), mode: 'none' };
  if (persona.memoryScope === 'none' || utteranceOf(question) === 'small-talk') return { citations: [], mode: 'none' };
  const limits = parts.plan ? { leaveOut: parts.plan.seen, tokens: tokensToRecall(parts.plan, parts.model) } : { leaveOut: [id], tokens: withoutModelTokens };
  const query = { question, persona, conversationId: parts.conversation.id, ...limits };
  const found = await deps.recall(query, signal);
  return isAlone(parts) ? ((await inOtherWords(deps, { parts, query, found }, signal)) ?? found) : found;
}

/** More than fits, where the lines that do are counted out: what had no room is then known. */
const tokensToRecall = ({ budget }: Plan, model: ChatModel | null) => (model?.trained ? budget.memory : 2 * budget.memory);

/** Where only memory can answer, a sentence that says it in other words is worth a second look. */
async function inOtherWords(deps: ChatDependencies, { parts, query, found }: { parts: RecollectParts; query: RecallQuery; found: Recalled }, signal: AbortSignal): Promise<Recalled | null> {
  const others = otherWords(query.question);
  if (others.length === 0 || judge(parts, found.citations).kind === 'answered') return null;
  const second = await deps.recall({ ...query, question: `${query.question} ${others.join(' ')}` }, signal);
  return judge(parts, second.citations).kind === 'answered' ? second : null;
}

/** Whoever pastes a book asks at its beginning or its end. Characters. */
const longestQuestion = 8_000;

function questionOf({ history }: RecollectParts): string {
  const { text } = history.at(-1)!;
  return text.length <= longestQuestion ? text : `${text.slice(0, longestQuestion / 2)}\n${text.slice(-longestQuestion / 2)}`;
}

/** Nobody but memory can answer. */
const isAlone = ({ model }: Pick<RecollectParts, 'model'>) => model === null || model.trained !== null;

const judge = (parts: RecollectParts, citations: MemoryCitation[]) => caseOf(questionOf(parts), sourcesOf(parts, citations), isAlone(parts));

/**
 * A model that can weigh lines is given the best recalled beside the one whose words answer best: it may stand in a later
 * one of other words, or in one that only its meaning found. A question that need not be about the owner has lines only
 * where they share its words.
 */
function withCandidates(parts: RecollectParts, citations: MemoryCitation[]): Case {
  const rule = judge(parts, citations);
  if (!parts.model?.trained?.trust.weighs) return rule;
  const question = questionOf(parts);
  const recalled = sourcesOf(parts, citations)
    .filter(({ mark }) => mark !== null)
    .map((source) => bearing(question, source))
    // What was once asked in the same words would be the best match, and answers nothing.
    .filter(({ sentence }) => utteranceOf(sentence) !== 'question');
  if (rule.kind === 'free') {
    const sharing = recalled.filter(({ coverage }) => coverage > 0);
    return rule.utterance === 'question' && sharing.length > 0 ? { kind: 'unknown', question, bearings: sharing } : rule;
  }
  if (rule.kind === 'acknowledge') return rule;
  const [best, ...others] = rule.bearings;
  const seen = new Set<number | null>();
  const ordered = [...(best ? [best] : []), ...recalled, ...others].filter(({ mark }) => mark === null || (!seen.has(mark) && seen.add(mark)));
  return { ...rule, bearings: [...new Set(ordered)] };
}

/** The owner's own words, recalled and said here: what an answer about them can be founded on. */
function sourcesOf({ conversation, history }: RecollectParts, citations: MemoryCitation[]): Source[] {
  const recalled = citations
    .filter(({ role }) => role === 'user')
    .map(({ mark, quote, saidAt, messageId, conversationId }) => ({ mark, text: quote, saidAt, written: messageId === null, here: messageId !== null && conversationId === conversation.id }));
  const cited = new Set(citations.map(({ messageId }) => messageId));
  const others = history
    .slice(0, -1)
    .filter(({ id, role }) => role === 'user' && !cited.has(id))
    .map(({ text, createdAt }) => ({ mark: null, text, saidAt: createdAt, written: false, here: true }));
  return [...recalled, ...others];
}

function ownAnswer(deps: ChatDependencies, parts: RecollectParts, rule: Case): Replacement | null {
  const quotes = deps.settings().quoteMemories;
  const options = optionsFor(parts);
  if (quotes === 'never') return null;
  if (parts.model === null) return rule.kind === 'unknown' ? null : answerWithoutModel(rule, options.remembers);
  if (quotes === 'always' && rule.kind === 'answered') return answerWithoutModel(rule, options.remembers);
  return parts.model.trusted ? null : answerInsteadOfModel(rule, options);
}

function guardFor(deps: ChatDependencies, parts: RecollectParts, rule: Case): Guard {
  if (parts.model === null || parts.model.trusted || deps.settings().quoteMemories === 'never') return openGuard;
  return createGuard(rule, { ...optionsFor(parts), alreadyShown: parts.continued?.text ?? '' });
}

const optionsFor = ({ conversation, acting, model }: RecollectParts) => {
  const trust = model?.trained?.trust ?? noTrust;
  const remembers = acting.persona.memoryScope !== 'none' && !conversation.temporary;
  return { remembers, phrases: acting.phrases, ...trust, narrow: isAlone({ model }) && model !== null && !trust.general };
};

/** A model that was not measured is believed no further than its words are found in memory. */
const noTrust: TrainedForm['trust'] = { weighs: false, picksNewer: false, general: false };

type Chosen = {
  citations: MemoryCitation[];
  lines: string[];
  rule: Case;
  /** Those that stand beside a line. */
  claims?: string[];
};

/** So many of those left out are listed. */
const mostCut = 20;

type Cutting = { rule: Case; model: ChatModel | null; quoted: boolean };

/** What was recalled and is not among the chosen, and why. */
function cutFrom(recalled: MemoryCitation[], chosen: Pick<Chosen, 'citations'>, cutting: Cutting): Pick<Given, 'cut' | 'cutMore'> {
  const given = new Set(chosen.citations.map(({ memoryId }) => memoryId));
  const cut = recalled.filter(({ memoryId }) => !given.has(memoryId));
  if (cut.length === 0) return {};
  const listed = cut.slice(0, mostCut).map((citation) => ({ memoryId: citation.memoryId, reason: reasonFor(citation, cutting), scores: citation.scores }));
  return { cut: listed, ...(cut.length > mostCut ? { cutMore: cut.length - mostCut } : {}) };
}

function reasonFor({ mark }: MemoryCitation, { rule, model, quoted }: Cutting): CutRecord['reason'] {
  if (quoted) return 'quoted';
  if (!model?.trained) return 'room';
  const place = 'bearings' in rule ? rule.bearings.findIndex((bearing) => bearing.mark === mark) : -1;
  if (place < 0) return 'unrelated';
  return place < model.trained.memoryLines ? 'room' : 'lines';
}

/** A quotation cites what it quotes, nothing else. */
function chooseQuoted(citations: MemoryCitation[], rule: Case): Chosen {
  const quoted = 'bearings' in rule ? rule.bearings.slice(0, 1) : [];
  return { ...renumber(citations, rule, quoted.map(({ mark }) => mark)), lines: [] };
}

async function chooseGiven(deps: ChatDependencies, parts: RecollectParts, { citations, rule }: { citations: MemoryCitation[]; rule: Case }): Promise<Chosen> {
  const { model, plan } = parts;
  if (parts.continued || !model || !plan) return { citations, lines: [], rule: labelledByMark(rule, Infinity) };
  if (model.trained) return chooseBearing(citations, rule, { trained: model.trained, plan });
  const about = await profileLine(deps, { persona: parts.acting.persona, conversationId: parts.conversation.id, history: parts.history, model, plan });
  const chosen = await chooseFitting(deps, { question: questionOf(parts), citations, plan, about });
  return { ...chosen, rule: labelledByMark(rule, chosen.citations.length) };
}

/** The few lines that bear on the question most, for a model that confuses many. */
async function chooseBearing(citations: MemoryCitation[], rule: Case, { trained, plan }: { trained: TrainedForm; plan: Plan }): Promise<Chosen> {
  const best = 'bearings' in rule ? rule.bearings.slice(0, trained.memoryLines) : [];
  const write = (line: Bearing) => writeLine({ ...line, mark: line.label ?? 0, role: 'user', text: excerpt(line.sentence, () => 0, 200) }, trained);
  const count = await plan.countLines(best.map((line, index) => write({ ...line, label: index + 1 })));
  // What answers stays citable where there is no room to give it.
  const chosen = renumber(citations, rule, best.slice(0, Math.max(1, count)).map(({ mark }) => mark));
  if (count === 0) return { ...chosen, lines: rule.kind === 'unknown' && plan.budget.memory > 0 ? [nothingRelevant] : [] };
  return inOrderSaid(chosen, count, write);
}

/**
 * Numbered in the order in which they were said, as the model was trained: of two that answer the later has the higher
 * number. A citation goes by its line's number; a line of this conversation has a number and no citation.
 */
function inOrderSaid({ citations, rule }: Pick<Chosen, 'citations' | 'rule'>, count: number, write: (line: Bearing) => string): Chosen {
  if (!('bearings' in rule)) return { citations, rule, lines: [] };
  const given = rule.bearings.slice(0, count);
  const inOrder = given.toSorted((a, b) => a.saidAt - b.saidAt);
  const numbered = new Map(inOrder.map((line, index) => [line, { ...line, label: index + 1, mark: line.mark && index + 1 }]));
  const numberOf = new Map(inOrder.map((line, index) => [line.mark, index + 1]));
  return {
    citations: citations.map((citation) => ({ ...citation, mark: numberOf.get(citation.mark) ?? citation.mark })).sort((a, b) => a.mark - b.mark),
    rule: { ...rule, bearings: given.map((line) => numbered.get(line)!) },
    lines: inOrder.map((line) => write(numbered.get(line)!)),
  };
}

/** Where every line that was given is a citation. */
const labelledByMark = (rule: Case, given: number): Case =>
  'bearings' in rule ? { ...rule, bearings: rule.bearings.map((line) => ({ ...line, label: line.mark !== null && line.mark <= given ? line.mark : null })) } : rule;

type Fitting = { question: string; citations: MemoryCitation[]; plan: Plan; about: string | null };

/**
 * As many as the budget allows, best first; given in the order in which they were said, so that the latest stands last. What
 * is known of the owner in general (`about`) stands before them.
 */
async function chooseFitting(deps: ChatDependencies, { question, citations, plan, about }: Fitting): Promise<Pick<Chosen, 'citations' | 'lines' | 'claims'>> {
  const beside = claimsBeside(deps.keeping.db, question, citations.map(({ memoryId }) => memoryId));
  const lines = citations.map((citation) => lineOf(question, citation, beside.get(citation.memoryId)?.text ?? ''));
  const first = about === null ? [] : [about];
  const count = Math.max(0, (await plan.countLines([...first, ...lines])) - first.length);
  const fitting = citations.slice(0, count);
  if (fitting.length === 0 && about === null && utteranceOf(question) === 'question' && isAboutOwner(question) && plan.budget.memory > 0) {
    return { citations: [], lines: [nothingRelevant] };
  }
  const order = fitting.map((_, index) => index).sort((a, b) => fitting[a]!.saidAt - fitting[b]!.saidAt);
  const claims = fitting.flatMap(({ memoryId }) => beside.get(memoryId)?.claims ?? []);
  return { citations: fitting, lines: [...first, ...order.map((index) => lines[index]!)], ...(claims.length > 0 ? { claims } : {}) };
}

function lineOf(question: string, { mark, role, quote, saidAt, messageId }: MemoryCitation, claimed: string): string {
  const text = excerpt(quote, (sentence) => bearingOf(question, sentence));
  return `${writeLine({ mark, role, saidAt, written: messageId === null, text }, null)}${datesTold(question, { sentence: text, saidAt })}${withoutFence(claimed) === '' ? '' : ` ${withoutFence(claimed)}`}`;
}

/** Keeps the citations with these marks, in this order, marked from 1 again; the rule's bearings follow. */
function renumber(citations: MemoryCitation[], rule: Case, marks: (number | null)[]): Pick<Chosen, 'citations' | 'rule'> {
  const kept = [...new Set(marks)].flatMap((mark) => citations.filter((citation) => citation.mark === mark));
  const marked = new Map(kept.map((citation, index) => [citation.mark, index + 1]));
  const follow = (bearing: Bearing): Bearing[] => (bearing.mark === null ? [bearing] : marked.has(bearing.mark) ? [{ ...bearing, mark: marked.get(bearing.mark)! }] : []);
  return {
    citations: kept.map((citation) => ({ ...citation, mark: marked.get(citation.mark)! })),
    rule: 'bearings' in rule ? { ...rule, bearings: rule.bearings.flatMap(follow) } : rule,
  };
}
