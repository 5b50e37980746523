import type { Forgetting } from '../../main/contract/memory.ts';
import { formatBytes, formatMoment } from '../format.ts';
import { t } from '../messages.ts';

/** What became of a forgetting: its state, and whether the files were found clean. */
export type Outcome = Forgetting['state'] | 'found';

export const outcomeOf = ({ state, check }: Forgetting): Outcome => (state === 'erased' && check && check.found.length > 0 ? 'found' : state);

/** Whether it can still be taken back. */
export const canUndo = ({ state, erasesAt }: Forgetting, now: number): boolean => state === 'pending' && erasesAt > now;

/** "Erased 20 November 2026, 14:02: 12 files, 18 MB searched, nothing found." */
export function proof({ erasedAt, check, requestedAt }: Forgetting): string {
  const when = formatMoment(erasedAt ?? requestedAt);
  if (!check) return t('forget.erasedBare', { when });
  const values = { when, files: check.filesSearched, size: formatBytes(check.bytesSearched) };
  return t(check.found.length > 0 ? 'forget.found' : 'forget.proof', values);
}

/** Those that wait, the soonest first; then nothing can be missed by reading from the top. */
export const pending = (forgettings: Iterable<Forgetting>): Forgetting[] =>
  [...forgettings].filter(({ state }) => state === 'pending').sort((a, b) => a.erasesAt - b.erasesAt);
