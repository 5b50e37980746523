import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { go, useRoute } from '../app/route.ts';
import { formatDuration } from '../format.ts';
import { t } from '../messages.ts';
import { Button, EmptyState, ErrorState, join, SearchBox, Segments, Skeleton } from '../ui/index.ts';
import { ActionBar } from './ActionBar.tsx';
import { Begin } from './Begin.tsx';
import { Facets } from './Facets.tsx';
import { filtersIn, withoutFilters } from './filters.ts';
import { Preview } from './Preview.tsx';
import { counted, Results } from './Results.tsx';
import { countsOf, kinds, step, totalOf, type Kind, type Row } from './rows.ts';
import { unfound } from './unfound.ts';
import { useActions, type Actions } from './useActions.ts';
import { useRoom } from './useRoom.ts';
import { useSearch, type Search } from './useSearch.ts';
import { useSettled } from './useSettled.ts';
import './search.css';
import './preview.css';

/** Results stand still for this long before the preview and the voice follow. Milliseconds. */
const previewAfter = 90;
const saidAfter = 500;

/** One box over notes, and over everything that was said and remembered; results as one types. */
export function SearchScreen() {
  const route = useRoute();
  const text = route.screen === 'search' ? route.query : '';
  const search = useSearch(text);
  const place = useRef<HTMLDivElement>(null);
  const hasRoom = useRoom(place);
  const actions = useActions(search.document, search.text);
  const setText = (query: string) => {
    go({ screen: 'search', query: query.slice(0, 2_000) }, 'replace');
    place.current?.querySelector('input')?.focus();
  };
  return (
    <div ref={place} className={join('screen screen-fills search-screen', hasRoom && 'search-wide')}>
      <header className="screen-head">
        <h1 className="screen-title">{t('search.title')}</h1>
      </header>
      <div className="screen-body">
        <Found search={search} actions={actions} text={text} hasRoom={hasRoom} onText={setText} />
      </div>
      {search.document ? <ActionBar row={search.document} actions={actions} /> : null}
      <Announcer search={search} />
    </div>
  );
}

type FoundProps = { search: Search; actions: Actions; text: string; hasRoom: boolean; onText: (text: string) => void };

/** The box, what narrows the search, and what was found. */
function Found({ search, actions, text, hasRoom, onText }: FoundProps) {
  const looked = useSettled(search.document, previewAfter);
  const listId = useId();
  const { found, rows, active, kind } = search;
  const idOf = (row: Row) => `${listId}-${row.key}`;
  const choose = (row: Row) => {
    search.setActive(row);
    // With a preview beside it a first click looks and a second opens.
    if (!hasRoom || row.key === active?.key || !opens(row)) enter(search, row, actions);
  };
  return (
    <>
      <div className="search-head">
        <FocusedBox>
          <SearchBox
            className="search-main"
            label={t('search.box')}
            placeholder={t('search.placeholder')}
            value={text}
            onValue={onText}
            onKeyDown={(event) => onKeyDown(event, search, actions)}
            role="combobox"
            aria-expanded={rows.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active ? idOf(active) : undefined}
          />
        </FocusedBox>
        {found.data ? <Kinds search={search} /> : null}
        <Facets text={text} facets={kind === 'all' || kind === 'notes' ? (found.data?.notes.facets ?? []) : []} onText={onText} />
        <Taken search={search} />
      </div>
      <div className="search-columns">
        <div className="search-list">
          {rows.length === 0 ? <NoHits search={search} onText={onText} /> : null}
          <Results id={listId} sections={search.sections} active={active} idOf={idOf} onChoose={choose} />
        </div>
        {hasRoom && rows.length > 0 ? <Preview row={looked} /> : null}
      </div>
    </>
  );
}

const opens = ({ kind }: Row) => kind !== 'others' && kind !== 'all';

function onKeyDown(event: KeyboardEvent<HTMLInputElement>, search: Search, actions: Actions): void {
  if (event.nativeEvent.isComposing || event.altKey || event.shiftKey) return;
  if (moves(event, search) || enters(event, search, actions) || folds(event, search)) event.preventDefault();
}

function moves({ key, currentTarget }: KeyboardEvent<HTMLInputElement>, { rows, active, setActive }: Search): boolean {
  const to = step(active ? rows.indexOf(active) : -1, key, rows.length);
  if (to === null) return false;
  if (rows.length > 0) setActive(rows[to]);
  // Where nothing is typed, what was searched for lately stands below.
  else currentTarget.closest('.search-screen')?.querySelector<HTMLElement>('.recent-text')?.focus();
  return true;
}

function enters({ key, ctrlKey, metaKey }: KeyboardEvent, search: Search, actions: Actions): boolean {
  if (key !== 'Enter') return false;
  if (ctrlKey || metaKey) {
    if (search.text) actions.ask();
  } else if (search.active) enter(search, search.active, actions);
  return true;
}

/** Right opens what else was found in the document, Left folds it away; within a text they move the caret. */
function folds({ key, currentTarget }: KeyboardEvent<HTMLInputElement>, { rows, active, toggle }: Search): boolean {
  const isAtEnd = currentTarget.selectionStart === currentTarget.value.length;
  if (!active || !isAtEnd || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return false;
  const others = rows.find((row) => row.kind === 'others' && row.of === active.key);
  if (others?.kind !== 'others' || others.isOpen !== (key === 'ArrowLeft')) return false;
  toggle(others);
  return true;
}

function enter(search: Search, row: Row, actions: Actions): void {
  if (row.kind === 'others') search.toggle(row);
  else if (row.kind === 'all') search.setKind(row.section);
  else if (row.key === search.active?.key) actions.open();
  else actions.openRow(row);
}

/** The box has the focus from the start: one came here to type. */
function FocusedBox({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After the frame has moved the focus to the new screen.
    const timer = setTimeout(() => place.current?.querySelector('input')?.focus());
    return () => clearTimeout(timer);
  }, []);
  return <div ref={place}>{children}</div>;
}

function Kinds({ search: { found, kind, setKind, rows, text } }: { search: Search }) {
  if (rows.length === 0 && unfound(text) === 'short') return null;
  const results = found.data!;
  const counts = countsOf(results);
  const options = kinds.map((value) => ({ value, label: `${t(`search.kind.${value}`)} ${counted({ count: totalOf(counts, value) })}` }));
  return (
    <div className="spread search-kinds">
      <Segments<Kind> label={t('search.kind')} value={kind} options={options} onValue={setKind} />
      <p className="muted small tabular">{formatDuration(results.ms)}</p>
    </div>
  );
}

/** Says of each word that stands nowhere what was searched for instead. */
function Taken({ search: { found } }: { search: Search }) {
  const taken = found.data?.taken ?? [];
  if (taken.length === 0) return null;
  return (
    <p className="search-taken">
      {taken.map(({ typed, words }) => (
        <span key={typed}>
          {t('search.takenFor')} <strong>{words.join(` ${t('search.or')} `)}</strong> {t('search.takenInstead')} <s>{typed}</s>
        </span>
      ))}
    </p>
  );
}

/** How many were found, for whoever cannot see them, once typing rests. */
function Announcer({ search: { found, kind, rows, text } }: { search: Search }) {
  const why = rows.length === 0 ? unfound(text) : 'none';
  const sentence = why === 'none' && found.data ? sentenceOf(found.data, kind) : '';
  const said = useSettled(found.data && why !== 'none' ? t(`search.${why}Title`) : sentence, saidAfter);
  return (
    <p role="status" className="visually-hidden">
      {said}
    </p>
  );
}

function sentenceOf(results: NonNullable<Search['found']['data']>, kind: Kind): string {
  const counts = countsOf(results);
  const each = (['notes', 'conversations', 'memories'] as const).filter((one) => (kind === 'all' || kind === one) && counts[one].count > 0);
  return each.length === 0 ? t('search.count', { count: 0 }) : each.map((one) => t(`search.count.${one}`, { count: counts[one].count })).join(', ');
}

/** What is typed goes on: nothing is found yet. */
function Unfinished({ why, onClose }: { why: 'short' | 'quoteOpen'; onClose: () => void }) {
  const action = why === 'quoteOpen' ? <Button onClick={onClose}>{t('search.quoteClose')}</Button> : undefined;
  return (
    <EmptyState title={t(`search.${why}Title`)} action={action}>
      {t(`search.${why}Body`)}
    </EmptyState>
  );
}

/** What stands where results would: how to begin, that it is looking, what failed, or that there is nothing. */
function NoHits({ search, onText }: { search: Search; onText: (text: string) => void }) {
  const { text, found, kind, setKind, reload } = search;
  if (!text) return <Begin onText={onText} />;
  if (found.error) return <ErrorState error={found.error} title={t('search.failedTitle')} onRetry={reload} />;
  if (!found.data) return <Skeleton lines={5} />;
  if (kind !== 'all' && totalOf(countsOf(found.data), 'all').count > 0) return <EmptyState title={t('search.noneOfKind')} action={<Button onClick={() => setKind('all')}>{t('search.showAll')}</Button>} />;
  const why = unfound(text);
  if (why !== 'none') return <Unfinished why={why} onClose={() => onText(`${text}"`)} />;
  const words = withoutFilters(text);
  const action = filtersIn(text).length > 0 && words ? <Button onClick={() => onText(words)}>{t('search.withoutFilters', { text: words })}</Button> : undefined;
  return (
    <EmptyState title={t('search.noneTitle', { text: text.trim() })} action={action}>
      {t('search.noneBody')}
    </EmptyState>
  );
}
