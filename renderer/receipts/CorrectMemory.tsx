import { useState } from 'react';
import type { Memory } from '../../main/contract/memory.ts';
import { api, callCache } from '../api.ts';
import { t } from '../messages.ts';
import { attempt, Button, Field, notify, TextArea } from '../ui/index.ts';

/** Writes what is true instead; the correction is remembered in its place. */
export function CorrectMemory({ memory, onDone }: { memory: Memory; onDone: () => void }) {
  const [text, setText] = useState(memory.text);
  const [busy, setBusy] = useState(false);
  const ready = text.trim() !== '' && text.trim() !== memory.text.trim();

  const save = async () => {
    if (!ready || busy) return;
    setBusy(true);
    const correction = await attempt(() => api.memory.correct({ id: memory.id, text: text.trim() }));
    setBusy(false);
    if (!correction) return;
    callCache.invalidate(['memory.get', 'memory.list']);
    notify({ message: t('receipts.corrected') });
    onDone();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t('receipts.correctField')} hint={t('receipts.correctHint')}>
        {(control) => (
          <TextArea
            {...control}
            rows={2}
            maxLength={10_000}
            value={text}
            ref={selectAll}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              onDone();
            }}
          />
        )}
      </Field>
      <div className="row">
        <Button type="submit" size="small" look="primary" busy={busy} disabled={!ready}>
          {t('receipts.correctSave')}
        </Button>
        <Button size="small" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </form>
  );
}

function selectAll(field: HTMLTextAreaElement | null): void {
  field?.select();
}
