import { useMemo } from 'react';
import { t } from '../messages.ts';
import { Feed } from './Feed.tsx';
import type { Row } from './groupByTime.ts';
import { MemoryRow, rowKey } from './MemoryRow.tsx';
import type { MemoryActions } from './useMemoryActions.ts';

type Props = {
  rows: readonly Row[];
  total: number;
  actions: MemoryActions;
  nameOfPersona: (id: string) => string;
  busy: boolean;
  /** Called when the end of what is there comes into sight. */
  onEnd: () => void;
};

/** What was said and written, as a feed. */
export function MemoryList({ rows, actions, nameOfPersona, ...rest }: Props) {
  const feed = useMemo(() => rows.map((row) => ({ ...row, id: row.memory.id, label: row.memory.text.slice(0, 200) })), [rows]);
  return (
    <Feed {...rest} label={t('memory.listLabel')} rows={feed} onRowKey={(event, { memory }) => rowKey(event, memory, actions)}>
      {({ memory }, reachable) => <MemoryRow memory={memory} actions={actions} nameOfPersona={nameOfPersona} reachable={reachable} />}
    </Feed>
  );
}
