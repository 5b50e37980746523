import { lazy, Suspense } from 'react';
import type { Message } from '../../main/contract/conversation.ts';
import { useNarrow } from '../app/useNarrow.ts';
import { t } from '../messages.ts';
import { Sheet } from '../ui/index.ts';

const Receipts = lazy(() => import('./Receipts.tsx').then((module) => ({ default: module.Receipts })));

type Props = { message: Message | null; onClose: () => void };

/** The receipts panel: beside the thread where there is room, else sliding over it. */
export function ReceiptsPlace({ message, onClose }: Props) {
  const narrow = useNarrow('receipts');
  const panel = (
    <Suspense>
      <Receipts message={message} onClose={onClose} />
    </Suspense>
  );
  if (narrow) {
    return (
      <Sheet open onOpen={onClose} side="right" label={t('receipts.title')}>
        {panel}
      </Sheet>
    );
  }
  return (
    <aside className="receipts-place" aria-label={t('receipts.title')}>
      {panel}
    </aside>
  );
}
