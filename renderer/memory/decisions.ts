import type { ClaimOrigin, ClaimTopic, Proposal } from '../../main/contract/claim.ts';
import { api } from '../api.ts';
import { t } from '../messages.ts';
import { attempt, notify } from '../ui/index.ts';
import { dismiss } from '../ui/notices.ts';

/** Which proposals: null for any. */
type Which = { origin: ClaimOrigin | null; topic: ClaimTopic | null };
type Waiting = 'proposed' | 'quarantined';

export async function accept({ claim, ids }: Proposal): Promise<void> {
  if (await attempt(() => api.claims.accept({ id: claim.id }))) said(t('claims.accepted', { count: 1 }), ids, waitingOf(claim.status));
}

export async function reject({ claim, ids }: Proposal): Promise<void> {
  if (await attempt(() => api.claims.reject({ id: claim.id }))) said(t('claims.rejected', { count: 1 }), ids, waitingOf(claim.status));
}

export async function acceptAll(which: Which): Promise<void> {
  const done = await attempt(() => api.claims.acceptAll({ ...which, slot: null }));
  if (done) said(t('claims.accepted', { count: done.accepted }), done.ids, 'proposed');
}

export async function rejectAll(which: Which): Promise<void> {
  const done = await attempt(() => api.claims.rejectAll({ ...which, slot: null }));
  if (done) said(t('claims.rejected', { count: done.rejected }), done.ids, 'proposed');
}

const waitingOf = (status: string): Waiting => (status === 'quarantined' ? 'quarantined' : 'proposed');

/** Whatever was decided can be taken back. */
const said = (message: string, ids: string[], as: Waiting): void => tell(message, () => void attempt(() => api.claims.putBack({ ids, as })));

let last: number | null = null;

/** Only the last decision is spoken of: a pile of notices would stand before what is still to be decided. */
export function tell(message: string, undo?: () => void): void {
  if (last !== null) dismiss(last);
  last = notify({ message, action: undo ? { label: t('ui.undo'), run: undo } : null });
}
