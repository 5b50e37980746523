import { CircleAlert, RotateCw, StepForward } from 'lucide-react';
import { memo } from 'react';
import type { Message } from '../../main/contract/conversation.ts';
import { isOfNote, ofMemory, ofNotes, type Citation } from '../../main/contract/memory.ts';
import { formatDay, formatNumber } from '../format.ts';
import { t } from '../messages.ts';
import { placeOf, telling } from '../receipts/passageHref.ts';
import { Button, Tooltip } from '../ui/index.ts';
import { useChatTools } from './chatTools.ts';

/** Chips before the rest are counted. */
const mostChips = 4;

/** Under an answer: how it ended where it did not end well, what it rests on, and one quiet line of figures. */
export const AnswerFoot = memo(function AnswerFoot({ message, idle, last }: { message: Message; idle: boolean; last: boolean }) {
  return (
    <>
      <Ending message={message} idle={idle} />
      {last && message.asks ? <Replies asks={message.asks} idle={idle} /> : null}
      <Citations message={message} />
    </>
  );
});

function Ending({ message, idle }: { message: Message; idle: boolean }) {
  const { regenerate, continueAnswer } = useChatTools();
  if (message.status === 'stopped') {
    return (
      <p className="ending">
        {t('chat.stopped')}
        {message.research ? (
          <Button size="small" look="quiet" icon={<RotateCw aria-hidden />} disabled={!idle} onClick={() => regenerate(message)}>
            {t('research.again')}
          </Button>
        ) : (
          <Button size="small" look="quiet" icon={<StepForward aria-hidden />} disabled={!idle} onClick={() => continueAnswer(message)}>
            {t('chat.continue')}
          </Button>
        )}
      </p>
    );
  }
  if (message.status !== 'failed') return null;
  return (
    <div className="ending ending-failed" role="alert">
      <CircleAlert aria-hidden />
      <p className="grow">{message.failure ?? `${t('chat.failed')} ${t(message.text ? 'chat.failedKept' : 'chat.failedQuestionKept')}`}</p>
      <Button size="small" icon={<RotateCw aria-hidden />} disabled={!idle} onClick={() => regenerate(message)}>
        {t('chat.retry')}
      </Button>
    </div>
  );
}

const replies = { forget: ['chat.replyForget', 'chat.replyKeep'], undo: ['chat.replyUndo'] } as const;

/** What can be answered with a click; typing it does the same. */
function Replies({ asks, idle }: { asks: NonNullable<Message['asks']>; idle: boolean }) {
  const { say } = useChatTools();
  return (
    <div className="replies" role="group" aria-label={t('chat.replies')}>
      {replies[asks].map((reply) => (
        <Button key={reply} size="small" disabled={!idle} onClick={() => say(t(reply))}>
          {t(reply)}
        </Button>
      ))}
    </div>
  );
}

function Citations({ message }: { message: Message }) {
  const { showReceipts } = useChatTools();
  const used = message.citations.filter((citation) => citation.used);
  const chips = used.slice(0, mostChips);
  if (chips.length === 0) return null;
  return (
    <ul role="list" className="chips" aria-label={t('chat.receipts')}>
      {chips.map((citation) => (
        <li key={citation.mark}>
          <Tooltip text={sourceOf(citation)} side="top">
            <button type="button" className="chip" onClick={() => showReceipts(message.id)}>
              <span className="visually-hidden">{t(isOfNote(citation) ? 'chat.noteMark' : 'chat.citationMark', { mark: citation.mark })}</span>
              <span className="chip-mark" aria-hidden>
                {formatNumber(citation.mark)}
              </span>
              <span className="truncate">{isOfNote(citation) ? placeOf(citation) : citation.quote}</span>
            </button>
          </Tooltip>
        </li>
      ))}
      {used.length > chips.length ? (
        <li>
          <button type="button" className="chip" onClick={() => showReceipts(message.id)}>
            {t('chat.moreCitations', { count: used.length - chips.length })}
          </button>
        </li>
      ) : null}
    </ul>
  );
}

/** When and where it was said, or where it stands. */
const sourceOf = (citation: Citation): string =>
  isOfNote(citation) ? telling(citation) : `${formatDay(citation.saidAt)}${citation.conversationTitle ? ` · ${citation.conversationTitle}` : ''}`;

/** Model, speed, memories: one line, quietly. */
export function figuresOf({ stats, citations }: Message): string {
  const [memories, passages] = [tookOf(ofMemory(citations), 'chat.used', 'chat.given'), tookOf(ofNotes(citations), 'chat.usedPassages', 'chat.givenPassages')];
  const speed = stats && stats.tokensPerSecond > 0 ? t('chat.stats', { speed: round(stats.tokensPerSecond) }) : null;
  return [stats?.model.replace(/\.gguf$/i, ''), speed, passages, memories].filter(Boolean).join(' · ');
}

function tookOf(citations: readonly Citation[], some: 'chat.used' | 'chat.usedPassages', none: 'chat.given' | 'chat.givenPassages'): string | null {
  const used = citations.filter((citation) => citation.used).length;
  if (used > 0) return t(some, { count: used });
  return citations.length > 0 ? t(none, { count: citations.length }) : null;
}

/** Ten and more in whole numbers: nobody compares tenths of a hundred. */
const round = (value: number) => (value >= 10 ? Math.round(value) : Math.round(value * 10) / 10);
