import { useDeferredValue, useMemo, useState } from 'react';
import { firstFrom, matchesIn, type Match, type Needles } from './matches.ts';
import type { Segment } from './segments.ts';

export type NoteFind = {
  open: boolean;
  text: string;
  look: (text: string) => void;
  show: () => void;
  close: () => void;
};
export type Matches = {
  needles: Needles;
  matches: readonly Match[];
  /** Which one is current; -1 where there is none. */
  at: number;
  step: (by: 1 | -1) => Match | undefined;
  find: NoteFind;
};

const nothing: Needles = { words: [], whole: true };

/** The words that are marked: those a search meant, or those looked for in this note. `from`: the segment one came for. */
export function useMatches(segments: readonly Segment[], words: readonly string[], from: number | null): Matches {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<{ key: string; at: number } | null>(null);
  const typed = useDeferredValue(open ? text.trim() : '');
  const searched = words.join('\n');
  const needles = useMemo<Needles>(() => {
    if (typed) return { words: [typed], whole: false };
    return searched ? { words: searched.split('\n'), whole: true } : nothing;
  }, [typed, searched]);
  const matches = useMemo(() => matchesIn(segments, needles), [segments, needles]);
  const key = `${typed} ${searched} ${from}`;
  const first = firstFrom(matches, typed ? null : from);
  const wanted = chosen?.key === key ? chosen.at : first;
  const at = matches.length === 0 ? -1 : Math.min(wanted, matches.length - 1);
  return {
    needles,
    matches,
    at,
    step(by) {
      if (matches.length === 0) return undefined;
      const next = (at + by + matches.length) % matches.length;
      setChosen({ key, at: next });
      return matches[next];
    },
    find: {
      open,
      text,
      look: (next) => {
        setText(next);
        setChosen(null);
      },
      show: () => setOpen(true),
      close: () => setOpen(false),
    },
  };
}
