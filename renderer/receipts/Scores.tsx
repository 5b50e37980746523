import type { MemoryCitation, RecallScores } from '../../main/contract/memory.ts';
import { formatPercent } from '../format.ts';
import { t } from '../messages.ts';

type Channel = Exclude<keyof RecallScores, 'total'>;
const channels: readonly Channel[] = ['words', 'meaning', 'neighbours', 'sitting', 'told'];

/** Why a memory ranked where it did: reasons in words, and behind them how much each way of finding gave. */
export function Scores({ citation }: { citation: MemoryCitation }) {
  const found = channels.map((channel) => ({ channel, score: Math.min(1, citation.scores[channel] ?? 0) })).filter(({ score }) => score > 0);
  return (
    <>
      {citation.why.length > 0 ? (
        <ul className="receipt-why" aria-label={t('receipts.why')}>
          {citation.why.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : null}
      {found.length > 0 ? (
        <dl className="scores" aria-label={t('receipts.scores')}>
          {found.map(({ channel, score }) => (
            <div key={channel} className="score">
              <dt>{t(`receipts.${channel}`)}</dt>
              <dd>
                <span className="score-line" aria-hidden>
                  <span className="score-part" style={{ width: `${Math.round(score * 100)}%` }} />
                </span>
                <span className="tabular">{formatPercent(score)}</span>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </>
  );
}
