/** What an answer may draw on: what is remembered, and, where the owner said so, their notes, within one budget. */
import type { Citation, MemoryCitation, NoteCitation } from '../contract/memory.ts';
import type { NoteScope } from '../contract/note.ts';
import type { PassageCutRecord } from '../store/given.ts';
import type { Plan } from './assemble.ts';
import { attachedTo, rankAttached, type Attached } from './attached.ts';
import type { ChatDependencies, Passage, PassagesFound } from './chatTypes.ts';
import { openGuard, type Guard } from './guard.ts';
import { thingAsked } from './formAsked.ts';
import { citationOf, quoteNotes, type Noted } from './noted.ts';
import { nothingRelevant, writePassage } from './prompt.ts';
import { recollect, type Recollection, type RecollectParts } from './recollect.ts';
import { rankTellings } from './tellings.ts';
import { utteranceOf } from './utterance.ts';
import { contentWords } from './words.ts';

/** Nobody but memory and notes can answer: there is no model, or one that can only point at lines. */
const isAlone = ({ model }: Pick<RecollectParts, 'model'>) => model === null || model.trained !== null;

export type Drawn = Omit<Recollection, 'citations'> & { citations: Citation[] };

export async function drawOn(deps: ChatDependencies, parts: RecollectParts, signal: AbortSignal): Promise<Drawn> {
  if (parts.continued) return { ...(await recollect(deps, parts, signal)), citations: parts.continued.citations };
  const attached = attachmentsOf(deps, parts);
  const { notes } = parts.conversation;
  if ((notes === null && attached.length === 0) || (attached.length === 0 && utteranceOf(parts.history.at(-1)!.text) === 'small-talk')) return recollect(deps, parts, signal);
  // What goes with a question is what it is about; what went with one before stands beside the notes.
  const scope = attached.some(({ now }) => now) ? null : notes;
  const found = await findAmong(deps, { parts, attached, scope }, signal);
  const drawing = { parts, found, scope, attached };
  return isAlone(parts) ? quoteOrRecollect(deps, drawing, signal) : giveLines(deps, drawing, signal);
}

const attachmentsOf = (deps: ChatDependencies, { conversation, history }: RecollectParts): Attached[] =>
  attachedTo({ notes: deps.notes, attachments: deps.attachments(conversation.id) }, history.filter(({ role }) => role === 'user').map(({ id }) => id));

type Among = { parts: RecollectParts; attached: Attached[]; scope: NoteScope | null };

async function findAmong(deps: ChatDependencies, { parts, attached, scope }: Among, signal: AbortSignal): Promise<PassagesFound> {
  const limit = isAlone(parts) ? mostQuotedFrom : mostGiven;
  const question = searched(parts);
  const brought = attached.some(({ now }) => now) ? attached.filter(({ now }) => now) : attached;
  const ranked = rankAttached(question, brought.flatMap(({ passages }) => passages));
  // “Sum this up” shares no word with what it is about.
  if (scope === null) return { passages: (ranked[0]?.score === 0 ? ranked.map((passage) => ({ ...passage, score: 1 })) : ranked).slice(0, isAlone(parts) ? limit : undefined), confidence: 0 };
  const found = await deps.notes.find({ question, scope, limit }, signal);
  const known = new Set(ranked.map(({ id }) => id));
  const bearing = ranked.filter(({ score }) => score >= farBehind);
  return { ...found, passages: [...bearing, ...found.passages.filter(({ id }) => !known.has(id))].sort((one, other) => other.score - one.score).slice(0, limit) };
}

/** Passages whose sentences are looked at. */
const mostQuotedFrom = 8;
/** Passages that may go to a model; its window ends them sooner. */
const mostGiven = 24;

/** "And when was it?" is looked for with what was asked before. */
function searched({ history }: Pick<RecollectParts, 'history'>): string {
  const question = history.at(-1)!.text.slice(0, longestQuestion);
  const before = history.slice(0, -1).findLast(({ role }) => role === 'user')?.text ?? '';
  const isShort = contentWords(question).length < 2 && thingAsked(question) === null;
  const refers = isShort || (/\b(?:it|its|that|this|they|them|their|those|these|he|she|him|her|there)\b/iu.test(question) && contentWords(question).length < 4);
  return refers && before !== '' ? `${before.slice(0, longestQuestion)} ${question}` : question;
}

/** Characters. */
const longestQuestion = 4_000;

/** `scope`: null where only what is attached is looked into. */
type Drawing = { parts: RecollectParts; found: PassagesFound; scope: NoteScope | null; attached: Attached[] };

/** A sentence of a note stands for itself; what is remembered is quoted beside it, or instead where no note answers. */
async function quoteOrRecollect(deps: ChatDependencies, { parts, found, scope }: Drawing, signal: AbortSignal): Promise<Drawn> {
  const { text } = parts.history.at(-1)!;
  const remembered = await recollect(deps, parts, signal);
  const noted = await quoteNotes(deps, { question: text, found, scope }, signal);
  if (noted.kind !== 'told' && scope !== null && !isQuestion(text)) return remembered;
  const { quotation } = remembered;
  if (noted.kind !== 'told' && quotation) return { ...remembered, given: { ...remembered.given, ...cutOf(found.passages, [], { reason: 'unrelated' }) } };
  const saying = quotation ? withMemory(noted, { text: quotation.text, citations: remembered.citations }) : noted;
  return {
    ...remembered,
    citations: saying.citations,
    given: { lines: [], ...(remembered.given.cut ? { cut: remembered.given.cut } : {}), ...cutOf(found.passages, noted.citations, { reason: noted.kind === 'none' ? 'unrelated' : 'quoted' }) },
    instead: { text: saying.text, quoted: noted.kind !== 'none' },
    guard: openGuard,
  };
}

/** What is no question may still be a few words to look for. */
const isQuestion = (text: string) => utteranceOf(text) === 'question' || (contentWords(text).length <= 6 && !/\b(?:i|my|me|we|our|i'm|i’m)\b/iu.test(text) && utteranceOf(text) === 'statement' && !/[.!]\s*$/u.test(text));

function withMemory(noted: Noted, { text, citations }: { text: string; citations: MemoryCitation[] }): { text: string; citations: Citation[] } {
  const quoted = citations.filter(({ mark }) => text.includes(`[${mark}]`)).slice(0, 1);
  const next = noted.citations.length + 1;
  return { text: `${noted.text}\n\n${text.replace(/\[\d+\](?=[^\]]*$)/u, `[${next}]`)}`, citations: [...noted.citations, ...quoted.map((citation) => ({ ...citation, mark: next }))] };
}

/** Of the room for lines, notes take no more than this before memory is asked. */
const notesShare = 0.8;
/** What was found so much worse than the best is left out. */
const farBehind = 0.2;

/** Numbered passages as far as the budget reaches, and what is remembered in the rest of it. */
async function giveLines(deps: ChatDependencies, { parts, found, scope, attached }: Drawing, signal: AbortSignal): Promise<Drawn> {
  const { text } = parts.history.at(-1)!;
  const plan = parts.plan!;
  const whole = await wholeIfFits(plan, attached);
  const bearing = whole ?? found.passages.filter(({ score }) => score >= farBehind);
  const lines = bearing.map((passage, index) => writePassage(index + 1, passage));
  const count = await plan.countLines(lines, notesShare);
  const given = lines.slice(0, count);
  const tellings = rankTellings(text, bearing.slice(0, count));
  const citations = bearing.slice(0, count).map((passage, index) => citationOf(passage, index + 1, tellings.find((telling) => telling.passage === passage) ?? null));
  tellGiven(deps, { parts, attached }, citations);
  const remembered = await recollect(shifted(deps, count), { ...parts, plan: behind(plan, given) }, signal);
  const own = remembered.given.lines.filter((line) => line !== nothingRelevant);
  return {
    ...remembered,
    instead: null,
    citations: [...citations, ...remembered.citations],
    given: { ...remembered.given, lines: count === 0 && own.length === 0 ? [nothingNoted] : [...own, ...given], ...cutOf(found.passages, citations, { reason: 'room', bearing }) },
    guard: parts.model!.trusted ? openGuard : foundedGuard(await quoteNotes(deps, { question: text, found, scope }, signal), { question: text, passages: bearing.slice(0, count) }),
  };
}

/** All that goes with this question, in its order, where there is room for it: then nothing of it is left out. */
async function wholeIfFits(plan: Plan, attached: readonly Attached[]): Promise<Passage[] | null> {
  const passages = attached.filter(({ now }) => now).flatMap((one) => one.passages);
  if (passages.length === 0) return null;
  const lines = passages.map((passage, index) => writePassage(index + 1, passage));
  return (await plan.countLines(lines, notesShare)) === lines.length ? passages.map((passage) => ({ ...passage, score: 1 })) : null;
}

/** So that the window can say what did not fit. */
function tellGiven(deps: ChatDependencies, { parts, attached }: Pick<Drawing, 'parts' | 'attached'>, citations: readonly NoteCitation[]): void {
  const cited = new Set(citations.map(({ id }) => id));
  for (const { attachment, now, passages } of attached) {
    if (now) deps.attachments(parts.conversation.id).given(attachment.id, passages.filter(({ id }) => cited.has(id)).length);
  }
}

const nothingNoted = 'Nothing in the notes bears on this question.';

/** Its marks follow those of the passages. */
const shifted = (deps: ChatDependencies, by: number): ChatDependencies => ({
  ...deps,
  recall: async (query, signal) => {
    const recalled = await deps.recall(query, signal);
    return { ...recalled, citations: recalled.citations.map((citation) => ({ ...citation, mark: citation.mark + by })) };
  },
});

/** The same room, with these lines in it already. */
const behind = (plan: Plan, given: string[]): Plan => ({
  ...plan,
  countLines: async (lines, share) => Math.max(0, (await plan.countLines([...given, ...lines], share)) - given.length),
});

/** So many of those left out are listed. */
const mostCut = 20;

/** `bearing`: those that bear on the question; all when absent. */
type Cutting = { reason: PassageCutRecord['reason']; bearing?: readonly Passage[] };

function cutOf(found: readonly Passage[], citations: readonly NoteCitation[], { reason, bearing = found }: Cutting): { passagesCut?: PassageCutRecord[]; passagesCutMore?: number } {
  const cited = new Set(citations.map(({ id }) => id));
  const cut = found.filter(({ id }) => !cited.has(id)).map((passage) => ({ id: passage.id, reason: bearing.includes(passage) ? reason : ('unrelated' as const), score: passage.score, note: passage.note }));
  if (cut.length === 0) return {};
  return { passagesCut: cut.slice(0, mostCut), ...(cut.length > mostCut ? { passagesCutMore: cut.length - mostCut } : {}) };
}

/** How much of what a small model says must stand in the passages or the question. */
const founded = 0.75;

/** For a model too small to be believed: what it says stands if the passages carry its words, else they are quoted. */
function foundedGuard(noted: Noted, { question, passages }: { question: string; passages: readonly Passage[] }): Guard {
  const known = new Set(contentWords([question, ...passages.flatMap(({ text, note }) => [text, note.title, ...note.headings])].join('\n')));
  let heard = '';
  return {
    hear(delta) {
      heard += delta;
      return { show: '', broken: false };
    },
    end(stopped) {
      if (stopped) return { show: heard };
      const said = contentWords(heard.replace(/\[\d+\]/gu, ''));
      const carried = said.filter((word) => known.has(word)).length;
      if (said.length > 0 && carried >= founded * said.length) return { show: heard };
      return { instead: { text: noted.text, quoted: noted.kind !== 'none' } };
    },
  };
}

/** Whether the prompt must say what lines of notes are. */
export const drawsOnNotes = (deps: ChatDependencies, { conversation, history, model }: Pick<RecollectParts, 'conversation' | 'history' | 'model'>): boolean =>
  model !== null && model.trained === null && (conversation.notes !== null || deps.attachments(conversation.id).sentWith(history.map(({ id }) => id)).length > 0);
