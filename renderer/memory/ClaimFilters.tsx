import { ClaimOrder, type ClaimGroup } from '../../main/contract/claim.ts';
import { t } from '../messages.ts';
import { SearchBox, Segments, Select } from '../ui/index.ts';
import { labelOf, type ClaimQuery } from './claimQuery.ts';

type Props = {
  query: ClaimQuery;
  onQuery: (query: ClaimQuery) => void;
  groups: readonly ClaimGroup[];
  /** How many things fit; null while nobody knows. */
  total: number | null;
};

/** Which claims are shown, and in what order. */
export function ClaimFilters({ query, onQuery, groups, total }: Props) {
  const { by, group } = query;
  return (
    <div className="memory-filters" role="search" aria-label={t('claims.filterText')}>
      <SearchBox
        className="memory-search"
        label={t('claims.filterText')}
        placeholder={t('claims.filterTextPlaceholder')}
        value={query.text}
        onValue={(text) => onQuery({ ...query, text })}
      />
      <Segments<ClaimOrder>
        label={t('claims.by')}
        value={by}
        options={ClaimOrder.options.map((value) => ({ value, label: t(`claims.by.${value}`) }))}
        onValue={(next) => onQuery({ ...query, by: next, group: null })}
      />
      {by === 'time' ? null : (
        <Select
          aria-label={t(`claims.by.${by}`)}
          value={group ?? ''}
          options={[{ value: '', label: t(`claims.all.${by}`) }, ...options(groups, query)]}
          onValue={(key) => onQuery({ ...query, group: key || null })}
        />
      )}
      <label className="tick claim-pinned">
        <input type="checkbox" checked={query.pinned} onChange={(event) => onQuery({ ...query, pinned: event.target.checked })} />
        {t('claims.onlyPinned')}
      </label>
      <p className="muted small tabular memory-count" role="status">
        {total === null ? '' : t('claims.count', { count: total })}
      </p>
    </div>
  );
}

/** What was chosen stays to be seen, also where nothing of it fits. */
function options(groups: readonly ClaimGroup[], { by, group }: ClaimQuery) {
  const chosen = group !== null && !groups.some(({ key }) => key === group) ? [{ key: group, label: group, count: 0 }] : [];
  return [...groups, ...chosen].map((one) => ({ value: one.key, label: t('claims.counted', { label: labelOf(one, by), count: one.count }) }));
}
