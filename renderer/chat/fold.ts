import type { ChatEvent, Message, OpenConversation } from '../../main/contract/conversation.ts';
import type { AppError } from '../../main/contract/errors.ts';
import type { Citation } from '../../main/contract/memory.ts';
import type { Research } from '../../main/contract/research.ts';

/** A turn as the window sees it, from Enter until the answer stands in the conversation. */
export type Turn = {
  conversationId: string;
  /** Where it branches off: the message it follows, and the answer it goes on with, if any. */
  after: string | null;
  continued: Message | null;
  /** The question as typed; null when there is none to save (regenerate, continue). */
  asked: string | null;
  /** Who is to answer. */
  personaId: string | null;
  question: Message | null;
  answerId: string | null;
  text: string;
  quoted: boolean;
  citations: Citation[];
  mode: 'hybrid' | 'words' | 'none' | null;
  /** What is gathered from many notes, step by step; null where it is answered directly. */
  research: Research | null;
  /** Tokens of the prompt read, of how many; null before and after. */
  reading: { done: number; total: number } | null;
  phase: 'asking' | 'recalled' | 'reading' | 'writing' | 'saved' | 'failed';
  saved: Message | null;
  failure: AppError | null;
  startedAt: number;
};
export type NewTurn = Pick<Turn, 'conversationId' | 'after' | 'continued' | 'asked' | 'personaId'>;

export const beginTurn = (start: NewTurn, startedAt: number): Turn => ({
  ...start,
  question: null,
  answerId: start.continued?.id ?? null,
  text: start.continued?.text ?? '',
  quoted: start.continued?.quoted ?? false,
  citations: start.continued?.citations ?? [],
  mode: null,
  research: null,
  reading: null,
  phase: 'asking',
  saved: null,
  failure: null,
  startedAt,
});

/** The turn after one more event. */
export function foldEvent(turn: Turn, event: ChatEvent): Turn {
  switch (event.type) {
    case 'started':
      return { ...turn, question: event.question, answerId: event.answerId };
    case 'recalled':
      return { ...turn, phase: 'recalled', citations: event.citations, mode: event.mode };
    case 'research':
      return { ...turn, research: event.research };
    case 'reading':
      return { ...turn, phase: 'reading', reading: { done: event.done, total: event.total } };
    case 'delta':
      return { ...turn, phase: 'writing', reading: null, text: turn.text + event.text };
    case 'quoted':
      return { ...turn, phase: 'writing', reading: null, text: event.text, quoted: true };
    case 'saved':
      return { ...turn, phase: 'saved', reading: null, saved: event.message };
  }
}

/** One row of the thread. `turn` is set on the answer that is being written, or that has just failed. */
export type ThreadRow = { message: Message; turn: Turn | null };

/** The messages of a conversation with the running turn laid over them. */
export function rowsWith(messages: readonly Message[], turn: Turn | null): ThreadRow[] {
  if (!turn || isSettled(messages, turn)) return messages.map(settled);
  if (turn.continued) {
    const { id } = turn.continued;
    return messages.map((message) => (message.id === id ? { message: answerOf(turn), turn } : settled(message)));
  }
  const until = turn.after === null ? 0 : messages.findIndex((message) => message.id === turn.after) + 1;
  const before = messages.slice(0, until).map(settled);
  const question = turn.question ?? (turn.asked === null ? null : questionOf(turn));
  return [...before, ...(question ? [settled(question)] : []), { message: turn.saved ?? answerOf(turn), turn: turn.saved ? null : turn }];
}

const settledRows = new WeakMap<Message, ThreadRow>();

/** The same row for the same message, so that a growing answer redraws itself alone. */
function settled(message: Message): ThreadRow {
  const known = settledRows.get(message) ?? { message, turn: null };
  settledRows.set(message, known);
  return known;
}

/** A failed turn is over once the conversation, fetched anew, holds what the assistant kept of it. */
export function isSettled(messages: readonly Message[], turn: Turn): boolean {
  if (turn.phase !== 'failed') return false;
  const kept = messages.find((message) => message.id === turn.answerId);
  return kept !== undefined && kept.status !== 'growing';
}

/** The open conversation once a turn is saved; what was on another branch is left behind. */
export function withSaved(open: OpenConversation, turn: Turn): OpenConversation {
  return { ...open, messages: rowsWith(open.messages, turn).map((row) => (row.message.id === turn.saved?.id ? turn.saved : row.message)) };
}

const blank = { status: 'complete', failure: null, personaId: null, citations: [], quoted: false, asks: null, stats: null, siblings: [] } as const;

const questionOf = (turn: Turn): Message => ({
  ...blank,
  citations: [],
  siblings: [],
  id: 'asking',
  conversationId: turn.conversationId,
  parentId: turn.after,
  role: 'user',
  text: turn.asked ?? '',
  createdAt: turn.startedAt,
});

/** The answer as far as it is known: a new one, or the one that is being continued. */
const answerOf = (turn: Turn): Message => ({
  ...(turn.continued ?? {
    ...blank,
    siblings: [],
    id: turn.answerId ?? 'answering',
    conversationId: turn.conversationId,
    parentId: turn.question?.id ?? turn.after,
    role: 'assistant',
    personaId: turn.personaId,
    createdAt: turn.startedAt,
  }),
  text: turn.text,
  status: turn.failure ? 'failed' : 'growing',
  failure: turn.failure?.message ?? null,
  citations: turn.citations,
  quoted: turn.quoted,
  ...(turn.research ? { research: turn.research } : {}),
});
