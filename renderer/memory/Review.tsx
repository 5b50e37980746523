import { CircleCheck } from 'lucide-react';
import { useCall } from '../api.ts';
import { t } from '../messages.ts';
import { EmptyState, Loaded } from '../ui/index.ts';
import { Conflicts } from './Conflicts.tsx';
import { Proposals } from './Proposals.tsx';
import { Rejected } from './Rejected.tsx';

/** What waits for the owner: contradictions, what was proposed, and what is kept aside. */
export function Review({ nameOfPersona }: { nameOfPersona: (id: string) => string }) {
  const asking = useCall('claims.asking', {});
  return (
    <Loaded call={asking} failed={t('claims.reviewFailed')}>
      {({ conflicts, proposed, aside }) => (
        <div className="review">
          {conflicts + proposed + aside === 0 ? (
            <EmptyState icon={<CircleCheck aria-hidden />} title={t('claims.reviewEmptyTitle')}>
              {t('claims.reviewEmptyBody')}
            </EmptyState>
          ) : null}
          {conflicts > 0 ? <Conflicts /> : null}
          {proposed + aside > 0 ? <Proposals nameOfPersona={nameOfPersona} /> : null}
          <Rejected />
        </div>
      )}
    </Loaded>
  );
}
