import { CirclePause, CirclePlay, Ellipsis, FolderOpen, FolderSymlink, RefreshCw, SlidersHorizontal, TriangleAlert, Unplug } from 'lucide-react';
import { useState } from 'react';
import type { NoteFolder } from '../../main/contract/note.ts';
import { api, callCache } from '../api.ts';
import { go } from '../app/route.ts';
import { formatWhen } from '../format.ts';
import { t } from '../messages.ts';
import { attempt, Badge, ConfirmDialog, IconButton, Menu, MenuItem, MenuSeparator, notify } from '../ui/index.ts';
import { FolderOptions } from './FolderOptions.tsx';
import { pauseFolder, rescan } from './folders.ts';

type Props = { folder: NoteFolder; onMarked: () => void };

/** One folder: where it lies, what is read of it, and what can be done with it. */
export function FolderCard({ folder, onMarked }: Props) {
  const [open, setOpen] = useState<'options' | 'remove' | null>(null);
  const close = () => setOpen(null);
  return (
    <li className="folder-card">
      <div className="grow">
        <div className="folder-head">
          <h3 className="folder-name">{folder.name}</h3>
          <Badge>{t(`notes.kind.${folder.kind}`)}</Badge>
          {folder.state === 'away' ? (
            <Badge tone="caution" icon={<Unplug aria-hidden />}>
              {t('notes.away')}
            </Badge>
          ) : null}
          {folder.paused ? <Badge icon={<CirclePause aria-hidden />}>{t('notes.pausedFolder')}</Badge> : null}
        </div>
        <p className="folder-path">{folder.path}</p>
        <Figures folder={folder} onMarked={onMarked} />
        {folder.state === 'away' ? <p className="field-note">{t('notes.awayHint')}</p> : null}
      </div>
      <FolderMenu folder={folder} onMarked={onMarked} onOptions={() => setOpen('options')} onRemove={() => setOpen('remove')} />
      {open === 'options' ? <FolderOptions folder={folder} onClose={close} /> : null}
      <TakeOut folder={folder} open={open === 'remove'} onClose={close} />
    </li>
  );
}

function Figures({ folder, onMarked }: Props) {
  const { notes, chunks, waiting, marked, scannedAt } = folder;
  return (
    <ul role="list" className="folder-figures">
      <li>{t('notes.count', { count: notes })}</li>
      <li>{t('notes.chunks', { count: chunks })}</li>
      {waiting > 0 ? <li>{t('notes.waitingCount', { count: waiting })}</li> : null}
      {marked > 0 ? (
        <li>
          <button type="button" className="text-button" onClick={onMarked}>
            <TriangleAlert aria-hidden /> {t('notes.markedCount', { count: marked })}
          </button>
        </li>
      ) : null}
      <li>{scannedAt === null ? t('notes.notScanned') : t('notes.scanned', { when: formatWhen(scannedAt) })}</li>
    </ul>
  );
}

type MenuProps = Props & { onOptions: () => void; onRemove: () => void };

function FolderMenu({ folder, onMarked, onOptions, onRemove }: MenuProps) {
  const trigger = (
    <IconButton label={t('notes.menu', { name: folder.name })}>
      <Ellipsis aria-hidden />
    </IconButton>
  );
  return (
    <Menu trigger={trigger} align="end" wide>
      <MenuItem icon={<RefreshCw aria-hidden />} onSelect={() => void rescan(folder)}>
        {t('notes.rescan')}
      </MenuItem>
      <MenuItem
        icon={folder.paused ? <CirclePlay aria-hidden /> : <CirclePause aria-hidden />}
        hint={folder.paused ? undefined : t('notes.pauseFolderHint')}
        onSelect={() => void pauseFolder(folder, !folder.paused)}
      >
        {t(folder.paused ? 'notes.resumeFolder' : 'notes.pauseFolder')}
      </MenuItem>
      <MenuItem icon={<SlidersHorizontal aria-hidden />} onSelect={onOptions}>
        {t('notes.options')}
      </MenuItem>
      {folder.marked > 0 ? (
        <MenuItem icon={<TriangleAlert aria-hidden />} onSelect={onMarked}>
          {t('notes.showMarked')}
        </MenuItem>
      ) : null}
      <MenuItem icon={<FolderOpen aria-hidden />} disabled={folder.state === 'away'} onSelect={() => void attempt(() => api.notes.reveal({ id: folder.id, what: 'folder' }))}>
        {t('notes.revealFolder')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<FolderSymlink aria-hidden />} danger onSelect={onRemove}>
        {t('notes.remove')}
      </MenuItem>
    </Menu>
  );
}

function TakeOut({ folder, open, onClose }: { folder: NoteFolder; open: boolean; onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const { id, name, path } = folder;
  const remove = async () => {
    setBusy(true);
    const done = await attempt(() => api.notes.removeFolder({ id }));
    setBusy(false);
    onClose();
    if (!done) return;
    callCache.invalidate(['notes.folders', 'notes.list']);
    notify({ message: t('notes.removed', { name }) });
    go({ screen: 'notes', noteId: null, at: null, query: '' }, 'replace');
  };
  return (
    <ConfirmDialog
      open={open}
      onOpen={(stays) => !stays && onClose()}
      title={t('notes.removeTitle', { name })}
      description={t('notes.removeBody', { path })}
      confirm={t('notes.removeConfirm')}
      danger
      busy={busy}
      onConfirm={() => void remove()}
    />
  );
}
