import { useState } from 'react';
import type { Claim } from '../../main/contract/claim.ts';
import { api, useCall } from '../api.ts';
import { t } from '../messages.ts';
import { attempt, Button, Dialog, Loaded, notify, Radios, SearchBox } from '../ui/index.ts';
import { plainSentence } from './claimText.ts';
import { candidates } from './mergeCandidates.ts';

type Props = { claim: Claim | null; onClose: () => void };

/** Makes one of two claims that mean the same. */
export function MergeDialog({ claim, onClose }: Props) {
  return claim === null ? null : <OpenMergeDialog key={claim.id} claim={claim} onClose={onClose} />;
}

function OpenMergeDialog({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const [text, setText] = useState('');
  const [other, setOther] = useState<Claim | null>(null);
  const [stays, setStays] = useState<'this' | 'other'>('this');
  const [busy, setBusy] = useState(false);
  const known = useCall('claims.known', { by: 'time', group: null, text, pinned: false, limit: 500 }, { keepPrevious: true });
  const merge = async (one: Claim) => {
    setBusy(true);
    const done = await mergeClaims(stays === 'this' ? { from: one, into: claim } : { from: claim, into: one });
    setBusy(false);
    if (done) onClose();
  };
  const footer = (
    <>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button look="primary" busy={busy} disabled={!other} onClick={() => other && void merge(other)}>
        {t('claims.mergeConfirm')}
      </Button>
    </>
  );
  return (
    <Dialog open onOpen={onClose} title={t('claims.mergeTitle')} description={t('claims.mergeLead', { text: plainSentence(claim) })} footer={footer}>
      <SearchBox label={t('claims.filterText')} placeholder={t('claims.filterTextPlaceholder')} value={text} onValue={setText} />
      <Loaded call={known} failed={t('claims.failedTitle')} small>
        {(data) => <Others others={candidates(claim, data.known.map((one) => one.claim))} chosen={other} onChoose={setOther} />}
      </Loaded>
      {other ? (
        <Radios
          label={t('claims.mergeWords')}
          value={stays}
          options={[{ value: 'this', label: plainSentence(claim) }, { value: 'other', label: plainSentence(other) }]}
          onValue={setStays}
        />
      ) : null}
    </Dialog>
  );
}

type OthersProps = { others: readonly Claim[]; chosen: Claim | null; onChoose: (claim: Claim | null) => void };

function Others({ others, chosen, onChoose }: OthersProps) {
  if (others.length === 0) return <p className="muted">{t('claims.mergeNone')}</p>;
  return (
    <div className="merge-others">
      <Radios
        label={t('claims.mergeOther')}
        value={chosen?.id ?? ''}
        options={others.map((one) => ({ value: one.id, label: plainSentence(one) }))}
        onValue={(id) => onChoose(others.find((one) => one.id === id) ?? null)}
      />
    </div>
  );
}

/** False where it was refused. Whatever was merged can be split off again. */
export async function mergeClaims({ from, into }: { from: Claim; into: Claim }): Promise<boolean> {
  const merged = await attempt(() => api.claims.merge({ id: from.id, into: into.id }));
  if (!merged) return false;
  const undo = async () => {
    const { sources } = await api.claims.about({ id: merged.id });
    for (const { id, mergedFrom } of sources) if (mergedFrom === from.text) await api.claims.split({ id });
  };
  notify({ message: t('claims.mergeDone'), action: { label: t('ui.undo'), run: () => void attempt(undo) } });
  return true;
}
