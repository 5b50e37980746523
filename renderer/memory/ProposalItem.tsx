import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Proposal } from '../../main/contract/claim.ts';
import { t } from '../messages.ts';
import { Badge, Button } from '../ui/index.ts';
import { Sentence } from './ClaimRow.tsx';
import { ClaimSource } from './ClaimSource.tsx';
import { KeptMark } from './KeptMark.tsx';
import { plainSentence, sinceText } from './claimText.ts';
import { accept, reject } from './decisions.ts';

type Props = { proposal: Proposal; nameOfPersona: (id: string) => string; children?: ReactNode };

/** One thing that waits: what it says, where it was read, and what is to become of it. */
export function ProposalItem({ proposal, nameOfPersona, children }: Props) {
  const { claim, ids } = proposal;
  const { origin, speaker, since, scope, personaId, keptIn } = claim;
  const text = plainSentence(claim);
  return (
    <li className="proposal">
      <div className="grow">
        <Sentence claim={claim} />
        {children}
        <p className="memory-meta">
          {scope === 'own' && personaId ? <Badge>{t('memory.onlyWith', { persona: nameOfPersona(personaId) })}</Badge> : null}
          <KeptMark keptIn={keptIn} />
          {since === null ? null : <span>{t('claims.since', { when: sinceText(since) })}</span>}
          <span>{because(origin, speaker)}</span>
          <ClaimSource claim={{ ...claim, speaker: null }} />
          {ids.length > 1 ? <span>{t('claims.sources', { count: ids.length })}</span> : null}
        </p>
      </div>
      <div className="proposal-buttons">
        <Button size="small" icon={<Check aria-hidden />} aria-label={t('claims.acceptThis', { text })} onClick={() => void accept(proposal)}>
          {t('claims.accept')}
        </Button>
        <Button look="quiet" size="small" icon={<X aria-hidden />} aria-label={t('claims.rejectThis', { text })} onClick={() => void reject(proposal)}>
          {t('claims.reject')}
        </Button>
      </div>
    </li>
  );
}

function because(origin: Proposal['claim']['origin'], speaker: string | null): string {
  if (origin === 'model') return t('claims.because.model');
  return speaker === null ? t('claims.because.import') : t('claims.because.speaker', { who: speaker });
}
