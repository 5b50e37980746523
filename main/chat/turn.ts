/**
 * A turn, from a question to its saved answer: `begin…` says which message answers which question, `answer` tells the
 * rest of the story. Events come out of one iterator; a failure is thrown once, at its end.
 */
import { orAborted } from '../contract/abort.ts';
import type { ChatEvent, MessageStats } from '../contract/conversation.ts';
import { AppError } from '../contract/errors.ts';
import { ofMemory, ofNotes, type Citation } from '../contract/memory.ts';
import type { Sampling } from '../contract/persona.ts';
import type { GenerateEvent, GenerateRequest, GenerateStats } from '../engine/contract.ts';
import type { Given } from '../store/given.ts';
import { createAssembler, type Assembler } from './assemble.ts';
import { beginAgain, beginQuestion, beginRival, historyLimit, type Turn } from './begin.ts';
import type { ActingPersona, ChatDependencies, ChatModel } from './chatTypes.ts';
import type { Done } from './done.ts';
import { createDraft, messageStats, type Draft } from './draft.ts';
import { drawOn, drawsOnNotes } from './drawOn.ts';
import type { Guard, Replacement } from './guard.ts';
import { markBehind } from './leadingMark.ts';
import { settleMarks } from './noteMarks.ts';
import { obey } from './obey.ts';
import { readBy } from './prompt.ts';
import { research, researchFor, type How } from './research/answer.ts';

export type Turns = {
  send(input: { conversationId: string; text: string; editOf: string | null; how?: How | undefined }, signal: AbortSignal): AsyncIterable<ChatEvent>;
  regenerate(input: { conversationId: string; answerId: string; how?: How | undefined }, signal: AbortSignal): AsyncIterable<ChatEvent>;
  continue(input: { conversationId: string; answerId: string }, signal: AbortSignal): AsyncIterable<ChatEvent>;
  prepare(input: { conversationId: string }, signal: AbortSignal): Promise<{ tokens: number; ms: number }>;
};

export function createTurns(deps: ChatDependencies): Turns {
  const story = { deps, assembler: createAssembler(deps) };
  const busy = new Set<string>();
  let readingAhead = new AbortController();

  /** One answer at a time in a conversation. */
  async function* alone({ conversationId, how = 'auto' }: { conversationId: string; how?: How | undefined }, begin: () => Turn, signal: AbortSignal): AsyncIterable<ChatEvent> {
    if (busy.has(conversationId)) throw new AppError('conflict', 'An answer is being written in this conversation. Stop it, or wait until it has ended.');
    // An end that could not be written (a full disk) would otherwise leave an answer that grows for ever.
    if (busy.size === 0) deps.messages(conversationId).settleInterrupted();
    busy.add(conversationId);
    readingAhead.abort();
    const over = deps.begins(conversationId);
    try {
      yield* answer({ ...story, how }, begin(), signal);
    } finally {
      busy.delete(conversationId);
      over();
    }
  }

  return {
    send: (input, signal) => alone(input, () => beginQuestion(deps, input), signal),
    regenerate: (input, signal) => alone({ ...input, how: input.how ?? wayOf(deps, input) }, () => beginRival(deps, input), signal),
    continue: (input, signal) => alone({ conversationId: input.conversationId, how: 'direct' }, () => beginAgain(deps, input), signal),
    async prepare({ conversationId }, signal) {
      // The answer being written reads its own prompt; another would only stand in its way.
      if (busy.has(conversationId)) return { tokens: 0, ms: 0 };
      readingAhead.abort();
      readingAhead = new AbortController();
      return readAhead(story, conversationId, AbortSignal.any([signal, readingAhead.signal]));
    },
  };
}

type Story = { deps: ChatDependencies; assembler: Assembler };

/** What was a research is one again. */
const wayOf = (deps: ChatDependencies, { conversationId, answerId }: { conversationId: string; answerId: string }): How =>
  deps.messages(conversationId).get(answerId).research ? 'research' : 'auto';

async function* answer(story: Story & { how: How }, turn: Turn, signal: AbortSignal): AsyncIterable<ChatEvent> {
  const { deps } = story;
  const question = turn.history.at(-1)!;
  const draft = createDraft({
    messages: deps.messages(turn.conversation.id),
    answerId: turn.answer.id,
    soFar: turn.continued?.text ?? '',
    now: deps.now,
    markUsed: (text, citations) => [...ofNotes(citations), ...deps.markUsed(text, question.text, ofMemory(citations))],
  });
  const save = (status: 'complete' | 'stopped', stats: MessageStats | null): ChatEvent => {
    const message = draft.finish(status, stats);
    deps.ended({ conversation: turn.conversation, question, answer: message });
    return { type: 'saved', message };
  };
  try {
    yield { type: 'started', question: turn.asked, answerId: turn.answer.id };
    const stats = yield* write(story, { turn, draft, signal });
    yield save(signal.aborted ? 'stopped' : 'complete', stats);
  } catch (error) {
    if (draft.ended()) throw error;
    if (signal.aborted) {
      yield save('stopped', null);
      return;
    }
    const failure = AppError.from(error);
    draft.fail(failure);
    throw failure;
  } finally {
    // Whoever listened has gone without a word: what there is stays.
    if (!draft.ended()) save('stopped', null);
  }
}

/** Recall, prompt, answer. Returns the figures when the words shown are the model's. */
async function* write({ deps, assembler, how }: Story & { how: How }, { turn, draft, signal }: { turn: Turn; draft: Draft; signal: AbortSignal }): AsyncGenerator<ChatEvent, MessageStats | null> {
  const { conversation, continued } = turn;
  const done = continued ? null : await obey(deps, { conversation, history: turn.history, persona: deps.persona(conversation.personaId), answerId: turn.answer.id }, signal);
  if (done) return yield* tell(draft, done);
  const researched = researchFor(deps, turn, how);
  if (researched) return yield* research(deps, { turn, plan: researched, draft }, signal);
  return yield* answerDirectly({ deps, assembler }, { turn, draft, signal });
}

/** From what is recalled, and from the notes that the conversation draws on. */
async function* answerDirectly({ deps, assembler }: Story, { turn, draft, signal }: { turn: Turn; draft: Draft; signal: AbortSignal }): AsyncGenerator<ChatEvent, MessageStats | null> {
  const { conversation, continued } = turn;
  await deps.modelSettled(signal);
  signal.throwIfAborted();
  const acting = await deps.acting(conversation.personaId);
  const history = readBy(acting.persona.id, turn.history);
  const model = deps.model();
  const remembers = acting.persona.memoryScope !== 'none';
  // Tokens are counted by the engine, which may be coming up again after a crash: Stop must be heard meanwhile.
  const plan = model && (await orAborted(assembler.plan({ conversationId: conversation.id, model, acting, history, answerSoFar: draft.text(), remembers, notes: drawsOnNotes(deps, { conversation, history, model }) }), signal));

  const recollection = await drawOn(deps, { conversation, history, continued, acting, model, plan }, signal);
  draft.rest(recollection.citations, recollection.given);
  yield { type: 'recalled', citations: recollection.citations, mode: recollection.mode };
  signal.throwIfAborted();

  if (recollection.instead) return yield* replace(draft, recollection.instead);
  if (!model || !plan) throw noModel();
  const requestWith = async (citations: Citation[], given: Given): Promise<GenerateRequest> => {
    const { messages, longestAnswer, record } = await plan.write(given.lines);
    draft.rest(citations, { ...given, prompt: record });
    const sampling = samplingFor(model, acting, longestAnswer);
    return { messages, answerSoFar: draft.text(), overlay: acting.overlay, lane: 'chat', sampling };
  };
  const leads = model.trained !== null;
  let end = yield* generate(deps, { request: await requestWith(recollection.citations, recollection.given), leads, draft, guard: recollection.guard, signal });
  if ('again' in end) {
    end = yield* generate(deps, { request: await requestWith([], { lines: [] }), leads, draft, guard: end.again, signal });
  }
  settle(draft, recollection.citations);
  return 'stats' in end && end.stats ? messageStats(draft, model.name, end.stats) : null;
}

/** Numbers of passages are the model's to give, and ours to check. */
function settle(draft: Draft, citations: Citation[]): void {
  const noted = ofNotes(citations);
  if (noted.length > 0 && !draft.quoted()) draft.correct(settleMarks(draft.text(), new Set(citations.map(({ mark }) => mark)), noted));
}

type Generating = {
  request: GenerateRequest;
  /** The model names the line it answers from before it answers. */
  leads: boolean;
  draft: Draft;
  guard: Guard;
  signal: AbortSignal;
};

const asRead = (events: AsyncIterable<GenerateEvent>, leads: boolean) => (leads ? markBehind(events) : events);

function* tell(draft: Draft, { text, citations, given }: Done): Generator<ChatEvent, null> {
  draft.rest(citations, given);
  yield { type: 'recalled', citations, mode: 'none' };
  yield* say(draft, text);
  return null;
}

/** The model's words as they come, as far as the guard lets them pass. No figures when others took their place. */
async function* generate(deps: ChatDependencies, { request, leads, draft, guard, signal }: Generating): AsyncGenerator<ChatEvent, { stats: GenerateStats | null } | { again: Guard }> {
  const stopping = new AbortController();
  let stats: GenerateStats | null = null;
  const written = deps.engine.generate(request, AbortSignal.any([signal, stopping.signal]));
  for await (const event of asRead(written, leads)) {
    if (event.type === 'reading') yield event;
    if (event.type === 'done') stats = event.stats;
    if (event.type !== 'delta') continue;
    const { show, broken } = guard.hear(event.text);
    if (show) yield* say(draft, show);
    if (broken) {
      stopping.abort();
      break;
    }
  }
  const end = guard.end(signal.aborted);
  if ('again' in end) return end;
  if ('instead' in end) return { stats: yield* replace(draft, end.instead) };
  if (end.show) yield* say(draft, end.show);
  return { stats };
}

function* say(draft: Draft, text: string): Generator<ChatEvent> {
  draft.add(text);
  yield { type: 'delta', text };
}

function* replace(draft: Draft, { text, quoted }: Replacement): Generator<ChatEvent, null> {
  draft.replace(text, quoted);
  yield { type: 'quoted', text };
  return null;
}

/** Applies the persona's overlay and reads everything but the next question. */
async function readAhead({ deps, assembler }: Story, conversationId: string, signal: AbortSignal): Promise<{ tokens: number; ms: number }> {
  const conversation = deps.conversation(conversationId);
  await deps.modelSettled(signal);
  const acting = await deps.acting(conversation.personaId);
  const model = deps.model();
  if (!model) return { tokens: 0, ms: 0 };
  const messages = deps.messages(conversationId);
  const last = messages.branch(conversationId).at(-1);
  const history = last ? readBy(acting.persona.id, messages.history(last.id, historyLimit(model))) : [];
  const remembers = acting.persona.memoryScope !== 'none';
  const plan = await assembler.plan({ conversationId, model, acting, history, answerSoFar: '', remembers, notes: drawsOnNotes(deps, { conversation, history, model }) });
  const prompt = await plan.write([]);
  const read = await deps.engine.prepare({ messages: prompt.messages, answerSoFar: '', overlay: acting.overlay, lane: 'chat' }, signal);
  return { tokens: read.tokens, ms: read.switchMs + read.readMs };
}

/** A model that knows one prompt is only itself at the temperature that belongs to it. */
function samplingFor(model: ChatModel, { persona }: ActingPersona, longestAnswer: number): Sampling {
  const sampling = { ...persona.sampling, maxTokens: Math.min(persona.sampling.maxTokens, longestAnswer) };
  return model.trained ? { ...sampling, temperature: model.trained.temperature, repeatPenalty: 1 } : sampling;
}

const noModel = () =>
  new AppError('no-model', 'No chat model is loaded, and nothing remembered answers this. Your message is saved; load a model under Models and ask again.');
