import { useDeferredValue, useMemo, useState, type RefObject } from 'react';
import { useCommand } from '../keyboard.ts';
import { findInRows, type Match } from './find.ts';
import type { ThreadRow } from './fold.ts';
import type { ThreadHandle } from './threadHandle.ts';

export type Find = {
  open: boolean;
  query: string;
  matches: readonly Match[];
  /** Place of the match one stands at, from 0; -1 where there is none. */
  at: number;
  current: Match | null;
  toggle: () => void;
  close: () => void;
  look: (query: string) => void;
  step: (by: 1 | -1) => void;
};

/** Find within the thread: in all of its messages, drawn or not. */
export function useFind(rows: readonly ThreadRow[], thread: RefObject<ThreadHandle | null>): Find {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const wanted = useDeferredValue(open ? query : '');
  const matches = useMemo(() => (wanted ? findInRows(rows, wanted) : []), [rows, wanted]);
  const place = matches.length === 0 ? -1 : Math.min(at, matches.length - 1);

  const goTo = (index: number, among: readonly Match[]) => {
    setAt(index);
    const match = among[index];
    if (match) thread.current?.toMessage(match.messageId);
  };
  const show = () => setOpen(true);
  useCommand('chat.find', show);

  return {
    open,
    query,
    matches,
    at: place,
    current: matches[place] ?? null,
    toggle: () => setOpen(!open),
    close: () => setOpen(false),
    look: (next) => {
      setQuery(next);
      const found = next ? findInRows(rows, next) : [];
      // What was said last is nearer than what was said first.
      goTo(Math.max(0, found.length - 1), found);
    },
    step: (by) => {
      if (matches.length > 0) goTo((place + by + matches.length) % matches.length, matches);
    },
  };
}
