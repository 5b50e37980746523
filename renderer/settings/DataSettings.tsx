import { FileDown, FileUp, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { AppInfo, Settings } from '../../main/contract/app.ts';
import { api, callCache } from '../api.ts';
import { useImporting } from '../conversations/importing.ts';
import { runCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { pick } from '../picker/pick.ts';
import { attempt, Button, CopyButton, Dialog, IconButton, notify } from '../ui/index.ts';
import { Backups } from './Backups.tsx';
import { Line, TypedConfirm } from './parts.tsx';

type Props = { settings: Settings; info: AppInfo | undefined };

/** Where everything is kept; back-ups; taking it out; erasing it. */
export function DataSettings({ settings, info }: Props) {
  const folder = info?.dataFolder ?? '';
  const importing = useImporting();
  return (
    <>
      <div className="stack">
        <Line title={t('settings.folder')} hint={t('settings.folderHelp')}>
          <CopyButton text={() => folder} label={t('settings.copyPath')} size="medium" />
          {info?.shell.reveal ? (
            <IconButton label={t('settings.reveal')} onClick={() => void attempt(() => api.app.reveal({ path: folder }))}>
              <FolderOpen aria-hidden />
            </IconButton>
          ) : null}
        </Line>
        <code className="data-folder">{folder}</code>
      </div>
      <Backups settings={settings} />
      <Line title={t('settings.import')} hint={t('settings.importHelp')}>
        <Button icon={<FileUp aria-hidden />} busy={importing !== null} onClick={() => runCommand('conversation.import')}>
          {t('settings.importAction')}
        </Button>
      </Line>
      <Line title={t('settings.export')} hint={t('settings.exportHelp')}>
        <ExportButton format="json" label={t('settings.exportAction')} />
        <ExportButton format="markdown" label={t('settings.exportMarkdown')} />
      </Line>
      <Line title={t('settings.erase')} hint={t('settings.eraseHelp')}>
        <EraseButton folder={folder} />
      </Line>
    </>
  );
}

function ExportButton({ format, label }: { format: 'json' | 'markdown'; label: string }) {
  const [busy, setBusy] = useState(false);
  const exportAll = async () => {
    const folder = await pick({ title: t('settings.exportPick'), extensions: [], folder: true });
    if (!folder) return;
    setBusy(true);
    const done = await attempt(() => api.app.export({ folder, format }));
    setBusy(false);
    if (done) notify({ message: t('settings.exported', { path: done.path }) });
  };
  return (
    <Button icon={<FileDown aria-hidden />} busy={busy} onClick={() => void exportAll()}>
      {label}
    </Button>
  );
}

/** The contract asks for this word, whatever the language of the window. */
const WORD = 'erase';

function EraseButton({ folder }: { folder: string }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const show = (next: boolean) => {
    setTyped('');
    setOpen(next);
  };
  const confirmed = typed.trim().toLowerCase() === WORD;
  const erase = async () => {
    setBusy(true);
    const done = await attempt(() => api.app.eraseEverything({ confirm: WORD }));
    setBusy(false);
    show(false);
    if (!done) return;
    callCache.invalidateAll();
    notify({ message: t('settings.erased') });
  };
  return (
    <>
      <Button look="danger" onClick={() => show(true)}>
        {t('settings.eraseAction')}
      </Button>
      <Dialog
        open={open}
        onOpen={show}
        size="small"
        title={t('settings.eraseTitle')}
        description={t('settings.eraseBody', { folder })}
        footer={
          <>
            <Button onClick={() => show(false)}>{t('ui.cancel')}</Button>
            <Button look="danger" busy={busy} disabled={!confirmed} onClick={() => void erase()}>
              {t('settings.erase')}
            </Button>
          </>
        }
      >
        <TypedConfirm word={WORD} value={typed} onValue={setTyped} />
      </Dialog>
    </>
  );
}
