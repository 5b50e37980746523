import { Lightbulb } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Claim, KnownClaim } from '../../main/contract/claim.ts';
import { useCall, type OutputOf } from '../api.ts';
import { go } from '../app/route.ts';
import { t } from '../messages.ts';
import { Button, EmptyState, Loaded } from '../ui/index.ts';
import { labelOf, type ClaimQuery } from './claimQuery.ts';
import { ClaimFilters } from './ClaimFilters.tsx';
import { ClaimRow, claimKey } from './ClaimRow.tsx';
import { plainSentence } from './claimText.ts';
import { Feed, type FeedRow } from './Feed.tsx';
import { headingsByTime } from './groupByTime.ts';
import { MergeDialog } from './MergeDialog.tsx';
import { useClaimActions, type Forgetting } from './useClaimActions.ts';
import { useNow } from './useNow.ts';

/** How many are drawn up at a time; each time the end is reached, so many more. */
const PAGE = 100;
const MOST = 2_000;

type Props = { nameOfPersona: (id: string) => string; onForget: (forgetting: Forgetting) => void };

/** What Engram has understood, each thing once, by person, place, topic or time. */
export function KnownClaims({ nameOfPersona, onForget }: Props) {
  const [query, setQuery] = useState<ClaimQuery>(everything);
  const [limit, setLimit] = useState(PAGE);
  const known = useCall('claims.known', { ...useDeferredValue(query), limit }, { keepPrevious: true });
  const [merging, setMerging] = useState<Claim | null>(null);
  const actions = useClaimActions({ onForget, onMerge: setMerging });
  const rows = useRows(known.data);
  const total = known.data?.total ?? 0;
  const change = (next: ClaimQuery) => {
    setLimit(PAGE);
    setQuery(next);
  };
  const feed = (
    <Feed
      label={t('claims.listLabel')}
      rows={rows}
      total={total}
      busy={known.loading}
      onEnd={() => {
        if (!known.loading && rows.length < Math.min(total, MOST) && limit < MOST) setLimit(limit + PAGE);
      }}
      onRowKey={(event, row) => claimKey(event, row.known.claim, actions)}
    >
      {(row, reachable) => <ClaimRow known={row.known} actions={actions} nameOfPersona={nameOfPersona} reachable={reachable} />}
    </Feed>
  );
  return (
    <>
      <ReadingNote />
      {known.data && isEverything(query) && total === 0 ? null : (
        <ClaimFilters query={query} onQuery={change} groups={known.data?.by === query.by ? known.data.groups : []} total={known.data ? total : null} />
      )}
      <p className="visually-hidden">{t('claims.keys')}</p>
      <Loaded call={known} failed={t('claims.failedTitle')}>
        {() => (rows.length > 0 ? feed : <Nothing query={query} onQuery={change} />)}
      </Loaded>
      <MergeDialog claim={merging} onClose={() => setMerging(null)} />
    </>
  );
}

const everything: ClaimQuery = { by: 'person', group: null, text: '', pinned: false };

const isEverything = ({ by, group, text, pinned }: ClaimQuery) => by !== 'place' && group === null && text === '' && !pinned;

type ClaimFeedRow = FeedRow & { known: KnownClaim };

function useRows(data: OutputOf<'claims.known'> | undefined): ClaimFeedRow[] {
  const now = useNow(60_000);
  return useMemo(() => {
    if (!data) return [];
    const byTime = headingsByTime(now);
    const labels = new Map(data.groups.map((group) => [group.key, labelOf(group, data.by)]));
    return data.known.map((known, index) => {
      const begins = known.group !== data.known[index - 1]?.group;
      const heading = known.group === '' ? byTime(known.claim.assertedAt) : begins ? (labels.get(known.group) ?? null) : null;
      return { id: known.claim.id, label: plainSentence(known.claim), heading, known };
    });
  }, [data, now]);
}

function ReadingNote() {
  const waiting = useCall('claims.waiting', {});
  const count = waiting.data?.count ?? 0;
  return count > 0 ? <p className="field-note">{t('claims.reading', { count })}</p> : null;
}

function Nothing({ query, onQuery }: { query: ClaimQuery; onQuery: (query: ClaimQuery) => void }) {
  const { by, text, pinned } = query;
  if (isEverything(query)) {
    return (
      <EmptyState
        icon={<Lightbulb aria-hidden />}
        title={t('claims.emptyTitle')}
        action={<Button onClick={() => go({ screen: 'memory', memoryId: null, tab: 'words' }, 'replace')}>{t('claims.emptyAction')}</Button>}
      >
        {t('claims.emptyBody')}
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t('claims.noMatchTitle')} action={<Button onClick={() => onQuery(everything)}>{t('claims.noMatchAction')}</Button>}>
      {text ? t('claims.noMatchText', { text }) : t(by === 'place' && !pinned ? 'claims.noMatchPlace' : 'claims.noMatchKind')}
    </EmptyState>
  );
}
