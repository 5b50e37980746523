/** How far reading is, on standard error, until it is done or stopped. */
import type { Client } from '../../contract/contract.ts';
import { AppError } from '../../contract/errors.ts';
import type { NotesStatus } from '../../contract/note.ts';
import type { Terminal } from './terminal.ts';

/** A folder that is being looked through. `since`: when it was before, which tells a finished look from an earlier one. */
export type Watched = { id: string; since: number | null };

/** False when it was stopped. */
export function readFolders(client: Client, terminal: Terminal, watched: readonly Watched[]): Promise<boolean> {
  return follow(client, terminal, {
    async isDone(status) {
      if (status.state === 'looking') return false;
      const folders = await client.notes.folders({});
      return watched.every(({ id, since }) => {
        const folder = folders.find((one) => one.id === id);
        return !folder || folder.state === 'away' || folder.paused || (folder.scannedAt !== null && folder.scannedAt !== since && folder.waiting === 0);
      });
    },
    line: (status) => (status.state === 'looking' && status.read === status.notes ? 'Looking for notes' : `${count(status.read)} of ${count(status.notes)} notes read${rateOf(status)}`),
  });
}

/** False when it was stopped. Fails where there is nothing to embed with. */
export async function embedNotes(client: Client, terminal: Terminal): Promise<boolean> {
  return follow(client, terminal, {
    isDone(status) {
      if (status.meaning === 'none') throw new AppError('no-model', 'There is no embedder: notes are found by their words alone. Choose one under Models.');
      return status.embedded >= status.chunks;
    },
    line: (status) => `${count(status.embedded)} of ${count(status.chunks)} passages embedded${rateOf(status)}`,
  });
}

type Followed = { isDone(status: NotesStatus): boolean | Promise<boolean>; line(status: NotesStatus): string };

/** A line that is written over changes often; lines below each other do not. Milliseconds. */
const redrawnEvery = 200;
const saidEvery = 2_000;

async function follow(client: Client, terminal: Terminal, { isDone, line }: Followed): Promise<boolean> {
  const [begin, end, every] = terminal.redraws ? ['\r\u001b[K', '', redrawnEvery] : ['', '\n', saidEvery];
  let said = terminal.redraws ? -Infinity : performance.now();
  try {
    while (!terminal.signal.aborted) {
      const status = await client.notes.status({});
      if (await isDone(status)) return true;
      if (performance.now() - said >= every) {
        said = performance.now();
        terminal.say(`${begin}${line(status)}${status.why === null ? '' : `. ${status.why}`}${end}`);
      }
      await pause(redrawnEvery, terminal.signal);
    }
    return false;
  } finally {
    if (terminal.redraws) terminal.say(begin);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}

function rateOf({ perSecond, secondsLeft }: NotesStatus): string {
  if (perSecond === null) return '';
  const rate = `, ${count(Math.round(perSecond))} a second`;
  return secondsLeft === null || secondsLeft < 1 ? rate : `${rate}, ${timeOf(secondsLeft)} left`;
}

function timeOf(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 6_000 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}

const number = new Intl.NumberFormat('en-GB');
const count = (of: number) => number.format(of);
