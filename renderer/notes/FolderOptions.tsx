import { useState } from 'react';
import type { NoteFolder } from '../../main/contract/note.ts';
import { api } from '../api.ts';
import { t } from '../messages.ts';
import { attempt, Button, Dialog, Field, notify, Switch, TextArea, TextInput } from '../ui/index.ts';
import { wholeNumber } from '../ui/wholeNumber.ts';

/** What of a folder is read: patterns that are left out, hidden files, the largest size. */
export function FolderOptions({ folder, onClose }: { folder: NoteFolder; onClose: () => void }) {
  const [ignore, setIgnore] = useState(folder.ignore.join('\n'));
  const [hidden, setHidden] = useState(folder.hidden);
  const [largest, setLargest] = useState(String(folder.largestMb));
  const [busy, setBusy] = useState(false);
  const lines = linesOf(ignore);
  const largestMb = wholeNumber(largest, 1, 100_000);
  const fits = lines.length <= 1_000 && lines.every((line) => line.length <= 1_000);
  const { id, name } = folder;

  const save = async () => {
    if (!fits || largestMb === null) return;
    setBusy(true);
    const saved = await attempt(() => api.notes.changeFolder({ id, ignore: lines, hidden, largestMb }));
    setBusy(false);
    if (!saved) return;
    notify({ message: t('notes.optionsSaved', { name }) });
    onClose();
  };
  return (
    <Dialog
      open
      onOpen={onClose}
      title={t('notes.optionsTitle', { name })}
      description={t('notes.optionsBody')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button look="primary" busy={busy} disabled={!fits || largestMb === null} onClick={() => void save()}>
            {t('notes.save')}
          </Button>
        </>
      }
    >
      <Field label={t('notes.ignore')} hint={t('notes.ignoreHelp')} error={fits ? null : t('notes.ignoreFault')}>
        {(control) => <TextArea {...control} className="folder-ignore" rows={5} value={ignore} spellCheck={false} onChange={(event) => setIgnore(event.target.value)} />}
      </Field>
      <Switch label={t('notes.hidden')} hint={t('notes.hiddenHelp')} checked={hidden} onChecked={setHidden} />
      <Field label={t('notes.largest')} hint={t('notes.largestHelp')} error={largestMb === null ? t('notes.largestFault') : null}>
        {(control) => <TextInput {...control} className="folder-largest" inputMode="numeric" value={largest} onChange={(event) => setLargest(event.target.value)} />}
      </Field>
    </Dialog>
  );
}

/** A blank line says nothing; what stands at the end of one may mean something. */
export const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '');
