import { useVirtualizer } from '@tanstack/react-virtual';
import { Clock, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { Note, NoteFolder } from '../../main/contract/note.ts';
import { go, hrefOf, hrefOfNote } from '../app/route.ts';
import { useCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { ErrorState, join, SearchBox, Segments, Select, Skeleton } from '../ui/index.ts';
import { TypeIcon } from './noteTypes.tsx';
import { useNotePages, type NoteQuery } from './useNotePages.ts';

type Props = { folders: readonly NoteFolder[]; query: NoteQuery; onQuery: (query: NoteQuery) => void; openId: string | null };

const everyFolder = '';

/** The notes by folder and path, of which only those in sight are drawn. */
export function NoteList({ folders, query, onQuery, openId }: Props) {
  const pages = useNotePages(query);
  return (
    <div className="note-list">
      <Filters folders={folders} query={query} onQuery={onQuery} total={pages.first.data ? pages.total : null} />
      <Listed pages={pages} query={query} openId={openId} />
    </div>
  );
}

function Filters({ folders, query, onQuery, total }: Omit<Props, 'openId'> & { total: number | null }) {
  const options = [{ value: everyFolder, label: t('notes.allFolders') }, ...folders.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <div className="note-filters">
      <SearchBox label={t('notes.filter')} value={query.text} onValue={(text) => onQuery({ ...query, text })} />
      {folders.length > 1 ? (
        <Select aria-label={t('notes.folder')} value={query.folderId ?? everyFolder} options={options} onValue={(id) => onQuery({ ...query, folderId: id || null })} />
      ) : null}
      <div className="spread">
        <Segments<NoteQuery['only']>
          label={t('notes.only')}
          value={query.only}
          options={(['all', 'marked', 'waiting'] as const).map((value) => ({ value, label: t(`notes.only.${value}`) }))}
          onValue={(only) => onQuery({ ...query, only })}
        />
        <span className="muted tiny tabular" role="status">
          {total === null ? null : t('notes.total', { count: total })}
        </span>
      </div>
    </div>
  );
}

type ListedProps = { pages: ReturnType<typeof useNotePages>; query: NoteQuery; openId: string | null };

function Listed({ pages, query, openId }: ListedProps) {
  const { first, total, failure } = pages;
  return (
    <>
      {failure ?? first.error ? <ErrorState small error={failure ?? first.error} title={t('notes.listFailed')} onRetry={first.reload} /> : null}
      {!first.data && first.loading ? <Skeleton lines={8} /> : null}
      {first.data && total === 0 ? <NoNotes query={query} /> : null}
      {total > 0 ? <Rows {...pages} openId={openId} filter={JSON.stringify(query)} /> : null}
    </>
  );
}

function NoNotes({ query: { text, only } }: { query: NoteQuery }) {
  if (text.trim()) {
    return (
      <div className="note-none">
        <p>{t('notes.none', { text: text.trim() })}</p>
        <a href={hrefOf({ screen: 'search', query: text.trim() })}>{t('notes.noneSearch')}</a>
      </div>
    );
  }
  return <p className="note-none">{t(only === 'marked' ? 'notes.noneMarked' : only === 'waiting' ? 'notes.noneWaiting' : 'notes.noneYet')}</p>;
}

type RowsProps = { start: readonly Note[]; beyond: readonly Note[]; total: number; reach: (count: number) => void; openId: string | null; filter: string };

function Rows({ start, beyond, total, reach, openId, filter }: RowsProps) {
  'use no memo'; // The virtualizer keeps state of its own between renders.
  const scroller = useRef<HTMLDivElement>(null);
  const at = (index: number): Note | undefined => start[index] ?? beyond[index - start.length];
  const virtualizer = useVirtualizer({ count: total, getScrollElement: () => scroller.current, estimateSize: (index) => (at(index)?.mark ? 92 : 50), getItemKey: (index) => at(index)?.id ?? index, overscan: 10 });
  const items = virtualizer.getVirtualItems();
  const lastInSight = items.at(-1)?.index ?? 0;
  useEffect(() => reach(lastInSight + 1));
  useEffect(() => {
    virtualizer.scrollToOffset(0);
  }, [virtualizer, filter]);

  const known = start.length + beyond.length;
  const openIndex = openId === null ? -1 : indexOf(start, beyond, openId);
  // One that was opened from elsewhere is shown in its place.
  useEffect(() => {
    if (openIndex >= 0) virtualizer.scrollToIndex(openIndex, { align: 'auto' });
  }, [virtualizer, openIndex]);
  const step = (by: 1 | -1) => {
    const note = at(Math.min(known - 1, Math.max(0, openIndex + (openIndex < 0 && by < 0 ? 1 : by))));
    if (!note || note.id === openId) return;
    virtualizer.scrollToIndex(openIndex + by, { align: 'auto' });
    go({ screen: 'notes', noteId: note.id, at: null, query: '' });
  };
  useCommand('note.nextNote', () => step(1));
  useCommand('note.previousNote', () => step(-1));

  /** The keys of a list, from row to row; one that is not drawn yet is drawn first. */
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const move = moves[event.key];
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    if (!move || !row || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const to = move(Number(row.dataset['index']), known - 1);
    virtualizer.scrollToIndex(to, { align: 'auto' });
    focusRow(scroller.current, to);
  };
  const tabStop = openIndex >= 0 && items.some(({ index }) => index === openIndex) ? openIndex : (items.find(({ start: top }) => top >= (virtualizer.scrollOffset ?? 0))?.index ?? 0);
  return (
    <div ref={scroller} className="note-rows" tabIndex={-1} onKeyDown={onKeyDown}>
      <ul role="list" aria-label={t('notes.list')} className="virtual-rows" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const note = at(item.index);
          return (
            <li key={item.key} ref={virtualizer.measureElement} data-index={item.index} aria-setsize={total} aria-posinset={item.index + 1} style={{ transform: `translateY(${item.start}px)` }}>
              {note ? <Row note={note} open={note.id === openId} tabStop={item.index === tabStop} /> : <div className="note-row-unknown" />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function indexOf(start: readonly Note[], beyond: readonly Note[], id: string): number {
  const found = start.findIndex((note) => note.id === id);
  if (found >= 0) return found;
  const later = beyond.findIndex((note) => note.id === id);
  return later < 0 ? -1 : start.length + later;
}

const moves: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  PageDown: (at, last) => Math.min(at + 10, last),
  PageUp: (at) => Math.max(at - 10, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

function focusRow(list: HTMLElement | null, index: number, tries = 10): void {
  const row = list?.querySelector<HTMLElement>(`[data-index="${index}"] a`);
  if (row) row.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusRow(list, index, tries - 1));
}

function Row({ note, open, tabStop }: { note: Note; open: boolean; tabStop: boolean }) {
  const folder = note.path.slice(0, Math.max(0, note.path.lastIndexOf('/')));
  return (
    <a className={join('note-row', note.mark !== null && 'note-row-marked')} href={hrefOfNote(note.id)} aria-current={open ? 'true' : undefined} tabIndex={tabStop ? 0 : -1} title={note.path}>
      <TypeIcon type={note.type} />
      <span className="grow">
        <span className="note-row-title">{note.title}</span>
        {folder ? <span className="note-row-path">{folder}</span> : null}
        {note.mark !== null ? (
          <span className="note-row-mark">
            <TriangleAlert aria-hidden />
            <span>{note.mark}</span>
          </span>
        ) : null}
      </span>
      {note.state === 'waiting' ? (
        <span className="note-row-waiting">
          <Clock aria-hidden />
          <span className="visually-hidden">{t('notes.isWaiting')}</span>
        </span>
      ) : null}
    </a>
  );
}
