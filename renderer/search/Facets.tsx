import { X } from 'lucide-react';
import type { NoteFacet } from '../../main/contract/note.ts';
import { formatNumber } from '../format.ts';
import { t } from '../messages.ts';
import { filtersIn, hasFilter, toggleFilter } from './filters.ts';

type Props = { text: string; facets: readonly NoteFacet[]; onText: (text: string) => void };

/** What was asked for, to be taken out again; and what the notes could be narrowed to. */
export function Facets({ text, facets, onText }: Props) {
  const asked = filtersIn(text);
  const offered = facets.filter(({ filter }) => !hasFilter(text, filter)).slice(0, mostOffered);
  if (asked.length + offered.length === 0) return null;
  return (
    <div role="group" aria-label={t('search.facets')} className="facets">
      {asked.map((filter) => (
        <button key={filter} type="button" className="facet" aria-pressed onClick={() => onText(toggleFilter(text, filter))}>
          <span className="truncate">{filter}</span>
          <X aria-hidden />
        </button>
      ))}
      {offered.map((facet) => (
        <button key={facet.filter} type="button" className="facet" aria-pressed={false} title={facet.filter} onClick={() => onText(toggleFilter(text, facet.filter))}>
          <span className="truncate">{shown(facet)}</span>
          <span className="facet-count">{formatNumber(facet.count)}</span>
        </button>
      ))}
    </div>
  );
}

/** Those that narrow best come first of each kind; more would be a page of their own. */
const mostOffered = 14;

const formats = ['markdown', 'text', 'html', 'pdf', 'docx', 'epub', 'code', 'mail', 'csv'] as const;

function shown({ kind, label }: NoteFacet): string {
  if (kind === 'tag') return `#${label}`;
  if (kind === 'path') return `${label}/`;
  if (kind === 'folder') return label;
  const format = formats.find((known) => known === label);
  return format ? t(`search.type.${format}`) : label.toUpperCase();
}
