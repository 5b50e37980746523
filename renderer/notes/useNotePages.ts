import { useCallback, useEffect, useRef, useState } from 'react';
import { AppError } from '../../main/contract/errors.ts';
import type { Note } from '../../main/contract/note.ts';
import { api, useCall, type InputOf } from '../api.ts';
import { useLive } from '../live.ts';

export type NoteQuery = Pick<InputOf<'notes.list'>, 'folderId' | 'only' | 'text'>;

const PAGE = 200;
const LARGEST_PAGE = 1_000;
/** While much is read, what has been scrolled past is asked for again no more often, milliseconds. */
const againMs = 1_500;

type Beyond = { key: string; notes: readonly Note[] };
const none: readonly Note[] = [];

/** The notes that fit, by folder and path, as far as was scrolled. The first page stays current by itself. */
export function useNotePages(query: NoteQuery) {
  const first = useCall('notes.list', { ...query, limit: PAGE, after: null }, { keepPrevious: true });
  const key = JSON.stringify(query);
  const [kept, setBeyond] = useState<Beyond>({ key, notes: none });
  const [failure, setFailure] = useState<AppError | null>(null);
  const beyond = kept.key === key ? kept.notes : none;
  const start = first.data?.notes ?? none;
  const total = first.data?.total ?? 0;
  const asking = useRef(false);

  const fill = useCallback(
    async (from: readonly Note[], count: number) => {
      if (asking.current) return;
      asking.current = true;
      try {
        setBeyond({ key, notes: await pagesAfter(JSON.parse(key) as NoteQuery, from.at(-1), count - from.length) });
        setFailure(null);
      } catch (error) {
        setFailure(AppError.from(error));
      }
      asking.current = false;
    },
    [key],
  );
  /** Makes sure that this many are there. */
  const reach = (count: number) => {
    if (count > start.length + beyond.length && start.length + beyond.length < total && !first.loading) void fill(start, Math.min(total, count + PAGE));
  };
  useAgain(() => beyond.length > 0 && void fill(start, start.length + beyond.length));
  return { first, start, beyond, total, failure, reach };
}

async function pagesAfter(query: NoteQuery, last: Note | undefined, count: number): Promise<readonly Note[]> {
  const notes: Note[] = [];
  let after = last;
  while (after && notes.length < count) {
    const page = await api.notes.list({ ...query, limit: Math.min(LARGEST_PAGE, Math.max(PAGE, count - notes.length)), after: { folderId: after.folderId, path: after.path } });
    notes.push(...page.notes);
    after = page.notes.at(-1);
  }
  return notes;
}

/** Runs when the index has moved on, and at the end of it. */
function useAgain(run: () => void): void {
  const moved = useLive(({ notes }) => (notes ? `${notes.state} ${notes.read} ${notes.notes} ${notes.marked}` : ''));
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const timer = setTimeout(() => latest.current(), againMs);
    return () => clearTimeout(timer);
  }, [moved]);
}
