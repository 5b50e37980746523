import { useCallback, useEffect, useRef, useState } from 'react';
import { MessageSquareOff } from 'lucide-react';
import type { Route } from '../app/route.ts';
import { useCall } from '../api.ts';
import { startConversation, titleOf } from '../conversations/actions.ts';
import { runCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { Button, EmptyState, ErrorState } from '../ui/index.ts';
import { OpenSidebar, useSidebarHidden } from '../app/SidebarPlace.tsx';
import { Conversation } from './Conversation.tsx';
import './chat.css';

type ChatRoute = Extract<Route, { screen: 'chat' }>;

/** The conversation the address names; without one, a new one is begun. */
export function ChatScreen({ route }: { route: ChatRoute }) {
  const { conversationId } = route;
  return conversationId === null ? <BeginConversation /> : <OpenedConversation key={conversationId} route={route} id={conversationId} />;
}

function BeginConversation() {
  const begun = useRef(false);
  const [error, setError] = useState<unknown>(null);
  const begin = useCallback(() => {
    setError(null);
    startConversation(false, 'replace').catch(setError);
  }, []);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    startConversation(false, 'replace').catch(setError);
  }, []);
  if (error === null) return <Waiting />;
  return (
    <>
      <BareBar />
      <ErrorState error={error} title={t('chat.beginFailed')} onRetry={begin} />
    </>
  );
}

function OpenedConversation({ route, id }: { route: ChatRoute; id: string }) {
  const open = useCall('conversation.open', { id });
  const title = open.data ? titleOf(open.data.conversation) : null;
  useEffect(() => {
    if (title !== null) document.title = t('app.screenTitle', { screen: title });
  }, [title]);

  if (open.data) return <Conversation open={open.data} route={route} />;
  if (!open.error) return <Waiting />;
  if (open.error.code === 'disconnected') return <Waiting />;
  return (
    <>
      <BareBar />
      {open.error.code === 'not-found' ? (
        <EmptyState
          icon={<MessageSquareOff aria-hidden />}
          title={t('chat.gone')}
          action={<Button onClick={() => runCommand('conversation.new')}>{t('conversations.new')}</Button>}
        >
          {t('chat.goneHint')}
        </EmptyState>
      ) : (
        <ErrorState error={open.error} title={t('chat.openFailed')} onRetry={open.reload} />
      )}
    </>
  );
}

/** Where there is no conversation there is still a way to the others. */
function BareBar() {
  const hidden = useSidebarHidden();
  return <div className="chat-bar">{hidden ? <OpenSidebar /> : null}</div>;
}

function Waiting() {
  return (
    <div className="page-waiting" aria-busy>
      <BareBar />
      <span className="visually-hidden" role="status">
        {t('chat.opening')}
      </span>
    </div>
  );
}

