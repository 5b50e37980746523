import { Eraser } from 'lucide-react';
import type { Claim } from '../../main/contract/claim.ts';
import { api, useCall } from '../api.ts';
import { t } from '../messages.ts';
import { attempt, Button, IconButton, Loaded } from '../ui/index.ts';
import { ClaimSource } from './ClaimSource.tsx';
import { plainSentence } from './claimText.ts';

type Props = { claim: Claim; onForget: (claim: Claim) => void };

/** All that says it, and what it took the place of. */
export function ClaimAbout({ claim, onForget }: Props) {
  const about = useCall('claims.about', { id: claim.id });
  return (
    <div className="memory-history">
      <Loaded call={about} failed={t('claims.failedTitle')} lines={2} small>
        {({ sources, replaced }) => (
          <>
            <section aria-label={t('claims.sources', { count: sources.length })}>
              <p className="muted tiny">{t('claims.sources', { count: sources.length })}</p>
              <ul role="list">
                {sources.map((source) => (
                  <Source key={source.id} claim={source} onForget={onForget} />
                ))}
              </ul>
            </section>
            {replaced.length > 0 ? <Replaced claims={replaced} /> : null}
          </>
        )}
      </Loaded>
    </div>
  );
}

function Source({ claim, onForget }: Props) {
  return (
    <li className="claim-about-line">
      <span className="grow small">
        <ClaimSource claim={claim} />
        {claim.mergedFrom ? <span className="muted"> · {t('claims.merged', { text: claim.mergedFrom })}</span> : null}
      </span>
      {claim.mergedFrom ? (
        <Button look="quiet" size="small" onClick={() => void attempt(() => api.claims.split({ id: claim.id }))}>
          {t('claims.split')}
        </Button>
      ) : null}
      <IconButton label={t('claims.forget')} size="small" onClick={() => onForget(claim)}>
        <Eraser aria-hidden />
      </IconButton>
    </li>
  );
}

function Replaced({ claims }: { claims: readonly Claim[] }) {
  return (
    <section aria-label={t('claims.replaced')}>
      <p className="muted tiny">{t('claims.replaced')}</p>
      <ul role="list">
        {claims.map((claim) => (
          <li key={claim.id} className="claim-before">
            <span className="memory-old">{plainSentence(claim)}</span>{' '}
            <span className="muted small">
              <ClaimSource claim={claim} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
