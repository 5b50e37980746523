import { Bookmark, MessageSquareText, MessagesSquare } from 'lucide-react';
import { Fragment, useEffect, useRef, type ReactNode } from 'react';
import type { SearchHit } from '../../main/contract/memory.ts';
import { formatWhen } from '../format.ts';
import { t } from '../messages.ts';
import { highlight } from './highlight.ts';

type Props = { hit: SearchHit; id: string; active: boolean; onOpen: () => void; onPoint: () => void };

const icons: Record<SearchHit['kind'], ReactNode> = {
  conversation: <MessagesSquare aria-hidden />,
  message: <MessageSquareText aria-hidden />,
  memory: <Bookmark aria-hidden />,
};

/** One result: what it is, what it says with the match marked, and when it was said. */
export function Hit({ hit, id, active, onOpen, onPoint }: Props) {
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const title = hit.title || (hit.kind === 'memory' ? '' : t('search.untitled'));
  return (
    <li ref={element} id={id} role="option" aria-selected={active} className="hit" onClick={onOpen} onPointerMove={onPoint}>
      {icons[hit.kind]}
      <div className="grow">
        <p className={hit.kind === 'conversation' ? 'hit-title' : 'hit-text'}>
          {highlight(hit.snippet, hit.marks).map(({ text, marked }, index) => (
            // Pieces have no identity but their place, and never move.
            <Fragment key={index}>{marked ? <mark>{text}</mark> : text}</Fragment>
          ))}
        </p>
        <p className="hit-meta">
          <span>{t(`search.one.${hit.kind}`)}</span>
          {hit.role ? <span>{t(`search.by.${hit.role}`)}</span> : null}
          {hit.kind !== 'conversation' && title ? <span className="truncate">{title}</span> : null}
          {hit.kept ? <span>{t('search.kept')}</span> : null}
          <time dateTime={new Date(hit.at).toISOString()}>{formatWhen(hit.at)}</time>
        </p>
      </div>
    </li>
  );
}
