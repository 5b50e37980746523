import { Ellipsis, Hourglass, MessageSquareLock, PencilLine, Pin } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Conversation } from '../../main/contract/conversation.ts';
import { hrefOfMessage } from '../app/route.ts';
import { useIsAnswering } from '../chat/turns.ts';
import { formatMoment } from '../format.ts';
import { t } from '../messages.ts';
import { IconButton, join } from '../ui/index.ts';
import { titleOf } from './actions.ts';
import { ConversationMenu } from './ConversationMenu.tsx';
import { TitleField } from './TitleField.tsx';

type Props = {
  conversation: Conversation;
  current: boolean;
  renaming: boolean;
  /** One row of the list takes Tab; the arrows go from there. */
  tabbable: boolean;
  onRename: (id: string | null) => void;
};

/** One conversation of the list. */
export function Row({ conversation, current, renaming, tabbable, onRename }: Props) {
  const [menuOpen, setMenuOpen] = useState(false);
  const title = titleOf(conversation);
  if (renaming) {
    return (
      <div className="conversation conversation-renaming">
        <TitleField
          conversation={conversation}
          onDone={(byKey) => {
            onRename(null);
            if (byKey) focusRow(conversation.id);
          }}
        />
      </div>
    );
  }
  return (
    <div className={join('conversation', current && 'conversation-current', menuOpen && 'conversation-open')}>
      <a
        className="conversation-link"
        href={hrefOfMessage(conversation.id, null)}
        aria-current={current ? 'page' : undefined}
        title={formatMoment(conversation.updatedAt)}
        data-row={conversation.id}
        tabIndex={tabbable ? 0 : -1}
        onDoubleClick={() => onRename(conversation.id)}
        onKeyDown={(event) => {
          if (event.key !== 'F2') return;
          event.preventDefault();
          onRename(conversation.id);
        }}
      >
        <span className="truncate">{title}</span>
        <Marks conversation={conversation} />
      </a>
      <ConversationMenu
        conversation={conversation}
        onOpen={setMenuOpen}
        onRename={() => onRename(conversation.id)}
        trigger={
          <IconButton label={t('conversations.actions', { title })} size="small" className="conversation-more" tabIndex={tabbable ? 0 : -1}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      />
    </div>
  );
}

/** Once the field has given way to the row again. */
function focusRow(id: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus());
}

/** Small signs after the title; each has words for those who do not see it. */
function Marks({ conversation }: { conversation: Conversation }) {
  const answering = useIsAnswering(conversation.id);
  return (
    <span className="conversation-marks">
      {conversation.temporary ? <Mark icon={<Hourglass aria-hidden />} text={t('conversations.temporaryMark')} /> : null}
      {conversation.kept ? <Mark icon={<MessageSquareLock aria-hidden />} text={t('conversations.keptMark')} /> : null}
      {conversation.draft.trim() ? <Mark icon={<PencilLine aria-hidden />} text={t('conversations.draftMark')} /> : null}
      {conversation.pinned ? <Mark icon={<Pin aria-hidden />} text={t('conversations.pinned')} /> : null}
      {answering ? <Mark icon={<span className="answering-dot" />} text={t('conversations.answering')} /> : null}
    </span>
  );
}

function Mark({ icon, text }: { icon: ReactNode; text: string }) {
  return (
    <>
      {icon}
      <span className="visually-hidden">, {text}</span>
    </>
  );
}
