import { BookOpen, Pause, Play } from 'lucide-react';
import type { NotesStatus } from '../../main/contract/note.ts';
import { useCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { Button, IconButton, Progress } from '../ui/index.ts';
import { pauseAll, readNow } from './folders.ts';
import { statusShown } from './status.ts';
import { useStatus } from './useStatus.ts';

/** What is being done with all of the notes, how fast and how long yet, and the buttons that stop it or have it done now. */
export function StatusStrip({ compact = false }: { compact?: boolean }) {
  const status = useStatus();
  if (!status || (compact && status.state === 'idle' && status.read === status.notes)) return null;
  return (
    <div className={compact ? 'notes-status notes-status-compact' : 'notes-status'} role="group" aria-label={t('notes.state')}>
      <Said status={status} compact={compact} />
      {compact ? null : <ReadNowButton status={status} />}
      {compact ? null : <PauseButton status={status} />}
    </div>
  );
}

function Said({ status, compact }: { status: NotesStatus; compact: boolean }) {
  const shown = statusShown(status);
  const { text, details } = compact && shown.brief ? { text: shown.brief, details: [] } : shown;
  return (
    <div className="grow">
      <p className="notes-status-text">{text}</p>
      {details.length > 0 ? <p className="notes-status-details">{details.map((detail) => <span key={detail}>{detail}</span>)}</p> : null}
      {shown.progress === undefined ? null : <Progress label={t('notes.progress')} value={shown.progress} />}
    </div>
  );
}

function ReadNowButton({ status }: { status: NotesStatus }) {
  if (status.state !== 'waiting') return null;
  return (
    <Button size="small" look="primary" icon={<BookOpen aria-hidden />} onClick={() => void readNow()}>
      {t('notes.readNow')}
    </Button>
  );
}

function PauseButton({ status }: { status: NotesStatus }) {
  const paused = status.state === 'paused';
  if (status.state === 'idle') return null;
  return (
    <Button size="small" icon={paused ? <Play aria-hidden /> : <Pause aria-hidden />} onClick={() => void pauseAll(!paused)}>
      {t(paused ? 'notes.resume' : 'notes.pause')}
    </Button>
  );
}

/** The same as an icon, in the head of the list; there from any note. */
export function PauseIcon() {
  const status = useStatus();
  const paused = status?.state === 'paused';
  useCommand('notes.pause', () => void pauseAll(!paused), status !== null);
  if (!status || status.state === 'idle') return null;
  return (
    <IconButton size="small" label={t(paused ? 'notes.resume' : 'notes.pause')} onClick={() => void pauseAll(!paused)}>
      {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
    </IconButton>
  );
}
