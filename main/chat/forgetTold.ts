/** "Forget that", "forget what I told you about…": what would go is shown first, and goes when the owner says yes. */
import { claimsNow } from '../claims/readJob.ts';
import { AppError } from '../contract/errors.ts';
import { ofMemory, type Carrier, type Forgetting, type MemoryCitation } from '../contract/memory.ts';
import { isBare, mark, segmentsOf } from '../memory/redact.ts';
import { contentStems } from '../meaning/words.ts';
import { memoriesIn, presentClaimsOf } from '../store/claimView.ts';
import type { Given } from '../store/given.ts';
import { getMemory } from '../store/memoryList.ts';
import type { View } from '../store/memoryRecall.ts';
import type { ChatDependencies } from './chatTypes.ts';
import { commandOf, toldIn } from './commands.ts';
import { inView } from './carriersInView.ts';
import { subjectsMeant } from './knownTold.ts';
import { citedIn, plainly, type Done, type Looking } from './done.ts';
import type { Reply } from './replies.ts';
import { answers, bearing } from './trust.ts';
import { utteranceOf } from './utterance.ts';
import { forgottenTold, leftAsItWas, nothingOfThat, nothingToForget, outOfReach, proposalTold, undoneTold } from './wording.ts';

/** More at once is for the memory screen. */
const mostProposed = 9;
const recallTokens = 4_000;

/** A memory, and which of its sentences are to go. */
type Target = { memoryId: string; sentences: number[] };
type Proposal = NonNullable<Given['proposal']>;
type Forgetful = { about: string | null; sure: boolean; signal: AbortSignal };

export async function proposeForgetting(deps: ChatDependencies, looking: Looking, { about, sure, signal }: Forgetful): Promise<Done | null> {
  const targets = about === null ? lastTold(deps, looking) : await toldAbout(deps, looking, { about, signal });
  const shown = targets.filter(({ sentences }) => sentences.length > 0).slice(0, mostProposed);
  const citations = citedIn(deps, looking.view, shown.map(({ memoryId }) => ({ id: memoryId, why: 'what would be forgotten' })));
  if (citations.length === 0) return about === null ? plainly(nothingToForget) : sure ? plainly(nothingOfThat(about)) : null;
  const proposal = citations.map(({ memoryId }) => shown.find((target) => target.memoryId === memoryId)!);
  const items = citations.map(({ memoryId, saidAt, mark: number }, index) => ({ text: toldIn(sentencesOf(deps, memoryId).filter((_, place) => proposal[index]!.sentences.includes(place)).join(' ')), saidAt, mark: number }));
  return { text: proposalTold(items, targets.length - shown.length), citations, given: { lines: [], proposal } };
}

/** As the preview of a forgetting counts them. */
const sentencesOf = (deps: ChatDependencies, memoryId: string): string[] =>
  segmentsOf(getMemory(deps.keeping.db, memoryId).text).filter((segment) => !isBare(segment)).map((segment) => segment.trim());

/** What the owner told last; after a question, what its answer rested on. */
function lastTold(deps: ChatDependencies, { conversation, history }: Looking): Target[] {
  const messages = deps.messages(conversation.id);
  const [question, answer] = [history.at(-3), history.at(-2)];
  const asked = question?.role === 'user' ? question : null;
  if (asked && isTold(asked.text)) return [whole(deps, asked.id)];
  const used = answer?.role === 'assistant' ? ofMemory(messages.get(answer.id).citations).filter((citation) => citation.used && citation.role === 'user') : [];
  return used.map(({ memoryId }) => whole(deps, memoryId));
}

const isTold = (text: string) => utteranceOf(text) === 'statement' && (commandOf(text)?.kind ?? 'remember') === 'remember';

function whole(deps: ChatDependencies, memoryId: string): Target {
  try {
    return { memoryId, sentences: sentencesOf(deps, memoryId).map((_, place) => place) };
  } catch (error) {
    if (AppError.from(error).code !== 'not-found') throw error;
    return { memoryId, sentences: [] };
  }
}

/** Best first: what says it in its own words, and whatever is claimed of whom it names. */
async function toldAbout(deps: ChatDependencies, { persona, conversation, history, view }: Looking, { about, signal }: { about: string; signal: AbortSignal }): Promise<Target[]> {
  const { citations } = await deps.recall({ question: about, persona, conversationId: conversation.id, leaveOut: [history.at(-1)!.id], tokens: recallTokens }, signal);
  const said = citations.filter(isOwners).map(({ memoryId }) => memoryId);
  // "She likes tea", said a moment ago, is of her too.
  for (const memoryId of said) claimsNow(deps.keeping.db, memoryId);
  const claimed = claimedOf(deps, view, about);
  const targets = [...new Set([...said, ...claimed.keys()])].map((memoryId) => {
    const quotes = claimed.get(memoryId) ?? [];
    const sentences = safely(deps, memoryId).flatMap((sentence, place) => (bears(about, sentence) || quotes.some((quote) => sentence.includes(quote)) ? [place] : []));
    return { memoryId, sentences };
  });
  return targets.filter(({ sentences }) => sentences.length > 0);
}

const isOwners = ({ role, quote }: MemoryCitation) => role === 'user' && commandOf(quote)?.kind !== 'forget';

function safely(deps: ChatDependencies, memoryId: string): string[] {
  const { sentences } = whole(deps, memoryId);
  return sentences.length === 0 ? [] : sentencesOf(deps, memoryId);
}

/** Scripts without spaces are not cut into words here. */
const bears = (about: string, sentence: string) =>
  bearing(about, { mark: 1, here: false, text: sentence, written: false, saidAt: 0 }).coverage >= answers || (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(about) && sentence.includes(about));

/** Memory to the quotes in it of which something is claimed of them. */
function claimedOf(deps: ChatDependencies, view: View, about: string): Map<string, string[]> {
  const { db } = deps.keeping;
  const quotes = new Map<string, string[]>();
  for (const { memoryId, quote } of presentClaimsOf(db, view, subjectsMeant(db, view, about))) quotes.set(memoryId, [...(quotes.get(memoryId) ?? []), quote]);
  return quotes;
}

export async function forgetProposed(deps: ChatDependencies, looking: Looking, { proposal, reply }: { proposal: Proposal; reply: Reply }): Promise<Done> {
  if (reply.kind === 'no') return plainly(leftAsItWas);
  const chosen = reply.which === null ? proposal : reply.which.flatMap((number) => proposal.at(number > 0 ? number - 1 : number) ?? []);
  const forgettings: Forgetting[] = [];
  const refused: string[] = [];
  await aside(deps, looking, async () => {
    for (const target of chosen) {
      const done = await forgetOne(deps, looking.view, target);
      if (typeof done === 'string') refused.push(done);
      else forgettings.push(done);
    }
  });
  return { text: forgottenTold(forgettings, [...new Set(refused)]), citations: [], given: { lines: [], forgettings: forgettings.map(({ id }) => id) } };
}

/** Nothing may be forgotten while an answer grows that might still say it: this one waits, empty, until it is done. */
async function aside(deps: ChatDependencies, { conversation, answerId }: Looking, work: () => Promise<void>): Promise<void> {
  const messages = deps.messages(conversation.id);
  messages.finish(answerId, { text: '', status: 'stopped' });
  await work();
  messages.reopen(answerId);
}

/** What was begun, or why it was not. Only places that this persona may see are touched. */
async function forgetOne(deps: ChatDependencies, view: View, { memoryId, sentences }: Proposal[number]): Promise<Forgetting | string> {
  const { forget, db } = deps.keeping;
  const what = { id: memoryId, ...(sentences ? { sentences } : {}) };
  try {
    const { carriers, words } = await forget.preview(what);
    // It may have been kept to a conversation since it was shown.
    if (!memoriesIn(db, view, [memoryId]).has(memoryId)) return outOfReach;
    const meant = inView(db, view, carriers.filter((carrier) => carrier.certain || repeats(carrier, words)));
    return await forget.forget({ ...what, carriers: meant.map(({ key }) => key), graceSeconds: null });
  } catch (error) {
    const { code, message } = AppError.from(error);
    if (!['not-found', 'conflict', 'invalid-input'].includes(code)) throw error;
    return message;
  }
}

/** A short answer that drew on it says little else. Characters. */
const shortAnswer = 200;

/** Nobody is there to tick what only looks alike: a title or a draft that has every telling word of it means it, too. */
function repeats({ kind, before, after }: Carrier, words: readonly string[]): boolean {
  if (kind === 'answer' && after === mark && before.length <= shortAnswer) return true;
  const [wanted, said] = [words.flatMap((word) => [...contentStems(word)]), contentStems(before)];
  return wanted.length > 0 && wanted.every((stem) => said.has(stem));
}

/** The last first: each was begun on what the one before had left. */
export function undoForgettings(deps: ChatDependencies, ids: readonly string[]): Done {
  try {
    for (const id of ids.toReversed()) deps.keeping.forget.undo(id);
    return plainly(undoneTold);
  } catch (error) {
    const { code, message } = AppError.from(error);
    if (code !== 'conflict' && code !== 'not-found') throw error;
    return plainly(message);
  }
}
