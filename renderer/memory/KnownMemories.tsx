import { Brain } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Persona } from '../../main/contract/persona.ts';
import { go } from '../app/route.ts';
import { t } from '../messages.ts';
import { Button, EmptyState, ErrorState, Loaded } from '../ui/index.ts';
import { groupByTime } from './groupByTime.ts';
import { MemoryFilters } from './MemoryFilters.tsx';
import { MemoryList } from './MemoryList.tsx';
import { RememberBox } from './RememberBox.tsx';
import { useMemories, type MemoryQuery } from './useMemories.ts';
import { useMemoryActions } from './useMemoryActions.ts';
import { useNow } from './useNow.ts';

type Props = { personas: readonly Persona[]; nameOfPersona: (id: string) => string; onForget: (memoryId: string) => void };

/** The list of what is remembered, with a box to write in and filters that stay in sight. */
export function KnownMemories({ personas, nameOfPersona, onForget }: Props) {
  const [query, setQuery] = useState<MemoryQuery>(everyStatement);
  const { first, memories, total, loadMore, loadingMore, failure, patch } = useMemories(useDeferredValue(query));
  const actions = useMemoryActions(patch, ({ id }) => onForget(id));
  const now = useNow(60_000);
  const rows = useMemo(() => groupByTime(memories, now), [memories, now]);

  const list = (
    <MemoryList
      rows={rows}
      total={total ?? rows.length}
      actions={actions}
      nameOfPersona={nameOfPersona}
      busy={loadingMore || first.loading}
      onEnd={() => {
        if (!failure) void loadMore();
      }}
    />
  );
  return (
    <>
      <RememberBox personas={personas} />
      <MemoryFilters query={query} onQuery={setQuery} personas={personas} total={total} />
      <p className="visually-hidden">{t('memory.keys')}</p>
      <Loaded call={first} failed={t('memory.failedTitle')}>
        {() => (rows.length > 0 ? list : <NoMemories query={query} onQuery={setQuery} />)}
      </Loaded>
      {failure ? <ErrorState small error={failure} title={t('memory.moreFailed')} onRetry={() => void loadMore()} /> : null}
    </>
  );
}

const everyStatement: MemoryQuery = { filter: 'statements', text: '', personaId: null, until: null };

const sameQuery = (a: MemoryQuery, b: MemoryQuery): boolean =>
  a.filter === b.filter && a.text === b.text && a.personaId === b.personaId && a.until === b.until;

function NoMemories({ query, onQuery }: { query: MemoryQuery; onQuery: (query: MemoryQuery) => void }) {
  const filtered = !sameQuery(query, everyStatement);
  if (!filtered) {
    return (
      <EmptyState
        icon={<Brain aria-hidden />}
        title={t('memory.emptyTitle')}
        action={
          <Button onClick={() => go({ screen: 'chat', conversationId: null, messageId: null })}>{t('memory.emptyAction')}</Button>
        }
      >
        {t('memory.emptyBody')}
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t('memory.noMatchTitle')} action={<Button onClick={() => onQuery({ ...everyStatement, filter: 'all' })}>{t('memory.noMatchAction')}</Button>}>
      {query.text ? t('memory.noMatchText', { text: query.text }) : t('memory.noMatchKind')}
    </EmptyState>
  );
}
