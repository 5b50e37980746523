import { useEffect, useMemo, useRef, useState } from 'react';
import { AppError } from '../../main/contract/errors.ts';
import type { Memory } from '../../main/contract/memory.ts';
import { api, useCall, type InputOf } from '../api.ts';
import { useLive } from '../live.ts';
import { append, endOfDay, isLast, join, LARGEST_PAGE, nextPlace, PAGE, replace, type Place } from './pages.ts';

export type MemoryQuery = Pick<InputOf<'memory.list'>, 'filter' | 'text' | 'personaId'> & {
  /** The day to begin with, as a date box writes it; null begins now. */
  until: string | null;
};
type Beyond = { key: string; shown: readonly Memory[]; ended: boolean };

/**
 * The memories that fit a query, newest first, as far as has been scrolled. The first page stays current by itself;
 * what lies beyond it is kept, and asked for again when something was forgotten.
 */
export function useMemories({ until, ...query }: MemoryQuery) {
  const begin = endOfDay(until);
  const first = useCall('memory.list', { ...query, limit: PAGE, before: begin }, { keepPrevious: true });
  const key = JSON.stringify([query, begin]);
  const [kept, setBeyond] = useState<Beyond>(() => nothingBeyond(key));
  const [failure, setFailure] = useState<AppError | null>(null);
  const [loadingMore, setLoadingMore] = useState(false);

  const { shown, ended } = kept.key === key ? kept : nothingBeyond(key);
  const memories = useMemo(() => (first.data ? join(first.data, shown) : []), [first.data, shown]);
  const complete = first.loading || ended || !first.data || isLast(first.data, PAGE);

  const loadMore = async () => {
    const before = complete || loadingMore ? null : nextPlace(memories);
    if (!before) return;
    setLoadingMore(true);
    setFailure(null);
    try {
      const page = await api.memory.list({ ...query, limit: PAGE, before });
      setBeyond({ key, shown: append(memories, page), ended: isLast(page, PAGE) });
    } catch (error) {
      setFailure(AppError.from(error));
    }
    setLoadingMore(false);
  };

  useAfterForgetting(async () => {
    if (shown.length > 0) setBeyond({ key, ...(await readAgain(query, begin, shown.length)) });
  });

  /** Shows a change at once, wherever the memory stands. */
  const patch = (changed: Memory) => setBeyond({ key, shown: replace(memories, changed), ended });
  return { first, memories, total: first.data?.total ?? null, loadMore, loadingMore, failure, patch };
}

const nothing: readonly Memory[] = [];
const nothingBeyond = (key: string): Beyond => ({ key, shown: nothing, ended: false });

async function readAgain(query: Omit<MemoryQuery, 'until'>, begin: Place | null, count: number): Promise<Omit<Beyond, 'key'>> {
  let shown: Memory[] = [];
  let ended = false;
  for (let before = begin; !ended && shown.length < count; before = nextPlace(shown)) {
    const page = await api.memory.list({ ...query, limit: LARGEST_PAGE, before });
    shown = append(shown, page);
    ended = isLast(page, LARGEST_PAGE);
  }
  return { shown, ended };
}

/** Runs when a forgetting begins, ends or is undone: memories far down the list may have gone or come back. */
function useAfterForgetting(run: () => Promise<void>): void {
  const forgettings = useLive((live) => live.forgettings);
  const states = Object.values(forgettings).map(({ id, state }) => `${id} ${state}`).join();
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    // A failure here leaves the old lines in place; opening one of them says that it is gone.
    latest.current().catch(() => {});
  }, [states]);
}
