import { useEffect, useRef, useState } from 'react';
import type { Claim } from '../../main/contract/claim.ts';
import { t } from '../messages.ts';
import { Button, Field, TextInput } from '../ui/index.ts';
import { sentenceOf } from './claimText.ts';
import type { ClaimActions } from './useClaimActions.ts';

type Props = { claim: Claim; draft: string; actions: ClaimActions };

/** Writes the right value in its sentence; Enter saves, Escape leaves it as it was. */
export function ClaimEdit({ claim, draft, actions }: Props) {
  const [saving, setSaving] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const { who, said } = sentenceOf(claim);
  const ready = draft.trim() !== '' && draft.trim() !== claim.value;
  const save = async () => {
    if (!ready || saving) return;
    setSaving(true);
    await actions.saveDraft();
    setSaving(false);
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') actions.dropDraft();
      }}
    >
      <div className="claim-edit">
        <span className="memory-text" aria-hidden>
          {who} {said.endsWith(claim.value) ? said.slice(0, -claim.value.length) : ''}
        </span>
        <div className="claim-value">
          <Field label={t('claims.editLabel', { value: claim.value })} hint={t('claims.editHelp')} hideLabel>
            {(control) => <TextInput {...control} ref={field} className="memory-text" maxLength={200} value={draft} onChange={(event) => actions.setDraft(event.target.value)} />}
          </Field>
        </div>
      </div>
      <div className="row">
        <Button type="submit" look="primary" size="small" busy={saving} disabled={!ready}>
          {t('claims.editSave')}
        </Button>
        <Button size="small" onClick={actions.dropDraft}>
          {t('ui.cancel')}
        </Button>
      </div>
    </form>
  );
}
