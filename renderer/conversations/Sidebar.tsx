import { Archive, ArrowLeft, Brain, Cpu, Hourglass, NotebookText, PanelLeftClose, Search, Settings2, ShieldCheck, SquarePen, UsersRound } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { hrefOf, type Route, type ScreenName } from '../app/route.ts';
import { useCall } from '../api.ts';
import { keysOf, runCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { useWaiting } from '../memory/useWaiting.ts';
import { Button, Count, ErrorState, IconButton, join, SearchBox, Skeleton } from '../ui/index.ts';
import { ConversationList } from './ConversationList.tsx';
import { filterByTitle, worthListing } from './group.ts';
import './sidebar.css';

/** Everything on the left: new conversation, places, and the conversations so far. */
export function Sidebar({ route, onClose }: { route: Route; onClose: () => void }) {
  return (
    <div className="sidebar">
      <header className="sidebar-head">
        <span className="wordmark">{t('app.name')}</span>
        <IconButton label={t('app.closeSidebar')} keys={keysOf('app.sidebar')} onClick={onClose}>
          <PanelLeftClose aria-hidden />
        </IconButton>
      </header>
      <div className="sidebar-new">
        <Button className="grow" icon={<SquarePen aria-hidden />} onClick={() => runCommand('conversation.new')}>
          {t('conversations.new')}
        </Button>
        <IconButton label={t('conversations.newTemporary')} onClick={() => runCommand('conversation.temporary')}>
          <Hourglass aria-hidden />
        </IconButton>
      </div>
      <nav className="places" aria-label={t('app.places')}>
        <PlaceLink here={route} screen="search" icon={<Search aria-hidden />} />
        <PlaceLink here={route} screen="notes" icon={<NotebookText aria-hidden />} />
        <PlaceLink here={route} screen="memory" icon={<Brain aria-hidden />} note={<MemoryCount />} />
        <PlaceLink here={route} screen="personas" icon={<UsersRound aria-hidden />} />
        <PlaceLink here={route} screen="models" icon={<Cpu aria-hidden />} />
      </nav>
      <Conversations currentId={route.screen === 'chat' ? route.conversationId : null} />
      <footer className="sidebar-foot">
        <span className="local-mark">
          <ShieldCheck aria-hidden />
          {t('app.local')}
        </span>
        <a className="place place-icon" href={hrefOf({ screen: 'settings' })} aria-label={t('place.settings')} title={t('place.settings')} aria-current={route.screen === 'settings' ? 'page' : undefined}>
          <Settings2 aria-hidden />
        </a>
      </footer>
    </div>
  );
}

const hrefs = {
  search: hrefOf({ screen: 'search', query: '' }),
  notes: hrefOf({ screen: 'notes', noteId: null, at: null, query: '' }),
  memory: hrefOf({ screen: 'memory', memoryId: null, tab: 'known' }),
  personas: hrefOf({ screen: 'personas', id: null }),
  models: hrefOf({ screen: 'models', id: null }),
} satisfies Partial<Record<ScreenName, string>>;

type PlaceProps = { here: Route; screen: keyof typeof hrefs; icon: ReactNode; note?: ReactNode };

function PlaceLink({ here, screen, icon, note }: PlaceProps) {
  return (
    <a className="place" href={hrefs[screen]} aria-current={here.screen === screen ? 'page' : undefined}>
      {icon}
      {t(`place.${screen}`)}
      {note}
    </a>
  );
}

function MemoryCount() {
  const waiting = useWaiting();
  return <Count value={waiting} label={t('memory.waiting', { count: waiting })} />;
}

function Conversations({ currentId }: { currentId: string | null }) {
  const [archived, setArchived] = useState(false);
  const [typed, setTyped] = useState('');
  const list = useCall('conversation.list', { archived });
  const all = worthListing(list.data ?? [], currentId);
  const shown = filterByTitle(all, typed);

  return (
    <nav className="conversations" aria-label={t('conversations.title')}>
      <div className={join('conversations-head', archived && 'conversations-head-archived')}>
        {archived ? (
          <Button look="quiet" size="small" icon={<ArrowLeft aria-hidden />} onClick={() => setArchived(false)}>
            {t('conversations.back')}
          </Button>
        ) : null}
        <SearchBox label={t('conversations.filter')} value={typed} onValue={setTyped} className="conversations-filter" />
      </div>
      {list.error && !list.data ? <ErrorState small title={t('conversations.loadFailed')} error={list.error} onRetry={list.reload} /> : null}
      {!list.data && list.loading ? (
        <div className="conversations-waiting">
          <Skeleton lines={5} />
        </div>
      ) : null}
      {list.data ? <ListOrNote shown={shown} any={all.length > 0} typed={typed} archived={archived} currentId={currentId} /> : null}
      {archived ? null : (
        <Button look="quiet" size="small" className="archive-link" icon={<Archive aria-hidden />} onClick={() => setArchived(true)}>
          {t('conversations.showArchived')}
        </Button>
      )}
    </nav>
  );
}

type ListProps = { shown: Parameters<typeof ConversationList>[0]['conversations']; any: boolean; typed: string; archived: boolean; currentId: string | null };

function ListOrNote({ shown, any, typed, archived, currentId }: ListProps) {
  if (shown.length > 0) return <ConversationList conversations={shown} currentId={currentId} grouped={!archived} />;
  if (!any) return <p className="conversations-note">{t(archived ? 'conversations.emptyArchive' : 'conversations.empty')}</p>;
  return (
    <div className="conversations-note">
      <p>{t('conversations.noMatch', { text: typed.trim() })}</p>
      <a href={hrefOf({ screen: 'search', query: typed.trim() })}>{t('conversations.searchAll', { text: typed.trim() })}</a>
    </div>
  );
}
