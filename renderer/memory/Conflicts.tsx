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
  const choose = async (wrong: Claim) => {
    if (await attempt(() => api.claims.reject({ id: wrong.id }))) tell(t('claims.chosen'));
  };
  const keepBoth = async () => {
    if (await attempt(() => api.claims.keepBoth({ id: newer.id }))) tell(t('claims.keptBoth'));
  };
  const canMean = older.ended === newer.ended && older.slot === newer.slot;
  return (
    <li className="card conflict">
      <div className="conflict-sides">
        <Side claim={older} onChoose={() => void choose(newer)} />
        <Side claim={newer} onChoose={() => void choose(older)} />
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
