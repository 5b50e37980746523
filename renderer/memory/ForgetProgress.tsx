import { CircleAlert, CircleCheck, CircleDashed, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Forgetting } from '../../main/contract/memory.ts';
import { api, useCall } from '../api.ts';
import { formatMoment, formatTime } from '../format.ts';
import { useLive } from '../live.ts';
import { t, type MessageKey } from '../messages.ts';
import { attempt, Button, Progress } from '../ui/index.ts';
import { timeLeft } from './countdown.ts';
import { outcomeOf, proof, type Outcome } from './outcome.ts';
import { useTimeLeft } from './useNow.ts';

/** A forgetting as last heard of. */
export function useForgetting(started: Forgetting | null): Forgetting | null {
  const heard = useLive((live) => (started ? live.forgettings[started.id] : undefined));
  // Events can be missed while the connection is lost; the list then has the truth.
  const { data } = useCall('memory.forgettings', {}, { enabled: started !== null });
  return heard ?? data?.find(({ id }) => id === started?.id) ?? started;
}

const titles = {
  pending: 'forget.pendingTitle',
  erasing: 'forget.erasingTitle',
  erased: 'forget.erasedTitle',
  found: 'forget.foundTitle',
  undone: 'forget.undoneTitle',
  failed: 'forget.failedErasingTitle',
} as const satisfies Record<Outcome, MessageKey>;
export const forgetTitle = (forgetting: Forgetting): string => t(titles[outcomeOf(forgetting)]);

/** Where a forgetting stands: waiting with undo, erasing, erased with its proof, undone, or failed. */
export function ForgetProgress({ forgetting }: { forgetting: Forgetting }) {
  return (
    <div className="forget-progress" role="status">
      {stages[outcomeOf(forgetting)](forgetting)}
    </div>
  );
}

const stages: Record<Outcome, (forgetting: Forgetting) => ReactNode> = {
  pending: (forgetting) => <Pending forgetting={forgetting} />,
  erasing: () => (
    <>
      <Progress label={t('forget.erasingTitle')} value={null} />
      <p>{t('forget.erasingBody')}</p>
    </>
  ),
  erased: (forgetting) => (
    <Said icon={<CircleCheck aria-hidden className="forget-good" />}>
      <p>{proof(forgetting)}</p>
    </Said>
  ),
  found: (forgetting) => (
    <Said icon={<CircleAlert aria-hidden className="forget-bad" />}>
      <p>{proof(forgetting)}</p>
      <FoundFiles forgetting={forgetting} />
      <p className="muted">{t('forget.foundHelp')}</p>
    </Said>
  ),
  undone: () => (
    <Said icon={<CircleDashed aria-hidden />}>
      <p>{t('forget.undoneBody')}</p>
    </Said>
  ),
  failed: ({ failure }) => (
    <Said icon={<CircleAlert aria-hidden className="forget-bad" />}>
      <p>{failure ?? t('forget.failedErasingTitle')}</p>
    </Said>
  ),
};

function Said({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="forget-said">
      {icon}
      <div className="stack">{children}</div>
    </div>
  );
}

export function FoundFiles({ forgetting }: { forgetting: Forgetting }) {
  return (
    <ul className="forget-found">
      {forgetting.check?.found.map((file) => (
        <li key={file}>
          <code>{file}</code>
        </li>
      ))}
    </ul>
  );
}

function Pending({ forgetting }: { forgetting: Forgetting }) {
  const { erasesAt, requestedAt } = forgetting;
  const left = useTimeLeft(erasesAt);
  const sameDay = new Date(erasesAt).toDateString() === new Date(requestedAt).toDateString();
  return (
    <>
      {/* Spoken once, not at every second. */}
      <p className="forget-clock" aria-hidden>
        <span className="tabular">{timeLeft(left)}</span> <span className="muted">{t('forget.pendingLeft')}</span>
      </p>
      <p>{t('forget.pendingBody', { time: sameDay ? formatTime(erasesAt) : formatMoment(erasesAt) })}</p>
      <UndoForget id={forgetting.id} />
    </>
  );
}

export function UndoForget({ id, small = false }: { id: string; small?: boolean }) {
  return (
    <div>
      <Button size={small ? 'small' : 'medium'} icon={<Undo2 aria-hidden />} onClick={() => void attempt(() => api.memory.undoForget({ id }))}>
        {t('forget.undo')}
      </Button>
    </div>
  );
}
