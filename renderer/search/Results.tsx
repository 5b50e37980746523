import { useEffect, useRef, type ReactNode } from 'react';
import { formatNumber } from '../format.ts';
import { t } from '../messages.ts';
import { join } from '../ui/index.ts';
import { MemoryRow, MessageRow, NoteRow, OthersRow, PassageRow, TalkRow } from './ResultRows.tsx';
import type { Row, Section } from './rows.ts';

type Props = {
  id: string;
  sections: readonly Section[];
  active: Row | undefined;
  idOf: (row: Row) => string;
  onChoose: (row: Row) => void;
};

/** What was found, by kind; the box above keeps the focus and says which row it is at. */
export function Results({ id, sections, active, idOf, onChoose }: Props) {
  return (
    <div role="listbox" id={id} className="hits" aria-label={t('search.results')} hidden={sections.length === 0}>
      {sections.map((section) => (
        <div key={section.kind} role="group" aria-labelledby={`${id}-${section.kind}`} className="hits-section">
          <p id={`${id}-${section.kind}`} role="presentation" className="hits-heading">
            <Heading section={section} />
          </p>
          {section.rows.map((row) => (
            <Option key={row.key} row={row} id={idOf(row)} isActive={row.key === active?.key} onChoose={() => onChoose(row)} />
          ))}
        </div>
      ))}
    </div>
  );
}

/** A sentence, or a name, and how many there are. */
function Heading({ section }: { section: Section }) {
  const { near, kind, count } = section;
  if (!near) {
    return (
      <>
        {t(`search.kind.${kind}`)} <span className="tabular">{counted(section)}</span>
      </>
    );
  }
  return (
    <>
      {t(near === 'none' ? 'search.nearest' : 'search.near')} <span className="tabular hits-count">{t('search.count.notes', { count: count.count })}</span>
    </>
  );
}

export const counted = ({ count: { count, more } }: Pick<Section, 'count'>): string => (more ? t('search.atLeast', { number: formatNumber(count) }) : formatNumber(count));

function Option({ row, id, isActive, onChoose }: { row: Row; id: string; isActive: boolean; onChoose: () => void }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <div ref={element} id={id} role="option" aria-selected={isActive} className={join('hit', `hit-${row.kind}`)} onClick={onChoose}>
      {contentOf(row)}
    </div>
  );
}

function contentOf(row: Row): ReactNode {
  switch (row.kind) {
    case 'note':
      return <NoteRow note={row.note} />;
    case 'passage':
      return <PassageRow note={row.note} passage={row.passage} />;
    case 'talk':
      return <TalkRow talk={row.talk} />;
    case 'message':
      return <MessageRow message={row.message} />;
    case 'memory':
      return <MemoryRow memory={row.memory} />;
    case 'others':
      return <OthersRow row={row} />;
    case 'all':
      return t(`search.all.${row.section}`);
  }
}
