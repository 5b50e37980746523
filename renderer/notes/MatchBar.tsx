import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { t } from '../messages.ts';
import { IconButton } from '../ui/index.ts';
import type { Matches } from './useMatches.ts';

type Props = { found: Matches; query: string; onStep: (by: 1 | -1) => void; onClose: () => void };

/** The words that are marked, how many there are, and the way from one to the next; or a line to look for others. */
export function MatchBar({ found: { find, matches, at }, query, onStep, onClose }: Props) {
  const count = matches.length === 0 ? t('notes.matchesNone') : t('notes.matches', { at: at + 1, count: matches.length });
  const looked = find.open && find.text.trim() === '' ? '' : count;
  return (
    <search className="find-bar match-bar">
      {find.open ? (
        <FindInput find={find} onStep={onStep} onClose={onClose} />
      ) : (
        <span className="match-query grow truncate" aria-label={t('notes.matchesOf', { query })}>
          {query}
        </span>
      )}
      <span className="find-count tabular" role="status">
        {looked}
      </span>
      <IconButton label={t('notes.matchPrevious')} keys={find.open ? 'shift+enter' : 'p'} disabled={matches.length === 0} onClick={() => onStep(-1)}>
        <ArrowUp aria-hidden />
      </IconButton>
      <IconButton label={t('notes.matchNext')} keys={find.open ? 'enter' : 'n'} disabled={matches.length === 0} onClick={() => onStep(1)}>
        <ArrowDown aria-hidden />
      </IconButton>
      <IconButton label={t(find.open ? 'notes.findClose' : 'notes.matchesEnd')} keys={find.open ? 'escape' : undefined} onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </search>
  );
}

function FindInput({ find, onStep, onClose }: Pick<Props, 'onStep' | 'onClose'> & { find: Matches['find'] }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <input
      ref={field}
      className="input find-input"
      aria-label={t('notes.find')}
      placeholder={t('notes.find')}
      value={find.text}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => find.look(event.target.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
        else if (event.key === 'Escape') onClose();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
