/** The notes of an assistant that runs: when it has read everything, and how long that took. */
import type { Client } from '../../main/contract/contract.ts';
import type { NoteFolder, NotesStatus } from '../../main/contract/note.ts';

/** Milliseconds between two looks where nothing is told. */
const lookEvery = 200;

/** Looks whenever the assistant tells of its notes, and now and then. Fails after so many seconds. */
export async function until<T>(client: Client, look: (status: NotesStatus) => Promise<T | null> | T | null, seconds: number): Promise<T> {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), seconds * 1_000);
  let wake = () => {};
  const following = (async () => {
    for await (const event of client.app.events({}, stop.signal)) if (event.type === 'notes') wake();
  })().catch(() => undefined);
  try {
    while (!stop.signal.aborted) {
      const told = new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, lookEvery);
      });
      const found = await look(await client.notes.status({}));
      if (found !== null) return found;
      await told;
    }
    throw new Error(`It was not done within ${seconds} seconds.`);
  } finally {
    clearTimeout(late);
    stop.abort();
    await following;
  }
}

export async function onlyFolder(client: Client): Promise<NoteFolder> {
  const [folder] = await client.notes.folders({});
  if (!folder) throw new Error('There is no folder of notes.');
  return folder;
}

/** Every file was looked at since then, and read where it had to be. */
export function readSince(client: Client, since: number | null, seconds: number): Promise<NoteFolder> {
  return until(
    client,
    async (status) => {
      if (status.state === 'looking' || status.read < status.notes) return null;
      const folder = await onlyFolder(client);
      return folder.scannedAt !== null && folder.scannedAt !== since && folder.waiting === 0 ? folder : null;
    },
    seconds,
  );
}

/** Nothing is left to be done for what was read: its index is tidy, too. */
export const atRest = (client: Client, seconds: number): Promise<true> => until(client, ({ state }) => (state === 'idle' ? true : null), seconds);

export const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1_000;
};

/** Paths of the notes that the search over everything finds, best first: what the window asks at every letter. */
export async function pathsFound(client: Client, text: string, { limit, meaning }: { limit: number; meaning: boolean }): Promise<string[]> {
  const { notes } = await client.search.query({ text, limit, meaning });
  return notes.hits.map(({ path: at }) => at);
}
