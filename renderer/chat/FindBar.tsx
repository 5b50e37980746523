import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { runCommand, useCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { IconButton } from '../ui/index.ts';
import type { Find } from './useFind.ts';

/** The line to look for words in this conversation: Enter goes back, Shift+Enter forward, as the newest is found first. */
export function FindBar({ find }: { find: Find }) {
  const field = useRef<HTMLInputElement>(null);
  const focus = () => field.current?.select();
  useEffect(focus, []);
  useCommand('chat.find', focus);

  const close = () => {
    find.close();
    runCommand('chat.compose');
  };
  const count = find.query === '' ? '' : find.matches.length === 0 ? t('chat.findNone') : t('chat.findCount', { at: find.at + 1, count: find.matches.length });
  return (
    <search className="find-bar">
      <input
        ref={field}
        className="input find-input"
        aria-label={t('chat.find')}
        placeholder={t('chat.find')}
        value={find.query}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => find.look(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            close();
          }
          if (event.key === 'Enter') find.step(event.shiftKey ? 1 : -1);
        }}
      />
      <span className="find-count tabular" role="status">
        {count}
      </span>
      <IconButton label={t('chat.findPrevious')} keys="enter" disabled={find.matches.length === 0} onClick={() => find.step(-1)}>
        <ArrowUp aria-hidden />
      </IconButton>
      <IconButton label={t('chat.findNext')} keys="shift+enter" disabled={find.matches.length === 0} onClick={() => find.step(1)}>
        <ArrowDown aria-hidden />
      </IconButton>
      <IconButton label={t('chat.findClose')} keys="escape" onClick={close}>
        <X aria-hidden />
      </IconButton>
    </search>
  );
}
