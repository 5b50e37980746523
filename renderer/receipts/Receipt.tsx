import { CornerUpLeft, EraserIcon, PencilLine, Pin, PinOff } from 'lucide-react';
import { useState } from 'react';
import type { Claim } from '../../main/contract/claim.ts';
import type { MemoryCitation, Memory } from '../../main/contract/memory.ts';
import { api, updateCall, useCall } from '../api.ts';
import { go, hrefOfMessage } from '../app/route.ts';
import { formatMoment, formatWhen } from '../format.ts';
import { t } from '../messages.ts';
import { attempt, IconButton, join } from '../ui/index.ts';
import { CorrectMemory } from './CorrectMemory.tsx';
import { Scores } from './Scores.tsx';

/** `note`: what the answer made of it, if anything. */
export type ShownClaim = { claim: Claim; note: string | null };

type Props = {
  citation: MemoryCitation;
  /** What is known from this memory. */
  claims?: readonly ShownClaim[];
  onForget: (memoryId: string) => void;
};

/** One memory an answer was given: the sentence, where it comes from, why it was found, and what can be done about it. */
export function Receipt({ citation, claims = [], onForget }: Props) {
  const memory = useCall('memory.get', { id: citation.memoryId });
  const [correcting, setCorrecting] = useState(false);
  const known = memory.data ?? null;
  return (
    <article className="receipt">
      <Mark mark={citation.mark} />
      <div className="grow">
        <blockquote className="receipt-quote">{citation.quote}</blockquote>
        <Source citation={citation} />
        {memory.error?.code === 'not-found' ? <p className="receipt-state">{t('receipts.forgotten')}</p> : null}
        {known?.replacedBy ? <Replacement id={known.replacedBy} /> : null}
        <Claims claims={claims} />
        <Scores citation={citation} />
        {correcting && known ? (
          <CorrectMemory memory={known} onDone={() => setCorrecting(false)} />
        ) : (
          <Actions citation={citation} memory={known} onCorrect={() => setCorrecting(true)} onForget={onForget} />
        )}
      </div>
    </article>
  );
}

/** The number that the answer names; 0 where it names none. */
export const Mark = ({ mark }: { mark: number }) =>
  mark > 0 ? (
    <div className="receipt-mark" aria-hidden>
      {mark}
    </div>
  ) : null;

function Claims({ claims }: { claims: readonly ShownClaim[] }) {
  if (claims.length === 0) return null;
  return (
    <ul role="list" className="receipt-claims" aria-label={t('receipts.claims')}>
      {claims.map(({ claim, note }) => (
        <li key={claim.id} className={join(claim.status === 'superseded' && 'receipt-claim-past')}>
          {claim.text}
          {[standingOf(claim), note].filter((one) => one !== null).map((one) => (
            <span key={one} className="receipt-claim-note">
              {' · '}
              {one}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function standingOf({ status }: Claim): string | null {
  if (status === 'superseded') return t('receipts.claimPast');
  return status === 'proposed' ? t('receipts.claimProposed') : null;
}

/** What the owner wrote since in its place. */
function Replacement({ id }: { id: string }) {
  const replacement = useCall('memory.get', { id }).data;
  return replacement ? (
    <p className="receipt-state">
      {t('receipts.replaced')} <q>{replacement.text}</q>
    </p>
  ) : null;
}

function Source({ citation }: { citation: MemoryCitation }) {
  const who = t(citation.role === 'user' ? 'receipts.you' : 'receipts.assistant');
  const when = formatWhen(citation.saidAt);
  return (
    <p className="receipt-source">
      <time dateTime={new Date(citation.saidAt).toISOString()} title={formatMoment(citation.saidAt)}>
        {t('receipts.said', { who, when })}
      </time>{' '}
      {citation.conversationId ? (
        <a href={hrefOfMessage(citation.conversationId, citation.messageId)}>{t('receipts.in', { title: citation.conversationTitle || t('conversations.untitled') })}</a>
      ) : (
        t('receipts.written')
      )}
    </p>
  );
}

type ActionProps = { citation: MemoryCitation; memory: Memory | null; onCorrect: () => void; onForget: (memoryId: string) => void };

function Actions({ citation, memory, onCorrect, onForget }: ActionProps) {
  const { conversationId, messageId, memoryId } = citation;
  const pin = async (pinned: boolean) => {
    updateCall('memory.get', { id: memoryId }, (known) => ({ ...known, pinned }));
    const saved = await attempt(() => api.memory.pin({ id: memoryId, pinned }));
    if (!saved) updateCall('memory.get', { id: memoryId }, (known) => ({ ...known, pinned: !pinned }));
  };
  return (
    <div className="receipt-actions">
      {conversationId ? (
        <IconButton size="small" label={t('receipts.jump')} onClick={() => go({ screen: 'chat', conversationId, messageId })}>
          <CornerUpLeft aria-hidden />
        </IconButton>
      ) : null}
      {memory ? (
        <>
          <IconButton size="small" label={t('receipts.correct')} disabled={memory.replacedBy !== null} onClick={onCorrect}>
            <PencilLine aria-hidden />
          </IconButton>
          <IconButton size="small" label={t(memory.pinned ? 'receipts.unpin' : 'receipts.pin')} aria-pressed={memory.pinned} onClick={() => void pin(!memory.pinned)}>
            {memory.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
          </IconButton>
          <IconButton size="small" label={t('receipts.forget')} onClick={() => onForget(memoryId)}>
            <EraserIcon aria-hidden />
          </IconButton>
        </>
      ) : null}
    </div>
  );
}
