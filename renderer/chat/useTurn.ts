import { useMemo } from 'react';
import type { Message, OpenConversation } from '../../main/contract/conversation.ts';
import { api } from '../api.ts';
import { attempt } from '../ui/notices.ts';
import { rowsWith, type ThreadRow, type Turn } from './fold.ts';
import { isAnswering, runTurn, stopTurn, useRunningTurn } from './turns.ts';

export type TurnActions = {
  turn: Turn | null;
  answering: boolean;
  /** The conversation's messages with the running turn laid over them. */
  rows: ThreadRow[];
  /** Asks. Fails when the question could not be saved, so that the text can be given back. */
  send: (text: string) => Promise<void>;
  /** Asks again with other words, on a branch beside the old one. */
  resend: (edited: Message, text: string) => Promise<void>;
  regenerate: (answer: Message) => void;
  continueAnswer: (answer: Message) => void;
  stop: () => void;
};

/** One conversation's turn: what is running in it, and the ways to start and stop one. */
export function useTurn(conversationId: string, open: OpenConversation | undefined): TurnActions {
  const turn = useRunningTurn(conversationId);
  const messages = open?.messages;
  const rows = useMemo(() => rowsWith(messages ?? [], turn), [messages, turn]);
  const actions = useMemo(() => actionsFor(conversationId, messages?.at(-1)?.id ?? null), [conversationId, messages]);
  return { turn, answering: isAnswering(turn), rows, ...actions };
}

function actionsFor(conversationId: string, lastId: string | null): Omit<TurnActions, 'turn' | 'answering' | 'rows'> {
  const start = { conversationId, continued: null, asked: null };
  return {
    send: (text) => runTurn({ ...start, after: lastId, asked: text }, (signal) => api.chat.send({ conversationId, text, editOf: null }, signal)),
    resend: (edited, text) =>
      runTurn({ ...start, after: edited.parentId, asked: text }, (signal) => api.chat.send({ conversationId, text, editOf: edited.id }, signal)),
    regenerate: (answer) =>
      void attempt(() => runTurn({ ...start, after: answer.parentId }, (signal) => api.chat.regenerate({ conversationId, answerId: answer.id }, signal))),
    continueAnswer: (answer) =>
      void attempt(() =>
        runTurn({ ...start, after: answer.parentId, continued: answer }, (signal) => api.chat.continue({ conversationId, answerId: answer.id }, signal)),
      ),
    stop: () => stopTurn(conversationId),
  };
}
