import { Archive, ArchiveRestore, FileDown, FileJson, MessageSquare, MessageSquareLock, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Conversation } from '../../main/contract/conversation.ts';
import { t } from '../messages.ts';
import { Menu, MenuItem, MenuSeparator } from '../ui/index.ts';
import { archiveConversation, deleteConversation, exportConversation, keepConversation, pinConversation } from './actions.ts';

type Props = { conversation: Conversation; trigger: ReactNode; align?: 'start' | 'end'; onRename: () => void; onOpen?: (open: boolean) => void };

/** What can be done with a conversation, from its row or from its title. */
export function ConversationMenu({ conversation, trigger, align = 'start', onRename, onOpen }: Props) {
  const { pinned, archived, kept, temporary } = conversation;
  return (
    <Menu trigger={trigger} align={align} onOpen={onOpen}>
      <MenuItem icon={<Pencil aria-hidden />} onSelect={onRename}>
        {t('conversations.rename')}
      </MenuItem>
      {temporary ? null : (
        <>
          <MenuItem icon={pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />} onSelect={() => void pinConversation(conversation, !pinned)}>
            {t(pinned ? 'conversations.unpin' : 'conversations.pin')}
          </MenuItem>
          <MenuItem
            icon={kept ? <MessageSquare aria-hidden /> : <MessageSquareLock aria-hidden />}
            hint={t(kept ? 'conversations.unkeepHint' : 'conversations.keepHint')}
            onSelect={() => void keepConversation(conversation, !kept)}
          >
            {t(kept ? 'conversations.unkeep' : 'conversations.keep')}
          </MenuItem>
          <MenuItem icon={archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />} onSelect={() => void archiveConversation(conversation, !archived)}>
            {t(archived ? 'conversations.unarchive' : 'conversations.archive')}
          </MenuItem>
        </>
      )}
      <MenuSeparator />
      <MenuItem icon={<FileDown aria-hidden />} onSelect={() => void exportConversation(conversation, 'markdown')}>
        {t('conversations.exportMarkdown')}
      </MenuItem>
      <MenuItem icon={<FileJson aria-hidden />} onSelect={() => void exportConversation(conversation, 'json')}>
        {t('conversations.exportJson')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => void deleteConversation(conversation)}>
        {t('conversations.delete')}
      </MenuItem>
    </Menu>
  );
}
