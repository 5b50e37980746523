import { MessageCirclePlus, Search } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { AppError } from '../../main/contract/errors.ts';
import type { SearchHit } from '../../main/contract/memory.ts';
import { useCall } from '../api.ts';
import { go, useRoute } from '../app/route.ts';
import { formatDuration, formatNumber } from '../format.ts';
import { t } from '../messages.ts';
import { Button, EmptyState, ErrorState, Kbd, Screen, SearchBox, Segments, Skeleton } from '../ui/index.ts';
import { askAbout } from './askAbout.ts';
import { Hit } from './Hit.tsx';
import { countOf, keyOf, kinds, LIMIT, ofKind, placeOf, step, type Kind } from './hits.ts';
import './search.css';

/** One box over everything that was said and remembered; results as one types. */
export function SearchScreen() {
  const route = useRoute();
  const text = route.screen === 'search' ? route.query : '';
  const { wanted, found, all, hits, kind, setKind, active, setActive, reload } = useHits(text);
  const listId = useId();
  const activeHit = hits[active];
  const idOf = (hit: SearchHit) => `${listId}-${keyOf(hit)}`;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const to = step(active, event.key, hits.length);
    if (to !== null) setActive(to);
    else if (event.key === 'Enter') enter(event.ctrlKey || event.metaKey ? wanted : null, activeHit);
    else return;
    event.preventDefault();
  };
  const box = (
    <SearchBox
      className="search-main"
      label={t('search.box')}
      placeholder={t('search.placeholder')}
      value={text}
      onValue={(query) => (setActive(0), go({ screen: 'search', query: query.slice(0, 1_000) }, 'replace'))}
      onKeyDown={onKeyDown}
      role="combobox"
      aria-expanded={hits.length > 0}
      aria-controls={listId}
      aria-autocomplete="list"
      aria-activedescendant={activeHit ? idOf(activeHit) : undefined}
    />
  );
  return (
    <Screen title={t('search.title')} actions={<AskButton text={wanted} />}>
      <div className="search-head">
        <FocusedBox>{box}</FocusedBox>
        {found.data ? <Kinds all={all} kind={kind} ms={found.data.ms} onKind={setKind} /> : null}
      </div>
      {hits.length === 0 ? <NoHits found={found} text={wanted} others={all.length} onAll={() => setKind('all')} onRetry={reload} /> : null}
      <ul role="listbox" id={listId} className="hits" aria-label={t('search.results')} hidden={hits.length === 0}>
        {hits.map((hit, index) => (
          <Hit key={keyOf(hit)} hit={hit} id={idOf(hit)} active={index === active} onOpen={() => go(placeOf(hit))} onPoint={() => setActive(index)} />
        ))}
      </ul>
    </Screen>
  );
}

/** What was found for the text, of the kind that is shown, and which of it Enter would open. */
function useHits(text: string) {
  const wanted = text.trim();
  const [kind, chooseKind] = useState<Kind>('all');
  const [active, setActive] = useState(0);
  const { data, error, reload } = useCall('search.query', { text: wanted, limit: LIMIT }, { enabled: wanted !== '', keepPrevious: true });
  const found: Found = wanted ? { data, error } : { data: undefined, error: null };
  const all = found.data?.hits ?? [];
  const setKind = (next: Kind) => {
    chooseKind(next);
    setActive(0);
  };
  return { wanted, found, all, hits: ofKind(all, kind), kind, setKind, active, setActive, reload };
}

type Found = { data: { hits: SearchHit[]; ms: number } | undefined; error: AppError | null };

function enter(question: string | null, hit: SearchHit | undefined): void {
  if (question) void askAbout(question);
  else if (question === null && hit) go(placeOf(hit));
}

function AskButton({ text }: { text: string }) {
  return (
    <Button icon={<MessageCirclePlus aria-hidden />} disabled={!text} onClick={() => void askAbout(text)}>
      {t('search.ask')} <Kbd keys="mod+enter" />
    </Button>
  );
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

type KindsProps = { all: readonly SearchHit[]; kind: Kind; ms: number; onKind: (kind: Kind) => void };

function Kinds({ all, kind, ms, onKind }: KindsProps) {
  const options = kinds.map((value) => ({ value, label: `${t(`search.kind.${value}`)} ${formatNumber(countOf(all, value))}` }));
  return (
    <div className="spread search-kinds">
      <Segments<Kind> label={t('search.kind')} value={kind} options={options} onValue={onKind} />
      <p className="muted small tabular" role="status">
        {all.length >= LIMIT ? t('search.countMost', { count: LIMIT }) : t('search.count', { count: countOf(all, kind) })}
        <span aria-hidden> · {formatDuration(ms)}</span>
      </p>
    </div>
  );
}

function Hint() {
  return (
    <EmptyState icon={<Search aria-hidden />} title={t('search.hintTitle')}>
      <p>{t('search.hintBody')}</p>
      <dl className="search-keys">
        <div>
          <dt>
            <Kbd keys="up" /> <Kbd keys="down" />
          </dt>
          <dd>{t('search.hintMove')}</dd>
        </div>
        <div>
          <dt>
            <Kbd keys="enter" />
          </dt>
          <dd>{t('search.hintOpen')}</dd>
        </div>
        <div>
          <dt>
            <Kbd keys="mod+enter" />
          </dt>
          <dd>{t('search.hintAsk')}</dd>
        </div>
      </dl>
    </EmptyState>
  );
}

type NoHitsProps = { found: Found; text: string; others: number; onAll: () => void; onRetry: () => void };

/** What stands where results would: how to begin, that it is looking, what failed, or that there is nothing. */
function NoHits({ found, text, others, onAll, onRetry }: NoHitsProps) {
  if (!text) return <Hint />;
  if (found.error) return <ErrorState error={found.error} title={t('search.failedTitle')} onRetry={onRetry} />;
  if (!found.data) return <Skeleton lines={5} />;
  if (others > 0) return <EmptyState title={t('search.noneOfKind')} action={<Button onClick={onAll}>{t('search.showAll')}</Button>} />;
  return <EmptyState title={t('search.noneTitle', { text })}>{t('search.noneBody')}</EmptyState>;
}
