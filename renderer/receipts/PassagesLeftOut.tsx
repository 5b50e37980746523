import { useState } from 'react';
import type { NoteCitation } from '../../main/contract/memory.ts';
import type { PassageCut } from '../../main/contract/receipt.ts';
import { t } from '../messages.ts';
import { reasons } from './LeftOut.tsx';
import { NoteReceipt } from './NoteReceipt.tsx';

/** Passages of notes that were found for the answer and left out, and why. */
export function PassagesLeftOut({ cut, more }: { cut: readonly PassageCut[]; more: number }) {
  const [open, setOpen] = useState(false);
  if (cut.length === 0) return null;
  return (
    <details className="receipts-given" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="receipts-part">{t('receipts.passagesCut', { count: cut.length + more })}</summary>
      {open ? (
        <ol role="list" className="receipt-list receipt-list-cut">
          {cut.map((one) => (
            <li key={one.id}>
              <NoteReceipt citation={asCitation(one)} gone={one.text === null} />
            </li>
          ))}
        </ol>
      ) : null}
      {open && more > 0 ? <p className="receipts-note">{t('receipts.cutMore', { count: more })}</p> : null}
    </details>
  );
}

const asCitation = ({ id, note, text, score, reason }: PassageCut): NoteCitation => ({ mark: 0, id, note, quote: text ?? '', telling: null, score, why: [t(reasons[reason])], used: false });
