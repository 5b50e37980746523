import { Archive, ChevronDown, Hourglass, MessageSquareLock, PanelRight, Search } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Conversation } from '../../main/contract/conversation.ts';
import { OpenSidebar, useSidebarHidden } from '../app/SidebarPlace.tsx';
import { titleOf } from '../conversations/actions.ts';
import { ConversationMenu } from '../conversations/ConversationMenu.tsx';
import { TitleField } from '../conversations/TitleField.tsx';
import { keysOf, runCommand, useCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { Badge, IconButton, Tooltip } from '../ui/index.ts';
import type { Find } from './useFind.ts';

type Props = { conversation: Conversation; find: Find; receiptsOpen: boolean; onReceipts: () => void };

/** The line above the thread: the title and what can be done with it; find; what the answer rests on. */
export function ChatBar({ conversation, find, receiptsOpen, onReceipts }: Props) {
  const sidebarHidden = useSidebarHidden();
  return (
    <header className="chat-bar">
      {sidebarHidden ? <OpenSidebar /> : null}
      <Title conversation={conversation} />
      {conversation.temporary ? <Mark icon={<Hourglass aria-hidden />} name={t('conversations.temporaryMark')} note={t('chat.temporaryNote')} /> : null}
      {conversation.kept ? <Mark icon={<MessageSquareLock aria-hidden />} name={t('conversations.keptMark')} note={t('chat.keptNote')} /> : null}
      {conversation.archived ? <Badge icon={<Archive aria-hidden />}>{t('conversations.archived')}</Badge> : null}
      <span className="grow" />
      <IconButton label={t('chat.find')} keys={keysOf('chat.find')} aria-pressed={find.open} onClick={find.toggle}>
        <Search aria-hidden />
      </IconButton>
      <IconButton
        label={t(receiptsOpen ? 'chat.receiptsClose' : 'chat.receipts')}
        keys={keysOf('chat.receipts')}
        side="left"
        aria-pressed={receiptsOpen}
        onClick={onReceipts}
      >
        <PanelRight aria-hidden />
      </IconButton>
    </header>
  );
}

/** A word about the conversation, and the sentence that explains it for whoever points at it, tabs to it or listens. */
function Mark({ icon, name, note }: { icon: ReactNode; name: string; note: string }) {
  return (
    <Tooltip text={note}>
      <span tabIndex={0}>
        <Badge icon={icon}>{name}</Badge>
        <span className="visually-hidden">. {note}</span>
      </span>
    </Tooltip>
  );
}

function Title({ conversation }: { conversation: Conversation }) {
  const [renaming, setRenaming] = useState(false);
  useCommand('conversation.rename', () => setRenaming(true));
  if (renaming) {
    return (
      <div className="chat-title-field">
        <TitleField
          conversation={conversation}
          onDone={(byKey) => {
            setRenaming(false);
            if (byKey) runCommand('chat.compose');
          }}
        />
      </div>
    );
  }
  return (
    <h1 className="chat-title">
      <ConversationMenu
        conversation={conversation}
        onRename={() => setRenaming(true)}
        trigger={
          <button type="button" className="button button-quiet chat-title-button">
            <span className="truncate">{titleOf(conversation)}</span>
            <ChevronDown aria-hidden />
            <span className="visually-hidden">: {t('chat.titleMenu')}</span>
          </button>
        }
      />
    </h1>
  );
}
