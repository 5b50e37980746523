import { useEffect, useMemo, useRef, useState } from 'react';
import { AppError } from '../../main/contract/errors.ts';
import type { Memory } from '../../main/contract/memory.ts';
import { api, useCall, type InputOf } from '../api.ts';
import { useLive } from '../live.ts';
import { append, join, LARGEST_PAGE, nextPlace, PAGE, replace } from './pages.ts';

export type MemoryQuery = Pick<InputOf<'memory.list'>, 'filter' | 'text' | 'personaId'>;
type Beyond = { key: string; shown: readonly Memory[] };

/**
 * The memories that fit a query, newest first, as far as has been scrolled. The first page stays current by itself;
 * what lies beyond it is kept, and asked for again when something was forgotten.
 */
export function useMemories(query: MemoryQuery) {
  const first = useCall('memory.list', { ...query, limit: PAGE, before: null }, { keepPrevious: true });
  const key = JSON.stringify(query);
  const [beyond, setBeyond] = useState<Beyond>({ key, shown: [] });
  const [failure, setFailure] = useState<AppError | null>(null);
  const [loadingMore, setLoadingMore] = useState(false);

  const shown = beyond.key === key ? beyond.shown : nothing;
  const memories = useMemo(() => (first.data ? join(first.data, shown) : []), [first.data, shown]);
  const total = first.data?.total ?? 0;
  const place = first.loading ? null : nextPlace(memories, total);

  const loadMore = async () => {
    if (!place || loadingMore) return;
    setLoadingMore(true);
    setFailure(null);
    try {
      const page = await api.memory.list({ ...query, limit: PAGE, before: place });
      setBeyond({ key, shown: append(memories, page) });
    } catch (error) {
      setFailure(AppError.from(error));
    }
    setLoadingMore(false);
  };

  useAfterForgetting(async () => {
    if (shown.length > 0) setBeyond({ key, shown: await readAgain(query, shown.length) });
  });

  /** Shows a change at once, wherever the memory stands. */
  const patch = (changed: Memory) => setBeyond({ key, shown: replace(memories, changed) });
  return { first, memories, total, more: place !== null, loadMore, loadingMore, failure, patch };
}

const nothing: readonly Memory[] = [];

async function readAgain(query: MemoryQuery, count: number): Promise<readonly Memory[]> {
  let read: Memory[] = [];
  let before: ReturnType<typeof nextPlace> = null;
  do {
    const page = await api.memory.list({ ...query, limit: LARGEST_PAGE, before });
    read = append(read, page);
    before = nextPlace(read, page.total);
  } while (before && read.length < count);
  return read;
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
