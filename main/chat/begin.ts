import type { Conversation, Message } from '../contract/conversation.ts';
import { AppError } from '../contract/errors.ts';
import type { Citation } from '../contract/memory.ts';
import type { Given } from '../store/given.ts';
import { keptWith } from '../store/memories.ts';
import type { HistoryMessage, MessageStore } from '../store/messages.ts';
import { messageOverhead } from './budget.ts';
import type { ChatDependencies, ChatModel } from './chatTypes.ts';

/** A question on disk, and the empty or reopened answer that is to be written. */
export type Turn = {
  conversation: Conversation;
  /** What leads up to and includes the question. */
  history: HistoryMessage[];
  answer: Message;
  /** The saved question when this turn saved it. */
  asked: Message | null;
  /** What a continued answer says and rests on. */
  continued: Continued | null;
};

export type Continued = { text: string; citations: Citation[]; given: Given };

/** Saves the question, beside the one it edits if it edits one, and opens an answer to it. */
export function beginQuestion(deps: ChatDependencies, input: { conversationId: string; text: string; editOf: string | null }): Turn {
  const { conversationId, text, editOf } = input;
  const messages = deps.messages(conversationId);
  const conversation = deps.conversation(conversationId);
  const place = editOf === null ? {} : { parentId: messageIn(messages, { conversationId, id: editOf, role: 'user' }).parentId };
  const { id } = messages.append({ conversationId, role: 'user', text, ...place });
  deps.attachments(conversationId).send(conversationId, id, editOf);
  const asked = messages.get(id);
  return { ...open(deps, conversation, asked.id), asked, continued: null };
}

/** Opens another answer beside this one. */
export function beginRival(deps: ChatDependencies, input: { conversationId: string; answerId: string }): Turn {
  const old = answerIn(deps, input);
  return { ...open(deps, deps.conversation(input.conversationId), old.parentId), asked: null, continued: null };
}

/** Reopens the last answer of the branch that is shown. */
export function beginAgain(deps: ChatDependencies, input: { conversationId: string; answerId: string }): Turn {
  const messages = deps.messages(input.conversationId);
  const old = answerIn(deps, input);
  if (old.research) throw new AppError('not-allowed', 'This is a report, which has no end to go on from. Research it again.');
  if (old.quoted) throw new AppError('not-allowed', 'This answer is a quotation and says all of it.');
  if (messages.branch(input.conversationId).at(-1)?.id !== old.id) throw new AppError('not-allowed', 'Only the last answer can be continued.');
  const conversation = deps.conversation(input.conversationId);
  refuseKeptElsewhere(deps, { ...old, conversationId: conversation.id });
  // What another persona was given may be that one's own.
  const given = old.personaId === conversation.personaId ? messages.given(old.id) : { lines: [] };
  return {
    conversation,
    history: messages.history(old.parentId, historyLimit(deps.model())),
    answer: messages.reopen(old.id),
    asked: null,
    continued: old.text.trim() === '' ? null : { text: old.text, citations: old.citations, given },
  };
}

/** It would be given once more what it rests on. */
function refuseKeptElsewhere({ keeping: { db } }: ChatDependencies, { id, conversationId }: { id: string; conversationId: string }): void {
  if ((keptWith(db, id)?.conversationId ?? conversationId) === conversationId) return;
  throw new AppError('not-allowed', 'This answer draws on what is kept to another conversation by now, so it cannot be continued. Ask again.');
}

function open(deps: ChatDependencies, conversation: Conversation, questionId: string): Pick<Turn, 'conversation' | 'history' | 'answer'> {
  const messages = deps.messages(conversation.id);
  const answer = messages.beginAnswer({ conversationId: conversation.id, parentId: questionId, personaId: conversation.personaId });
  return { conversation, answer, history: messages.history(questionId, historyLimit(deps.model())) };
}

function answerIn(deps: ChatDependencies, { conversationId, answerId }: { conversationId: string; answerId: string }): Message & { parentId: string } {
  const { parentId, ...answer } = messageIn(deps.messages(conversationId), { conversationId, id: answerId, role: 'assistant' });
  if (parentId === null) throw new AppError('not-found', 'This answer has no question to go back to.');
  return { ...answer, parentId };
}

function messageIn(messages: MessageStore, wanted: { conversationId: string; id: string; role: Message['role'] }): Message {
  const message = messages.get(wanted.id);
  if (message.conversationId !== wanted.conversationId || message.role !== wanted.role) {
    throw new AppError('not-found', 'That message is not part of this conversation.');
  }
  return message;
}

/** No message takes fewer tokens than its template, so more than these cannot fit. */
export const historyLimit = (model: ChatModel | null) => Math.max(64, Math.ceil((model?.windowTokens ?? 0) / messageOverhead));
