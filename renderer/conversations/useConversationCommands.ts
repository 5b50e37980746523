import type { Conversation } from '../../main/contract/conversation.ts';
import { useCall } from '../api.ts';
import { go, type Route } from '../app/route.ts';
import { useCommand } from '../keyboard.ts';
import { attempt } from '../ui/notices.ts';
import { archiveConversation, deleteConversation, keepConversation, pinConversation, startConversation } from './actions.ts';
import { importConversations } from './importing.ts';
import { inListOrder, worthListing } from './group.ts';

/** Answers for the commands about the conversation in sight and its neighbours in the list. */
export function useConversationCommands(route: Route): void {
  const currentId = route.screen === 'chat' ? route.conversationId : null;
  const list = useCall('conversation.list', { archived: false }).data ?? [];
  const ordered = inListOrder(worthListing(list, currentId));
  const at = ordered.findIndex(({ id }) => id === currentId);
  const current = ordered[at];

  useCommand('conversation.new', () => void attempt(() => startConversation(false)));
  useCommand('conversation.temporary', () => void attempt(() => startConversation(true)));
  useCommand('conversation.import', () => void importConversations());
  useCommand('conversation.next', () => visit(ordered[at + 1]), ordered.length > 0);
  useCommand('conversation.previous', () => visit(ordered[Math.max(at, 1) - 1]), ordered.length > 0);
  useCommand('conversation.pin', () => current && void pinConversation(current, !current.pinned), current !== undefined);
  useCommand('conversation.keep', () => current && void keepConversation(current, !current.kept), current !== undefined && !current.temporary);
  useCommand('conversation.archive', () => current && void archiveConversation(current, true), current !== undefined);
  useCommand('conversation.delete', () => current && void deleteConversation(current), current !== undefined);
}

function visit(conversation: Conversation | undefined): void {
  if (conversation) go({ screen: 'chat', conversationId: conversation.id, messageId: null });
}
