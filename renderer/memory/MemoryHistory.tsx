import type { Memory } from '../../main/contract/memory.ts';
import { useCall } from '../api.ts';
import { formatWhen } from '../format.ts';
import { t } from '../messages.ts';
import { Skeleton } from '../ui/index.ts';

/** What stood before a correction, back to the first sentence; and for what was replaced, what stands now. */
export function MemoryHistory({ memory }: { memory: Memory }) {
  return (
    <ol role="list" className="memory-history">
      {memory.replacedBy ? <Version id={memory.replacedBy} direction="after" /> : null}
      {memory.replaces ? <Version id={memory.replaces} direction="before" /> : null}
    </ol>
  );
}

function Version({ id, direction }: { id: string; direction: 'before' | 'after' }) {
  const { data, error } = useCall('memory.get', { id });
  if (error) {
    return <li className="muted small">{error.code === 'not-found' ? t('memory.historyGone') : error.message}</li>;
  }
  if (!data) {
    return (
      <li>
        <Skeleton lines={1} />
      </li>
    );
  }
  const next = direction === 'before' ? data.replaces : data.replacedBy;
  return (
    <>
      <li>
        <p className="muted tiny">{t(direction === 'before' ? 'memory.historyBefore' : 'memory.historyAfter', { when: formatWhen(data.createdAt) })}</p>
        <p className={direction === 'before' ? 'memory-old' : 'memory-new'}>{data.text}</p>
      </li>
      {next ? <Version id={next} direction={direction} /> : null}
    </>
  );
}
