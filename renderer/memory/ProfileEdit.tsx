import { useEffect, useRef } from 'react';
import { countTokens } from '../../main/contract/tokens.ts';
import { t } from '../messages.ts';
import { Field, TextArea } from '../ui/index.ts';
import { EditForm } from './EditForm.tsx';

type Props = { text: string; most: number; onText: (text: string) => void; onSave: (text: string) => Promise<void>; onCancel: () => void };

/** Writes the profile; Ctrl/Cmd+Enter saves, Escape leaves it as it was. */
export function ProfileEdit({ text, most, onText, onSave, onCancel }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const tokens = countTokens(text);
  const over = Math.max(0, tokens - most);
  return (
    <EditForm lines ready={over === 0} saveLabel={t('claims.profileSave')} onSave={() => onSave(text)} onCancel={onCancel}>
      <Field
        label={t('claims.profileLabel')}
        hint={t('claims.profileHelp', { tokens, most })}
        error={over > 0 ? t('claims.profileTooLong', { tokens, most, over }) : null}
        hideLabel
      >
        {(control) => <TextArea {...control} ref={field} className="profile-text" rows={4} maxLength={10_000} value={text} onChange={(event) => onText(event.target.value)} />}
      </Field>
    </EditForm>
  );
}
