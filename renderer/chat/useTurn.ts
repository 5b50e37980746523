import { useMemo } from 'react';
import type { Message, OpenConversation } from '../../main/contract/conversation.ts';
import type { Answering } from '../../main/contract/research.ts';
import { api } from '../api.ts';
import { attempt } from '../ui/notices.ts';
import { rowsWith, type NewTurn, type ThreadRow, type Turn } from './fold.ts';
import { isAnswering, runTurn, stopTurn, useRunningTurn } from './turns.ts';

export type TurnActions = {
  turn: Turn | null;
  answering: boolean;
  /** The conversation's messages with the running turn laid over them. */
  rows: ThreadRow[];
  /** Asks. Fails when the question could not be saved, so that the text can be given back. */
  send: (text: string, how?: Answering) => Promise<void>;
  /** Asks again with other words, on a branch beside the old one. */
  resend: (edited: Message, text: string) => Promise<void>;
  regenerate: (answer: Message, how?: Answering) => void;
  continueAnswer: (answer: Message) => void;
  stop: () => void;
};

/** One conversation's turn: what is running in it, and the ways to start and stop one. */
export function useTurn(conversationId: string, open: OpenConversation | undefined): TurnActions {
  const turn = useRunningTurn(conversationId);
  const messages = open?.messages;
  const rows = useMemo(() => rowsWith(messages ?? [], turn), [messages, turn]);
  const lastId = messages?.at(-1)?.id ?? null;
  const personaId = open?.conversation.personaId ?? null;
  const actions = useMemo(() => actionsFor({ conversationId, personaId, continued: null, asked: null, after: lastId }), [conversationId, personaId, lastId]);
  return { turn, answering: isAnswering(turn), rows, ...actions };
}

/** `start` is a turn that follows the last message. */
function actionsFor(start: NewTurn): Omit<TurnActions, 'turn' | 'answering' | 'rows'> {
  const { conversationId } = start;
  return {
    send: (text, how) => runTurn({ ...start, asked: text }, (signal) => api.chat.send({ conversationId, text, editOf: null, how }, signal)),
    resend: (edited, text) =>
      runTurn({ ...start, after: edited.parentId, asked: text }, (signal) => api.chat.send({ conversationId, text, editOf: edited.id }, signal)),
    regenerate: (answer, how) =>
      void attempt(() => runTurn({ ...start, after: answer.parentId }, (signal) => api.chat.regenerate({ conversationId, answerId: answer.id, how }, signal))),
    continueAnswer: (answer) =>
      void attempt(() =>
        runTurn({ ...start, after: answer.parentId, continued: answer }, (signal) => api.chat.continue({ conversationId, answerId: answer.id }, signal)),
      ),
    stop: () => stopTurn(conversationId),
  };
}
