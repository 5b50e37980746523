import { Eraser, Merge, Pencil, Pin, PinOff } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { Claim, KnownClaim } from '../../main/contract/claim.ts';
import { hrefOf } from '../app/route.ts';
import { t } from '../messages.ts';
import { Badge, Button, IconButton, join } from '../ui/index.ts';
import { ClaimAbout } from './ClaimAbout.tsx';
import { ClaimEdit } from './ClaimEdit.tsx';
import { ClaimSource } from './ClaimSource.tsx';
import { plainSentence, sinceText } from './claimText.ts';
import { KeptMark } from './KeptMark.tsx';
import type { ClaimActions } from './useClaimActions.ts';

type Props = {
  known: KnownClaim;
  actions: ClaimActions;
  nameOfPersona: (id: string) => string;
  /** Whether Tab stops at its buttons; only one row of a list lets it. */
  reachable: boolean;
};

/** One thing that is known: the sentence, since when, the words it rests on, and what can be done about it. */
export function ClaimRow({ known, actions, nameOfPersona, reachable }: Props) {
  const { claim } = known;
  const [open, setOpen] = useState(false);
  const draft = actions.draftOf(claim);
  const tabIndex = reachable ? 0 : -1;
  const hasMore = known.sources > 1 || known.replaced > 0 || claim.mergedFrom !== null;
  return (
    <div className="memory-row">
      <div className="grow">
        {draft === null ? <Sentence claim={claim} /> : <ClaimEdit claim={claim} draft={draft} actions={actions} />}
        <p className="memory-meta">
          <Marks claim={claim} nameOfPersona={nameOfPersona} tabIndex={tabIndex} />
          {known.since === null ? null : <span className="claim-since">{t('claims.since', { when: sinceText(known.since) })}</span>}
          <ClaimSource claim={claim} tabIndex={tabIndex} />
          {hasMore ? (
            <Button look="quiet" size="small" className="memory-history-button" aria-expanded={open} tabIndex={tabIndex} onClick={() => setOpen(!open)}>
              {t(open ? 'claims.hideAbout' : 'claims.showAbout')}
            </Button>
          ) : null}
        </p>
        {open ? <ClaimAbout claim={claim} onForget={actions.forget} /> : null}
      </div>
      <RowButtons claim={claim} actions={actions} tabIndex={tabIndex} />
    </div>
  );
}

export function Sentence({ claim, className }: { claim: Claim; className?: string }) {
  return <p className={join('memory-text', className)}>{plainSentence(claim)}</p>;
}

type MarksProps = { claim: Claim; nameOfPersona: (id: string) => string; tabIndex: number };

function Marks({ claim: { pinned, scope, personaId, keptIn, conflictWith }, nameOfPersona, tabIndex }: MarksProps) {
  return (
    <>
      {pinned ? (
        <Badge tone="accent" icon={<Pin aria-hidden />}>
          {t('claims.pinned')}
        </Badge>
      ) : null}
      {scope === 'own' && personaId ? <Badge>{t('memory.onlyWith', { persona: nameOfPersona(personaId) })}</Badge> : null}
      <KeptMark keptIn={keptIn} tabIndex={tabIndex} />
      {conflictWith ? (
        <a className="claim-unsure" href={hrefOf({ screen: 'memory', memoryId: null, tab: 'review' })} tabIndex={tabIndex}>
          <Badge tone="caution">{t('claims.unsure')}</Badge>
        </a>
      ) : null}
    </>
  );
}

function RowButtons({ claim, actions, tabIndex }: { claim: Claim; actions: ClaimActions; tabIndex: number }) {
  return (
    <div className="memory-buttons">
      <IconButton label={t(claim.pinned ? 'claims.unpin' : 'claims.pin')} keys="p" size="small" tabIndex={tabIndex} onClick={() => actions.pin(claim)}>
        {claim.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
      </IconButton>
      <IconButton label={t('claims.edit')} keys="e" size="small" tabIndex={tabIndex} onClick={() => actions.edit(claim)}>
        <Pencil aria-hidden />
      </IconButton>
      <IconButton label={t('claims.merge')} keys="m" size="small" tabIndex={tabIndex} onClick={() => actions.merge(claim)}>
        <Merge aria-hidden />
      </IconButton>
      <IconButton label={t('claims.forget')} size="small" tabIndex={tabIndex} onClick={() => actions.forget(claim)}>
        <Eraser aria-hidden />
      </IconButton>
    </div>
  );
}

/** The keys of a row that has the focus itself; its buttons and its form keep their own. */
export function claimKey(event: KeyboardEvent, claim: Claim, actions: ClaimActions): boolean {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return false;
  const act = keys[event.key];
  if (!act) return false;
  event.preventDefault();
  actions[act](claim);
  return true;
}

const keys: Record<string, 'jump' | 'pin' | 'edit' | 'merge' | 'forget'> = { Enter: 'jump', p: 'pin', e: 'edit', m: 'merge', Delete: 'forget' };
