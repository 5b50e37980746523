import { Fragment, useId, useMemo } from 'react';
import type { Carrier } from '../../main/contract/memory.ts';
import { formatWhen } from '../format.ts';
import { t } from '../messages.ts';
import { difference, excerpt, type Run } from './difference.ts';

/** Characters shown of what stays beside a change, and at most of what goes. */
const AROUND = 90;
const MOST = 600;

type Props = { carrier: Carrier; ticked: boolean; onTick: (ticked: boolean) => void };

/** One place that carries it: what kind, where, and how it would read afterwards. */
export function CarrierItem({ carrier, ticked, onTick }: Props) {
  const { kind, where, before, after, at } = carrier;
  const id = useId();
  const runs = useMemo(() => excerpt(difference(before, after), AROUND, MOST), [before, after]);
  return (
    <li className="carrier">
      <label className="tick">
        <input type="checkbox" checked={ticked} aria-describedby={id} onChange={(event) => onTick(event.target.checked)} />
        <span>
          <span className="carrier-kind">{t(`forget.kind.${kind}`)}</span>
          {where ? <span>{where}</span> : null}
          <span className="muted">{formatWhen(at)}</span>
          <span className="muted">{t(after === null ? 'forget.removed' : 'forget.rewritten')}</span>
        </span>
      </label>
      <p id={id} className="carrier-text" data-ticked={ticked}>
        {runs.map((run, index) => (
          // Runs have no identity but their place, and never move.
          <Fragment key={index}>{shown(run)}</Fragment>
        ))}
      </p>
    </li>
  );
}

function shown({ kind, text }: Run) {
  switch (kind) {
    case 'kept':
      return text;
    case 'removed':
      return (
        <del>
          <span className="visually-hidden">{t('forget.removedPart')} </span>
          {text}
        </del>
      );
    case 'added':
      return (
        <ins>
          <span className="visually-hidden">{t('forget.addedPart')} </span>
          {text}
        </ins>
      );
  }
}
