/** How the index stands, in a sentence. Pure. */
import type { NotesStatus } from '../../main/contract/note.ts';
import { formatDuration, formatNumber, formatPercent } from '../format.ts';
import { t } from '../messages.ts';

export type StatusShown = {
  text: string;
  /** The same where there is little room, and the whole stands beside it. */
  brief?: string;
  /** Rate and time left, quietly beside it. */
  details: string[];
  /** Between 0 and 1 while something is done whose end is known; null: not known. Undefined: nothing to show. */
  progress: number | null | undefined;
};

export function statusShown(status: NotesStatus): StatusShown {
  const { read, notes, embedded, chunks } = status;
  switch (status.state) {
    case 'idle':
      return { text: read < notes ? t('notes.idlePart', { read, notes }) : t('notes.idle', { count: notes }), details: [meaningOf(status), ...markedOf(status)], progress: undefined };
    case 'looking':
      return { text: t('notes.looking'), details: [], progress: null };
    case 'reading':
      return { text: t('notes.reading', { read, notes }), details: paceOf(status), progress: share(read, notes) };
    case 'embedding':
      return { text: t('notes.embedding', { percent: formatPercent(share(embedded, chunks)) }), details: paceOf(status), progress: share(embedded, chunks) };
    case 'waiting':
      return waitingShown(status);
    case 'paused':
      return { text: t('notes.paused', { read, notes }), details: [], progress: share(read, notes) };
  }
}

/** Whatever waits, it can be asked for now. */
function waitingShown(status: NotesStatus): StatusShown {
  const { why, read, notes, embedded, chunks, meaning } = status;
  const progress = read < notes || meaning === 'none' ? share(read, notes) : share(embedded, chunks);
  return {
    text: why ? t('notes.waitingFor', { why }) : t('notes.waiting'),
    brief: t('notes.waitingBrief', { percent: formatPercent(progress) }),
    details: [t('notes.waitingNow', { button: t('notes.readNow') })],
    progress,
  };
}

/** Rounded down: it is 100 % when it is done. */
const share = (done: number, all: number) => (all === 0 ? 1 : Math.floor((done / all) * 100) / 100);

function paceOf({ perSecond, secondsLeft }: NotesStatus): string[] {
  return [
    ...(perSecond !== null && perSecond > 0 ? [t('notes.perSecond', { rate: rounded(perSecond) })] : []),
    ...(secondsLeft !== null ? [t('notes.left', { time: formatDuration(Math.max(1, Math.round(secondsLeft)) * 1_000) })] : []),
  ];
}

/** Two digits that mean something: the third would only flicker. */
function rounded(value: number): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return formatNumber(Math.round(value / step) * step);
}

function meaningOf({ meaning, embedded, chunks }: NotesStatus): string {
  return meaning === 'building' ? t('notes.meaning.building', { percent: formatPercent(share(embedded, chunks)) }) : t(`notes.meaning.${meaning}`);
}

const markedOf = ({ marked }: NotesStatus) => (marked > 0 ? [t('notes.markedNote', { count: marked })] : []);
