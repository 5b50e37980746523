import type { Persona } from '../../main/contract/persona.ts';
import { t } from '../messages.ts';
import { SearchBox, Select, TextInput } from '../ui/index.ts';
import type { MemoryQuery } from './useMemories.ts';

const kinds = ['statements', 'questions', 'written', 'pinned', 'replaced', 'answers', 'all'] as const;

type Props = {
  query: MemoryQuery;
  onQuery: (query: MemoryQuery) => void;
  personas: readonly Persona[];
  /** How many fit; null while nobody knows. */
  total: number | null;
};

/** Which memories are shown: by words, by kind, by the persona they were said to. */
export function MemoryFilters({ query, onQuery, personas, total }: Props) {
  return (
    <div className="memory-filters" role="search" aria-label={t('memory.filterText')}>
      <SearchBox
        className="memory-search"
        label={t('memory.filterText')}
        placeholder={t('memory.filterTextPlaceholder')}
        value={query.text}
        onValue={(text) => onQuery({ ...query, text })}
      />
      <Select
        aria-label={t('memory.filterKind')}
        value={query.filter}
        options={kinds.map((value) => ({ value, label: t(`memory.filter.${value}`) }))}
        onValue={(filter) => onQuery({ ...query, filter })}
      />
      <Select
        aria-label={t('memory.filterPersona')}
        value={query.personaId ?? ''}
        options={[{ value: '', label: t('memory.anyPersona') }, ...personas.map(({ id, name }) => ({ value: id, label: name }))]}
        onValue={(id) => onQuery({ ...query, personaId: id || null })}
      />
      <label className="memory-until">
        <span className="muted small">{t('memory.filterUntil')}</span>
        <TextInput type="date" value={query.until ?? ''} onChange={(event) => onQuery({ ...query, until: event.target.value || null })} />
      </label>
      <p className="muted small tabular memory-count" role="status">
        {total === null ? '' : t('memory.count', { count: total })}
      </p>
    </div>
  );
}
