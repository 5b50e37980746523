import { Eraser } from 'lucide-react';
import type { Forgetting } from '../../main/contract/memory.ts';
import { useLive } from '../live.ts';
import { t } from '../messages.ts';
import { Callout } from '../ui/index.ts';
import { timeLeft } from './countdown.ts';
import { UndoForget } from './ForgetProgress.tsx';
import { pending } from './outcome.ts';
import { useTimeLeft } from './useNow.ts';

/** What is forgotten but not yet erased, with undo, above the list it was taken from. */
export function PendingForgettings() {
  const forgettings = useLive((live) => live.forgettings);
  const waiting = pending(Object.values(forgettings));
  if (waiting.length === 0) return null;
  return (
    <div className="stack">
      {waiting.map((forgetting) => (
        <OnePending key={forgetting.id} forgetting={forgetting} />
      ))}
    </div>
  );
}

function OnePending({ forgetting }: { forgetting: Forgetting }) {
  const left = useTimeLeft(forgetting.erasesAt);
  return (
    <Callout icon={<Eraser aria-hidden />} action={<UndoForget id={forgetting.id} small />}>
      <p className="pending-forgetting">
        <span className="truncate">{describe(forgetting)}</span>
        <span className="muted tabular">{t('memory.erasesIn', { left: timeLeft(left) })}</span>
      </p>
    </Callout>
  );
}

export const describe = ({ sentence, places }: Forgetting): string =>
  sentence === null ? t('memory.forgettingPendingBare', { places: t('memory.places', { count: places }) }) : t('memory.forgettingPending', { sentence });
