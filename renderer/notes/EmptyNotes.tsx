import { FileText, FolderPlus, Lock, NotebookText } from 'lucide-react';
import { useCall } from '../api.ts';
import { t } from '../messages.ts';
import { Button } from '../ui/index.ts';
import { addFolder } from './folders.ts';

/** Before there is any folder: what notes are for, what is read, and what never happens. */
export function EmptyNotes() {
  const shell = useCall('app.info', {}).data?.shell.pick === true;
  return (
    <div className="notes-empty">
      <NotebookText className="notes-empty-mark" aria-hidden />
      <h2 className="notes-empty-title">{t('notes.emptyTitle')}</h2>
      <p className="notes-empty-body">{t('notes.emptyBody')}</p>
      <div className="notes-empty-action">
        <Button look="primary" icon={<FolderPlus aria-hidden />} onClick={() => void addFolder()}>
          {t('notes.add')}
        </Button>
        <span className="muted">{t(shell ? 'notes.emptyDrop' : 'notes.emptyPath')}</span>
      </div>
      <dl className="notes-empty-facts">
        <div>
          <dt>
            <FileText aria-hidden /> {t('notes.emptyRead')}
          </dt>
          <dd>{t('notes.emptyReadBody')}</dd>
        </div>
        <div>
          <dt>
            <Lock aria-hidden /> {t('notes.emptyNever')}
          </dt>
          <dd>{t('notes.emptyNeverBody')}</dd>
        </div>
      </dl>
    </div>
  );
}
