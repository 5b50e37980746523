import { memo } from 'react';
import type { Message } from '../../main/contract/conversation.ts';
import { useCall } from '../api.ts';
import { formatMoment, formatWhen } from '../format.ts';
import { t } from '../messages.ts';
import { join } from '../ui/index.ts';
import { SentChips } from './AttachedChips.tsx';
import { AnswerFoot } from './AnswerFoot.tsx';
import type { Editing } from './chatTools.ts';
import { EditMessage } from './EditMessage.tsx';
import type { ThreadRow } from './fold.ts';
import { MessageActions } from './MessageActions.tsx';
import { MessageText } from './MessageText.tsx';
import { ResearchSteps } from './research/ResearchSteps.tsx';
import { TurnProgress } from './TurnProgress.tsx';

type Props = {
  row: ThreadRow;
  last: boolean;
  editing: Editing | null;
  /** Its receipts are what the panel shows. */
  showsReceipts: boolean;
  /** No turn is running: the actions that would start one are offered. */
  idle: boolean;
};

/** One message: who said it, what, and quietly what belongs to it. */
export const MessageRow = memo(function MessageRow({ row, last, editing, showsReceipts, idle }: Props) {
  const { message, turn } = row;
  const name = useSpeaker(message);
  return (
    <article className={join('message', `message-${message.role}`, last && 'message-last', showsReceipts && 'message-shown')} data-message={message.id} tabIndex={-1}>
      <header className="message-head">
        <h2 className="message-speaker">
          {message.role === 'user' ? t('chat.you') : name}
          <span className="visually-hidden">, {formatWhen(message.createdAt)}</span>
        </h2>
        <time className="message-time" dateTime={new Date(message.createdAt).toISOString()} title={formatMoment(message.createdAt)} aria-hidden>
          {formatWhen(message.createdAt)}
        </time>
      </header>
      <div className="message-body">
        {editing ? (
          <EditMessage message={message} editing={editing} />
        ) : (
          <>
            <ResearchSteps message={message} turn={turn} idle={idle} />
            <MessageText message={message} />
            {message.attachments ? <SentChips list={message.attachments} /> : null}
            {turn ? <TurnProgress turn={turn} /> : null}
            {message.role === 'assistant' && !turn ? <AnswerFoot message={message} idle={idle} last={last} /> : null}
            {message.status === 'growing' ? null : <MessageActions message={message} idle={idle} />}
          </>
        )}
      </div>
    </article>
  );
});

/** The persona that answered, by its name of today. */
function useSpeaker(message: Message): string {
  const personas = useCall('persona.list', {}).data;
  return personas?.find((persona) => persona.id === message.personaId)?.name ?? t('chat.assistant');
}
