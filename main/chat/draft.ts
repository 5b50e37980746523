import type { Message, MessageStats } from '../contract/conversation.ts';
import type { AppError } from '../contract/errors.ts';
import type { Citation } from '../contract/memory.ts';
import type { GenerateStats } from '../engine/contract.ts';
import type { Given } from '../store/given.ts';
import type { MessageStore } from '../store/messages.ts';

/** How long a growing answer may be ahead of what is on disk. */
const saveEveryMs = 250;

/** An answer being written: saved as it grows, ended exactly once. */
export type Draft = {
  text(): string;
  add(delta: string): void;
  /** Other words in place of everything so far. */
  replace(text: string, quoted: boolean): void;
  /** The same words, with other marks. */
  correct(text: string): void;
  quoted(): boolean;
  /** What it rests on, and what it is made from: saved now, and with the end once more, when it is known what of it was used. */
  rest(citations: Citation[], given: Given): void;
  finish(status: 'complete' | 'stopped', stats: MessageStats | null): Message;
  fail(error: AppError): void;
  ended(): boolean;
  /** Milliseconds from its beginning to the first word; null while there is none. */
  firstWordMs(): number | null;
  sinceBegun(): number;
};

export type DraftOptions = {
  messages: MessageStore;
  answerId: string;
  /** What a continued answer already says. */
  soFar: string;
  now(): number;
  /** The citations that the text drew on, marked so. */
  markUsed(text: string, citations: Citation[]): Citation[];
};

export function createDraft({ messages, answerId, soFar, now, markUsed }: DraftOptions): Draft {
  const begunAt = now();
  let text = soFar;
  let quoted = false;
  let resting: { citations: Citation[]; given: Given } | null = null;
  let savedAt = begunAt;
  let firstWordAt: number | null = null;
  let ended = false;

  /** Whatever its words, an answer that gives a citation's mark rests on it. */
  const markNamed = (citation: Citation): Citation => ({ ...citation, used: citation.used || text.includes(`[${citation.mark}]`) });

  function end(status: 'complete' | 'stopped' | 'failed', extra: { stats?: MessageStats | null; failure?: string }): Message {
    ended = true;
    const rest = resting ? { given: resting.given, citations: markUsed(text, resting.citations).map(markNamed) } : {};
    return messages.finish(answerId, { text, status, quoted, ...rest, ...extra });
  }

  return {
    text: () => text,
    add(delta) {
      text += delta;
      firstWordAt ??= now();
      if (now() - savedAt < saveEveryMs) return;
      messages.grow(answerId, text);
      savedAt = now();
    },
    replace(instead, isQuotation) {
      text = instead;
      quoted = isQuotation;
      firstWordAt ??= now();
    },
    correct(settled) {
      text = settled;
    },
    quoted: () => quoted,
    rest(citations, given) {
      resting = { citations, given };
      messages.rest(answerId, resting);
    },
    finish: (status, stats) => end(status, { stats }),
    fail: (error) => void end('failed', { failure: error.message }),
    ended: () => ended,
    firstWordMs: () => (firstWordAt === null ? null : firstWordAt - begunAt),
    sinceBegun: () => now() - begunAt,
  };
}

/** What stands in the line under an answer. */
export function messageStats(draft: Draft, model: string, stats: GenerateStats): MessageStats {
  return {
    model,
    promptTokens: stats.promptTokens,
    reusedTokens: stats.reusedTokens,
    answerTokens: stats.answerTokens,
    firstWordMs: draft.firstWordMs() ?? draft.sinceBegun(),
    totalMs: draft.sinceBegun(),
    tokensPerSecond: stats.writeMs > 0 ? (stats.answerTokens / stats.writeMs) * 1_000 : 0,
  };
}
