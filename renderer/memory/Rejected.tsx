import { useState } from 'react';
import { api, useCall } from '../api.ts';
import { t } from '../messages.ts';
import { attempt, Button, Loaded } from '../ui/index.ts';
import { Sentence } from './ClaimRow.tsx';
import { ClaimSource } from './ClaimSource.tsx';
import { plainSentence } from './claimText.ts';

const MOST = 200;

/** What the owner said no to, out of sight until they ask for it. */
export function Rejected() {
  const [open, setOpen] = useState(false);
  return (
    <section className="rejected">
      <Button look="quiet" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'claims.rejectedHide' : 'claims.rejectedShow')}
      </Button>
      {open ? <List /> : null}
    </section>
  );
}

function List() {
  const rejected = useCall('claims.list', { status: 'rejected', subject: null, text: '', limit: MOST, before: null });
  return (
    <Loaded call={rejected} failed={t('claims.reviewFailed')} lines={2} small>
      {({ claims }) =>
        claims.length === 0 ? (
          <p className="muted">{t('claims.rejectedNone')}</p>
        ) : (
          <ul role="list" aria-label={t('claims.rejectedTitle')}>
            {claims.map((claim) => (
              <li key={claim.id} className="proposal">
                <div className="grow">
                  <Sentence claim={claim} className="claim-rejected" />
                  <p className="memory-meta">
                    <ClaimSource claim={claim} />
                  </p>
                </div>
                {claim.origin === 'owner' ? null : (
                  <Button
                    look="quiet"
                    size="small"
                    aria-label={t('claims.putBackThis', { text: plainSentence(claim) })}
                    onClick={() => void attempt(() => api.claims.putBack({ ids: [claim.id], as: 'proposed' }))}
                  >
                    {t('claims.putBack')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
