import { useState } from 'react';
import type { Backup, Settings } from '../../main/contract/app.ts';
import { api, callCache, useCall } from '../api.ts';
import { formatBytes, formatMoment, formatWhen } from '../format.ts';
import { t } from '../messages.ts';
import { attempt, Button, ConfirmDialog, Loaded, notify, NumberField } from '../ui/index.ts';
import { Line } from './parts.tsx';
import { change } from './saving.ts';

/** Shown before one asks for the rest. */
const FIRST = 5;
const MOST_KEPT = 50;

/** Making one now, how many are kept, going back to one, and removing one. */
export function Backups({ settings }: { settings: Settings }) {
  const backups = useCall('app.backups', {});
  const [busy, setBusy] = useState(false);
  const backUp = async () => {
    setBusy(true);
    const made = await attempt(() => api.app.backUp({}));
    setBusy(false);
    if (made) notify({ message: t('settings.backedUp', { size: formatBytes(made.sizeBytes) }) });
  };
  return (
    <div className="stack">
      <Line title={t('settings.backups')} hint={t('settings.backupsHelp')}>
        <Button busy={busy} onClick={() => void backUp()}>
          {t(busy ? 'settings.backingUp' : 'settings.backUp')}
        </Button>
      </Line>
      <Loaded call={backups} failed={t('settings.backupsFailedTitle')} lines={3} small>
        {(all) => <BackupList backups={all} />}
      </Loaded>
      <div className="indented">
        <NumberField
          label={t('settings.backupsKept')}
          value={settings.backupsKept}
          least={1}
          most={MOST_KEPT}
          fault={t('settings.backupsFault', { most: MOST_KEPT })}
          onValue={(backupsKept) => void change({ backupsKept })}
        />
      </div>
    </div>
  );
}

function BackupList({ backups }: { backups: readonly Backup[] }) {
  const [all, setAll] = useState(false);
  const [asked, setAsked] = useState<Backup | null>(null);
  const [unwanted, setUnwanted] = useState<Backup | null>(null);
  if (backups.length === 0) return <p className="muted small">{t('settings.backupsEmpty')}</p>;
  const newestFirst = [...backups].sort((a, b) => b.createdAt - a.createdAt);
  const shown = all ? newestFirst : newestFirst.slice(0, FIRST);
  return (
    <>
      <ul role="list" className="backups" aria-label={t('settings.backupsList')}>
        {shown.map((backup) => (
          <BackupLine key={backup.name} backup={backup} onRestore={() => setAsked(backup)} onRemove={() => setUnwanted(backup)} />
        ))}
      </ul>
      {newestFirst.length > shown.length ? (
        <div>
          <Button size="small" onClick={() => setAll(true)}>
            {t('settings.backupsMore', { count: newestFirst.length - shown.length })}
          </Button>
        </div>
      ) : null}
      <RestoreDialog backup={asked} onClose={() => setAsked(null)} />
      <RemoveDialog backup={unwanted} onClose={() => setUnwanted(null)} />
    </>
  );
}

type LineProps = { backup: Backup; onRestore: () => void; onRemove: () => void };

function BackupLine({ backup, onRestore, onRemove }: LineProps) {
  const when = formatMoment(backup.createdAt);
  return (
    <li className="backup">
      <time dateTime={new Date(backup.createdAt).toISOString()} title={backup.name}>
        {formatWhen(backup.createdAt)}
      </time>
      <span className="muted">{t(`settings.reason.${backup.reason}`)}</span>
      <span className="muted tabular">{formatBytes(backup.sizeBytes)}</span>
      <div className="row">
        <Button size="small" look="quiet" aria-label={t('settings.restoreNamed', { when })} onClick={onRestore}>
          {t('settings.restore')}
        </Button>
        <Button size="small" look="quiet" aria-label={t('settings.removeBackupNamed', { when })} onClick={onRemove}>
          {t('settings.removeBackup')}
        </Button>
      </div>
    </li>
  );
}

function RestoreDialog({ backup, onClose }: { backup: Backup | null; onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  if (!backup) return null;
  const when = formatMoment(backup.createdAt);
  const restore = async () => {
    setBusy(true);
    const done = await attempt(() => api.app.restore({ name: backup.name }));
    setBusy(false);
    onClose();
    if (!done) return;
    // Everything that is shown may be another now.
    callCache.invalidateAll();
    notify({ message: t('settings.restored', { when }) });
  };
  return (
    <ConfirmDialog
      open
      onOpen={(open) => !open && onClose()}
      title={t('settings.restoreTitle', { when })}
      description={t('settings.restoreBody')}
      confirm={t('settings.restoreAction')}
      busy={busy}
      onConfirm={() => void restore()}
    />
  );
}

function RemoveDialog({ backup, onClose }: { backup: Backup | null; onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  if (!backup) return null;
  const when = formatMoment(backup.createdAt);
  const remove = async () => {
    setBusy(true);
    const done = await attempt(() => api.app.removeBackup({ name: backup.name }));
    setBusy(false);
    onClose();
    if (done) notify({ message: t('settings.backupRemoved', { when }) });
  };
  return (
    <ConfirmDialog
      open
      onOpen={(open) => !open && onClose()}
      title={t('settings.removeBackupTitle', { when })}
      description={t('settings.removeBackupBody', { size: formatBytes(backup.sizeBytes) })}
      confirm={t('settings.removeBackupAction')}
      danger
      busy={busy}
      onConfirm={() => void remove()}
    />
  );
}
