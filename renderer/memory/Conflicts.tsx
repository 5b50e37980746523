import type { Claim } from '../../main/contract/claim.ts';
import { api, useCall } from '../api.ts';
import { t } from '../messages.ts';
import { attempt, Button, Loaded, Section } from '../ui/index.ts';
import { Sentence } from './ClaimRow.tsx';
import { ClaimSource } from './ClaimSource.tsx';
import { plainSentence } from './claimText.ts';
import { tell } from './decisions.ts';
import { mergeClaims } from './MergeDialog.tsx';

/** Contradictions that no rule can settle, each asked once. */
export function Conflicts() {
  const conflicts = useCall('claims.conflicts', {});
  return (
    <Section title={t('claims.conflictsTitle')} hint={t('claims.conflictsHint')}>
      <Loaded call={conflicts} failed={t('claims.reviewFailed')} lines={3} small>
        {(pairs) => (
          <ul role="list" className="stack">
            {pairs.map(({ older, newer }) => (
              <Conflict key={`${older.id} ${newer.id}`} older={older} newer={newer} />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

type Pair = { older: Claim; newer: Claim };

function Conflict({ older, newer }: Pair) {
  const keepBoth = async () => {
    if (await attempt(() => api.claims.keepBoth({ id: newer.id }))) tell(t('claims.keptBoth'));
  };
  const canMean = older.ended === newer.ended && older.slot === newer.slot;
  return (
    <li className="card conflict">
      <div className="conflict-sides">
        <Side claim={older} onChoose={() => void rejectSide(newer)} />
        <Side claim={newer} onChoose={() => void rejectSide(older)} />
      </div>
      <div className="row conflict-more">
        <Button look="quiet" size="small" onClick={() => void keepBoth()}>
          {t('claims.keepBoth')}
        </Button>
        {canMean ? (
          <Button look="quiet" size="small" onClick={() => void mergeClaims({ from: older, into: newer })}>
            {t('claims.sameThing')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** It can be taken back, but for what the owner wrote to correct something: that is no proposal. */
async function rejectSide(wrong: Claim): Promise<void> {
  const before = await attempt(() => api.claims.about({ id: wrong.id }));
  if (!before || !(await attempt(() => api.claims.reject({ id: wrong.id })))) return;
  const ids = before.sources.map(({ id }) => id);
  const undo = async () => {
    await api.claims.putBack({ ids, as: 'proposed' });
    await api.claims.accept({ id: wrong.id });
  };
  const canUndo = before.sources.every(({ origin }) => origin !== 'owner');
  tell(t('claims.chosen'), canUndo ? () => void attempt(undo) : undefined);
}

function Side({ claim, onChoose }: { claim: Claim; onChoose: () => void }) {
  return (
    <div className="conflict-side" role="group" aria-label={plainSentence(claim)}>
      <Sentence claim={claim} />
      <p className="memory-meta grow">
        <ClaimSource claim={claim} />
      </p>
      <div>
        <Button size="small" onClick={onChoose}>
          {t('claims.chooseThis')}
        </Button>
      </div>
    </div>
  );
}
