import { CircleAlert, RotateCw } from 'lucide-react';
import { Progress as RadixProgress } from 'radix-ui';
import type { ReactNode } from 'react';
import { AppError } from '../../main/contract/errors.ts';
import { t } from '../messages.ts';
import { Button, join } from './Button.tsx';
import './states.css';

type EmptyProps = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode };

/** What an empty place says: what belongs here, and how it gets here. */
export function EmptyState({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="state">
      {icon ? <div className="state-icon">{icon}</div> : null}
      <h2 className="state-title">{title}</h2>
      {children ? <div className="state-text">{children}</div> : null}
      {action}
    </div>
  );
}

type ErrorProps = { error: unknown; title?: string | undefined; onRetry?: (() => void) | undefined; small?: boolean | undefined };

/** What went wrong, in the assistant's own sentence, and a way to try again. */
export function ErrorState({ error, title, onRetry, small }: ErrorProps) {
  return (
    <div className={join('state', small && 'state-small')} role="alert">
      <div className="state-icon state-failed">
        <CircleAlert aria-hidden />
      </div>
      <h2 className="state-title">{title ?? t('ui.error')}</h2>
      <p className="state-text">{AppError.from(error).message}</p>
      {onRetry ? (
        <Button icon={<RotateCw aria-hidden />} onClick={onRetry}>
          {t('ui.retry')}
        </Button>
      ) : null}
    </div>
  );
}

type ProgressProps = {
  label: string;
  /** Between 0 and 1; null where the end is not known. */
  value: number | null;
};

export function Progress({ label, value }: ProgressProps) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <RadixProgress.Root className="progress" value={percent} aria-label={label}>
      <RadixProgress.Indicator className="progress-bar" style={percent === null ? undefined : { width: `${percent}%` }} />
    </RadixProgress.Root>
  );
}

type BadgeProps = { tone?: 'plain' | 'accent' | 'caution' | 'danger' | undefined; icon?: ReactNode; children: ReactNode };

/** A word or two about a thing's state. */
export function Badge({ tone = 'plain', icon, children }: BadgeProps) {
  return (
    <span className={join('badge', `badge-${tone}`)}>
      {icon}
      {children}
    </span>
  );
}

const mostShown = 99;

/** A quiet number beside a name, and what it counts for whoever cannot see it; nothing where nothing waits. */
export function Count({ value, label }: { value: number; label: string }) {
  if (value === 0) return null;
  return (
    <span className="count">
      <span aria-hidden>{value > mostShown ? t('ui.countMore', { count: mostShown }) : value}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}

/** Grey lines where text will stand, while it is fetched. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{t('ui.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="skeleton-line" />
      ))}
    </div>
  );
}

type CalloutProps = { tone?: 'plain' | 'caution' | 'danger' | undefined; icon?: ReactNode; action?: ReactNode; children: ReactNode };

/** Something worth knowing, in the flow of the page. */
export function Callout({ tone = 'plain', icon, action, children }: CalloutProps) {
  return (
    <div className={join('callout', `callout-${tone}`)}>
      {icon}
      <div className="grow">{children}</div>
      {action}
    </div>
  );
}
