import { updateCall, useCall } from '../api.ts';
import { formatDay } from '../format.ts';
import { t } from '../messages.ts';
import { ErrorState, Skeleton } from '../ui/index.ts';
import { MemoryRow } from './MemoryRow.tsx';
import { useMemoryActions } from './useMemoryActions.ts';

type Props = { id: string; nameOfPersona: (id: string) => string; onForget: (memoryId: string) => void };

/** One memory that something pointed to: a receipt, a search result. With all of its history. */
export function OneMemory({ id, nameOfPersona, onForget }: Props) {
  const { data: memory, error } = useCall('memory.get', { id });
  const actions = useMemoryActions(
    (changed) => updateCall('memory.get', { id }, () => changed),
    () => onForget(id),
  );
  return (
    <section className="stack">
      {error ? <ErrorState small error={error} title={error.code === 'not-found' ? t('memory.goneTitle') : t('memory.failedTitle')} /> : null}
      {!memory && !error ? <Skeleton lines={2} /> : null}
      {memory ? (
        <div className="memory-list memory-one">
          <h2 className="memory-heading">{formatDay(memory.createdAt)}</h2>
          <MemoryRow memory={memory} actions={actions} nameOfPersona={nameOfPersona} reachable openHistory />
        </div>
      ) : null}
    </section>
  );
}
