import { ReceiptText, X } from 'lucide-react';
import { useState } from 'react';
import type { Message, MessageStats } from '../../main/contract/conversation.ts';
import { isOfNote, type Citation } from '../../main/contract/memory.ts';
import type { Receipt as AnswerReceipt } from '../../main/contract/receipt.ts';
import { useCall } from '../api.ts';
import { formatDuration, formatNumber } from '../format.ts';
import { ForgetDialog } from '../memory/ForgetDialog.tsx';
import { t } from '../messages.ts';
import { EmptyState, ErrorState, Facts, IconButton } from '../ui/index.ts';
import { GivenPrompt } from './GivenPrompt.tsx';
import { LeftOut } from './LeftOut.tsx';
import { NoteReceipt } from './NoteReceipt.tsx';
import { PassagesLeftOut } from './PassagesLeftOut.tsx';
import { Receipt, type ShownClaim } from './Receipt.tsx';
import './receipts.css';

type Props = { message: Message | null; onClose: () => void };

/** For one answer: each memory with its source, date and reasons, and what the answer took. */
export function Receipts({ message, onClose }: Props) {
  const [forgetting, setForgetting] = useState<string | null>(null);
  return (
    <div className="receipts">
      <header className="receipts-head">
        <h2>{t('receipts.title')}</h2>
        <IconButton label={t('ui.close')} side="left" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      <div className="receipts-body" tabIndex={0} role="region" aria-label={t('receipts.title')}>
        {message ? (
          <Answer key={message.id} message={message} onForget={setForgetting} />
        ) : (
          <EmptyState icon={<ReceiptText aria-hidden />} title={t('receipts.none')}>
            {t('receipts.noneHint')}
          </EmptyState>
        )}
      </div>
      <ForgetDialog memoryId={forgetting} onClose={() => setForgetting(null)} />
    </div>
  );
}

function Answer({ message, onForget }: { message: Message; onForget: (memoryId: string) => void }) {
  const { conversationId, id, citations, stats } = message;
  const receipt = useCall('chat.receipt', { conversationId, answerId: id }, { enabled: message.status !== 'growing' });
  const { data } = receipt;
  return (
    <>
      <Memories citations={citations} claims={data ? shownClaims(data) : []} onForget={onForget} />
      {data ? <PassagesLeftOut cut={data.passagesCut} more={data.passagesCutMore} /> : null}
      {data ? <LeftOut cut={data.cut} more={data.cutMore} onForget={onForget} /> : null}
      {data ? <GivenPrompt prompt={data.prompt} asked={stats !== null} quoted={message.quoted} /> : null}
      {receipt.error ? <ErrorState small error={receipt.error} title={t('receipts.failed')} onRetry={receipt.reload} /> : null}
      {stats ? <Figures stats={stats} /> : null}
    </>
  );
}

/** With what the answer made of each. */
function shownClaims({ claims, claimsGiven, prompt }: AnswerReceipt): ShownClaim[] {
  const note = t(prompt ? 'receipts.claimGiven' : 'receipts.claimUsed');
  return claims.map((claim) => ({ claim, note: claimsGiven.includes(claim.id) ? note : null }));
}

type MemoriesProps = { citations: readonly Citation[]; claims: readonly ShownClaim[]; onForget: (memoryId: string) => void };

function Memories({ citations, claims, onForget }: MemoriesProps) {
  const used = citations.filter((citation) => citation.used);
  const given = citations.filter((citation) => !citation.used);
  if (citations.length === 0) return <p className="receipts-note">{t('receipts.noMemories')}</p>;
  const list = (some: readonly Citation[]) => (
    <ol role="list" className="receipt-list">
      {some.map((citation) => (
        <li key={citation.mark}>
          {isOfNote(citation) ? (
            <NoteReceipt citation={citation} />
          ) : (
            <Receipt citation={citation} claims={claims.filter(({ claim }) => claim.memoryId === citation.memoryId)} onForget={onForget} />
          )}
        </li>
      ))}
    </ol>
  );
  return (
    <>
      {used.length > 0 ? (
        <section aria-labelledby="receipts-used">
          <h3 id="receipts-used" className="receipts-part">
            {t('receipts.used', { count: used.length })}
          </h3>
          {list(used)}
        </section>
      ) : null}
      {given.length > 0 ? (
        <details className="receipts-given" open={used.length === 0}>
          <summary className="receipts-part">{t('receipts.given', { count: given.length })}</summary>
          {list(given)}
        </details>
      ) : null}
    </>
  );
}

function Figures({ stats }: { stats: MessageStats }) {
  const prompt =
    stats.reusedTokens > 0
      ? t('receipts.promptValue', { total: stats.promptTokens, reused: stats.reusedTokens })
      : t('receipts.promptFresh', { total: stats.promptTokens });
  return (
    <section className="receipts-figures" aria-labelledby="receipts-figures">
      <h3 id="receipts-figures" className="receipts-part">
        {t('receipts.figures')}
      </h3>
      <Facts
        facts={[
          { name: t('receipts.model'), value: stats.model },
          { name: t('receipts.first'), value: formatDuration(stats.firstWordMs) },
          { name: t('receipts.wholeTime'), value: formatDuration(stats.totalMs) },
          { name: t('receipts.speed'), value: t('receipts.speedValue', { speed: formatNumber(stats.tokensPerSecond) }) },
          { name: t('receipts.prompt'), value: prompt },
          { name: t('receipts.answer'), value: t('receipts.answerValue', { count: stats.answerTokens }) },
        ]}
      />
      <p className="receipts-note">{t('receipts.measured')}</p>
    </section>
  );
}
