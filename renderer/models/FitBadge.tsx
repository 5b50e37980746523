import { CircleAlert, CircleCheck, CircleX } from 'lucide-react';
import type { Fit } from '../../main/contract/model.ts';
import { t } from '../messages.ts';
import { Badge } from '../ui/index.ts';

const looks = {
  'fits-well': { tone: 'accent', icon: <CircleCheck aria-hidden /> },
  'may-be-slow': { tone: 'caution', icon: <CircleAlert aria-hidden /> },
  'will-not-fit': { tone: 'danger', icon: <CircleX aria-hidden /> },
} as const;

/** Whether this machine can run it, in two words; the reason stands beside it where there is room. */
export function FitBadge({ fit: { verdict, reason } }: { fit: Fit }) {
  const { tone, icon } = looks[verdict];
  return (
    <span title={reason}>
      <Badge tone={tone} icon={icon}>
        {t(`models.fit.${verdict}`)}
      </Badge>
    </span>
  );
}
