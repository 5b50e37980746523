import { relaxed, type Database } from '../../store/database.ts';

/** Who searches meanwhile waits no longer than this for a turn. Milliseconds. */
const sliceMs = 5;

export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Writes for each of these, many in a transaction, with a turn for others in between. Not waiting for the disk: what a
 * power cut takes of it is seen again at the next look, since the files are there.
 */
export async function writeInSlices<T>(db: Database, items: readonly T[], write: (item: T) => void): Promise<void> {
  for (let at = 0; at < items.length; ) {
    at = relaxed(db, () => db.transaction(() => writeSlice(items, at, write))());
    await breath();
  }
}

/** Answers where the next slice begins. */
export function writeSlice<T>(items: readonly T[], from: number, write: (item: T) => void): number {
  const until = performance.now() + sliceMs;
  let at = from;
  while (at < items.length) {
    write(items[at]!);
    at += 1;
    if (performance.now() > until) break;
  }
  return at;
}
