import type { ReactNode } from 'react';
import { t } from '../messages.ts';
import { Field, TextInput } from '../ui/index.ts';

/** A setting: what it is on the left, the control on the right. */
export function Line({ title, hint, children }: { title: ReactNode; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="setting">
      <div className="grow">
        <p className="field-label">{title}</p>
        {hint ? <div className="field-note">{hint}</div> : null}
      </div>
      <div className="setting-control">{children}</div>
    </div>
  );
}

/** The word must be typed before the button works. */
export function TypedConfirm({ word, value, onValue }: { word: string; value: string; onValue: (value: string) => void }) {
  return (
    <Field label={t('settings.eraseConfirm', { word })}>
      {(control) => <TextInput {...control} autoCapitalize="none" value={value} onChange={(event) => onValue(event.target.value)} />}
    </Field>
  );
}
