import type { Claim } from '../../main/contract/claim.ts';
import { hrefOf, hrefOfMessage } from '../app/route.ts';
import { formatDay, formatMoment } from '../format.ts';
import { t } from '../messages.ts';

/** The words a claim rests on, and the way to them. */
export function ClaimSource({ claim, tabIndex }: { claim: Claim; tabIndex?: number | undefined }) {
  const { conversationId, conversationTitle, messageId, memoryId, quote, assertedAt, origin, speaker } = claim;
  const when = formatDay(assertedAt);
  const href = conversationId ? hrefOfMessage(conversationId, messageId) : hrefOf({ screen: 'memory', memoryId, tab: 'known' });
  const title = conversationTitle || t('memory.untitled');
  return (
    <span className="claim-source">
      {speaker ? <span>{t('claims.saidBy', { who: speaker })} </span> : null}
      {/* What the owner wrote as a correction is the sentence itself. */}
      {origin === 'owner' ? null : <q className="claim-quote">{quote}</q>}{' '}
      <a className="memory-where" href={href} tabIndex={tabIndex} title={formatMoment(assertedAt)}>
        {conversationId ? t('claims.saidIn', { when, title }) : t('claims.written', { when })}
      </a>
    </span>
  );
}
