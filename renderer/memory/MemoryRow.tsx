import { Eraser, Pencil, Pin, PinOff } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { Memory } from '../../main/contract/memory.ts';
import { hrefOfMessage } from '../app/route.ts';
import { daysBetween, formatDay, formatMoment, formatTime } from '../format.ts';
import { t } from '../messages.ts';
import { Badge, Button, IconButton, join } from '../ui/index.ts';
import { CorrectionForm } from './CorrectionForm.tsx';
import { KeptMark } from './KeptMark.tsx';
import { MemoryHistory } from './MemoryHistory.tsx';
import type { MemoryActions } from './useMemoryActions.ts';

type Props = {
  memory: Memory;
  actions: MemoryActions;
  nameOfPersona: (id: string) => string;
  /** Whether Tab stops at its buttons; only one row of a list lets it. */
  reachable: boolean;
  /** Shown with what it replaced or what replaced it. */
  openHistory?: boolean | undefined;
};

/** One memory: the sentence, when and where it was said, and what can be done about it. */
export function MemoryRow({ memory, actions, nameOfPersona, reachable, openHistory = false }: Props) {
  const [history, setHistory] = useState(openHistory);
  const draft = actions.draftOf(memory);
  const hasHistory = memory.replaces !== null || memory.replacedBy !== null;
  const tabIndex = reachable ? 0 : -1;
  return (
    <div className={join('memory-row', memory.replacedBy && 'memory-replaced')}>
      <div className="grow">
        {draft === null ? <p className="memory-text">{memory.text}</p> : <CorrectionForm memory={memory} draft={draft} actions={actions} />}
        <p className="memory-meta">
          <Source memory={memory} nameOfPersona={nameOfPersona} tabIndex={tabIndex} />
          {hasHistory ? (
            <Button look="quiet" size="small" className="memory-history-button" aria-expanded={history} tabIndex={tabIndex} onClick={() => setHistory(!history)}>
              {t(historyLabel(memory, history))}
            </Button>
          ) : null}
        </p>
        {history ? <MemoryHistory memory={memory} /> : null}
      </div>
      <RowButtons memory={memory} actions={actions} tabIndex={tabIndex} />
    </div>
  );
}

function historyLabel({ replacedBy }: Memory, open: boolean) {
  if (replacedBy) return open ? 'memory.hideReplacement' : 'memory.showReplacement';
  return open ? 'memory.hideHistory' : 'memory.showHistory';
}

type SourceProps = { memory: Memory; nameOfPersona: (id: string) => string; tabIndex: number };

function Source({ memory, nameOfPersona, tabIndex }: SourceProps) {
  const { conversationId, conversationTitle, messageId, createdAt, pinned, replacedBy, scope, personaId, keptIn } = memory;
  return (
    <>
      {pinned ? (
        <Badge tone="accent" icon={<Pin aria-hidden />}>
          {t('memory.pinned')}
        </Badge>
      ) : null}
      {replacedBy ? <Badge>{t('memory.replaced')}</Badge> : null}
      {scope === 'own' && personaId ? <Badge>{t('memory.onlyWith', { persona: nameOfPersona(personaId) })}</Badge> : null}
      <KeptMark keptIn={keptIn} tabIndex={tabIndex} />
      <span>{t(byline(memory))}</span>
      <time dateTime={new Date(createdAt).toISOString()} title={formatMoment(createdAt)}>
        {timeUnderHeading(createdAt)}
      </time>
      {conversationId && (messageId || !keptIn) ? (
        <a className="memory-where" href={hrefOfMessage(conversationId, messageId)} tabIndex={tabIndex}>
          {t('memory.in', { title: conversationTitle || t('memory.untitled') })}
        </a>
      ) : null}
    </>
  );
}

function byline({ kind, role, question }: Memory) {
  if (kind === 'written') return 'memory.by.written';
  if (role === 'assistant') return 'memory.by.answered';
  return question ? 'memory.by.asked' : 'memory.by.said';
}

/** The heading above names the day for the last week, and only the month before that. */
const timeUnderHeading = (at: number) => (daysBetween(at, Date.now()) < 7 ? formatTime(at) : `${formatDay(at)}, ${formatTime(at)}`);

type ButtonsProps = { memory: Memory; actions: MemoryActions; tabIndex: number };

function RowButtons({ memory, actions, tabIndex }: ButtonsProps) {
  return (
    <div className="memory-buttons">
      <IconButton label={t(memory.pinned ? 'memory.unpin' : 'memory.pin')} keys="p" size="small" tabIndex={tabIndex} onClick={() => actions.pin(memory)}>
        {memory.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
      </IconButton>
      {memory.replacedBy ? null : (
        <IconButton label={t('memory.correct')} keys="c" size="small" tabIndex={tabIndex} onClick={() => actions.edit(memory)}>
          <Pencil aria-hidden />
        </IconButton>
      )}
      <IconButton label={t('memory.forget')} size="small" tabIndex={tabIndex} onClick={() => actions.forget(memory)}>
        <Eraser aria-hidden />
      </IconButton>
    </div>
  );
}

/** The keys of a row that has the focus itself; its buttons and its form keep their own. */
export function rowKey(event: KeyboardEvent, memory: Memory, actions: MemoryActions): boolean {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return false;
  const act = rowKeys[event.key];
  if (!act) return false;
  event.preventDefault();
  act(memory, actions);
  return true;
}

const rowKeys: Record<string, (memory: Memory, actions: MemoryActions) => void> = {
  Enter: (memory, actions) => actions.jump(memory),
  p: (memory, actions) => actions.pin(memory),
  c: (memory, actions) => {
    if (!memory.replacedBy) actions.edit(memory);
  },
  Delete: (memory, actions) => actions.forget(memory),
};
