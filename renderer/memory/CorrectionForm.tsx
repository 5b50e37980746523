import { useEffect, useRef, useState } from 'react';
import type { Memory } from '../../main/contract/memory.ts';
import { t } from '../messages.ts';
import { Button, Field, TextArea } from '../ui/index.ts';
import type { MemoryActions } from './useMemoryActions.ts';

type Props = { memory: Memory; draft: string; actions: MemoryActions };

/** Writes what is true instead; Ctrl/Cmd+Enter saves, Escape leaves it as it was. */
export function CorrectionForm({ memory, draft, actions }: Props) {
  const [saving, setSaving] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const ready = draft.trim() !== '' && draft.trim() !== memory.text.trim();
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
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
      }}
    >
      <Field label={t('memory.correctLabel')} hint={t('memory.correctHelp')} hideLabel>
        {(control) => (
          <TextArea
            {...control}
            ref={field}
            className="memory-text"
            rows={2}
            maxLength={10_000}
            value={draft}
            onChange={(event) => actions.setDraft(event.target.value)}
          />
        )}
      </Field>
      <div className="row">
        <Button type="submit" look="primary" size="small" busy={saving} disabled={!ready}>
          {t('memory.correctSave')}
        </Button>
        <Button size="small" onClick={actions.dropDraft}>
          {t('ui.cancel')}
        </Button>
      </div>
    </form>
  );
}
