import { useEffect, useRef, useState } from 'react';
import { countTokens } from '../../main/contract/tokens.ts';
import { t } from '../messages.ts';
import { Button, Field, TextArea } from '../ui/index.ts';

type Props = { text: string; most: number; onText: (text: string) => void; onSave: (text: string) => Promise<void>; onCancel: () => void };

/** Writes the profile; Ctrl/Cmd+Enter saves, Escape leaves it as it was. */
export function ProfileEdit({ text, most, onText, onSave, onCancel }: Props) {
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const tokens = countTokens(text);
  const over = Math.max(0, tokens - most);
  const save = async () => {
    if (over > 0 || busy) return;
    setBusy(true);
    await onSave(text);
    setBusy(false);
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
      }}
    >
      <Field
        label={t('claims.profileLabel')}
        hint={t('claims.profileHelp', { tokens, most })}
        error={over > 0 ? t('claims.profileTooLong', { tokens, most, over }) : null}
        hideLabel
      >
        {(control) => <TextArea {...control} ref={field} className="profile-text" rows={4} maxLength={10_000} value={text} onChange={(event) => onText(event.target.value)} />}
      </Field>
      <div className="row">
        <Button type="submit" look="primary" size="small" busy={busy} disabled={over > 0}>
          {t('claims.profileSave')}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
      </div>
    </form>
  );
}
