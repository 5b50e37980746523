import { useEffect, useRef } from 'react';
import type { Claim } from '../../main/contract/claim.ts';
import { t } from '../messages.ts';
import { Field, TextInput } from '../ui/index.ts';
import { sentenceOf } from './claimText.ts';
import { EditForm } from './EditForm.tsx';
import type { ClaimActions } from './useClaimActions.ts';

type Props = { claim: Claim; draft: string; actions: ClaimActions };

/** Writes the right value in its sentence; Enter saves, Escape leaves it as it was. */
export function ClaimEdit({ claim, draft, actions }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const { who, said } = sentenceOf(claim);
  const ready = draft.trim() !== '' && draft.trim() !== claim.value;
  return (
    <EditForm ready={ready} saveLabel={t('claims.editSave')} onSave={actions.saveDraft} onCancel={actions.dropDraft}>
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
    </EditForm>
  );
}
