import { useMemo, useRef, useState } from 'react';
import type { Message, OpenConversation } from '../../main/contract/conversation.ts';
import type { Route } from '../app/route.ts';
import { changePreferences, usePreference } from '../app/preferences.ts';
import { runCommand, useCommand } from '../keyboard.ts';
import { notifyFailure } from '../ui/notices.ts';
import { ReceiptsPlace } from '../receipts/ReceiptsPlace.tsx';
import { Announcer } from './Announcer.tsx';
import { ChatBar } from './ChatBar.tsx';
import { ChatProvider, type ChatTools, type Editing } from './chatTools.ts';
import { Composer, type ComposerHandle } from './Composer.tsx';
import { EmptyConversation } from './EmptyConversation.tsx';
import { FindBar } from './FindBar.tsx';
import type { ThreadRow } from './fold.ts';
import { Thread } from './Thread.tsx';
import type { ThreadHandle } from './threadHandle.ts';
import { useAnswerCommands } from './useAnswerCommands.ts';
import { useFind } from './useFind.ts';
import { useTarget } from './useTarget.ts';
import { useTurn, type TurnActions } from './useTurn.ts';

type Props = { open: OpenConversation; route: Extract<Route, { screen: 'chat' }> };

/** One conversation: its bar, its thread, the box to write in, and on the right what the chosen answer rests on. */
export function Conversation({ open, route }: Props) {
  const { conversation } = open;
  const turn = useTurn(conversation.id, open);
  const thread = useRef<ThreadHandle>(null);
  const composer = useRef<ComposerHandle>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const receipts = useReceipts();
  const find = useFind(turn.rows, thread);
  const targetId = useTarget(route, open, thread);

  useAnswerCommands({ rows: turn.rows, turn, edit: (id) => setEditing({ id, text: null }), showReceipts: receipts.toggle });
  useCommand('chat.compose', () => composer.current?.focus());

  const tools = useTools(turn, receipts.show, setEditing);
  const shownAnswer = receipts.open ? answerToShow(turn.rows, receipts.messageId) : null;

  return (
    <ChatProvider value={tools}>
      <div className="chat">
        <div className="chat-main">
          <ChatBar conversation={conversation} find={find} receiptsOpen={receipts.open} onReceipts={receipts.toggle} />
          {find.open ? <FindBar find={find} /> : null}
          {turn.rows.length === 0 ? (
            <EmptyConversation conversation={conversation} onExample={(text) => composer.current?.fill(text)} />
          ) : (
            <Thread
              ref={thread}
              rows={turn.rows}
              editing={editing}
              targetId={targetId}
              receiptsId={shownAnswer?.id ?? null}
              answering={turn.answering}
              find={find}
            />
          )}
          <Composer ref={composer} conversation={conversation} turn={turn} onSent={() => thread.current?.toEnd()} />
          <Announcer turn={turn.turn} rows={turn.rows} />
        </div>
        {receipts.open ? <ReceiptsPlace message={shownAnswer} onClose={receipts.toggle} /> : null}
      </div>
    </ChatProvider>
  );
}

/** The message that has the focus, or something in it has. */
const focusedMessageId = () => document.activeElement?.closest<HTMLElement>('[data-message]')?.dataset['message'] ?? null;

/** The chosen answer while it is in the thread, else the last one. */
function answerToShow(rows: readonly ThreadRow[], chosenId: string | null): Message | null {
  const row = rows.find(({ message }) => message.id === chosenId) ?? rows.findLast(({ message }) => message.role === 'assistant');
  return row?.message ?? null;
}

function useTools({ regenerate, continueAnswer, resend, send }: TurnActions, showReceipts: (id: string) => void, setEditing: (editing: Editing | null) => void): ChatTools {
  return useMemo(
    () => ({
      regenerate: (answer) => regenerate(answer),
      continueAnswer,
      answerDirectly: (report) => regenerate(report, 'direct'),
      showReceipts,
      say: (text) => {
        // The button goes with the question it answers.
        runCommand('chat.compose');
        send(text).catch(notifyFailure);
      },
      edit: (id) => {
        setEditing(id === null ? null : { id, text: null });
        if (id === null) runCommand('chat.compose');
      },
      resend: (message, text) => {
        setEditing(null);
        runCommand('chat.compose');
        resend(message, text).catch((failure: unknown) => {
          setEditing({ id: message.id, text });
          notifyFailure(failure);
        });
      },
    }),
    [regenerate, continueAnswer, resend, send, showReceipts, setEditing],
  );
}

/** The panel on the right: whether it is open, and for which answer; null is the last one. */
function useReceipts() {
  const open = usePreference('receipts');
  const [messageId, setMessageId] = useState<string | null>(null);
  return useMemo(
    () => ({
      open,
      messageId,
      toggle: () => {
        setMessageId(focusedMessageId());
        changePreferences({ receipts: !open });
      },
      show: (id: string) => {
        setMessageId(id);
        changePreferences({ receipts: true });
      },
    }),
    [open, messageId],
  );
}
