import { useState, type ReactNode } from 'react';
import { t } from '../messages.ts';
import { Button } from '../ui/index.ts';

type Props = {
  ready: boolean;
  saveLabel: string;
  /** Where Enter makes a new line, Ctrl/Cmd+Enter saves. */
  lines?: boolean;
  onSave: () => Promise<void>;
  onCancel: () => void;
  /** The field. */
  children: ReactNode;
};

/** A text being written anew in its place: Enter saves, once at a time, Escape leaves it as it was. */
export function EditForm({ ready, saveLabel, lines = false, onSave, onCancel, children }: Props) {
  const [saving, setSaving] = useState(false);
  const save = async () => {
    if (!ready || saving) return;
    setSaving(true);
    await onSave();
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
        if (event.key === 'Escape') onCancel();
        if (lines && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
      }}
    >
      {children}
      <div className="row">
        <Button type="submit" look="primary" size="small" busy={saving} disabled={!ready}>
          {saveLabel}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
      </div>
    </form>
  );
}
