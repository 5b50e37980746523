import { useEffect, useRef } from 'react';
import type { Memory } from '../../main/contract/memory.ts';
import { t } from '../messages.ts';
import { Field, TextArea } from '../ui/index.ts';
import { EditForm } from './EditForm.tsx';
import type { MemoryActions } from './useMemoryActions.ts';

type Props = { memory: Memory; draft: string; actions: MemoryActions };

/** Writes what is true instead; Ctrl/Cmd+Enter saves, Escape leaves it as it was. */
export function CorrectionForm({ memory, draft, actions }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const ready = draft.trim() !== '' && draft.trim() !== memory.text.trim();
  return (
    <EditForm lines ready={ready} saveLabel={t('memory.correctSave')} onSave={actions.saveDraft} onCancel={actions.dropDraft}>
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
    </EditForm>
  );
}
