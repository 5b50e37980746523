import { useEffect, useState, type RefObject } from 'react';
import type { OpenConversation } from '../../main/contract/conversation.ts';
import { api, updateCall } from '../api.ts';
import type { Route } from '../app/route.ts';
import { t } from '../messages.ts';
import { notify } from '../ui/notices.ts';
import type { ThreadHandle } from './threadHandle.ts';

type ChatRoute = Extract<Route, { screen: 'chat' }>;

/** How long the message one came for stays marked, milliseconds. */
const markedMs = 4_000;

/** Goes to the message the address names, on whatever branch it stands, and marks it for a while. Returns its id meanwhile. */
export function useTarget(route: ChatRoute, open: OpenConversation, thread: RefObject<ThreadHandle | null>): string | null {
  const [over, setOver] = useState<ChatRoute | null>(null);
  const { messageId } = route;
  const here = messageId !== null && open.messages.some((message) => message.id === messageId);
  const wanted = messageId !== null && over !== route;
  const { id } = open.conversation;

  useEffect(() => {
    if (!wanted || messageId === null) return;
    if (here) {
      thread.current?.toMessage(messageId, true);
      const timer = setTimeout(() => setOver(route), markedMs);
      return () => clearTimeout(timer);
    }
    let current = true;
    void showBranch(id, messageId).then((found) => {
      if (found || !current) return;
      setOver(route);
      notify({ message: t('chat.messageGone') });
    });
    return () => {
      current = false;
    };
  }, [wanted, here, route, messageId, id, thread]);
  return wanted && here ? messageId : null;
}

/** Shows the branch that holds a message; false when no branch does. */
async function showBranch(id: string, messageId: string): Promise<boolean> {
  try {
    const open = await api.conversation.chooseBranch({ id, messageId });
    updateCall('conversation.open', { id }, () => open);
    return open.messages.some((message) => message.id === messageId);
  } catch {
    return false;
  }
}
