import { useState } from 'react';
import type { MemoryCitation } from '../../main/contract/memory.ts';
import type { Cut, CutReason } from '../../main/contract/receipt.ts';
import { t } from '../messages.ts';
import { Receipt } from './Receipt.tsx';

type Props = { cut: readonly Cut[]; more: number; onForget: (memoryId: string) => void };

/** What was recalled for the answer and not given to the model, and why. */
export function LeftOut({ cut, more, onForget }: Props) {
  const [open, setOpen] = useState(false);
  if (cut.length === 0) return null;
  return (
    <details className="receipts-given" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="receipts-part">{t('receipts.cut', { count: cut.length + more })}</summary>
      {open ? (
        <ol role="list" className="receipt-list receipt-list-cut">
          {cut.map((one) => (
            <li key={one.memoryId}>{one.text === null ? <Gone reason={one.reason} /> : <Receipt citation={asCitation(one, one.text)} onForget={onForget} />}</li>
          ))}
        </ol>
      ) : null}
      {open && more > 0 ? <p className="receipts-note">{t('receipts.cutMore', { count: more })}</p> : null}
    </details>
  );
}

function Gone({ reason }: { reason: CutReason }) {
  return (
    <p className="receipts-note">
      {t('receipts.cutForgotten')} {t(reasons[reason])}
    </p>
  );
}

export const reasons = { room: 'receipts.cutRoom', lines: 'receipts.cutLines', unrelated: 'receipts.cutUnrelated', quoted: 'receipts.cutQuoted' } as const satisfies Record<CutReason, string>;

const asCitation = ({ reason, ...memory }: Cut, quote: string): MemoryCitation => ({ ...memory, mark: 0, quote, why: [t(reasons[reason])], used: false });
