/** What an answer was made from, shown as it was: the prompt is rebuilt from the conversation, so what is forgotten is gone from it too. */
import { AppError } from '../contract/errors.ts';
import { ofMemory } from '../contract/memory.ts';
import type { Cut, GivenPrompt, Receipt } from '../contract/receipt.ts';
import { claimsOf } from '../store/claimRecall.ts';
import type { Database } from '../store/database.ts';
import type { CutRecord, PromptRecord } from '../store/given.ts';
import { getMemory } from '../store/memoryList.ts';
import type { MessageStore } from '../store/messages.ts';
import { readBy, turnsOf } from './prompt.ts';

export type ReceiptDependencies = {
  /** Where memories are kept, also those that a temporary conversation was given. */
  db: Database;
  messages: Pick<MessageStore, 'get' | 'given' | 'history'>;
  /** How a passage of the notes reads now; null where it has gone. */
  passage?(id: string): string | null;
};

/** Longer than any conversation. */
const allMessages = 1_000_000;

/** Fails with `not-found` where there is no such answer. */
export function receiptOf({ db, messages, passage = () => null }: ReceiptDependencies, answerId: string): Receipt {
  const answer = messages.get(answerId);
  if (answer.role !== 'assistant' || answer.parentId === null) throw new AppError('not-found', 'That is no answer; only answers have receipts.');
  const { prompt, lines, cut = [], cutMore = 0, passagesCut = [], passagesCutMore = 0, claims: claimsGiven = [] } = messages.given(answerId);
  return {
    prompt: prompt ? rebuilt(prompt, { history: readBy(answer.personaId, messages.history(answer.parentId, allMessages)), lines, answer: answer.text }) : null,
    cut: cut.map((one) => asItReads(db, one)),
    cutMore,
    passagesCut: passagesCut.map((one) => ({ ...one, text: passage(one.id) })),
    passagesCutMore,
    claims: [...claimsOf(db, ofMemory(answer.citations).map(({ memoryId }) => memoryId)).values()].flat(),
    claimsGiven,
  };
}

type Parts = { history: ReturnType<MessageStore['history']>; lines: string[]; answer: string };

function rebuilt({ model, system, from, marksInFront, soFar }: PromptRecord, { history, lines, answer }: Parts): GivenPrompt {
  const start = Math.max(0, history.findIndex(({ id }) => id === from));
  const turns = turnsOf(history.slice(start), lines, marksInFront);
  return {
    model,
    messages: [{ role: 'system', text: system }, ...turns.flatMap(({ messages }) => messages)],
    answerSoFar: answer.slice(0, soFar),
    earlier: history.slice(0, start).filter(({ text }) => text.trim() !== '').length,
  };
}

function asItReads(db: Database, record: CutRecord): Cut {
  try {
    const { text, role, createdAt, messageId, conversationId, conversationTitle } = getMemory(db, record.memoryId);
    return { ...record, text, role, saidAt: createdAt, messageId, conversationId, conversationTitle };
  } catch (error) {
    if (AppError.from(error).code !== 'not-found') throw error;
    return { ...record, text: null, role: 'user', saidAt: 0, messageId: null, conversationId: null, conversationTitle: null };
  }
}
