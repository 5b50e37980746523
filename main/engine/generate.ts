/** Prompt in, pieces of text out, until the model ends, the answer is long enough, or the caller stops. */
import { randomInt } from 'node:crypto';
import { LlamaGrammarEvaluationState, type LlamaContextSequence, type SequenceEvaluateOptions, type Token } from 'node-llama-cpp';
import { AppError } from '../contract/errors.ts';
import type { Sampling } from '../contract/persona.ts';
import { createAnswerText } from './answerText.ts';
import type { ChatModel } from './chatModel.ts';
import type { GenerateEvent, GenerateRequest, GenerateStats, Prompt } from './contract.ts';
import { readPrompt, type Held } from './lane.ts';
import type { Rendering } from './render.ts';
import { stopped } from './stopper.ts';

/**
 * Answers one prompt. A stop ends it with `done`, not with an error, and is heard at any moment, also while the prompt is
 * read. Fails with `too-large` when the prompt leaves no room for an answer.
 */
export async function* generate(chat: ChatModel, request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent> {
  const overlay = await chat.overlays.resolve(request.overlay);
  const held = await chat.lane(request.lane).hold('answer', signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  if (!held) {
    yield { type: 'done', stats: { ...noStats, end: 'stopped' } };
    return;
  }
  try {
    const rendering = chat.renderer.render(request.messages, request.answerSoFar);
    checkFits(chat, rendering.tokens.length);
    const sequence = await held.settle(overlay, rendering.tokens);
    yield* answer({ chat, held, sequence, rendering, request });
  } finally {
    held.release();
  }
}

const noStats = { promptTokens: 0, reusedTokens: 0, answerTokens: 0, readMs: 0, writeMs: 0 };

function checkFits(chat: ChatModel, promptTokens: number): void {
  if (promptTokens < chat.windowTokens) return;
  throw new AppError(
    'too-large',
    `The prompt has ${promptTokens} tokens and the model’s window holds ${chat.windowTokens}. Shorten the message, or load a model with a larger window.`,
  );
}

type Work = { chat: ChatModel; held: Held; sequence: LlamaContextSequence; rendering: Rendering; request: GenerateRequest };

async function* answer(work: Work): AsyncGenerator<GenerateEvent> {
  const { chat, held, sequence, rendering } = work;
  const total = rendering.tokens.length;
  const stats: GenerateStats = { ...noStats, promptTokens: total, end: 'stopped' };

  const readFrom = performance.now();
  let done = 0;
  for await (const reading of readPrompt(held, sequence, { tokens: rendering.tokens, pace: chat.pace })) {
    stats.reusedTokens = reading.reused;
    done = reading.done;
    // The last token is read together with writing the first.
    yield { type: 'reading', done: done === total - 1 ? total : done, total };
  }
  stats.readMs = performance.now() - readFrom;
  if (done === total - 1 && !held.signal.aborted) yield* write(work, stats);
  yield { type: 'done', stats };
}

async function* write({ chat, held, sequence, rendering, request }: Work, stats: GenerateStats): AsyncGenerator<GenerateEvent> {
  const { tokens: prompt, markers, thinking, stopTokens } = rendering;
  const text = createAnswerText(chat.model, { before: prompt, markers, thinking, fresh: request.answerSoFar === '' });
  const written: Token[] = [];
  const pieces: string[] = [request.answerSoFar];
  const room = Math.min(request.sampling.maxTokens, chat.windowTokens - prompt.length);
  const allowed = request.grammar === undefined ? {} : { grammarEvaluationState: await grammarState(chat, request.grammar) };
  const iterator = sequence.evaluate(prompt.slice(-1), { ...samplingOptions(request.sampling, written), ...allowed });

  const startedAt = performance.now();
  try {
    for (;;) {
      stats.writeMs = performance.now() - startedAt;
      if (written.length >= room) {
        stats.end = 'length';
        break;
      }
      const next = await held.stopper.race(iterator.next());
      if (next === stopped) break;
      if (next.done || stopTokens.has(next.value)) {
        stats.end = 'finished';
        break;
      }
      written.push(next.value);
      stats.answerTokens = written.length;
      const piece = text.push(next.value);
      if (piece.text) {
        pieces.push(piece.text);
        yield { type: 'delta', text: piece.text };
      }
      if (piece.ended) {
        stats.end = 'finished';
        break;
      }
    }
    stats.writeMs = performance.now() - startedAt;
    const rest = text.finish();
    if (rest) {
      pieces.push(rest);
      yield { type: 'delta', text: rest };
    }
  } finally {
    rememberAnswer({ chat, request, pieces }, text.exactTokens());
    // (Closing may fail where the llama context has gone meanwhile; there is nothing left to close then.)
    void held.stopper.settled().then(() => iterator.return()).catch(() => {});
  }
}

/** A continued answer is remembered whole: the tokens it had, then the new ones. */
function rememberAnswer({ chat, request, pieces }: { chat: ChatModel; request: GenerateRequest; pieces: string[] }, written: Token[] | null): void {
  if (!written) return;
  const before = request.answerSoFar === '' ? [] : chat.renderer.answerTokens(request.answerSoFar);
  chat.renderer.remember(pieces.join(''), [...before, ...written]);
}

async function grammarState({ model }: ChatModel, grammar: string): Promise<LlamaGrammarEvaluationState> {
  try {
    return new LlamaGrammarEvaluationState({ model, grammar: await model.llama.createGrammar({ grammar }) });
  } catch (error) {
    throw new AppError('invalid-input', 'The grammar for this answer is not one that the engine can read. Nothing was written.', error);
  }
}

/** How many of the last tokens the repeat penalty looks at. */
const penaltyReach = 64;

function samplingOptions(sampling: Sampling, written: Token[]): SequenceEvaluateOptions {
  return {
    temperature: sampling.temperature,
    topP: sampling.topP,
    topK: sampling.topK,
    minP: sampling.minP,
    // Without a seed the library takes the time in seconds: two answers within one would be the same.
    seed: sampling.seed ?? randomInt(2 ** 31),
    ...(sampling.repeatPenalty > 1
      ? { repeatPenalty: { penalty: sampling.repeatPenalty, punishTokens: () => written.slice(-penaltyReach), maxPunishTokens: penaltyReach } }
      : {}),
  };
}

export type Prepared = { tokens: number; reused: number; switchMs: number; readMs: number };

/** Applies the overlay and reads what is certain to be in the next prompt. An answer that is wanted meanwhile goes first. */
export async function prepare(chat: ChatModel, prompt: Prompt, signal: AbortSignal): Promise<Prepared> {
  const held = await chat.lane(prompt.lane).hold('read-ahead', signal);
  try {
    const { renderer } = chat;
    const tokens = prompt.answerSoFar === '' ? renderer.renderAhead(prompt.messages) : renderer.render(prompt.messages, prompt.answerSoFar).tokens;
    checkFits(chat, tokens.length);
    const startedAt = performance.now();
    const sequence = await held.settle(await chat.overlays.resolve(prompt.overlay), tokens);
    const switchedAt = performance.now();
    const result: Prepared = { tokens: tokens.length, reused: 0, switchMs: switchedAt - startedAt, readMs: 0 };
    for await (const reading of readPrompt(held, sequence, { tokens, pace: chat.pace })) result.reused = reading.reused;
    result.readMs = performance.now() - switchedAt;
    return result;
  } finally {
    held.release();
  }
}
