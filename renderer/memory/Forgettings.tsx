import { Eraser } from 'lucide-react';
import type { Forgetting } from '../../main/contract/memory.ts';
import { useCall } from '../api.ts';
import { formatWhen } from '../format.ts';
import { t } from '../messages.ts';
import { Badge, EmptyState, Loaded } from '../ui/index.ts';
import { FoundFiles, UndoForget } from './ForgetProgress.tsx';
import { canUndo, outcomeOf, proof, type Outcome } from './outcome.ts';
import { describe } from './PendingForgettings.tsx';
import { useNow } from './useNow.ts';

/** When things were forgotten, and the proof. Never what they were. */
export function Forgettings() {
  const forgettings = useCall('memory.forgettings', {});
  return (
    <Loaded call={forgettings} failed={t('memory.forgottenFailedTitle')} lines={4}>
      {(all) => (all.length > 0 ? <Lines forgettings={all} /> : <None />)}
    </Loaded>
  );
}

function None() {
  return (
    <EmptyState icon={<Eraser aria-hidden />} title={t('memory.forgottenEmptyTitle')}>
      {t('memory.forgottenEmptyBody')}
    </EmptyState>
  );
}

function Lines({ forgettings }: { forgettings: readonly Forgetting[] }) {
  return (
    <>
      <p className="muted">{t('memory.forgottenLead')}</p>
      <ul role="list" className="forgettings">
        {forgettings.map((forgetting) => (
          <Line key={forgetting.id} forgetting={forgetting} />
        ))}
      </ul>
    </>
  );
}

const tones: Record<Outcome, 'plain' | 'accent' | 'caution' | 'danger'> = {
  pending: 'caution',
  erasing: 'caution',
  erased: 'accent',
  found: 'danger',
  undone: 'plain',
  failed: 'danger',
};

function Line({ forgetting }: { forgetting: Forgetting }) {
  const now = useNow(1_000);
  const outcome = outcomeOf(forgetting);
  return (
    <li className="forgetting">
      <div className="grow stack">
        <p className="row forgetting-head">
          <Badge tone={tones[outcome]}>{t(`memory.state.${outcome}`)}</Badge>
          <time dateTime={new Date(forgetting.requestedAt).toISOString()}>{formatWhen(forgetting.requestedAt, now)}</time>
          <span className="muted">{t('memory.places', { count: forgetting.places })}</span>
        </p>
        <Detail forgetting={forgetting} outcome={outcome} />
      </div>
      {canUndo(forgetting, now) ? <UndoForget id={forgetting.id} small /> : null}
    </li>
  );
}

function Detail({ forgetting, outcome }: { forgetting: Forgetting; outcome: Outcome }) {
  switch (outcome) {
    case 'pending':
    case 'erasing':
      return <p>{describe(forgetting)}</p>;
    case 'erased':
      return <p className="muted">{proof(forgetting)}</p>;
    case 'found':
      return (
        <div>
          <p>{proof(forgetting)}</p>
          <FoundFiles forgetting={forgetting} />
          <p className="muted">{t('forget.foundHelp')}</p>
        </div>
      );
    case 'undone':
      return <p className="muted">{t('forget.undoneBody')}</p>;
    case 'failed':
      return <p>{forgetting.failure}</p>;
  }
}
