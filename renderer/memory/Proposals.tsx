import { useState } from 'react';
import type { ClaimOrigin, ClaimTopic, Proposal } from '../../main/contract/claim.ts';
import { useCall, type OutputOf } from '../api.ts';
import { t } from '../messages.ts';
import { Button, Loaded, Section, Segments } from '../ui/index.ts';
import { Asides } from './Asides.tsx';
import { acceptAll, rejectAll } from './decisions.ts';
import { ProposalItem } from './ProposalItem.tsx';

type Origin = Exclude<ClaimOrigin, 'owner'> | 'all';
const origins: readonly Origin[] = ['all', 'rule', 'model'];

/** How many of a kind are shown until all are asked for. */
const FIRST = 5;
const MOST = 2_000;

type Props = { nameOfPersona: (id: string) => string };

/** What was proposed, by topic, and what is kept aside. */
export function Proposals({ nameOfPersona }: Props) {
  const [shown, setShown] = useState<Origin>('all');
  const [all, setAll] = useState<ClaimTopic | null>(null);
  const origin = shown === 'all' ? null : shown;
  const proposals = useCall('claims.proposals', { origin, most: all ? MOST : FIRST }, { keepPrevious: true });
  return (
    <Loaded call={proposals} failed={t('claims.reviewFailed')}>
      {({ groups, aside }) => (
        <>
          {groups.length > 0 || origin !== null ? (
            <Section title={t('claims.proposedTitle')} hint={t('claims.proposedHint')} actions={<Show shown={shown} onShow={setShown} />}>
              {groups.length === 0 ? <p className="muted">{t('claims.noneOfOrigin')}</p> : null}
              {groups.map((group) => (
                <Group key={group.topic} group={cut(group, all)} origin={origin} nameOfPersona={nameOfPersona} onAll={() => setAll(group.topic)} />
              ))}
              {groups.length > 1 ? <Everything groups={groups} origin={origin} /> : null}
            </Section>
          ) : null}
          {aside.length > 0 ? <Asides aside={aside} nameOfPersona={nameOfPersona} /> : null}
        </>
      )}
    </Loaded>
  );
}

type Groups = OutputOf<'claims.proposals'>['groups'];

/** Once one is shown whole, the others still begin with a few. */
const cut = (group: Groups[number], whole: ClaimTopic | null): Groups[number] =>
  group.topic === whole ? group : { ...group, proposals: group.proposals.slice(0, FIRST) };

function Show({ shown, onShow }: { shown: Origin; onShow: (origin: Origin) => void }) {
  return <Segments<Origin> label={t('claims.origin')} value={shown} options={origins.map((value) => ({ value, label: t(`claims.origin.${value}`) }))} onValue={onShow} />;
}

function Everything({ groups, origin }: { groups: Groups; origin: ClaimOrigin | null }) {
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  return (
    <div className="row review-everything">
      <Button onClick={() => void acceptAll({ origin, topic: null })}>{t('claims.acceptAll', { count })}</Button>
      <Button look="quiet" onClick={() => void rejectAll({ origin, topic: null })}>
        {t('claims.rejectAll', { count })}
      </Button>
    </div>
  );
}

type GroupProps = Props & { group: Groups[number]; origin: ClaimOrigin | null; onAll: () => void };

function Group({ group: { topic, count, proposals }, origin, nameOfPersona, onAll }: GroupProps) {
  const name = t(`claims.topic.${topic}`);
  const hidden = count - proposals.length;
  return (
    <section className="proposal-group" aria-label={name}>
      <header className="spread proposal-head">
        <h3>{name}</h3>
        {count > 1 ? <OfKind name={name} count={count} which={{ origin, topic }} /> : null}
      </header>
      <ul role="list">
        {proposals.map((proposal: Proposal) => (
          <ProposalItem key={proposal.claim.id} proposal={proposal} nameOfPersona={nameOfPersona} />
        ))}
      </ul>
      {hidden > 0 ? (
        <Button look="quiet" size="small" onClick={onAll}>
          {t('claims.showAll', { count: hidden })}
        </Button>
      ) : null}
    </section>
  );
}

/** The words seen come first in the name, so that who speaks to the window can say them. */
function OfKind({ name, count, which }: { name: string; count: number; which: Parameters<typeof acceptAll>[0] }) {
  const [accepts, rejects] = [t('claims.acceptAll', { count }), t('claims.rejectAll', { count })];
  return (
    <div className="row">
      <Button size="small" aria-label={t('claims.ofKind', { action: accepts, topic: name })} onClick={() => void acceptAll(which)}>
        {accepts}
      </Button>
      <Button look="quiet" size="small" aria-label={t('claims.ofKind', { action: rejects, topic: name })} onClick={() => void rejectAll(which)}>
        {rejects}
      </Button>
    </div>
  );
}
